"""What holds for groups and meetings: chair, quorum, dates, who may do what. No ORM, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from json import dumps
from typing import Any

from samverkan.documents.differences import Change, differences
from samverkan.swedish.guard import Severity, find_persons

from .group_templates import GroupTemplate, Quorum

LONGEST_TEXT = 20_000


class Hindrance(StrEnum):
    """Why something cannot be done now."""

    NO_CHAIR = "no_chair"
    CHAIR_NOT_MUNICIPAL = "chair_not_municipal"
    SEAT_TWICE = "seat_twice"
    FUNCTION_ENDED = "function_ended"
    NO_QUORUM = "no_quorum"
    ATTENDANCE_UNMARKED = "attendance_unmarked"
    NO_ADJUSTER = "no_adjuster"
    ADJUSTER_NOT_PRESENT = "adjuster_not_present"
    NO_POINTS = "no_points"
    TOO_EARLY = "too_early"


@dataclass(frozen=True)
class SeatChoice:
    """A seat as somebody wants to fill it."""

    function_ref: str
    is_chair: bool = False
    is_municipal: bool = True
    is_in_use: bool = True


def seat_hindrances(
    template: GroupTemplate | None, seats: Iterable[SeatChoice]
) -> tuple[Hindrance, ...]:
    """What is wrong with the seats of a group, taken together."""
    chosen = list(seats)
    found: list[Hindrance] = []
    refs = [seat.function_ref for seat in chosen]
    chairs = [seat for seat in chosen if seat.is_chair]
    if len(chairs) != 1:
        found.append(Hindrance.NO_CHAIR)
    elif template and template.is_chaired_by_municipality and not chairs[0].is_municipal:
        found.append(Hindrance.CHAIR_NOT_MUNICIPAL)
    if len(set(refs)) != len(refs):
        found.append(Hindrance.SEAT_TWICE)
    if any(not seat.is_in_use for seat in chosen):
        found.append(Hindrance.FUNCTION_ENDED)
    return tuple(found)


@dataclass(frozen=True)
class QuorumStanding:
    """How many of the seats are filled in the room, and how many it takes (0: no rule)."""

    present: int
    seats: int
    needed: int

    @property
    def is_met(self) -> bool:
        return self.present >= self.needed


def quorum_standing(rule: str, present: int, seats: int) -> QuorumStanding:
    needed = {
        Quorum.HALF: -(-seats // 2),
        Quorum.MORE_THAN_HALF: seats // 2 + 1,
    }.get(rule, 0)
    return QuorumStanding(present, seats, needed)


def adjust_by(ended_on: date, days: int) -> date:
    """The last day for adjustment: day 14 counted from the day after the meeting."""
    return ended_on + timedelta(days=days)


def notice_due_on(starts_on: date, days: int) -> date:
    return starts_on - timedelta(days=days)


def meeting_end(starts_at: datetime, minutes_long: int) -> datetime:
    return starts_at + timedelta(minutes=minutes_long)


def seal(content: dict[str, Any]) -> str:
    """The hash of minutes as data: the same content always has the same."""
    return sha256(dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Collision:
    """Two have written the same text: `mine` is kept beside `theirs`, neither is lost."""

    item_ref: str
    mine: str
    theirs: str
    theirs_by: str
    latest_number: int

    @property
    def changes(self) -> list[Change]:
        """What mine would change in theirs, word by word."""
        return differences(self.theirs, self.mine)


def collides(mine: str, start: str, latest: str) -> bool:
    """Somebody else has changed the text since the start, and to something else than mine."""
    return latest not in (start, mine) and mine != start


@dataclass(frozen=True)
class GuardFindings:
    """What in a text points out a person: hard finds cannot be saved, soft ones ask."""

    hard: tuple[str, ...]
    soft: tuple[str, ...]


def guarded(text: str) -> GuardFindings:
    found = find_persons(text)
    return GuardFindings(
        hard=tuple(each.text for each in found if each.severity is Severity.HARD),
        soft=tuple(each.text for each in found if each.severity is Severity.SOFT),
    )
