"""Measures of a draft: written, changed, and taken out with what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samverkan.documents.plain_text import clean
from samverkan.organisations.function_choices import functions_acting_in
from samverkan.platform.access.actor import Actor
from samverkan.platform.audit.services import record

from ..guard import refuse_persons
from ..models import EarlierMeasure, Plan, PlanMeasure, PlanProblem
from .common import Clash, one_line, own_draft

GUARDED = ("title", "description", "indicator", "baseline", "target", "parties")


@dataclass(frozen=True)
class MeasureText:
    """A measure as it is written; what is not known yet may wait until the plan is proposed."""

    title: str
    description: str = ""
    responsible_ref: str = ""
    parties: Sequence[str] = ()
    indicator: str = ""
    baseline: str = ""
    target: str = ""
    follow_up_on: date | None = None


@transaction.atomic
def add_measure(
    actor: Actor, ref: str, problem_ref: str, text: MeasureText, *, is_confirmed: bool = False
) -> PlanMeasure:
    """A measure of the plan's own, against one of its problems."""
    plan = own_draft(actor, ref)
    problem: PlanProblem = PlanProblem.objects.visible_to(actor).get(
        plan=plan, ref=problem_ref, is_deselected=False
    )
    inside = PlanMeasure.objects.visible_to(actor).filter(problem=problem)
    last = inside.aggregate(last=Max("number"))["last"] or 0
    made = PlanMeasure(plan=plan, problem=problem, number=last + 1)
    _write(actor, plan, made, text, is_confirmed=is_confirmed)
    made.save()
    record(actor, "plan.edited", "plan", plan.ref, details={"part": "measure", "ref": made.ref})
    return made


@transaction.atomic
def edit_measure(
    actor: Actor,
    ref: str,
    measure_ref: str,
    text: MeasureText,
    edition: int,
    *,
    is_confirmed: bool = False,
) -> PlanMeasure | Clash:
    plan = own_draft(actor, ref)
    rows = PlanMeasure.objects.visible_to(actor).select_for_update(of=("self",))
    found: PlanMeasure = rows.get(plan=plan, ref=measure_ref)
    if found.edition != edition:
        return Clash(_texts_of(found), found.edition)
    _write(actor, plan, found, text, is_confirmed=is_confirmed)
    found.edition += 1
    found.save()
    record(actor, "plan.edited", "plan", plan.ref, details={"part": "measure", "ref": found.ref})
    return found


@transaction.atomic
def remove_measure(
    actor: Actor,
    ref: str,
    measure_ref: str,
    *,
    fate: str = "",
    words: str = "",
    is_confirmed: bool = False,
) -> None:
    """Out of the draft. One that came from the plan before leaves with what became of it."""
    plan = own_draft(actor, ref)
    found: PlanMeasure = PlanMeasure.objects.visible_to(actor).get(plan=plan, ref=measure_ref)
    said = clean(words).strip()
    if found.carried_from_id is not None:
        if fate not in EarlierMeasure.Fate.values:
            raise ValidationError({"fate": _("Choose what became of the measure.")})
        if not said:
            raise ValidationError({"words": _("Write why, for whoever reads the plan later.")})
        refuse_persons({"words": said}, is_confirmed=is_confirmed)
        EarlierMeasure.objects.create(
            plan=plan, measure_id=found.carried_from_id, fate=fate, words=said
        )
    gone = found.ref
    found.delete()
    record(
        actor,
        "plan.edited",
        "plan",
        plan.ref,
        details={"part": "measure removed", "ref": gone, "fate": fate},
    )


def _texts_of(found: PlanMeasure) -> dict[str, str]:
    return {
        "title": found.title,
        "description": found.description,
        "responsible": found.responsible_title,
        "parties": "\n".join(found.parties),
        "indicator": found.indicator,
        "baseline": found.baseline,
        "target": found.target,
        "follow_up_on": found.follow_up_on.isoformat() if found.follow_up_on else "",
    }


def _write(
    actor: Actor, plan: Plan, row: PlanMeasure, text: MeasureText, *, is_confirmed: bool
) -> None:
    parties = [line for each in text.parties if (line := one_line(each))]
    written = {
        "title": one_line(text.title),
        "description": clean(text.description).strip(),
        "indicator": one_line(text.indicator),
        "baseline": one_line(text.baseline),
        "target": one_line(text.target),
    }
    if not written["title"]:
        raise ValidationError({"title": _("Write what is to be done.")})
    refuse_persons({**written, "parties": "\n".join(parties)}, is_confirmed=is_confirmed)
    for name, value in written.items():
        setattr(row, name, value)
    row.parties = parties
    row.follow_up_on = text.follow_up_on
    _set_responsible(actor, plan, row, text.responsible_ref)


def _set_responsible(actor: Actor, plan: Plan, row: PlanMeasure, ref: str) -> None:
    if not ref:
        row.responsible_id, row.responsible_title = None, ""
        return
    for each in functions_acting_in(actor, plan.municipality.code):
        if each.ref == ref:
            row.responsible_id, row.responsible_title = each.pk, each.name[:160]
            return
    raise ValidationError({"responsible": _("Choose a function that acts in the municipality.")})
