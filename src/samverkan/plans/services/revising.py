"""A new draft out of a decided plan: open measures come along, ended ones with their outcome."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.audit.services import record

from ..content import MeasureContent, content_of
from ..lives import IN_FORCE_STATES
from ..models import EarlierMeasure, Plan, PlanMeasure, PlanProblem
from ..sources import own_decided_pictures
from .building import PlanFacts, begin_plan
from .common import own_plan


@transaction.atomic
def begin_revision(actor: Actor, ref: str, valid_from: date, valid_to: date) -> Plan:
    """The draft of the plan that is to take this one's place, on the latest decided picture."""
    before = own_plan(actor, ref)
    if before.state not in IN_FORCE_STATES:
        raise ValidationError(_("Only a decided plan that still holds is revised."))
    if open_revision(actor, before) is not None:
        raise ValidationError(_("A revision of the plan is already begun."))
    pictures = own_decided_pictures(actor, before.municipality.code)
    facts = PlanFacts(
        title=before.title,
        summary=before.summary,
        valid_from=valid_from,
        valid_to=valid_to,
        picture_ref=pictures[0].ref if pictures else "",
    )
    made = begin_plan(actor, before.municipality.code, facts, is_confirmed=True)
    made.revises = before
    made.save(update_fields=["revises"])
    _carry_over(actor, before, made)
    record(actor, "plan.revision_begun", "plan", made.ref, details={"revises": before.ref})
    return made


def open_revision(actor: Actor, plan: Plan) -> Plan | None:
    """The revision of the plan that is being written or waits for its decision."""
    found: Plan | None = (
        Plan.objects.visible_to(actor).filter(revises=plan, state__in=("draft", "proposed")).first()
    )
    return found


def _carry_over(actor: Actor, before: Plan, made: Plan) -> None:
    contents = {each.ref: each for each in content_of(actor, before).measures}
    rows = list(PlanMeasure.objects.visible_to(actor).filter(plan=before))
    for problem in PlanProblem.objects.visible_to(actor).filter(plan=before):
        copied = _copied_problem(problem, made)
        for row in (each for each in rows if each.problem_id == problem.pk):
            content = contents[row.ref]
            if content.is_open:
                _copied_measure(row, made, copied)
            else:
                _ended(row, made, content)


def _copied_problem(problem: PlanProblem, made: Plan) -> PlanProblem:
    copied: PlanProblem = PlanProblem.objects.create(
        plan=made,
        problem_ref=problem.problem_ref,
        number=problem.number,
        grid_number=problem.grid_number,
        is_deselected=problem.is_deselected,
        name=problem.name,
        place=problem.place,
        reason=problem.reason,
        goal=problem.goal,
    )
    return copied


def _copied_measure(row: PlanMeasure, made: Plan, problem: PlanProblem) -> None:
    PlanMeasure.objects.create(
        plan=made,
        problem=problem,
        measure_ref=row.measure_ref,
        carried_from=row,
        number=row.number,
        title=row.title,
        description=row.description,
        responsible_id=row.responsible_id,
        responsible_title=row.responsible_title,
        parties=row.parties,
        indicator=row.indicator,
        baseline=row.baseline,
        target=row.target,
        follow_up_on=row.follow_up_on,
    )


def _ended(row: PlanMeasure, made: Plan, content: MeasureContent) -> None:
    """What the follow-up said is what became of it: nobody types it again."""
    latest = content.latest
    if latest is not None:
        words = " ".join(part for part in (latest.words, latest.verdict) if part)
        EarlierMeasure.objects.create(plan=made, measure=row, fate=latest.kind, words=words)
