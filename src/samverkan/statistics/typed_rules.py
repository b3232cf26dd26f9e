"""Figures typed in a grid: what was written, what it means, what somebody else has changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MOST = 1_000_000
WHOLE = re.compile(r"\d{1,7}\Z")
SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009"))


class CellFault(StrEnum):
    """Why a cell cannot be taken."""

    NOT_A_NUMBER = "not_a_number"
    TOO_LARGE = "too_large"
    CONFLICT = "conflict"
    IS_FINAL = "is_final"


@dataclass(frozen=True)
class Place:
    """A cell of the grid: a series and the first day of a month."""

    series_code: str
    month: date

    @property
    def name(self) -> str:
        return f"{self.series_code}-{self.month:%Y-%m}"


@dataclass(frozen=True)
class Standing:
    """What stands in the database. `value` None: a known gap, or nothing at all."""

    value: int | None = None
    is_preliminary: bool = False
    is_there: bool = False

    @property
    def text(self) -> str:
        return "" if self.value is None else str(self.value)


@dataclass(frozen=True)
class Written:
    """What somebody typed, and what stood in the cell when the page was opened."""

    text: str
    before: str
    is_preliminary: bool
    was_preliminary: bool


@dataclass(frozen=True)
class Judged:
    """A cell after judging: what to write, or what is wrong. `is_changed` False: leave it."""

    place: Place
    written: Written
    standing: Standing
    value: int | None = None
    is_changed: bool = False
    fault: CellFault | None = None


def judge_cells(
    written: Mapping[Place, Written], standing: Mapping[Place, Standing]
) -> list[Judged]:
    """Every cell judged on its own, in the order given."""
    return [
        _judge(place, entry, standing.get(place, Standing())) for place, entry in written.items()
    ]


def _judge(place: Place, written: Written, standing: Standing) -> Judged:
    text = written.text.translate(SPACES)
    if text and not WHOLE.match(text):
        return Judged(place, written, standing, fault=CellFault.NOT_A_NUMBER)
    value = int(text) if text else None
    if value is not None and value > MOST:
        return Judged(place, written, standing, fault=CellFault.TOO_LARGE)
    is_marked_anew = value is not None and written.is_preliminary != written.was_preliminary
    if text == written.before and not is_marked_anew:
        return Judged(place, written, standing, value)
    is_same = text == standing.text and (
        value is None or written.is_preliminary == standing.is_preliminary
    )
    if is_same:
        return Judged(place, written, standing, value)
    if written.before != standing.text:
        return Judged(place, written, standing, value, fault=CellFault.CONFLICT)
    if written.is_preliminary and standing.is_there and not standing.is_preliminary:
        return Judged(place, written, standing, value, fault=CellFault.IS_FINAL)
    return Judged(place, written, standing, value, is_changed=True)
