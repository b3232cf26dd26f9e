"""State machines as data: states, events, transitions, and guards by name.

A room writes its machine once. The services step through it, the pages offer what it allows, the
docs draw it (`scripts/state_machines.py`), and a property test walks it. Nothing here reads a
database or a clock: what a guard means is the room's, the machine knows only its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise
GuardCheck = Callable[[str], bool]


class IllegalTransitionError(ValueError):
    """The event does not exist in the state."""


class GuardRefusedError(ValueError):
    """The event exists in the state, but what it asks for is not there."""

    def __init__(self, guard: str) -> None:
        super().__init__(guard)
        self.guard = guard


@dataclass(frozen=True)
class State:
    """`key` is stored; `label` is read; nothing more happens in an end."""

    key: str
    label: Text
    is_end: bool = False


@dataclass(frozen=True)
class Event:
    """What somebody (or the clock) does; `label` is the button's word."""

    key: str
    label: Text


@dataclass(frozen=True)
class Guard:
    """What must hold for a transition; `label` says it in words."""

    key: str
    label: Text


@dataclass(frozen=True)
class Transition:
    event: str
    source: str
    target: str
    guard: str = ""


@dataclass(frozen=True)
class StateMachine:
    """A life in states. `initial` is where every object begins.

    Guaranteed when made: keys are unique and known, a state has at most one transition per event,
    every state can be reached from the initial one, and ends have no way out.
    """

    key: str
    title: Text
    initial: str
    states: tuple[State, ...]
    events: tuple[Event, ...]
    transitions: tuple[Transition, ...]
    guards: tuple[Guard, ...] = ()

    def __post_init__(self) -> None:
        faults = _faults_of(self)
        if faults:
            raise ValueError(f"{self.key}: {'; '.join(faults)}")

    def state(self, key: str) -> State:
        return next(state for state in self.states if state.key == key)

    def event(self, key: str) -> Event:
        return next(event for event in self.events if event.key == key)

    def guard(self, key: str) -> Guard:
        return next(guard for guard in self.guards if guard.key == key)

    def choices(self) -> list[tuple[str, Text]]:
        """States as a model field or a form wants them."""
        return [(state.key, state.label) for state in self.states]

    def transitions_from(self, state: str) -> tuple[Transition, ...]:
        """What can happen in the state, in the order of the machine."""
        return tuple(each for each in self.transitions if each.source == state)

    def transition(self, state: str, event: str) -> Transition:
        """The transition that the event means in the state; IllegalTransitionError if none."""
        for each in self.transitions:
            if each.source == state and each.event == event:
                return each
        raise IllegalTransitionError(f"{self.key}: no {event!r} in {state!r}")

    def step(self, state: str, event: str, holds: GuardCheck) -> str:
        """The state after the event; `holds(guard)` answers for the guard if there is one."""
        found = self.transition(state, event)
        if found.guard and not holds(found.guard):
            raise GuardRefusedError(found.guard)
        return found.target

    def replay(self, events: Iterable[str]) -> str:
        """The state that a recorded history leads to: guards held when it was recorded."""
        state = self.initial
        for event in events:
            state = self.transition(state, event).target
        return state


_machines: dict[str, StateMachine] = {}


def register(machine: StateMachine) -> None:
    """Let the docs and the tests find a room's machine; called in `AppConfig.ready()`."""
    _machines[machine.key] = machine


def machines() -> list[StateMachine]:
    """Every registered machine, by key."""
    return [_machines[key] for key in sorted(_machines)]


def _faults_of(machine: StateMachine) -> list[str]:
    states = [state.key for state in machine.states]
    events = [event.key for event in machine.events]
    guards = [guard.key for guard in machine.guards]
    faults = [f"{key!r} twice" for keys in (states, events, guards) for key in _doubled(keys)]
    for each in machine.transitions:
        if each.source not in states or each.target not in states:
            faults.append(f"unknown state in {each}")
        if each.event not in events:
            faults.append(f"unknown event in {each}")
        if each.guard and each.guard not in guards:
            faults.append(f"unknown guard in {each}")
    pairs = [f"{each.source}/{each.event}" for each in machine.transitions]
    faults += [f"{pair} leads two ways" for pair in _doubled(pairs)]
    ends = {state.key for state in machine.states if state.is_end}
    faults += [f"{each.source!r} is an end" for each in machine.transitions if each.source in ends]
    if machine.initial not in states:
        return [*faults, f"unknown initial state {machine.initial!r}"]
    return faults + [f"{key!r} is never reached" for key in states if key not in _reached(machine)]


def _doubled(keys: list[str]) -> list[str]:
    return sorted({key for key in keys if keys.count(key) > 1})


def _reached(machine: StateMachine) -> set[str]:
    reached, waiting = set[str](), [machine.initial]
    while waiting:
        state = waiting.pop()
        if state not in reached:
            reached.add(state)
            waiting += [each.target for each in machine.transitions if each.source == state]
    return reached
