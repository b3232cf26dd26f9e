"""What a function has to do, when it meets and what was decided. Each room tells what it knows.

Read by the calendar feed, the year wheel, the handover and the pages on absence: one question, one
answer. Crime plays no part here: a row says what, for which function, by when, and where it lives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise

from samverkan.platform.access.actor import Actor

Text = str | Promise


@dataclass(frozen=True)
class WorkItem:
    """Something that a function has on its table.

    `key` is unique and stable ("measure-<ref>"): the calendar knows the item again by it.
    `kind_label` says what it is ("Measure"); `function_ref` whose it is; `due_on` when, if ever.
    """

    key: str
    kind_label: Text
    title: str
    url: str
    function_ref: str
    due_on: date | None = None
    municipality_code: str = ""
    note: Text = ""

    def is_late(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class Appointment:
    """A time in a function's calendar, such as a meeting of a group where it has a seat."""

    key: str
    title: str
    url: str
    function_ref: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    municipality_code: str = ""


@dataclass(frozen=True)
class TakenDecision:
    """What was decided of concern to a function, and why; `reason` is empty where none was given.

    `where` is the group or body that decided, or the thing that it was about.
    """

    key: str
    title: str
    reason: str
    url: str
    function_ref: str
    decided_on: date
    where: str = ""


WorkProvider = Callable[[Actor, frozenset[str]], Iterable[WorkItem]]
AppointmentProvider = Callable[[Actor, frozenset[str], date, date], Iterable[Appointment]]
DecisionProvider = Callable[[Actor, frozenset[str], date], Iterable[TakenDecision]]

_work: list[WorkProvider] = []
_appointments: list[AppointmentProvider] = []
_decisions: list[DecisionProvider] = []


def register_work(provider: WorkProvider) -> None:
    """Add `provider(actor, function_refs)`: the open work of those functions.

    It reads only through `visible_to(actor)`, and answers for all of the functions in one go.
    """
    if provider not in _work:
        _work.append(provider)


def register_appointments(provider: AppointmentProvider) -> None:
    """Add `provider(actor, function_refs, first, after)`: meetings in the days [first, after)."""
    if provider not in _appointments:
        _appointments.append(provider)


def register_decisions(provider: DecisionProvider) -> None:
    """Add `provider(actor, function_refs, since)`: what was decided from that day on."""
    if provider not in _decisions:
        _decisions.append(provider)


def open_work(actor: Actor, function_refs: Iterable[str]) -> list[WorkItem]:
    """All open work of the functions, the earliest first, what has no date last."""
    wanted = frozenset(function_refs)
    found = [item for provider in _work for item in provider(actor, wanted)]
    return sorted(found, key=lambda item: (item.due_on or date.max, item.key))


def appointments(
    actor: Actor, function_refs: Iterable[str], first: date, after: date
) -> list[Appointment]:
    """The functions' meetings in the days [first, after), the earliest first."""
    wanted = frozenset(function_refs)
    found = [item for provider in _appointments for item in provider(actor, wanted, first, after)]
    return sorted(found, key=lambda item: (item.starts_at, item.key))


def decisions(actor: Actor, function_refs: Iterable[str], since: date) -> list[TakenDecision]:
    """What was decided of concern to the functions since the day, the latest first."""
    wanted = frozenset(function_refs)
    found = [item for provider in _decisions for item in provider(actor, wanted, since)]
    return sorted(found, key=lambda item: (item.decided_on, item.key), reverse=True)
