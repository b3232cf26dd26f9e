"""What has happened to a problem or a measure, and what can happen next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.states import StateMachine, Text

from ..gap_words import GAP_WORDS
from ..lives import MEASURE, PROBLEM
from ..models import Measure, Problem, StateChange
from ..rules.gates import Given, measure_gaps, problem_gaps
from ..services.steps import measure_facts, problem_facts

# Steps that ask for words get a page of their own.
WITH_WORDS = frozenset({"set_aside", "stop", "follow_up"})
A_REASON = Given(reason="x", reconsider_on=date.max)


@dataclass(frozen=True)
class Change:
    """One row of a history; `event` and `source` are "" in the first."""

    event: Text
    source: Text
    target: Text
    at: datetime
    function_title: str
    reason: str


@dataclass(frozen=True)
class NextStep:
    """A step that exists in the state; `gaps` say what keeps it from being taken."""

    event: str
    label: Text
    gaps: tuple[Text, ...]
    asks_for_words: bool


def may_write(actor: Actor, owner_id: int) -> bool:
    return actor.may(Capability.PROBLEMS_WRITE) and actor.party_id == owner_id


def history_of(actor: Actor, subject: Problem | Measure) -> tuple[Change, ...]:
    """Every step, the latest first."""
    machine = PROBLEM if isinstance(subject, Problem) else MEASURE
    rows = _changes(actor, subject).order_by("-at", "-pk")
    return tuple(
        Change(
            machine.event(row.event).label if row.event else "",
            machine.state(row.source).label if row.source else "",
            machine.state(row.target).label,
            row.at,
            row.function_title,
            row.reason,
        )
        for row in rows
    )


def replayed_state(actor: Actor, subject: Problem | Measure) -> str:
    """The state that the recorded steps lead to."""
    machine: StateMachine = PROBLEM if isinstance(subject, Problem) else MEASURE
    state = ""
    for row in _changes(actor, subject).order_by("pk"):
        state = machine.transition(state, row.event).target if row.event else row.target
    return state


def next_steps(actor: Actor, subject: Problem | Measure) -> tuple[NextStep, ...]:
    """What the state allows, with what is missing; nothing for whoever may not write."""
    problem = subject if isinstance(subject, Problem) else subject.problem
    if not may_write(actor, problem.owner_id):
        return ()
    if isinstance(subject, Problem):
        machine, of_problem = PROBLEM, problem_facts(actor, subject)
        return tuple(
            _step(
                machine,
                each.event,
                problem_gaps(each.guard, of_problem, A_REASON) if each.guard else (),
            )
            for each in machine.transitions_from(subject.state)
        )
    machine, of_measure = MEASURE, measure_facts(actor, subject)
    return tuple(
        _step(
            machine,
            each.event,
            measure_gaps(each.guard, of_measure, A_REASON)
            if each.guard and each.event not in WITH_WORDS
            else (),
        )
        for each in machine.transitions_from(subject.state)
    )


def _step(machine: StateMachine, event: str, gaps: tuple[Any, ...]) -> NextStep:
    words = tuple(GAP_WORDS[gap] for gap in gaps)
    return NextStep(event, machine.event(event).label, words, event in WITH_WORDS)


def _changes(actor: Actor, subject: Problem | Measure) -> Any:
    found = StateChange.objects.visible_to(actor)
    if isinstance(subject, Problem):
        return found.filter(problem=subject)
    return found.filter(measure=subject)
