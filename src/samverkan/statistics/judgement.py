"""What the figures allow one to say: the level, the band, the last month, what could be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from samverkan.documents.formats import PeriodKind

from .release import KnownFigure

SIGNIFICANCE = 0.05
SEES_ENOUGH = 0.2
"""Below this chance of noticing a doubling, nothing is said of the level."""


class Level(StrEnum):
    """The last year against the years before it."""

    STABLE = "stable"
    HIGHER = "higher"
    LOWER = "lower"
    CANNOT_SAY = "cannot_say"
    NOTHING_EARLIER = "nothing_earlier"


class Surprise(StrEnum):
    """The last period against what was expected of it."""

    NONE = "none"
    SLIGHT = "slight"
    """Just outside the band: as happens one month in twenty when nothing has changed."""
    MORE = "more"
    FEWER = "fewer"


class HeldBy(StrEnum):
    """Why a change that was seen is not told."""

    NOTHING = ""
    BREAK = "break"
    """It does not stand without figures from before a change of offence codes."""
    PRELIMINARY = "preliminary"
    """It does not stand without the last preliminary figures, which may still grow."""


class Period(NamedTuple):
    """One period of the unbroken calendar of a series, with or without a figure."""

    start: date
    figure: KnownFigure | None
    lower: float | None = None
    upper: float | None = None

    @property
    def value(self) -> float | None:
        return self.figure.value if self.figure else None


@dataclass(frozen=True)
class UnusualMonth:
    """A month with more than the same season of earlier years leads one to expect."""

    start: date
    value: float
    upper: float | None
    """The largest ordinary count of the month."""
    p_value: float
    is_preliminary: bool


@dataclass(frozen=True)
class Judgement:
    """`periods` run without a gap from the first to the last; `compared_from` is where the
    comparison starts. Rates are per period."""

    periods: tuple[Period, ...]
    level: Level
    p_value: float | None
    power_to_see_doubling: float | None
    detectable_ratio: float | None
    smallest_total_flagged: float | None
    recent: tuple[Period, ...]
    recent_total: float
    recent_known: int
    recent_per_period: float | None
    earlier_per_period: float | None
    compared_from: date | None
    surprise: Surprise = Surprise.NONE
    recent_interval: tuple[float, float] | None = None
    """Exact limits of the level behind the last year, per period."""
    earlier_total: float | None = None
    earlier_known: int = 0
    largest_total_flagged: float | None = None
    """The largest total of a year that would have been called lower; None when none would."""
    dispersion: float | None = None
    """Variance over mean that the test allowed for; 1 is chance alone."""
    crossed_breaks: tuple[date, ...] = ()
    """Changes of offence codes that lie between the years compared."""
    held_by: HeldBy = HeldBy.NOTHING
    series_together: int = 1
    """How many series were looked at in one go (false alarms are held down over all)."""
    unusual: tuple[UnusualMonth, ...] = ()
    """Months of the last year with more than expected, the oldest first."""
    months_looked_at: int = 0


def calendar(kind: PeriodKind, first: date, last: date) -> list[date]:
    """Every period's first day from the first to the last, both included."""
    starts, start = [], first
    while start <= last:
        starts.append(start)
        month = start.month - 1 + kind.months
        start = date(start.year + month // 12, month % 12 + 1, 1)
    return starts


def standing(p_values: Sequence[float | None], level: float = SIGNIFICANCE) -> list[bool]:
    """Benjamini and Hochberg (1995): which of the p-values stand when looked at together."""
    tested = sorted((p_value, at) for at, p_value in enumerate(p_values) if p_value is not None)
    stands = 0
    for rank, (p_value, _at) in enumerate(tested, start=1):
        if p_value <= level * rank / len(tested):
            stands = rank
    kept = {at for _p_value, at in tested[:stands]}
    return [at in kept for at in range(len(p_values))]


def hold_down_false_alarms(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Of many series one looks changed by chance alone: a change that does not stand against the
    number of looks falls back to what could be said without it."""
    p_values = [judgement.p_value for judgement in judgements]
    together = sum(p_value is not None for p_value in p_values)
    return [
        replace(
            judgement if is_standing else _fallen_back(judgement),
            series_together=max(1, together),
        )
        for judgement, is_standing in zip(judgements, standing(p_values), strict=True)
    ]


def _fallen_back(judgement: Judgement) -> Judgement:
    if judgement.level not in {Level.HIGHER, Level.LOWER}:
        return judgement
    return replace(judgement, level=level_without_change(judgement))


def level_without_change(judgement: Judgement) -> Level:
    """What may be said when no change is: stable only where a doubling could have been seen."""
    sees = (judgement.power_to_see_doubling or 0.0) >= SEES_ENOUGH
    return Level.STABLE if sees else Level.CANNOT_SAY
