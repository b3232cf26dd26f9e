"""Begin a plan, choose its problems, and write what it says; nothing is typed twice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samverkan.documents.plain_text import clean
from samverkan.organisations.selectors import municipality, party_of_municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from ..guard import refuse_persons
from ..models import Plan, PlanMeasure, PlanProblem
from ..sources import (
    Candidate,
    Deselected,
    candidates,
    intended_measures,
    own_decided_pictures,
    picture_words,
)
from .common import Clash, one_line, own_draft


@dataclass(frozen=True)
class PlanFacts:
    """`picture_ref` names the decided version that the plan builds on, empty when none is yet."""

    title: str
    summary: str
    valid_from: date
    valid_to: date
    picture_ref: str = ""


@transaction.atomic
def begin_plan(
    actor: Actor, municipality_code: str, facts: PlanFacts, *, is_confirmed: bool = False
) -> Plan:
    require(actor, Capability.PLANS_WRITE)
    place = municipality(actor, municipality_code)
    owner = party_of_municipality(actor, municipality_code)
    if place is None or owner is None or not (actor.is_system or owner.pk == actor.party_id):
        raise PermissionDenied
    mine = Plan.objects.for_system("number the plans").filter(owner=owner, municipality=place)
    last = mine.aggregate(last=Max("number"))["last"] or 0
    plan = Plan(owner=owner, municipality=place, number=last + 1, created_at=actor.at)
    _write_facts(actor, plan, facts, is_confirmed=is_confirmed)
    plan.save()
    record(actor, "plan.begun", "plan", plan.ref, details={"municipality": municipality_code})
    return plan


@transaction.atomic
def edit_facts(
    actor: Actor, ref: str, facts: PlanFacts, edition: int, *, is_confirmed: bool = False
) -> Plan | Clash:
    plan = own_draft(actor, ref)
    if plan.edition != edition:
        theirs = {"title": plan.title, "summary": plan.summary}
        return Clash(theirs, plan.edition)
    _write_facts(actor, plan, facts, is_confirmed=is_confirmed)
    plan.edition += 1
    plan.save()
    record(actor, "plan.edited", "plan", plan.ref, details={"part": "facts"})
    return plan


def _write_facts(actor: Actor, plan: Plan, facts: PlanFacts, *, is_confirmed: bool) -> None:
    title, summary = one_line(facts.title), clean(facts.summary).strip()
    if not title:
        raise ValidationError({"title": _("Write what the plan is called.")})
    if facts.valid_to <= facts.valid_from:
        raise ValidationError({"valid_to": _("The last day must come after the first.")})
    refuse_persons({"title": title, "summary": summary}, is_confirmed=is_confirmed)
    plan.title, plan.summary = title[:160], summary
    plan.valid_from, plan.valid_to = facts.valid_from, facts.valid_to
    set_picture(actor, plan, facts.picture_ref)


def set_picture(actor: Actor, plan: Plan, picture_ref: str) -> None:
    """Point to the one decided version, in the words of the day; an undecided one is refused."""
    if not picture_ref:
        plan.picture_version_id, plan.picture_words, plan.picture_decided_on = None, "", None
        return
    found = {each.ref: each for each in own_decided_pictures(actor, plan.municipality.code)}
    if picture_ref not in found:
        raise ValidationError({"picture": _("Choose a situational picture that is decided.")})
    version = found[picture_ref]
    plan.picture_version_id = version.pk
    plan.picture_words = picture_words(version)[:200]
    plan.picture_decided_on = version.decided_on


@transaction.atomic
def choose_problems(actor: Actor, ref: str, problem_refs: Collection[str]) -> Plan:
    """The chosen problems with their measures come in, those no longer chosen go out.

    What was set aside with a reason comes along as deselected. What already stood in the plan
    keeps its texts.
    """
    plan = own_draft(actor, ref)
    offered = candidates(actor, plan.municipality.code)
    rows = {each.problem_ref: each for each in _problems(actor, plan)}
    wanted = {each.ref: each for each in offered.prioritised if each.ref in problem_refs}
    kept = {key for key, row in rows.items() if key in problem_refs and not row.is_deselected}
    if set(problem_refs) - set(wanted) - kept:
        words = _("Some of the problems are no longer prioritised. Choose again.")
        raise ValidationError({"problems": words})
    _take_out(actor, [row for key, row in rows.items() if key not in kept])
    for candidate in (each for key, each in wanted.items() if key not in kept):
        _take_in(actor, plan, candidate)
    _put_aside(plan, [each for each in offered.deselected if each.ref not in kept])
    _renumber(actor, plan, [each.ref for each in offered.prioritised])
    record(actor, "plan.edited", "plan", plan.ref, details={"part": "problems"})
    return plan


@transaction.atomic
def fetch_measures(actor: Actor, ref: str, problem_ref: str) -> int:
    """The problem's measures that the plan does not have yet; answers with how many came in."""
    plan = own_draft(actor, ref)
    row: PlanProblem = PlanProblem.objects.visible_to(actor).get(
        plan=plan, ref=problem_ref, is_deselected=False
    )
    number = add_measures(actor, plan, row)
    record(actor, "plan.edited", "plan", plan.ref, details={"part": "measures"})
    return number


@transaction.atomic
def edit_problem(
    actor: Actor,
    ref: str,
    problem_ref: str,
    reason: str,
    goal: str,
    edition: int,
    *,
    is_confirmed: bool = False,
) -> PlanProblem | Clash:
    """The reason and the goal of a problem, in the plan's words."""
    plan = own_draft(actor, ref)
    rows = PlanProblem.objects.visible_to(actor).select_for_update(of=("self",))
    row: PlanProblem = rows.get(plan=plan, ref=problem_ref, is_deselected=False)
    if row.edition != edition:
        return Clash({"reason": row.reason, "goal": row.goal}, row.edition)
    texts = {"reason": clean(reason).strip(), "goal": clean(goal).strip()}
    refuse_persons(texts, is_confirmed=is_confirmed)
    row.reason, row.goal = texts["reason"], texts["goal"]
    row.edition += 1
    row.save()
    record(actor, "plan.edited", "plan", plan.ref, details={"part": "problem", "ref": row.ref})
    return row


def _problems(actor: Actor, plan: Plan) -> list[PlanProblem]:
    return list(PlanProblem.objects.visible_to(actor).filter(plan=plan))


def _take_out(actor: Actor, rows: list[PlanProblem]) -> None:
    """A problem leaves with its measures, unless some of them came from the plan before."""
    ids = [each.pk for each in rows]
    inside = PlanMeasure.objects.visible_to(actor).filter(problem_id__in=ids)
    if inside.filter(carried_from__isnull=False).exists():
        raise ValidationError(
            {
                "problems": _(
                    "The problem has measures from the earlier plan. Take them out first, each "
                    "with what became of it."
                )
            }
        )
    inside.delete()
    PlanProblem.objects.visible_to(actor).filter(pk__in=ids).delete()


def _take_in(actor: Actor, plan: Plan, candidate: Candidate) -> None:
    row = PlanProblem.objects.create(
        plan=plan,
        problem_ref=candidate.ref,
        number=0,
        grid_number=candidate.grid_number,
        name=candidate.title[:160],
        place=candidate.place[:120],
        reason=candidate.reason,
        goal=candidate.goal,
    )
    add_measures(actor, plan, row)


def add_measures(actor: Actor, plan: Plan, row: PlanProblem) -> int:
    """The intended measures of the row's problem that the plan lacks and has not said no to."""
    here = PlanMeasure.objects.visible_to(actor).filter(plan=plan)
    known = set(here.exclude(measure_ref="").values_list("measure_ref", flat=True))
    gone = PlanMeasure.objects.for_system("measures that the revision has ended").filter(
        fates__plan=plan
    )
    known |= set(gone.values_list("measure_ref", flat=True))
    last = here.filter(problem=row).aggregate(last=Max("number"))["last"] or 0
    new = [each for each in intended_measures(actor, row.problem_ref) if each.ref not in known]
    PlanMeasure.objects.bulk_create(
        [
            PlanMeasure(
                plan=plan,
                problem=row,
                measure_ref=each.ref,
                number=last + at,
                title=each.title,
                description=each.description,
                responsible_id=each.responsible_id,
                responsible_title=each.responsible_title[:160],
                parties=list(each.parties),
                indicator=each.indicator,
                baseline=each.baseline,
                target=each.target,
                follow_up_on=each.follow_up_on,
            )
            for at, each in enumerate(new, 1)
        ]
    )
    return len(new)


def _put_aside(plan: Plan, deselected: list[Deselected]) -> None:
    PlanProblem.objects.bulk_create(
        [
            PlanProblem(
                plan=plan,
                problem_ref=each.ref,
                number=number,
                is_deselected=True,
                name=each.name[:160],
                place=each.place[:120],
                reason=each.reason,
            )
            for number, each in enumerate(deselected, 1)
        ]
    )


def _renumber(actor: Actor, plan: Plan, order: list[str]) -> None:
    """By the grid, the most pressing first; what has left the grid stands last."""
    rows = [each for each in _problems(actor, plan) if not each.is_deselected]
    places = {ref: at for at, ref in enumerate(order)}
    rows.sort(key=lambda row: (places.get(row.problem_ref, len(order)), row.number, row.pk))
    for number, row in enumerate(rows, 1):
        row.number = number
        row.save(update_fields=["number"])
