"""How much more than chance the counts of comparable periods vary, pooled over series."""

from __future__ import annotations

import numpy as np

from samverkan.methods.series import FloatArray, IntArray


def pooled_overdispersion(
    counts: FloatArray, period: int, frequency: int, years_back: int, pool: IntArray
) -> FloatArray:
    """The psi in variance = mean + psi * mean ** 2 of each series, shrunk to its pool.

    A series' own ratio of variance to mean compares the same season of different years, within
    years_back years before the period. In this form series and seasons of different size can
    share it. The own ratio keeps the weight that the spread of the ratios in the pool, beyond
    their sampling error, gives it (empirical Bayes). At least 0. A series without variation says
    nothing about variation, joins no pool and gets 0.
    """
    ratio, mean, freedom = _own_ratio(counts, period, frequency, years_back)
    says = (freedom > 0) & (mean > 0) & (ratio > 0)
    overdispersion = np.zeros(len(counts))
    for label in np.unique(pool):
        members = np.flatnonzero((pool == label) & says)
        if members.size:
            shrunk = _shrunk(ratio[members], mean[members], freedom[members])
            overdispersion[members] = np.maximum(shrunk - 1, 0.0) / mean[members]
    return overdispersion


def _own_ratio(
    counts: FloatArray, period: int, frequency: int, years_back: int
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Variance over mean, the level it belongs to, and degrees of freedom of each series.

    With variance = mean + psi * mean ** 2 the ratio of sums is 1 + psi * level, where level is
    the mean that a case, not a season, sees on average.
    """
    n_years = min(years_back, period // frequency)
    size = len(counts)
    if n_years < 2:
        return np.zeros(size), np.zeros(size), np.zeros(size)
    recent = counts[:, period - n_years * frequency : period].reshape(size, n_years, frequency)
    is_known = ~np.isnan(recent)
    n_known = is_known.sum(axis=1)
    filled = np.where(is_known, recent, 0.0)
    mean = filled.sum(axis=1) / np.maximum(n_known, 1)
    square = np.where(is_known, (filled - mean[:, None, :]) ** 2, 0.0).sum(axis=1)
    is_used = n_known > 1
    variance = np.where(is_used, square / np.maximum(n_known - 1, 1), 0.0).sum(axis=1)
    total = np.where(is_used, mean, 0.0).sum(axis=1)
    squares = np.where(is_used, mean**2 - square / _pairs(n_known), 0.0).sum(axis=1)
    flat = total / np.maximum(is_used.sum(axis=1), 1)
    with np.errstate(all="ignore"):
        ratio = np.where(total > 0, variance / total, 0.0)
        level = np.where(total > 0, np.maximum(squares / total, flat), 0.0)
    freedom = np.where(is_used, n_known - 1, 0).sum(axis=1).astype(np.float64)
    return ratio, level, freedom


def _pairs(n_known: IntArray) -> IntArray:
    """n (n - 1): what a sum of squares is divided by to give the variance of a mean."""
    pairs: IntArray = np.maximum(n_known * (n_known - 1), 1)
    return pairs


def _shrunk(ratio: FloatArray, mean: FloatArray, freedom: FloatArray) -> FloatArray:
    """Ratios drawn towards 1 + psi * mean with the pool's psi."""
    weight = freedom / (2 + 1 / mean)
    # Sums of sorted terms: the order of the series changes nothing, not even the last digit.
    above = _ordered_sum(weight * mean * (ratio - 1))
    psi = max(above / _ordered_sum(weight * mean**2), 0.0)
    usual = 1 + psi * mean
    relative = ratio / usual - 1
    sampling = 1 / weight
    spread = _ordered_sum(weight * (relative**2 - sampling)) / _ordered_sum(weight)
    spread = max(spread, 0.0)
    own_weight = spread / (spread + sampling)
    shrunk: FloatArray = usual * (1 + own_weight * relative)
    return shrunk


def _ordered_sum(terms: FloatArray) -> float:
    return float(np.sort(terms).sum())
