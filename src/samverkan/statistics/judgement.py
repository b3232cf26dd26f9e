"""What the figures allow one to say: the level, the band, the last month, what could be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from samverkan.documents.formats import PeriodKind

from .definitions import comparability_breaks
from .release import KnownFigure
from .selectors import FigureSeries

SIGNIFICANCE = 0.05
CONFIDENCE_OF_BAND = 0.95
CONFIDENCE_OF_SURPRISE = 0.995
EARLIER_YEARS = {PeriodKind.YEAR: 10, PeriodKind.QUARTER: 5, PeriodKind.MONTH: 5}
FEWEST_PERIODS_FOR_BAND = 3


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


@dataclass(frozen=True)
class Period:
    """One period of the unbroken calendar of a series, with or without a figure."""

    start: date
    figure: KnownFigure | None
    lower: float | None = None
    upper: float | None = None

    @property
    def value(self) -> float | None:
        return self.figure.value if self.figure else None


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


def calendar(kind: PeriodKind, first: date, last: date) -> list[date]:
    """Every period's first day from the first to the last, both included."""
    starts, start = [], first
    while start <= last:
        starts.append(start)
        month = start.month - 1 + kind.months
        start = date(start.year + month // 12, month % 12 + 1, 1)
    return starts


def judge(series: FigureSeries) -> Judgement:
    """Judge one series of counts by itself; figures before a break do not take part."""
    by_start = {figure.start: figure for figure in series.figures}
    starts = calendar(series.period_kind, series.first, series.last)
    periods = tuple(Period(start, by_start.get(start)) for start in starts)
    if not _may_be_judged(series):
        return _without_comparison(periods, series.period_kind)
    comparable = tuple(period for period in periods if period.start >= _comparable_from(series))
    judged = _with_band(comparable, series.period_kind)
    before = periods[: len(periods) - len(comparable)]
    return _assessed((*before, *judged), judged, series.period_kind)


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
    stands = standing([judgement.p_value for judgement in judgements])
    return [
        judgement if is_standing else _fallen_back(judgement)
        for judgement, is_standing in zip(judgements, stands, strict=True)
    ]


def _fallen_back(judgement: Judgement) -> Judgement:
    if judgement.level not in {Level.HIGHER, Level.LOWER}:
        return judgement
    sees = (judgement.power_to_see_doubling or 0.0) >= 0.2
    return replace(judgement, level=Level.STABLE if sees else Level.CANNOT_SAY)


def _may_be_judged(series: FigureSeries) -> bool:
    """Counts only: a rate or a share says nothing of how many events chance had to play with."""
    values = [figure.value for figure in series.figures if figure.value is not None]
    return series.is_count and bool(values) and all(_is_whole(value) for value in values)


def _is_whole(value: float) -> bool:
    return value >= 0 and value == int(value)


def _comparable_from(series: FigureSeries) -> date:
    """The latest break in how municipalities' figures are recorded that the series runs across."""
    crossed = [
        broken.on
        for broken in comparability_breaks()
        if broken.scope == "municipality" and series.first < broken.on <= series.last
    ]
    return max(crossed, default=series.first)


def _without_comparison(periods: tuple[Period, ...], kind: PeriodKind) -> Judgement:
    recent = periods[-kind.per_year :]
    known = [period.value for period in recent if period.value is not None]
    return Judgement(
        periods=periods,
        level=Level.NOTHING_EARLIER,
        p_value=None,
        power_to_see_doubling=None,
        detectable_ratio=None,
        smallest_total_flagged=None,
        recent=recent,
        recent_total=sum(known),
        recent_known=len(known),
        recent_per_period=sum(known) / len(known) if known else None,
        earlier_per_period=None,
        compared_from=None,
    )


def _numbers(periods: tuple[Period, ...]) -> list[float]:
    return [float("nan") if period.value is None else period.value for period in periods]


def _with_band(
    periods: tuple[Period, ...], kind: PeriodKind, confidence: float = CONFIDENCE_OF_BAND
) -> tuple[Period, ...]:
    """The band comes from the years before the last one, which it is there to judge."""
    # Loaded here: SciPy is not part of the web process's start.
    from samverkan.methods.rates import expected_band

    recent = kind.per_year
    kept = periods[-(EARLIER_YEARS[kind] + 1) * recent :]
    earlier = [period for period in kept[:-recent] if period.value is not None]
    if len(earlier) < FEWEST_PERIODS_FOR_BAND:
        return periods
    band = expected_band(
        [_numbers(kept)], frequency=recent, recent_excluded=recent, confidence=confidence
    )
    judged = tuple(
        replace(period, lower=_finite(low), upper=_finite(high))
        for period, low, high in zip(kept, band.lower[0], band.upper[0], strict=True)
    )
    return (*periods[: len(periods) - len(kept)], *judged)


def _finite(value: float) -> float | None:
    return float(value) if value == value and abs(value) != float("inf") else None


def _assessed(
    periods: tuple[Period, ...], judged: tuple[Period, ...], kind: PeriodKind
) -> Judgement:
    from samverkan.methods.rates import assess_level

    plain = _without_comparison(periods, kind)
    recent = judged[-kind.per_year :]
    compared = judged[-(EARLIER_YEARS[kind] + 1) * kind.per_year : -kind.per_year]
    known_earlier = [period for period in compared if period.value is not None]
    if not known_earlier or not any(period.value is not None for period in recent):
        return replace(plain, surprise=_surprise(judged, kind))
    level = assess_level(
        [_numbers(judged)], frequency=kind.per_year, earlier_years=EARLIER_YEARS[kind]
    )
    if level.p_value[0] != level.p_value[0]:
        return replace(plain, surprise=_surprise(judged, kind))
    return replace(
        plain,
        level=Level(str(level.verdict[0])),
        p_value=float(level.p_value[0]),
        power_to_see_doubling=float(level.power_to_see_doubling[0]),
        detectable_ratio=_finite(level.detectable_ratio[0]),
        smallest_total_flagged=_finite(level.smallest_count_flagged[0]),
        earlier_per_period=float(level.earlier_per_period[0]),
        compared_from=known_earlier[0].start,
        surprise=_surprise(judged, kind),
    )


def _surprise(periods: tuple[Period, ...], kind: PeriodKind) -> Surprise:
    """The band holds nineteen periods of twenty; only what a wider one excludes too is told."""
    last = periods[-1]
    if last.value is None or last.lower is None or last.upper is None:
        return Surprise.NONE
    if last.lower <= last.value <= last.upper:
        return Surprise.NONE
    widest = _with_band(periods, kind, confidence=CONFIDENCE_OF_SURPRISE)[-1]
    if widest.upper is not None and last.value > widest.upper:
        return Surprise.MORE
    if widest.lower is not None and last.value < widest.lower:
        return Surprise.FEWER
    return Surprise.SLIGHT
