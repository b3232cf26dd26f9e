"""How a duty stands on a day, from the evidence alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samverkan.platform.months import months_after

from .evidence import Evidence
from .law import Duty


class Standing(StrEnum):
    GREEN = "green"
    DUE = "due"
    MISSING = "missing"
    HIDDEN = "hidden"
    """Nothing that the reader sees shows it, and there may be what the reader does not see."""


@dataclass(frozen=True)
class DutyState:
    """`due_on` is the day when the evidence stops holding; None when it does not, or is lacking."""

    duty: Duty
    standing: Standing
    evidence: tuple[Evidence, ...]
    due_on: date | None


def state_of(
    duty: Duty, pieces: Iterable[Evidence], today: date, hidden: Collection[str] = ()
) -> DutyState:
    """Green, due or missing: every kind that the duty asks for must have a piece that holds.

    The duty falls due with the first kind that runs out. One that asks for several kinds of which
    any will do lists them in one string with `|` between. What no piece shows is missing only when
    none of its kinds is `hidden` from the reader; one kind that is missing for certain decides.
    """
    known = [piece for piece in pieces if piece.on <= today]
    ends: list[date | None] = []
    shown: list[Evidence] = []
    lacking: list[tuple[Standing, date | None]] = []
    for asked in duty.evidence:
        kinds = asked.split("|")
        mine = [piece for piece in known if piece.kind in kinds]
        shown += mine
        holding = [end for piece in mine if _holds(end := _end(duty, piece), today)]
        if holding:
            ends.append(_farthest(holding))
        else:
            is_hidden = any(kind in hidden for kind in kinds)
            standing = Standing.HIDDEN if is_hidden else Standing.MISSING
            lacking.append((standing, _latest_end(duty, mine)))
    if lacking:
        standing, ended = max(lacking, key=lambda each: each[0] is Standing.MISSING)
        return DutyState(duty, standing, tuple(shown), ended)
    due = min((end for end in ends if end is not None), default=None)
    is_soon = due is not None and months_after(today, duty.soon) >= due
    return DutyState(duty, Standing.DUE if is_soon else Standing.GREEN, tuple(shown), due)


def _end(duty: Duty, piece: Evidence) -> date | None:
    ends = [piece.until] if piece.until is not None else []
    if duty.months:
        ends.append(months_after(piece.on, duty.months))
    return min(ends, default=None)


def _holds(end: date | None, today: date) -> bool:
    return end is None or end > today


def _farthest(ends: Sequence[date | None]) -> date | None:
    if any(end is None for end in ends):
        return None
    return max(end for end in ends if end is not None)


def _latest_end(duty: Duty, pieces: Sequence[Evidence]) -> date | None:
    return max((end for piece in pieces if (end := _end(duty, piece))), default=None)
