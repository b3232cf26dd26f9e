"""The estimates of `baseline` at their maximum, compiled: one series and one period at a time.

The NumPy twin is in `baseline` and `grouped_fit`; tests hold the two together. At the maximum the
fitted cases of a season group equal its cases, which gives standard error and leverage without a
further pass, and exp(slope * time) is a running product where times are evenly spaced.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from samverkan.methods import compiled
from samverkan.methods.series import FloatArray, IntArray
from samverkan.methods.surveillance.reference_window import ReferenceWindow

if TYPE_CHECKING:
    from samverkan.methods.surveillance.baseline import BaselineRule

jit = compiled.jit

# Log mean, its variance, Pearson's and the relative dispersion, slope, its variance, freedom.
Estimate = tuple[float, float, float, float, float, float, int]

MOST_STEPS = 60
LARGEST_STEP = 4.0
LARGEST_CHANGE = 60.0
PRECISION = 1e-8
FLOORED, PEARSON, RELATIVE = 0, 1, 2
SERIES_AT_A_TIME = 64
POWERS_OF_COUNTS = np.arange(4096.0) ** (2 / 3)


def estimate_compiled(
    counts: FloatArray,
    exposure: FloatArray | None,
    periods: IntArray,
    windows: Sequence[ReferenceWindow | None],
    rule: BaselineRule,
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Log mean, standard error, dispersion and slope, each (n_series, n_evaluated)."""
    columns, times, groups, n_rows, n_groups = _packed(windows)
    answer = np.full((4, len(counts), len(periods)), np.nan)
    critical = _critical_values(columns.shape[1], rule.trend_p_threshold)
    errors = {"floored": FLOORED, "pearson": PEARSON, "relative": RELATIVE}
    shared = np.ones((1, 1)) if exposure is None else exposure

    def work(rows: tuple[int, int]) -> None:
        _estimate_series(
            counts,
            shared,
            exposure is not None,
            periods,
            columns,
            times,
            groups,
            n_rows,
            n_groups,
            critical,
            POWERS_OF_COUNTS,
            -1.0 if rule.weights_threshold is None else rule.weights_threshold,
            rule.has_trend,
            errors[rule.standard_errors.value],
            rows[0],
            rows[1],
            answer,
        )

    compiled.map_chunks(work, compiled.split_range(len(counts), SERIES_AT_A_TIME))
    return answer[0], answer[1], answer[2], answer[3]


def _packed(
    windows: Sequence[ReferenceWindow | None],
) -> tuple[IntArray, FloatArray, IntArray, IntArray, IntArray]:
    longest = max((len(window.columns) for window in windows if window), default=1)
    shape = (len(windows), longest)
    columns, groups = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    times = np.zeros(shape)
    n_rows, n_groups = np.zeros(shape[0], dtype=np.int64), np.zeros(shape[0], dtype=np.int64)
    for index, window in enumerate(windows):
        if window is None:
            continue
        size = len(window.columns)
        columns[index, :size], times[index, :size] = window.columns, window.times
        groups[index, :size] = window.groups
        n_rows[index], n_groups[index] = size, window.groups.max() + 1
    return columns, times, groups, n_rows, n_groups


def _critical_values(most: int, p_threshold: float) -> FloatArray:
    """The absolute t above which a trend is significant, by degrees of freedom."""
    if p_threshold >= 1:
        return np.full(most + 1, -1.0)
    freedom = np.arange(most + 1, dtype=np.float64)
    critical = np.full(most + 1, np.inf)
    critical[1:] = special.stdtrit(freedom[1:], 1 - p_threshold / 2)
    return critical


@jit
def _estimate_series(
    counts: FloatArray,
    exposure: FloatArray,
    has_exposure: bool,
    periods: IntArray,
    columns: IntArray,
    times: FloatArray,
    groups: IntArray,
    n_rows: IntArray,
    n_groups: IntArray,
    critical: FloatArray,
    powers: FloatArray,
    threshold: float,
    has_trend: bool,
    errors: int,
    first: int,
    last: int,
    answer: FloatArray,
) -> None:
    longest = columns.shape[1]
    y = np.empty(longest)
    share = np.ones(longest)
    weight = np.empty(longest)
    mean = np.empty(longest)
    sums = np.empty((4, longest + 1))
    for series in range(first, last):
        for index in range(len(periods)):
            n = n_rows[index]
            if n == 0:
                continue
            largest = 0.0
            for row in range(n):
                count = counts[series, columns[index, row]]
                weight[row] = 0.0 if np.isnan(count) else 1.0
                y[row] = 0.0 if np.isnan(count) else count
                largest = max(largest, y[row])
                if has_exposure:
                    share[row] = exposure[series, columns[index, row]]
            now = 0.0
            if has_exposure:
                now = np.log(exposure[series, periods[index]])
            fit = (np.nan, np.nan, np.nan, np.nan)
            is_used = False
            if has_trend:
                log_mean, variance, pearson, relative, slope, slope_variance, freedom = _fit_twice(
                    y, share, weight, times[index], groups[index], n, n_groups[index],
                    mean, sums, powers, threshold, True,
                )  # fmt: skip
                scale = relative if errors == RELATIVE else pearson
                statistic = np.abs(slope) / np.sqrt(scale * slope_variance)
                if statistic > critical[freedom] and np.exp(log_mean + now) <= largest:
                    is_used = True
                    fit = (log_mean, variance, pearson, relative)
                    answer[3, series, index] = slope
            if not is_used:
                for row in range(n):
                    weight[row] = 0.0 if np.isnan(counts[series, columns[index, row]]) else 1.0
                log_mean, variance, pearson, relative, slope, slope_variance, freedom = _fit_twice(
                    y, share, weight, times[index], groups[index], n, n_groups[index],
                    mean, sums, powers, threshold, False,
                )  # fmt: skip
                fit = (log_mean, variance, pearson, relative)
            if np.isfinite(fit[0]) and np.isfinite(fit[2]):
                scale = max(fit[2], 1.0)
                if errors == PEARSON:
                    scale = fit[2]
                elif errors == RELATIVE:
                    scale = fit[3]
                answer[0, series, index] = fit[0] + now
                answer[1, series, index] = np.sqrt(scale * fit[1])
                answer[2, series, index] = max(fit[2], 1.0)
            else:
                answer[3, series, index] = np.nan


@jit
def _fit_twice(
    y: FloatArray,
    share: FloatArray,
    weight: FloatArray,
    times: FloatArray,
    groups: IntArray,
    n: int,
    n_groups: int,
    mean: FloatArray,
    sums: FloatArray,
    powers: FloatArray,
    threshold: float,
    trend: bool,
) -> Estimate:
    slope = 0.0
    if trend:
        slope = _best_slope(y, share, weight, times, groups, n, n_groups, sums, 0.0)
    else:
        _add_cases(y, weight, times, groups, n, n_groups, sums)
        _add_growth(share, weight, times, groups, n, n_groups, sums, 0.0)
    if threshold > 0 and np.isfinite(slope):
        fit = _summary(y, share, weight, times, groups, n, n_groups, mean, sums, slope, trend)
        is_lighter = _lighten(
            y, weight, times, groups, n, mean, sums, powers, threshold, fit[2], fit[5], trend
        )
        if not is_lighter:
            return fit
        if trend:
            slope = _best_slope(y, share, weight, times, groups, n, n_groups, sums, slope)
        else:
            _add_cases(y, weight, times, groups, n, n_groups, sums)
            _add_growth(share, weight, times, groups, n, n_groups, sums, 0.0)
    return _summary(y, share, weight, times, groups, n, n_groups, mean, sums, slope, trend)


@jit
def _add_cases(
    y: FloatArray,
    weight: FloatArray,
    times: FloatArray,
    groups: IntArray,
    n: int,
    n_groups: int,
    sums: FloatArray,
) -> float:
    """Cases by group; returns cases * time."""
    for group in range(n_groups):
        sums[0, group] = 0.0
    wanted = 0.0
    for row in range(n):
        part = weight[row] * y[row]
        if part > 0:
            sums[0, groups[row]] += part
            wanted += part * times[row]
    return wanted


@jit
def _add_growth(
    share: FloatArray,
    weight: FloatArray,
    times: FloatArray,
    groups: IntArray,
    n: int,
    n_groups: int,
    sums: FloatArray,
    slope: float,
) -> None:
    """Exposure, exposure * time, exposure * time**2 by group, grown by the slope."""
    for group in range(n_groups):
        sums[1, group] = 0.0
        sums[2, group] = 0.0
        sums[3, group] = 0.0
    growth = np.exp(slope * times[0])
    gap = 0.0
    ratio = 1.0
    group = groups[0]
    grown = first = second = 0.0
    for row in range(n):
        time = times[row]
        if row > 0:
            step = time - times[row - 1]
            if step != gap:
                gap = step
                ratio = np.exp(slope * gap)
            growth *= ratio
            if groups[row] != group:
                sums[1, group] += grown
                sums[2, group] += first
                sums[3, group] += second
                group = groups[row]
                grown = first = second = 0.0
        part = weight[row] * share[row] * growth
        grown += part
        part *= time
        first += part
        second += part * time
    sums[1, group] += grown
    sums[2, group] += first
    sums[3, group] += second


@jit
def _best_slope(
    y: FloatArray,
    share: FloatArray,
    weight: FloatArray,
    times: FloatArray,
    groups: IntArray,
    n: int,
    n_groups: int,
    sums: FloatArray,
    slope: float,
) -> float:
    """Newton in one dimension; leaves the sums of the answer; NaN without a finite maximum."""
    span = max(times[n - 1] - times[0], 1.0)
    wanted = _add_cases(y, weight, times, groups, n, n_groups, sums)
    _add_growth(share, weight, times, groups, n, n_groups, sums, slope)
    for _ in range(MOST_STEPS):
        gradient = wanted
        curvature = 0.0
        for group in range(n_groups):
            if sums[1, group] > 0:
                centre = sums[2, group] / sums[1, group]
                gradient -= sums[0, group] * centre
                spread = sums[3, group] / sums[1, group] - centre * centre
                curvature += sums[0, group] * spread
        step = gradient / curvature
        bound = LARGEST_STEP / span
        slope += min(max(step, -bound), bound)
        if not abs(slope) * span <= LARGEST_CHANGE:
            return np.nan
        _add_growth(share, weight, times, groups, n, n_groups, sums, slope)
        if abs(step) * span <= PRECISION:
            return slope
    return np.nan


@jit
def _summary(
    y: FloatArray,
    share: FloatArray,
    weight: FloatArray,
    times: FloatArray,
    groups: IntArray,
    n: int,
    n_groups: int,
    mean: FloatArray,
    sums: FloatArray,
    slope: float,
    trend: bool,
) -> Estimate:
    """Log mean, its variance, both dispersions, slope, its variance, degrees of freedom."""
    information = 0.0
    n_parameters = 1 if trend else 0
    for group in range(n_groups):
        if sums[1, group] > 0:
            n_parameters += 1
            centre = sums[2, group] / sums[1, group]
            spread = sums[3, group] / sums[1, group] - centre * centre
            information += sums[0, group] * spread
    n_used = 0
    pearson = 0.0
    relative = 0.0
    growth = np.exp(slope * times[0])
    gap = 0.0
    ratio = 1.0
    group = -1
    level = 0.0
    for row in range(n):
        if row > 0:
            step = times[row] - times[row - 1]
            if step != gap:
                gap = step
                ratio = np.exp(slope * gap)
            growth *= ratio
        if groups[row] != group:
            group = groups[row]
            level = sums[0, group] / sums[1, group] if sums[1, group] > 0 else 0.0
        mean[row] = share[row] * growth * level
        if weight[row] > 0:
            n_used += 1
            residual = -1.0
            if mean[row] > 0:
                residual = (y[row] - mean[row]) / mean[row]
            part = weight[row] * residual * residual
            relative += part
            pearson += part * mean[row]
    freedom = n_used - n_parameters
    if freedom <= 0 or not sums[0, 0] > 0 or not np.isfinite(slope):
        return np.nan, np.nan, np.nan, np.nan, np.nan, np.nan, 0
    log_mean = np.log(sums[0, 0] / sums[1, 0])
    variance = 1 / sums[0, 0]
    slope_variance = np.inf
    if trend:
        slope_variance = 1 / information
        centre = sums[2, 0] / sums[1, 0]
        variance += centre * centre * slope_variance
    return log_mean, variance, pearson / freedom, relative / freedom, slope, slope_variance, freedom


@jit
def _lighten(
    y: FloatArray,
    weight: FloatArray,
    times: FloatArray,
    groups: IntArray,
    n: int,
    mean: FloatArray,
    sums: FloatArray,
    powers: FloatArray,
    threshold: float,
    pearson: float,
    variance: float,
    trend: bool,
) -> bool:
    """Weights from standardised Anscombe residuals; whether any count was made lighter."""
    if not np.isfinite(pearson):
        return False
    floored = max(pearson, 1.0)
    is_lighter = False
    total = 0.0
    n_used = 0
    for row in range(n):
        if weight[row] <= 0:
            continue
        n_used += 1
        if y[row] > mean[row] > 0:
            group = groups[row]
            leverage = mean[row] / sums[0, group]
            if trend:
                away = times[row] - sums[2, group] / sums[1, group]
                leverage += mean[row] * away * away * variance
            scale = floored * (1 - leverage)
            above = y[row] - mean[row]
            # Pearson's residual is never the smaller of the two: it spares most of the roots.
            if above * above > threshold * threshold * scale * mean[row]:
                root = np.sqrt(mean[row])
                count = y[row]
                raised = powers[int(count)] if count < len(powers) else count ** (2 / 3)
                residual = 1.5 * (raised / np.cbrt(root) - root)
                square = residual * residual / scale
                if square > threshold * threshold:
                    weight[row] = 1 / square
                    is_lighter = True
        total += weight[row]
    if is_lighter:
        for row in range(n):
            weight[row] *= n_used / total
    return is_lighter
