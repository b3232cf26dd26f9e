"""Counts that vary more than chance: the negative binomial, by mean and size.

Variance is mean + mean^2 / size; an infinite size is Poisson. Quantiles are found by bisection
of whole numbers, so that no parameter can hang or abort (SciPy's own can).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

from samverkan.methods.errors import MethodError
from samverkan.methods.rates.families import SMALLEST
from samverkan.methods.rates.inputs import as_count, as_exposure, as_not_negative, together
from samverkan.methods.rates.results import FloatArray, Interval
from samverkan.methods.series import as_fraction

LARGEST_MEAN = 2.0**53


def at_most(count: FloatArray, mean: FloatArray, size: FloatArray) -> FloatArray:
    """P(X <= count), elementwise; 0 below zero."""
    known = np.maximum(np.floor(count), 0.0)
    finite = np.where(np.isinf(size), 1.0, np.maximum(size, SMALLEST))
    over = special.betainc(finite, known + 1.0, finite / (finite + mean))
    plain = special.gammaincc(known + 1.0, mean)
    return np.asarray(np.where(count < 0, 0.0, np.where(np.isinf(size), plain, over)))


def at_least(count: FloatArray, mean: FloatArray, size: FloatArray) -> FloatArray:
    """P(X >= count), elementwise; 1 at zero and below."""
    known = np.maximum(np.ceil(count), 1.0)
    finite = np.where(np.isinf(size), 1.0, np.maximum(size, SMALLEST))
    over = special.betaincc(finite, known, finite / (finite + mean))
    plain = special.gammainc(known, mean)
    return np.asarray(np.where(count <= 0, 1.0, np.where(np.isinf(size), plain, over)))


def quantile(probability: float, mean: FloatArray, size: FloatArray) -> FloatArray:
    """The smallest count that at least this probability lies at or below, elementwise."""
    mean, size = np.broadcast_arrays(np.asarray(mean, float), np.asarray(size, float))
    if np.any(mean > LARGEST_MEAN):
        raise MethodError("the mean is too large for whole numbers to be told apart")
    tolerance = probability * 1e-12
    low = np.full(mean.shape, -1.0)
    high = np.ceil(mean + 4.0 * np.sqrt(_variance(mean, size)) + 4.0)
    high = np.where(np.isnan(high), 0.0, high)
    while np.any(short := at_most(high, mean, size) < probability - tolerance):
        low, high = np.where(short, high, low), np.where(short, 2 * high + 1, high)
    while np.any(high - low > 1):
        middle = np.floor((low + high) / 2)
        enough = at_most(middle, mean, size) >= probability - tolerance
        moved = high - low > 1
        high = np.where(moved & enough, middle, high)
        low = np.where(moved & ~enough, middle, low)
    return np.where(np.isnan(mean), np.nan, high)


def _variance(mean: FloatArray, size: FloatArray) -> FloatArray:
    return mean + mean**2 / np.maximum(size, SMALLEST)


def negative_binomial_rate_interval(
    count: npt.ArrayLike,
    exposure: npt.ArrayLike = 1.0,
    *,
    dispersion: npt.ArrayLike,
    confidence: float = 0.95,
) -> Interval:
    """Which rates can the count come from, when counts vary more than chance?

    `dispersion` is the extra variance in units of the squared mean (variance = mean +
    dispersion * mean^2), known or estimated elsewhere; 0 gives the central Poisson interval.
    All arguments are broadcast; the limits are rates per unit of exposure.
    Guarantees: covers with at least the stated confidence when the dispersion is right; wider
    than the Poisson interval. NaN in gives NaN out.
    Not for estimating the dispersion (one count cannot): see `dispersion_test`.
    Errors: `MethodError` for broken counts, exposures or dispersions.
    Source: inversion of the negative-binomial distribution function, as Garwood (1936) for Poisson.
    """
    alpha = 1.0 - as_fraction(confidence, name="confidence")
    counts, exposures, extra = together(
        as_count(count), as_exposure(exposure), as_not_negative(dispersion, name="dispersion")
    )
    poisson_lower = special.gammaincinv(np.maximum(counts, SMALLEST), alpha / 2)
    poisson_upper = special.gammainccinv(counts + 1.0, alpha / 2)
    size = 1.0 / np.where(extra > 0, extra, 1.0)
    at_lower = special.betainccinv(size, np.maximum(counts, SMALLEST), alpha / 2)
    at_upper = special.betaincinv(size, counts + 1.0, alpha / 2)
    with np.errstate(divide="ignore"):
        lower = np.where(extra > 0, size * (1.0 - at_lower) / at_lower, poisson_lower)
        upper = np.where(extra > 0, size * (1.0 - at_upper) / at_upper, poisson_upper)
    lower = np.where(counts > 0, lower, np.where(np.isnan(counts), np.nan, 0.0))
    return Interval((lower / exposures)[()], (upper / exposures)[()])
