"""Exact limits and p-values for the mean of one Poisson count, elementwise.

All functions take float arrays of one shape. The incomplete gamma functions are smooth in the
count, so central and mid-p also take effective (fractional) counts.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from samverkan.methods.rates.results import FloatArray, Interval
from samverkan.methods.rates.roots import bracketed_roots


def at_least(count: FloatArray, mean: FloatArray) -> FloatArray:
    """P(X >= count) for a Poisson mean; 1 for a count of zero."""
    tail = special.gammainc(np.maximum(count, 1e-300), mean)
    return np.asarray(np.where(count <= 0, 1.0, tail))


def at_most(count: FloatArray, mean: FloatArray) -> FloatArray:
    """P(X <= count) for a Poisson mean; 0 below zero."""
    tail = special.gammaincc(np.maximum(count + 1.0, 1e-300), mean)
    return np.asarray(np.where(count < 0, 0.0, tail))


def central_limits(count: FloatArray, alpha: float) -> Interval:
    """Garwood's limits: each tail holds at most alpha / 2."""
    positive = np.maximum(count, 1e-300)
    lower = np.where(count > 0, special.gammaincinv(positive, alpha / 2), 0.0)
    upper = special.gammainccinv(count + 1.0, alpha / 2)
    missing = np.isnan(count)
    return Interval(np.where(missing, np.nan, lower), np.where(missing, np.nan, upper))


def mid_p_limits(count: FloatArray, alpha: float) -> Interval:
    """Limits where the tail beyond plus half of the count's own probability is alpha / 2."""
    known = np.where(np.isnan(count), 0.0, count)
    return Interval(_mid_p_lower(count, known, alpha), _mid_p_upper(count, known, alpha))


def _mid_p_lower(count: FloatArray, known: FloatArray, alpha: float) -> FloatArray:
    def excess(mean: FloatArray) -> FloatArray:
        return np.asarray((at_least(known, mean) + at_least(known + 1, mean) - alpha) / alpha)

    low = np.where(known > 0, special.gammaincinv(np.maximum(known, 1e-300), alpha / 2), 0.0)
    high = special.gammaincinv(known + 1.0, alpha / 2)
    root = bracketed_roots(excess, np.where(known > 0, low, 0.0), np.where(known > 0, high, 0.0))
    return np.asarray(np.where(np.isnan(count), np.nan, np.where(known > 0, root, 0.0)))


def _mid_p_upper(count: FloatArray, known: FloatArray, alpha: float) -> FloatArray:
    def excess(mean: FloatArray) -> FloatArray:
        return np.asarray((at_most(known, mean) + at_most(known - 1, mean) - alpha) / alpha)

    low = np.where(known > 0, special.gammainccinv(np.maximum(known, 1e-300), alpha / 2), 0.0)
    high = special.gammainccinv(known + 1.0, alpha / 2)
    return np.asarray(np.where(np.isnan(count), np.nan, bracketed_roots(excess, low, high)))


def central_p(count: FloatArray, mean: FloatArray) -> FloatArray:
    """Twice the smaller tail, at most 1."""
    return np.asarray(np.minimum(1.0, 2 * np.minimum(at_least(count, mean), at_most(count, mean))))


def mid_p(count: FloatArray, mean: FloatArray) -> FloatArray:
    """Twice the smaller tail, with half of the count's own probability in it."""
    upper = (at_least(count, mean) + at_least(count + 1, mean)) / 2
    lower = (at_most(count, mean) + at_most(count - 1, mean)) / 2
    return np.asarray(np.minimum(1.0, 2 * np.minimum(upper, lower)))
