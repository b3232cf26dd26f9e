"""EARS compiled: one pass over each series with running sums. The NumPy twin is in `ears`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from samverkan.methods import compiled
from samverkan.methods.series import BoolArray, FloatArray

if TYPE_CHECKING:
    from samverkan.methods.surveillance.ears import EarsRule

jit = compiled.jit

EarsStatistics = tuple[FloatArray, FloatArray, FloatArray, BoolArray]

# Whole numbers whose squares sum to less than this are added without rounding, so a running sum
# is as exact as a fresh one.
LARGEST_EXACT = 2.0**52
SERIES_AT_A_TIME = 64


def ears_statistics(counts: FloatArray, rule: EarsRule) -> EarsStatistics:
    upper, mean, score = np.empty_like(counts), np.empty_like(counts), np.empty_like(counts)
    is_alarm: BoolArray = np.empty(counts.shape, dtype=np.bool_)
    kind = {"C1": 1, "C2": 2, "C3": 3}[rule.variant.value]

    def work(rows: tuple[int, int]) -> None:
        _run(
            counts,
            kind,
            rule.baseline,
            rule.gap,
            rule.min_sigma,
            rule.normal_quantile,
            rule.is_released,
            rows[0],
            rows[1],
            upper,
            mean,
            score,
            is_alarm,
        )

    compiled.map_chunks(work, compiled.split_range(len(counts), SERIES_AT_A_TIME))
    return upper, mean, score, is_alarm


@jit
def _run(
    counts: FloatArray,
    kind: int,
    baseline: int,
    gap: int,
    min_sigma: float,
    normal: float,
    is_released: bool,
    first: int,
    last: int,
    upper: FloatArray,
    mean: FloatArray,
    score: FloatArray,
    is_alarm: BoolArray,
) -> None:
    n_periods = counts.shape[1]
    start = baseline + gap
    for series in range(first, last):
        y = counts[series]
        for period in range(min(start, n_periods)):
            upper[series, period] = np.nan
            mean[series, period] = np.nan
            score[series, period] = np.nan
            is_alarm[series, period] = False
        total = 0.0
        squares = 0.0
        n_missing = 0
        for period in range(min(baseline, n_periods)):
            if np.isnan(y[period]):
                n_missing += 1
            else:
                total += y[period]
                squares += y[period] * y[period]
        is_exact = squares * baseline < LARGEST_EXACT
        previous = np.nan
        earlier = np.nan
        for period in range(start, n_periods):
            if period > start:
                comes = y[period - gap - 1]
                goes = y[period - gap - 1 - baseline]
                if np.isnan(comes):
                    n_missing += 1
                else:
                    total += comes
                    squares += comes * comes
                if np.isnan(goes):
                    n_missing -= 1
                else:
                    total -= goes
                    squares -= goes * goes
                is_exact = is_exact and squares * baseline < LARGEST_EXACT
            centre = np.nan
            deviation = np.nan
            statistic = np.nan
            if n_missing == 0:
                if is_exact:
                    centre = total / baseline
                    square = (baseline * squares - total * total) / baseline
                else:
                    centre, square = _afresh(y, period - gap - baseline, baseline)
                deviation = max(np.sqrt(max(square, 0.0) / (baseline - 1)), min_sigma)
                statistic = (y[period] - centre) / deviation
                if deviation == 0 and y[period] == centre and not is_released:
                    statistic = 0.0
            bound = centre + normal * deviation
            if kind == 3:
                excess = max(statistic - 1, 0.0) if not np.isnan(statistic) else np.nan
                before = previous + earlier
                earlier = previous
                previous = excess
                left = normal - before
                if is_released:
                    bound = y[period] + deviation * left
                    bound = max(bound, 0.0) if not np.isnan(bound) else np.nan
                else:
                    bound = centre + deviation * (1 + left)
                    if left < 0:
                        bound = -1.0
                statistic = excess + before
            upper[series, period] = bound
            mean[series, period] = centre
            score[series, period] = statistic
            is_alarm[series, period] = y[period] > bound


@jit
def _afresh(
    y: FloatArray,
    start: int,
    baseline: int,
) -> tuple[float, float]:
    """Mean and sum of squared deviations in two passes, for counts too large to add up."""
    total = 0.0
    for period in range(start, start + baseline):
        total += y[period]
    centre = total / baseline
    square = 0.0
    for period in range(start, start + baseline):
        square += (y[period] - centre) ** 2
    return centre, square
