"""The one call from weekly counts to signals, through the house's methods.

Which method at which count (docs/methods/surveillance): with more than a year behind it, the
negative-binomial prediction of the same season with over-dispersion from all subjects together;
with less, the exact prediction from the latest periods, for small counts only. A slow rise of all
together is looked for with a Poisson CUSUM, repeats at the same place with the near-repeat table.
All p-values of a page are screened together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .types import Series, Signal, SignalKind, SignalReport, Strength, SubjectKind

# The share of quiet weeks in which anything at all is signalled, at most.
LEVEL = 0.10
CLEAR_BELOW = 0.01
FEWEST_PERIODS = 8
RECENT_PERIODS = 26
SEASON_HALF_WEEKS = 4
YEARS_BACK = 3
WEEKS_A_YEAR = 52
# A count that is judged without a year behind it has no over-dispersion to be judged with.
LARGEST_MEAN_WITHOUT_A_YEAR = 5.0
LOW_CHANCE = 0.2
CREEPING_PERIODS = 13
CREEPING_FACTOR = 1.5
CREEPING_RUN_LENGTH = 1_000.0
SMALLEST_CREEPING_MEAN = 0.5
FEWEST_EVENTS = 30
REPEAT_DAYS = 7
REPEAT_METRES = 300
REPLICAS = 199
SEED = 2026


@dataclass(frozen=True)
class NearEvents:
    """Events with a place, in metres and days, the latest half-year of them."""

    east: tuple[float, ...]
    north: tuple[float, ...]
    days: tuple[int, ...]


@dataclass(frozen=True)
class _Judged:
    """P-values and numbers of each series; NaN where nothing can be said."""

    p_value: np.ndarray
    expected: np.ndarray
    bound: np.ndarray
    chance: np.ndarray
    method: str


def judge(
    series: Sequence[Series], *, weeks_a_period: int = 1, near: NearEvents | None = None
) -> SignalReport:
    """Signals of the last period of the series, judged by the periods before it.

    At most `LEVEL` of the periods in which nothing is out of the ordinary have a signal.
    """
    periods = len(series[0].counts) - 1 if series else 0
    if periods < FEWEST_PERIODS:
        return SignalReport((), 0, 0, max(periods, 0), can_say=False)
    counts = np.array([each.counts for each in series], dtype=np.float64)
    found = _judged(counts, WEEKS_A_YEAR // weeks_a_period, weeks_a_period)
    repeats = _near_repeat(near)
    p_values = np.append(found.p_value, repeats[0])
    adjusted, is_alarm = _screened(p_values)
    signals = [
        _unusual(each, found, row, float(adjusted[row]))
        for row, each in enumerate(series)
        if is_alarm[row]
    ]
    if is_alarm[-1]:
        signals.append(_repeating(float(adjusted[-1]), *repeats[1:]))
    signals.extend(_creeping(each) for each in series if _creeps(each))
    can_be_judged = ~np.isnan(found.p_value)
    return SignalReport(
        signals=tuple(sorted(signals, key=_order)),
        judged=int(can_be_judged.sum()),
        unseen=int((found.chance[can_be_judged] < LOW_CHANCE).sum()),
        periods=periods,
        can_say=bool(can_be_judged.any()),
    )


def _order(signal: Signal) -> tuple[str, int, float, str]:
    """The clear before the others, what can be gone to before what is only a kind of thing."""
    p_value = 1.0 if signal.p_value != signal.p_value else signal.p_value
    return signal.strength, list(SubjectKind).index(signal.subject), p_value, signal.key


def _judged(counts: np.ndarray, frequency: int, weeks_a_period: int) -> _Judged:
    from samverkan.methods import surveillance

    half = max(1, SEASON_HALF_WEEKS // weeks_a_period)
    periods, last = counts.shape[1], [counts.shape[1] - 1]
    if periods - 1 >= frequency + half:
        season = surveillance.predictive(
            counts,
            frequency=frequency,
            years_back=YEARS_BACK,
            half_window=half,
            fewest_years=1,
            alpha=CLEAR_BELOW,
            evaluate=last,
        )
        return _Judged(
            season.p_value[:, 0],
            season.expected[:, 0],
            season.upper_bound[:, 0],
            season.chance_of_noticing_double[:, 0],
            "surveillance/predictive",
        )
    recent = surveillance.bayes(
        counts,
        frequency=frequency,
        years_back=0,
        half_window=min(RECENT_PERIODS, periods - 1),
        use_recent=True,
        alpha=CLEAR_BELOW,
        evaluate=last,
    )
    expected = recent.expected[:, 0]
    is_small = expected < LARGEST_MEAN_WITHOUT_A_YEAR
    return _Judged(
        np.where(is_small, recent.p_value[:, 0], np.nan),
        expected,
        recent.upper_bound[:, 0],
        _chance_of_double(recent.upper_bound[:, 0], expected),
        "surveillance/bayes",
    )


def _chance_of_double(bound: np.ndarray, expected: np.ndarray) -> np.ndarray:
    from scipy import special

    return np.asarray(special.pdtrc(bound, 2 * expected))


def _screened(p_values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    from samverkan.methods import surveillance

    screen = surveillance.screen(p_values, control="benjamini-hochberg", level=LEVEL)
    return screen.adjusted_p_value, screen.is_alarm


def _unusual(series: Series, found: _Judged, row: int, adjusted: float) -> Signal:
    return Signal(
        kind=SignalKind.UNUSUAL,
        strength=_strength(adjusted),
        subject=series.kind,
        key=series.key,
        name=series.name,
        observed=series.counts[-1],
        expected=float(found.expected[row]),
        usual_at_most=int(found.bound[row]),
        p_value=adjusted,
        method=found.method,
    )


def _strength(adjusted: float) -> Strength:
    return Strength.CLEAR if adjusted <= CLEAR_BELOW else Strength.SOME


def _creeps(series: Series) -> bool:
    return series.kind is SubjectKind.ALL and _cusum(series) is not None


def _creeping(series: Series) -> Signal:
    mean = _mean_before(series)
    return Signal(
        kind=SignalKind.CREEPING,
        strength=Strength.SOME,
        subject=series.kind,
        key=series.key,
        name=series.name,
        observed=sum(series.counts[-CREEPING_PERIODS:]),
        expected=mean * CREEPING_PERIODS,
        usual_at_most=0,
        p_value=float("nan"),
        method="surveillance/cusum",
    )


def _mean_before(series: Series) -> float:
    before = series.counts[:-CREEPING_PERIODS][-WEEKS_A_YEAR:]
    return sum(before) / len(before) if len(before) >= RECENT_PERIODS else 0.0


def _cusum(series: Series) -> float | None:
    """The sum at the last period where it raises the alarm; the sums begin anew each quarter."""
    from samverkan.methods import surveillance

    mean = _mean_before(series)
    if mean < SMALLEST_CREEPING_MEAN:
        return None
    limits = surveillance.poisson_cusum_limits(
        mean,
        shifted_mean=CREEPING_FACTOR * mean,
        in_control_run_length=CREEPING_RUN_LENGTH,
    )
    found = surveillance.cusum(
        [series.counts[-CREEPING_PERIODS:]],
        reference_value=limits.reference_value,
        decision_limit=limits.decision_limit,
        standardisation="none",
        expected=mean,
    )
    return float(found.score[0, -1]) if found.is_alarm[0, -1] else None


def _near_repeat(near: NearEvents | None) -> tuple[float, int, float]:
    """P-value, pairs seen and pairs expected at the same place within a week."""
    from samverkan.methods import clusters, compiled

    if near is None or len(near.days) < FEWEST_EVENTS:
        return float("nan"), 0, 0.0
    with compiled.without_numba():
        table = clusters.near_repeat(
            near.east,
            near.north,
            near.days,
            space_bands=[REPEAT_METRES],
            time_bands=[REPEAT_DAYS],
            n_simulations=REPLICAS,
            seed=SEED,
            n_threads=1,
        )
    return (
        float(table.p_value[0, 0]),
        int(table.observed[0, 0]),
        float(table.expected[0, 0]),
    )


def _repeating(adjusted: float, observed: int, expected: float) -> Signal:
    return Signal(
        kind=SignalKind.NEAR_REPEAT,
        strength=_strength(adjusted),
        subject=SubjectKind.ALL,
        key="",
        name="",
        observed=observed,
        expected=expected,
        usual_at_most=0,
        p_value=adjusted,
        method="clusters/near_repeat",
    )
