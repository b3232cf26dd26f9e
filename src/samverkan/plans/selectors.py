"""Which plans there are, how they stand, and when the law's two clocks run out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from samverkan.organisations.selectors import municipalities_of
from samverkan.platform.access.actor import Actor
from samverkan.reports.selectors import law_clock

from .models import Plan, PlanFollowUp, PlanMeasure, PlanProblem, PlanStep
from .rules import Clock, clock


@dataclass(frozen=True)
class LawClocks:
    """The law's 6 §: the picture is updated, the plan followed up, each on a clock of its own."""

    code: str
    place: str
    picture: Clock
    plan: Clock


def plans(actor: Actor) -> list[Plan]:
    """Every plan that the actor may see, the latest first."""
    found = Plan.objects.visible_to(actor).exclude(state="discarded")
    rows = found.select_related("municipality", "owner", "revises")
    return list(rows.order_by("municipality__sort_key", "-number"))


def plan(actor: Actor, ref: str) -> Plan | None:
    found: Plan | None = (
        Plan.objects.visible_to(actor)
        .filter(ref=ref)
        .select_related("municipality", "owner", "revises")
        .first()
    )
    return found


def problem_of(actor: Actor, of: Plan, ref: str) -> PlanProblem | None:
    found: PlanProblem | None = (
        PlanProblem.objects.visible_to(actor).filter(plan=of, ref=ref, is_deselected=False).first()
    )
    return found


def measure_of(actor: Actor, of: Plan, ref: str) -> PlanMeasure | None:
    found: PlanMeasure | None = (
        PlanMeasure.objects.visible_to(actor)
        .filter(plan=of, ref=ref)
        .select_related("problem", "responsible", "carried_from")
        .first()
    )
    return found


def problems(actor: Actor, of: Plan) -> list[PlanProblem]:
    """The problems that the plan has taken up, in its order."""
    return list(PlanProblem.objects.visible_to(actor).filter(plan=of, is_deselected=False))


def chosen_refs(actor: Actor, of: Plan) -> list[str]:
    """The situation's refs of the problems that the plan has taken up."""
    return [each.problem_ref for each in problems(actor, of)]


def steps(actor: Actor, of: Plan) -> list[PlanStep]:
    """The plan's history, the latest first."""
    return list(reversed(PlanStep.objects.visible_to(actor).filter(plan=of)))


def successor(actor: Actor, of: Plan) -> Plan | None:
    """The plan that revises this one, as far as the actor may see it."""
    found: Plan | None = (
        Plan.objects.visible_to(actor)
        .filter(revises=of)
        .exclude(state="discarded")
        .order_by("-number")
        .first()
    )
    return found


def last_set_on(actor: Actor, municipality_code: str) -> date | None:
    """When the plan's clock was last set: by a decision or a follow-up."""
    decided = Plan.objects.visible_to(actor).filter(
        municipality__code=municipality_code, decided_on__isnull=False
    )
    days = list(decided.values_list("decided_on", flat=True))
    followed = PlanFollowUp.objects.visible_to(actor).filter(plan__in=decided.values("pk"))
    days += list(followed.values_list("followed_up_on", flat=True))
    return max(days, default=None)


def law_clocks(actor: Actor) -> list[LawClocks]:
    """Both clocks of each of the actor's municipalities, as far as these rooms know."""
    today = timezone.localdate(actor.at)
    return [
        LawClocks(
            code=place.code,
            place=place.name,
            picture=clock(law_clock(actor, place.code).last_decided_on, today),
            plan=clock(last_set_on(actor, place.code), today),
        )
        for place in municipalities_of(actor)
    ]
