"""Moving what stays or is late to the next level, and down again when it is solved.

One daily job for the whole house, as often as one likes: the same day twice changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from samverkan.platform.access.actor import Actor, system
from samverkan.platform.audit.services import record

from ..models import Escalation, Measure, Problem, StateChange
from ..rules.escalation import (
    LEVELS,
    Call,
    MeasureDays,
    ProblemDays,
    calls_for_measure,
    calls_for_problem,
    rules_in_force,
)

PURPOSE = "escalation"


@dataclass(frozen=True)
class Moved:
    """How many were moved up and how many came back."""

    raised: int
    came_back: int


@transaction.atomic
def escalate(now: datetime) -> Moved:
    """Hold every open problem and measure against the rules in force on the day."""
    actor, today = system(PURPOSE, now), timezone.localdate(now)
    reopened = _reopened(actor)
    raised = back = 0
    for problem in Problem.objects.visible_to(actor).select_related("owner").order_by("pk"):
        days = ProblemDays(problem.state, problem.opened_on, reopened.get(problem.pk))
        calls = calls_for_problem(rules_in_force(), days, today)
        moved = _hold(actor, calls, today, "solved" if not calls else "rule", problem=problem)
        raised, back = raised + moved.raised, back + moved.came_back
    for measure in Measure.objects.visible_to(actor).select_related("problem__owner"):
        facts = MeasureDays(measure.state, measure.due_on, measure.follow_up_on)
        found = calls_for_measure(rules_in_force(), facts, today)
        moved = _hold(actor, found, today, "done" if not found else "rule", measure=measure)
        raised, back = raised + moved.raised, back + moved.came_back
    return Moved(raised, back)


def _hold(
    actor: Actor,
    calls: tuple[Call, ...],
    today: date,
    why_back: str,
    *,
    problem: Problem | None = None,
    measure: Measure | None = None,
) -> Moved:
    """Raise what is asked for and not there; let come back what is no longer asked for."""
    standing = {
        (each.rule, each.level): each
        for each in Escalation.objects.visible_to(actor).filter(
            problem=problem, measure=measure, came_back_on=None
        )
    }
    highest: dict[str, int] = {}
    for rule, level in standing:
        highest[rule] = max(highest.get(rule, -1), LEVELS.index(level))
    raised = 0
    for call in calls:
        if LEVELS.index(call.level) > highest.get(call.rule, -1):
            _raise(actor, call, today, problem=problem, measure=measure)
            raised += 1
    asked = {call.rule for call in calls}
    gone = [each for (rule, _level), each in standing.items() if rule not in asked]
    for each in gone:
        each.came_back_on, each.came_back_why = today, why_back
        each.save(update_fields=["came_back_on", "came_back_why"])
        record(actor, "escalation.came_back", "escalation", each.ref, details={"why": why_back})
    return Moved(raised, len(gone))


def _raise(
    actor: Actor, call: Call, today: date, *, problem: Problem | None, measure: Measure | None
) -> None:
    made: Escalation = Escalation.objects.create(
        problem=problem,
        measure=measure,
        level=call.level,
        rule=call.rule,
        rules_version=rules_in_force().version,
        counted=call.counted,
        raised_on=today,
    )
    owner = problem.owner if problem else measure.problem.owner if measure else None
    record(
        actor,
        "escalation.raised",
        "escalation",
        made.ref,
        owner_party_ref=owner.ref if owner else "",
        details={"level": call.level, "rule": call.rule, "counted": call.counted},
    )


def _reopened(actor: Actor) -> dict[int, date]:
    """When each problem was last opened again after having been closed."""
    rows = StateChange.objects.visible_to(actor).filter(
        problem__isnull=False, event="reopen", source="closed"
    )
    return {
        pk: timezone.localdate(at) for pk, at in rows.order_by("at").values_list("problem_id", "at")
    }
