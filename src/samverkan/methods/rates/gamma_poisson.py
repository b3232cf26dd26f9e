"""A gamma distribution of true rates behind many Poisson counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from samverkan.methods.rates.results import FloatArray

WIDEST_LOG_SHAPE = 18.0
"""Beyond a shape of e^18 the rates vary by less than a part in 8,000: not at all."""
MOST_STEPS = 500


@dataclass(frozen=True, slots=True)
class GammaPrior:
    """Rates are gamma with this mean and shape; an infinite shape means one common rate."""

    mean: float
    shape: float


def maximum_likelihood(counts: FloatArray, exposures: FloatArray) -> GammaPrior:
    """The gamma distribution under which the counts are likeliest (negative binomial).

    The mean is profiled out by Newton's method, the shape found on its logarithm.
    """
    if counts.sum() == 0:
        return GammaPrior(0.0, np.inf)

    def loss(log_shape: float) -> float:
        shape = float(np.exp(log_shape))
        return -_log_likelihood(counts, exposures, _best_mean(counts, exposures, shape), shape)

    grid = np.linspace(-6.0, WIDEST_LOG_SHAPE, 49)
    values = [loss(each) for each in grid]
    best = int(np.argmin(values))
    if best == len(grid) - 1:
        return GammaPrior(float(counts.sum() / exposures.sum()), np.inf)
    around = grid[max(best - 1, 0)], grid[best + 1]
    found = optimize.minimize_scalar(
        loss, bounds=around, method="bounded", options={"xatol": 1e-10}
    )
    shape = _polished(counts, exposures, float(np.exp(found.x)))
    return GammaPrior(_best_mean(counts, exposures, shape), shape)


def _log_likelihood(counts: FloatArray, exposures: FloatArray, mean: float, shape: float) -> float:
    expected = mean * exposures
    parts = (
        special.gammaln(counts + shape)
        - special.gammaln(shape)
        + special.xlogy(counts, expected / (expected + shape))
        - shape * np.log1p(expected / shape)
    )
    return float(parts.sum())


def _best_mean(counts: FloatArray, exposures: FloatArray, shape: float) -> float:
    """Solves sum (count - expected) / (1 + expected / shape) = 0, Newton on the logarithm."""
    log_mean = float(np.log(counts.sum() / exposures.sum()))
    for _ in range(MOST_STEPS):
        expected = np.exp(log_mean) * exposures
        weight = shape / (shape + expected)
        score = ((counts - expected) * weight).sum()
        slope = (expected * weight * weight * (1.0 + counts / shape)).sum()
        step = float(np.clip(score / slope, -1.0, 1.0))
        log_mean += step
        if abs(step) < 1e-14:
            break
    return float(np.exp(log_mean))


def _polished(counts: FloatArray, exposures: FloatArray, shape: float) -> float:
    """Newton steps on the shape's score, which function values alone cannot resolve."""
    for _ in range(20):
        mean = _best_mean(counts, exposures, shape)
        score, step = _shape_score(counts, exposures, mean, shape), 1e-4 * shape
        above = _shape_score(
            counts, exposures, _best_mean(counts, exposures, shape + step), shape + step
        )
        slope = (above - score) / step
        if not slope < 0:
            break
        change = -score / slope
        if abs(change) > shape / 2:
            break
        shape += change
        if abs(change) < 1e-12 * shape:
            break
    return shape


def _shape_score(counts: FloatArray, exposures: FloatArray, mean: float, shape: float) -> float:
    expected = mean * exposures
    parts = (
        special.digamma(counts + shape)
        - special.digamma(shape)
        - np.log1p(expected / shape)
        + (expected - counts) / (shape + expected)
    )
    return float(parts.sum())


def moments_clayton_kaldor(counts: FloatArray, exposures: FloatArray) -> GammaPrior:
    """Clayton and Kaldor's (1987) equations for mean and variance of the rates, iterated."""
    if counts.sum() == 0:
        return GammaPrior(0.0, np.inf)
    n_places = len(counts)
    mean = float(counts.sum() / exposures.sum())
    shape = mean**2 / max(float(np.var(counts / exposures, ddof=1)), 1e-300)
    for _ in range(MOST_STEPS):
        weight = shape / mean
        relative = (counts + shape) / (exposures + weight)
        new_mean = float(relative.mean())
        spread = float(((1.0 + weight / exposures) * (relative - new_mean) ** 2).sum())
        if spread <= 0:
            return GammaPrior(new_mean, np.inf)
        new_shape = new_mean**2 * (n_places - 1) / spread
        done = abs(new_mean - mean) < 1e-13 * mean and abs(new_shape - shape) < 1e-13 * shape
        mean, shape = new_mean, new_shape
        if done:
            break
        if shape > np.exp(WIDEST_LOG_SHAPE):
            return GammaPrior(mean, np.inf)
    return GammaPrior(mean, shape)
