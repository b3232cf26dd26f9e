"""The largest log likelihood ratio over windows that end at one period, for many series."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from samverkan.methods.series import FloatArray, IntArray

MOST_STEPS = 60
LARGEST_STEP = 2.0
PRECISION = 1e-9


@dataclass(frozen=True)
class RatioRule:
    """The settings of a generalised likelihood ratio, checked."""

    overdispersion: float
    decision_limit: float
    log_shift: float
    """NaN: the best shift is found."""
    longest: int
    """Periods a window reaches back before the current one; -1: to the last alarm."""
    shortest: int
    is_increase: bool
    skips_empty: bool
    """Leave out windows without a case."""


class LargestStatistic:
    """The statistic at one period as a function of that period's count."""

    def __init__(
        self, counts: FloatArray, mean: FloatArray, period: int, start: IntArray, rule: RatioRule
    ) -> None:
        self.n_series = len(counts)
        self._counts, self._mean, self._period = counts, mean, period
        self._start, self._rule = start, rule

    def at(self, count: FloatArray) -> FloatArray:
        """The largest statistic over the windows, at least 0; (n_series,)."""
        rule, period = self._rule, self._period
        first = 0 if rule.longest < 0 else max(0, period - rule.longest)
        first = max(first, int(self._start.min()))
        largest = np.zeros(self.n_series)
        for begin in range(period - rule.shortest + 1, first - 1, -1):
            window = self._counts[:, begin : period + 1].copy()
            window[:, -1] = count
            mean = self._mean[:, begin : period + 1]
            found = window_statistic(window, mean, rule)
            largest = np.where(self._start <= begin, np.maximum(largest, found), largest)
        return largest


def window_statistic(counts: FloatArray, mean: FloatArray, rule: RatioRule) -> FloatArray:
    """The log likelihood ratio of one window of each series; (n_series,)."""
    cases, usual = counts.sum(axis=1), mean.sum(axis=1)
    if not np.isnan(rule.log_shift):
        value = _ratio(counts, mean, np.full(len(counts), rule.log_shift), rule)
        return np.where(rule.skips_empty & (cases == 0), 0.0, value)
    if rule.overdispersion == 0:
        value = _poisson_best(cases, usual)
        is_right = (cases > usual) == rule.is_increase
    else:
        slack = ((counts - mean) / (1 + rule.overdispersion * mean)).sum(axis=1)
        is_right = (slack > 0) == rule.is_increase
        shift = _best_shift(counts, mean, is_right, rule.overdispersion)
        value = _ratio(counts, mean, shift, rule)
        empty = np.log1p(rule.overdispersion * mean).sum(axis=1) / rule.overdispersion
        value = np.where(cases == 0, empty, value)
    is_counted = is_right & (usual > 0) & ~(rule.skips_empty & (cases == 0))
    return np.where(is_counted, value, 0.0)


def _poisson_best(cases: FloatArray, usual: FloatArray) -> FloatArray:
    with np.errstate(all="ignore"):
        logs = np.where(cases > 0, cases * np.log(cases / usual), 0.0)
    return logs - (cases - usual)


def _ratio(counts: FloatArray, mean: FloatArray, shift: FloatArray, rule: RatioRule) -> FloatArray:
    growth = np.exp(shift)[:, None]
    spread = rule.overdispersion
    if spread == 0:
        terms = counts * shift[:, None] - (growth - 1) * mean
    else:
        change = np.log((1 + spread * mean * growth) / (1 + spread * mean))
        terms = counts * shift[:, None] - (counts + 1 / spread) * change
    value: FloatArray = terms.sum(axis=1)
    return value


def _best_shift(
    counts: FloatArray, mean: FloatArray, is_sought: FloatArray, spread: float
) -> FloatArray:
    """Newton on the concave log likelihood of the shift; series not sought keep 0."""
    is_sought = np.asarray(is_sought) & (counts.sum(axis=1) > 0) & (mean.sum(axis=1) > 0)
    shift = np.zeros(len(counts))
    rows = np.flatnonzero(is_sought)
    shift[rows] = np.log(counts[rows].sum(axis=1) / mean[rows].sum(axis=1))
    for _ in range(MOST_STEPS):
        if not rows.size:
            break
        moved = mean[rows] * np.exp(shift[rows])[:, None]
        below = 1 + spread * moved
        gradient = ((counts[rows] - moved) / below).sum(axis=1)
        curvature = (moved * (1 + spread * counts[rows]) / below**2).sum(axis=1)
        step = np.clip(gradient / curvature, -LARGEST_STEP, LARGEST_STEP)
        shift[rows] += step
        rows = rows[np.abs(step) > PRECISION]
    return shift
