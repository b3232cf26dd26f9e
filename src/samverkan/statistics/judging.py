"""Judge many series in one go, with the exact methods: each by itself, all at one cost."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from samverkan.documents.formats import PeriodKind

from .definitions import comparability_breaks
from .judgement import HeldBy, Judgement, Level, Period, Surprise, calendar
from .release import KnownFigure
from .selectors import FigureSeries

CONFIDENCE_OF_BAND = 0.95
CONFIDENCE_OF_SURPRISE = 0.995
EARLIER_YEARS = {PeriodKind.YEAR: 10, PeriodKind.QUARTER: 5, PeriodKind.MONTH: 5}
FEWEST_PERIODS_FOR_BAND = 3
RIPENING = {PeriodKind.YEAR: 1, PeriodKind.QUARTER: 1, PeriodKind.MONTH: 3}
"""So many of the last periods, where preliminary, may still grow."""
FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class _Case:
    """A series on its unbroken calendar. `kept` are the values that take part, newest last."""

    at: int
    kind: PeriodKind
    starts: tuple[date, ...]
    figures: tuple[KnownFigure | None, ...]
    kept: tuple[float, ...]
    code_breaks: tuple[date, ...]

    @property
    def kept_from(self) -> int:
        return len(self.starts) - len(self.kept)

    @property
    def has_recent(self) -> bool:
        return any(value == value for value in self.kept[-self.kind.per_year :])

    @cached_property
    def known_earlier(self) -> int:
        return sum(value == value for value in self.kept[: -self.kind.per_year])


def judge(series: FigureSeries) -> Judgement:
    """Judge one series of counts by itself; figures before a break do not take part."""
    return judge_all([series])[0]


def judge_all(found: Sequence[FigureSeries]) -> list[Judgement]:
    """Every series judged by itself, in order. Rates and shares are laid out, never judged: they
    say nothing of how many events chance had to play with."""
    judgements: dict[int, Judgement] = {}
    cases: dict[PeriodKind, list[_Case]] = defaultdict(list)
    for at, series in enumerate(found):
        if may_be_judged(series):
            cases[series.period_kind].append(_case(at, series))
        else:
            starts, figures = _on_calendar(series)
            periods = tuple(map(Period, starts, figures))
            judgements[at] = _without_comparison(periods, series.period_kind)
    for kind, group in cases.items():
        _judge_group(kind, group, judgements)
    return [judgements[at] for at in range(len(found))]


def may_be_judged(series: FigureSeries) -> bool:
    values = [figure.value for figure in series.figures if figure.value is not None]
    if not series.is_count or not values:
        return False
    return min(values) >= 0 and all(map(float.is_integer, map(float, values)))


def _on_calendar(
    series: FigureSeries,
) -> tuple[tuple[date, ...], tuple[KnownFigure | None, ...]]:
    """Every period from the first to the last, and its figure where there is one."""
    starts = _starts(series.period_kind, series.first, series.last)
    if len(starts) == len(series.figures):
        return starts, series.figures
    by_start = {figure.start: figure for figure in series.figures}
    return starts, tuple(by_start.get(start) for start in starts)


@lru_cache(maxsize=256)
def _starts(kind: PeriodKind, first: date, last: date) -> tuple[date, ...]:
    return tuple(calendar(kind, first, last))


def _case(at: int, series: FigureSeries) -> _Case:
    starts, figures = _on_calendar(series)
    kind = series.period_kind
    start = max(0, len(starts) - (EARLIER_YEARS[kind] + 1) * kind.per_year)
    start = max(start, bisect_left(starts, _comparable_from(series)))
    kept = tuple(
        float("nan") if figure is None or figure.value is None else figure.value
        for figure in figures[start:]
    )
    crossed = tuple(
        broken.on
        for broken in comparability_breaks()
        if broken.scope == "codes" and starts[start] < broken.on <= starts[-1]
    )
    return _Case(at, kind, starts, figures, kept, crossed)


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


def _judge_group(kind: PeriodKind, cases: list[_Case], judgements: dict[int, Judgement]) -> None:
    table = _table(cases)
    bands = _bands(table, [at for at, case in enumerate(cases) if _earns_band(case)], kind)
    for row, case in enumerate(cases):
        periods = _periods(case, *bands.get(row, ((), ())))
        judgements[case.at] = _without_comparison(periods, kind)
    _add_surprises(table, cases, judgements)
    _add_intervals(cases, judgements)
    _add_levels(table, cases, judgements)


def _table(cases: list[_Case]) -> FloatArray:
    """(n_series, n_periods), newest last; what a shorter series lacks is missing."""
    width = max(len(case.kept) for case in cases)
    table = np.full((len(cases), width), np.nan)
    for row, case in enumerate(cases):
        table[row, width - len(case.kept) :] = case.kept
    return table


def _earns_band(case: _Case) -> bool:
    return case.known_earlier >= FEWEST_PERIODS_FOR_BAND


def _bands(
    table: FloatArray, rows: list[int], kind: PeriodKind, confidence: float = CONFIDENCE_OF_BAND
) -> dict[int, tuple[list[float | None], list[float | None]]]:
    """The band comes from the years before the last one, which it is there to judge."""
    # Loaded here: SciPy is not part of the web process's start.
    from samverkan.methods.rates import expected_band

    if not rows:
        return {}
    band = expected_band(
        table[rows], frequency=kind.per_year, recent_excluded=kind.per_year, confidence=confidence
    )
    lower, upper = _finite_or_none(band.lower), _finite_or_none(band.upper)
    return {row: (lower[at], upper[at]) for at, row in enumerate(rows)}


def _finite_or_none(limits: FloatArray) -> list[list[float | None]]:
    """As lists, which hold no such thing as “not a number”."""
    if np.isfinite(limits).all():
        whole: list[list[float | None]] = limits.tolist()
        return whole
    return [[_finite(value) for value in row] for row in limits.tolist()]


def _periods(
    case: _Case, lower: Sequence[float | None], upper: Sequence[float | None]
) -> tuple[Period, ...]:
    if not lower:
        return tuple(map(Period, case.starts, case.figures))
    nothing, skipped = [None] * case.kept_from, len(lower) - len(case.kept)
    lows, highs = [*nothing, *lower[skipped:]], [*nothing, *upper[skipped:]]
    return tuple(map(Period, case.starts, case.figures, lows, highs))


def _finite(value: float) -> float | None:
    return value if value == value and abs(value) != float("inf") else None


def _add_surprises(table: FloatArray, cases: list[_Case], judgements: dict[int, Judgement]) -> None:
    """The band holds nineteen periods of twenty; only what a wider one excludes too is told."""
    outside = []
    for row, case in enumerate(cases):
        last = judgements[case.at].periods[-1]
        if last.value is None or last.lower is None or last.upper is None:
            continue
        if not last.lower <= last.value <= last.upper:
            outside.append(row)
    wide = _bands(table, outside, cases[0].kind, CONFIDENCE_OF_SURPRISE) if outside else {}
    for row, (lower, upper) in wide.items():
        value, least, most = table[row, -1], lower[-1], upper[-1]
        surprise = Surprise.SLIGHT
        if most is not None and value > most:
            surprise = Surprise.MORE
        elif least is not None and value < least and not any(_still_filling(cases[row])[-1:]):
            surprise = Surprise.FEWER
        case = cases[row]
        judgements[case.at] = replace(judgements[case.at], surprise=surprise)


def _add_intervals(cases: list[_Case], judgements: dict[int, Judgement]) -> None:
    """Garwood's exact limits of the level behind the last year."""
    from samverkan.methods.rates import poisson_rate_interval

    known = [case for case in cases if judgements[case.at].recent_known]
    if not known:
        return
    totals = [judgements[case.at].recent_total for case in known]
    lengths = [judgements[case.at].recent_known for case in known]
    limits = poisson_rate_interval(totals, lengths)
    for case, low, high in zip(known, limits.lower.tolist(), limits.upper.tolist(), strict=True):
        judgements[case.at] = replace(judgements[case.at], recent_interval=(low, high))


def _add_levels(table: FloatArray, cases: list[_Case], judgements: dict[int, Judgement]) -> None:
    rows = [at for at, case in enumerate(cases) if case.has_recent and case.known_earlier]
    if not rows:
        return
    found = _Levels.of(table[rows], cases[0].kind)
    for at, row in enumerate(rows):
        case = cases[row]
        if found.p_value[at] == found.p_value[at]:
            judgements[case.at] = _assessed(case, judgements[case.at], found, at)
    _hold_back(table, cases, judgements)


@dataclass(frozen=True)
class _Levels:
    """What `assess_level` said, as plain numbers."""

    verdict: list[str]
    p_value: list[float]
    power: list[float]
    ratio: list[float]
    smallest: list[float]
    largest: list[float]
    earlier_mean: list[float]
    earlier_total: list[float]
    dispersion: list[float]

    @classmethod
    def of(cls, table: FloatArray, kind: PeriodKind) -> _Levels:
        from samverkan.methods.rates import assess_level

        level = assess_level(table, frequency=kind.per_year, earlier_years=EARLIER_YEARS[kind])
        return cls(
            verdict=[str(verdict) for verdict in level.verdict],
            p_value=level.p_value.tolist(),
            power=level.power_to_see_doubling.tolist(),
            ratio=level.detectable_ratio.tolist(),
            smallest=level.smallest_count_flagged.tolist(),
            largest=level.largest_count_flagged.tolist(),
            earlier_mean=level.earlier_per_period.tolist(),
            earlier_total=level.earlier_total.tolist(),
            dispersion=level.dispersion_index.tolist(),
        )


def _assessed(case: _Case, judged: Judgement, found: _Levels, at: int) -> Judgement:
    first = next(at for at, value in enumerate(case.kept) if value == value)
    largest = _finite(found.largest[at])
    return replace(
        judged,
        level=Level(found.verdict[at]),
        p_value=found.p_value[at],
        power_to_see_doubling=found.power[at],
        detectable_ratio=_finite(found.ratio[at]),
        smallest_total_flagged=_finite(found.smallest[at]),
        largest_total_flagged=largest if largest is not None and largest >= 0 else None,
        earlier_per_period=found.earlier_mean[at],
        earlier_total=found.earlier_total[at],
        earlier_known=case.known_earlier,
        dispersion=found.dispersion[at],
        compared_from=case.starts[case.kept_from + first],
        crossed_breaks=case.code_breaks,
        recent_interval=_widened(judged, found.dispersion[at]),
    )


def _widened(judged: Judgement, index: float) -> tuple[float, float] | None:
    """The interval for counts that vary more than chance: its reach times the root of the index."""
    interval, mean = judged.recent_interval, judged.recent_per_period
    if interval is None or mean is None or index <= 1.0:
        return interval
    factor = index**0.5
    low, high = (mean + (limit - mean) * factor for limit in interval)
    return max(0.0, low), high


def _hold_back(table: FloatArray, cases: list[_Case], judgements: dict[int, Judgement]) -> None:
    """What is seen only thanks to figures that cannot carry it is not told as a change: figures
    from before a change of offence codes, or a low count in months that are still filling up."""
    changed = {Level.HIGHER, Level.LOWER}
    for held_by, reaches, left_out in (
        (HeldBy.BREAK, changed, _before_last_break),
        (HeldBy.PRELIMINARY, {Level.LOWER}, _still_filling),
    ):
        masks = {
            row: mask
            for row, case in enumerate(cases)
            if judgements[case.at].level in reaches and any(mask := left_out(case))
        }
        if not masks:
            continue
        rows = list(masks)
        carrying = table[rows].copy()
        for at, mask in enumerate(masks.values()):
            carrying[at, carrying.shape[1] - len(mask) :][mask] = np.nan
        stands = _Levels.of(carrying, cases[0].kind).verdict
        for verdict, row in zip(stands, rows, strict=True):
            judged = judgements[cases[row].at]
            if verdict != judged.level.value:
                judgements[cases[row].at] = replace(judged, level=Level.CANNOT_SAY, held_by=held_by)


def _before_last_break(case: _Case) -> list[bool]:
    """For each kept period: does it lie before the last change of codes?"""
    last = max(case.code_breaks, default=None)
    return [last is not None and start < last for start in case.starts[case.kept_from :]]


def _still_filling(case: _Case) -> list[bool]:
    kept = case.figures[case.kept_from :]
    ripe = len(kept) - RIPENING[case.kind]
    return [
        at >= ripe and figure is not None and figure.is_preliminary
        for at, figure in enumerate(kept)
    ]
