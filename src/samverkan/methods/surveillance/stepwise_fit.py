"""The same regression, stopped where R's `glm` stops, so that its answers can be reproduced.

R iterates weighted least squares from the counts plus 0.1 and stops when the deviance changes by
less than one part in 10**8. Its dispersion and standard errors use the weights of the step
before. On small counts this leaves differences of about one part in 10**5 from the maximum of
the likelihood, which is nearer than any use of the answer needs but not as near as a test wants.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from samverkan.methods.series import FloatArray
from samverkan.methods.surveillance.grouped_fit import Design, GroupedFit, summarise

MOST_STEPS = 25
TOLERANCE = 1e-8
FIRST_ADDED = 0.1
SMALLEST_MEAN = float(np.finfo(np.float64).eps)


def fit_stepwise(
    design: Design, counts: FloatArray, weights: FloatArray, exposure: FloatArray, has_trend: bool
) -> GroupedFit:
    """As `fit_converged`, but with R's start and R's stopping rule.

    A season group without cases keeps the tiny mean where the steps stopped; a slope that has
    not settled after 25 steps is NaN.
    """
    is_used = weights > 0
    counts = np.where(is_used, counts, 0.0)
    offset = np.log(exposure)
    mean = counts + FIRST_ADDED
    working_mean = mean.copy()
    log_level = np.zeros((len(counts), design.n_groups))
    slope = np.zeros(len(counts))
    deviance = _deviance(counts, mean, weights)
    active = np.arange(len(counts))
    for _ in range(MOST_STEPS):
        previous = mean[active]
        level, steep = _weighted_step(
            design, counts[active], previous, weights[active], offset[active], has_trend
        )
        fitted = offset[active] + design.spread(level) + steep[:, None] * design.times
        log_level[active], slope[active] = level, steep
        working_mean[active] = previous
        mean[active] = np.maximum(np.exp(np.minimum(fitted, 700.0)), SMALLEST_MEAN)
        reached = _deviance(counts[active], mean[active], weights[active])
        change = np.abs(reached - deviance[active]) / (np.abs(reached) + 0.1)
        deviance[active] = reached
        active = active[~(change < TOLERANCE)]
        if not active.size:
            break
    if has_trend:
        slope[active] = np.nan
    with np.errstate(over="ignore"):
        growth = weights * exposure * np.exp(slope[:, None] * design.times)
    return summarise(
        design, counts, weights, mean, working_mean, log_level[:, 0], slope, has_trend, growth
    )


def _weighted_step(
    design: Design,
    counts: FloatArray,
    mean: FloatArray,
    weights: FloatArray,
    offset: FloatArray,
    has_trend: bool,
) -> tuple[FloatArray, FloatArray]:
    """One step of weighted least squares: group effects and slope."""
    work = weights * mean
    target = np.log(mean) - offset + (counts - mean) / mean
    with np.errstate(all="ignore"):
        total = design.sums(work)
        centre = np.nan_to_num(design.sums(work * design.times) / total, nan=0.0)
        middle = np.nan_to_num(design.sums(work * target) / total, nan=0.0)
        slope = np.zeros(len(counts))
        if has_trend:
            away = design.times - design.spread(centre)
            above = target - design.spread(middle)
            slope = (work * away * above).sum(axis=1) / (work * away**2).sum(axis=1)
    return middle - slope[:, None] * centre, slope


def _deviance(counts: FloatArray, mean: FloatArray, weights: FloatArray) -> FloatArray:
    terms = special.xlogy(counts, counts / mean) - (counts - mean)
    total: FloatArray = 2 * np.where(weights > 0, weights * terms, 0.0).sum(axis=1)
    return total
