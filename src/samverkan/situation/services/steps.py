"""The steps of a problem's and a measure's life: gates held, history kept, trail written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.db import transaction
from django.utils import timezone

from samverkan.platform.access.actor import Actor
from samverkan.platform.audit.services import record
from samverkan.platform.states import GuardRefusedError, IllegalTransitionError

from ..free_text import refuse_persons
from ..lives import MEASURE, PROBLEM
from ..models import Cause, Measure, Problem, StateChange
from ..rules.gates import Gap, Given, MeasureFacts, ProblemFacts, measure_gaps, problem_gaps
from .own import own_measure, own_problem


class GateError(ValueError):
    """The step is known, but a gate misses something."""

    def __init__(self, gaps: tuple[Gap, ...]) -> None:
        super().__init__(", ".join(gaps))
        self.gaps = gaps


@dataclass(frozen=True)
class Said:
    """What is said with a step: a reason, a date to reconsider, an outcome."""

    given: Given = field(default_factory=Given)
    outcome: str = ""


NOTHING_SAID = Said()


@transaction.atomic
def step_problem(actor: Actor, ref: str, event: str, said: Said = NOTHING_SAID) -> Problem:
    """Take one step; GateError when a gate misses something, IllegalTransitionError if no way."""
    problem = own_problem(actor, ref)
    refuse_persons([said.given.reason])
    facts = problem_facts(actor, problem)

    def holds(guard: str) -> bool:
        gaps = problem_gaps(guard, facts, said.given)
        if gaps:
            raise GateError(gaps)
        return True

    source, problem.state = problem.state, PROBLEM.step(problem.state, event, holds)
    if event == "set_aside":
        problem.set_aside_reason = said.given.reason.strip()
        problem.reconsider_on = said.given.reconsider_on
    if event == "take_up":
        problem.set_aside_reason, problem.reconsider_on = "", None
    problem.save(update_fields=["state", "set_aside_reason", "reconsider_on"])
    _remember(actor, event, source, problem.state, said.given.reason, problem=problem)
    record(actor, "problem.stepped", "problem", problem.ref, details={"event": event})
    return problem


@transaction.atomic
def step_measure(actor: Actor, ref: str, event: str, said: Said = NOTHING_SAID) -> Measure:
    """Take one step of a measure; see `step_problem`. The problem follows where it can."""
    measure = own_measure(actor, ref)
    refuse_persons([said.given.reason, said.outcome])
    outcome = said.outcome.strip() or measure.outcome
    facts = replace(measure_facts(actor, measure), outcome=outcome)

    def holds(guard: str) -> bool:
        gaps = measure_gaps(guard, facts, said.given)
        if gaps:
            raise GateError(gaps)
        return True

    source, measure.state = measure.state, MEASURE.step(measure.state, event, holds)
    measure.outcome = outcome
    today = timezone.localdate(actor.at)
    if event == "start" or (event == "finish" and measure.started_on is None):
        measure.started_on = measure.started_on or today
    if event == "finish":
        measure.finished_on = today
    if event == "go_on":
        measure.finished_on = None
    measure.save(update_fields=["state", "outcome", "started_on", "finished_on"])
    # What was said stays in the history: a measure that goes on gets another outcome.
    words = "\n".join(each.strip() for each in (said.given.reason, said.outcome) if each.strip())
    _remember(actor, event, source, measure.state, words, measure=measure)
    record(actor, "measure.stepped", "measure", measure.ref, details={"event": event})
    _let_problem_follow(actor, measure)
    return measure


def begin_history(actor: Actor, subject: Problem | Measure) -> None:
    """The first row of a life: the state that it begins in."""
    which = {"problem": subject} if isinstance(subject, Problem) else {"measure": subject}
    _remember(actor, "", "", subject.state, "", **which)


def problem_facts(actor: Actor, problem: Problem) -> ProblemFacts:
    states = Measure.objects.visible_to(actor).filter(problem=problem)
    return ProblemFacts(has_cause(actor, problem), tuple(states.values_list("state", flat=True)))


def measure_facts(actor: Actor, measure: Measure) -> MeasureFacts:
    return MeasureFacts(
        has_problem_cause=has_cause(actor, measure.problem),
        indicator=measure.indicator,
        baseline=measure.baseline,
        follow_up_on=measure.follow_up_on,
        outcome=measure.outcome,
    )


def has_cause(actor: Actor, problem: Problem) -> bool:
    """A cause in the tree, or in the text from before there was a tree."""
    if problem.causes.strip():
        return True
    return bool(Cause.objects.visible_to(actor).filter(problem=problem).exists())


# What a problem does by itself when one of its measures has taken a step.
FOLLOWS = {
    ("open", "decided"): ("analyse", "begin_measures"),
    ("open", "ongoing"): ("analyse", "begin_measures"),
    ("analysed", "decided"): ("begin_measures",),
    ("analysed", "ongoing"): ("begin_measures",),
    ("followed", "decided"): ("begin_measures",),
    ("followed", "ongoing"): ("begin_measures",),
    ("measures", "followed_up"): ("follow",),
}


def _let_problem_follow(actor: Actor, measure: Measure) -> None:
    problem = own_problem(actor, measure.problem.ref)
    for event in FOLLOWS.get((problem.state, measure.state), ()):
        try:
            step_problem(actor, problem.ref, event)
        except (GateError, GuardRefusedError, IllegalTransitionError):
            return


def _remember(
    actor: Actor,
    event: str,
    source: str,
    target: str,
    reason: str,
    *,
    problem: Problem | None = None,
    measure: Measure | None = None,
) -> None:
    StateChange.objects.create(
        problem=problem,
        measure=measure,
        event=event,
        source=source,
        target=target,
        at=actor.at,
        function_ref=actor.function_ref,
        function_title=actor.function_title or actor.user_label,
        reason=reason.strip(),
    )
