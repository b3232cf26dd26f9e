"""The figures of one import as plain values, on their way from a reader to the table."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import NamedTuple

from .models import Figure

# Why a figure that its publisher has taken back has no value.
WITHDRAWN = "withdrawn"

FigureKey = tuple[int, str, str, str, str, date]


class FigureRow(NamedTuple):
    """One figure of a file. A value of None is a known gap with its reason, never a zero.

    `margin` is half the published 95 % interval; `area_name` is said where the figure tells of a
    larger area than the municipality.
    """

    line: int
    municipality_id: int
    series_code: str
    subgroup: str
    unit: Figure.Unit | str
    period_kind: Figure.PeriodKind | str
    period_start: date
    value: float | None
    missing_reason: str
    is_preliminary: bool
    margin: float | None = None
    sample_size: int | None = None
    area_name: str = ""

    @property
    def key(self) -> FigureKey:
        return self[1:7]


@dataclass(frozen=True)
class FigureCounts:
    """What putting figures in came to; `outdated` had a preliminary value where a final stands."""

    added: int = 0
    revised: int = 0
    unchanged: int = 0
    outdated: int = 0
    withdrawn: int = 0

    def __add__(self, other: FigureCounts) -> FigureCounts:
        sums = (getattr(self, each.name) + getattr(other, each.name) for each in fields(self))
        return FigureCounts(*sums)
