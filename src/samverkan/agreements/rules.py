"""Pure decisions on agreements: what the clock does, who may write where, what collides."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from samverkan.platform.months import months_before

from .template import FRAME

LONGEST_TEXT = 60_000
SOON_MONTHS = 6
REMINDERS = (6, 3, 1)
IN_FORCE = frozenset({"in_force", "expiring"})
BEFORE_SIGNATURE = frozenset({"draft", "for_signature"})
AFTER = {
    "enter": "in_force",
    "near_end": "expiring",
    "terminate": "terminated",
    "renew": "renewed",
    "expire": "expired",
}


@dataclass(frozen=True)
class Term:
    """What is recorded of an agreement: its state, and the days that the clock goes by."""

    state: str
    signed_on: date | None
    valid_from: date
    valid_to: date | None
    terminated_on: date | None = None
    renewed_on: date | None = None

    @property
    def begins_on(self) -> date:
        """The first day in force, once it is signed."""
        return max(self.valid_from, self.signed_on) if self.signed_on else self.valid_from

    @property
    def ends_on(self) -> date | None:
        """The first day without it, as far as is known."""
        ends = (self.valid_to, self.terminated_on, self.renewed_on)
        return min((day for day in ends if day), default=None)


@dataclass(frozen=True)
class ClockStep:
    """What the clock does, and on which day it took effect."""

    event: str
    on: date


def clock_steps(term: Term, day: date) -> tuple[ClockStep, ...]:
    """Everything that time alone has brought since the recorded state, in order."""
    steps: list[ClockStep] = []
    state, since = term.state, date.min
    while (step := _next_step(term, state, day)) is not None:
        since = max(since, step.on)
        steps.append(ClockStep(step.event, since))
        state = AFTER[step.event]
    return tuple(steps)


def state_on(term: Term, day: date) -> str:
    """How the agreement stands on the day (today or later)."""
    steps = clock_steps(term, day)
    return AFTER[steps[-1].event] if steps else term.state


def _next_step(term: Term, state: str, day: date) -> ClockStep | None:
    coming: list[tuple[date | None, str]] = []
    if state == "signed":
        coming = [(term.terminated_on, "terminate"), (term.begins_on, "enter")]
    elif state == "in_force":
        coming = [(term.terminated_on, "terminate"), (term.renewed_on, "renew")]
        coming.append((_near_end(term), "near_end"))
    elif state == "expiring":
        coming = [(term.terminated_on, "terminate"), (term.renewed_on, "renew")]
        coming.append((term.valid_to, "expire"))
    due = [(on, rank, event) for rank, (on, event) in enumerate(coming) if on and on <= day]
    if not due:
        return None
    on, _rank, event = min(due)
    return ClockStep(event, on)


def _near_end(term: Term) -> date | None:
    end = min((each for each in (term.valid_to, term.terminated_on) if each), default=None)
    return max(months_before(end, SOON_MONTHS), term.begins_on) if end else None


def reminder(ends_on: date | None, day: date) -> int | None:
    """The reminder that stands on the day: 6, 3 or 1 months left; None outside of them."""
    if ends_on is None or ends_on <= day:
        return None
    reached = [months for months in REMINDERS if months_before(ends_on, months) <= day]
    return min(reached, default=None)


def may_write_part(part: str, own_code: str) -> bool:
    """The frame is everybody's; an annex its municipality's and those that are no municipality's.

    `own_code` is the writer's municipality, empty for the police and others.
    """
    return part == FRAME or not own_code or own_code == part


@dataclass(frozen=True)
class Collision:
    """Two people wrote in the same section from the same start: both texts, for a human."""

    key: str
    mine: str
    theirs: str
    theirs_by: str
    latest_number: int


def collides(
    key: str, mine: str, started_from: Mapping[str, str], latest: Mapping[str, str]
) -> bool:
    """Whether somebody else has changed this very section since the writer opened it."""
    theirs = latest.get(key, "")
    return theirs != started_from.get(key, "") and theirs != mine


def unsigned(parties: Collection[int], signed: Collection[int]) -> set[int]:
    return set(parties) - set(signed)


def commitment_state_on(state: str, due_on: date, day: date) -> str:
    """A commitment whose date has passed is late from the day after."""
    return "late" if state == "on_track" and due_on < day else state


MOST_STROKES, MOST_POINTS, WIDTH, HEIGHT = 80, 4000, 600, 200


def valid_strokes(value: object) -> list[list[list[int]]] | None:
    """A drawn name as strokes of points within its box; None for anything else."""
    if not isinstance(value, list) or not 0 < len(value) <= MOST_STROKES:
        return None
    points = 0
    for stroke in value:
        if not isinstance(stroke, list) or not stroke:
            return None
        for point in stroke:
            points += 1
            if points > MOST_POINTS or not _is_point(point):
                return None
    # A single dot is a slip of the hand, not a name.
    return value if points >= 8 else None


def _is_point(point: object) -> bool:
    if not isinstance(point, list) or len(point) != 2:
        return False
    across, down = point
    are_whole = type(across) is int and type(down) is int
    return are_whole and 0 <= across <= WIDTH and 0 <= down <= HEIGHT
