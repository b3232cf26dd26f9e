"""What every walk through a room's services asks of a life.

What is refused changes nothing, the history only grows and tells each step in order, and what was
recorded leads to the same state when it is played again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from django.db import transaction

from samverkan.platform.states import StateMachine

Refusals = tuple[type[Exception], ...]
Act = Callable[[], object]


class KeptStep(Protocol):
    """One row of a kept history."""

    number: int
    event: str
    from_state: str
    to_state: str


class Life(Protocol):
    """Something that lives by a machine, as a walk meets it."""

    machine: StateMachine
    refusals: Refusals

    def act(self, number: int, name: str) -> object:
        """Try the act by its real service; `number` says how far the walk has come."""

    def state(self) -> str: ...

    def steps(self) -> Sequence[KeptStep]: ...

    def told(self) -> Any:
        """Everything that is kept of it, the history too, without keys of the database."""


def try_it(act: Act, refusals: Refusals) -> bool:
    """Whether the service did it; a refusal takes everything back."""
    try:
        with transaction.atomic():
            act()
    except refusals:
        return False
    return True


def assert_history_leads_to(machine: StateMachine, steps: Iterable[KeptStep], state: str) -> None:
    """Numbered without a gap, each step from where the last ended, and replayed the same."""
    kept = list(steps)
    assert [step.number for step in kept] == list(range(1, len(kept) + 1))
    here = machine.initial
    for step in kept:
        assert step.from_state == here
        here = step.to_state
    assert machine.replay(step.event for step in kept) == here == state
    assert state in {each.key for each in machine.states}


def walk(life: Life, acts: Sequence[str]) -> list[tuple[int, str]]:
    """Try the acts one after another; those that were accepted, with their place in the walk."""
    accepted = []
    rows = _rows(life)
    for number, name in enumerate(acts):
        before = life.told()
        if try_it(lambda: life.act(number, name), life.refusals):  # noqa: B023 (called at once)
            accepted.append((number, name))
        else:
            assert life.told() == before, f"{name} was refused and changed something"
        now = _rows(life)
        assert now[: len(rows)] == rows, f"{name}: a step was changed or lost"
        rows = now
        assert_history_leads_to(life.machine, life.steps(), life.state())
    return accepted


def assert_the_same_again(first: Life, second: Life, accepted: Iterable[tuple[int, str]]) -> None:
    """What was accepted once is accepted again, and ends in the same."""
    for number, name in accepted:
        assert try_it(lambda: second.act(number, name), second.refusals), name  # noqa: B023
    assert second.told() == first.told()


def _rows(life: Life) -> list[tuple[int, str, str, str]]:
    return [(each.number, each.event, each.from_state, each.to_state) for each in life.steps()]
