"""How much more do periods vary than chance alone would make them?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import optimize, special

FloatArray = npt.NDArray[np.float64]

SMALLEST_LOG_DISPERSION, LARGEST_LOG_DISPERSION = -14.0, 6.0


def negative_binomial_dispersion(groups: Sequence[FloatArray]) -> float:
    """The dispersion common to groups of counts, each with a mean of its own.

    Maximum likelihood with variance = mean + dispersion x mean squared, made larger by the
    degrees of freedom that the means take (periods / (periods - groups)); 0 where the counts
    vary no more than Poisson. Trend and season within a group count as dispersion, which errs
    on the careful side.
    """
    counts = np.concatenate(list(groups))
    means = np.concatenate([np.full(len(group), group.mean()) for group in groups])
    is_used = means > 0
    counts, means = counts[is_used], means[is_used]
    freedom = len(counts) - sum(1 for group in groups if group.mean() > 0)
    if freedom < 1:
        return 0.0
    estimate = dispersion_at_means(counts, means)
    return estimate * len(counts) / freedom


def dispersion_at_means(counts: FloatArray, means: FloatArray) -> float:
    """The maximum-likelihood dispersion of counts around known means, 0 if there is none."""
    # the slope of the log likelihood at dispersion 0 decides whether there is any
    if float((((counts - means) ** 2 - counts) / 2).sum()) <= 0:
        return 0.0
    result = optimize.minimize_scalar(
        lambda log_dispersion: -log_likelihood(counts, means, float(np.exp(log_dispersion))),
        bounds=(SMALLEST_LOG_DISPERSION, LARGEST_LOG_DISPERSION),
        method="bounded",
        options={"xatol": 1e-10},
    )
    return float(np.exp(result.x))


def log_likelihood(counts: FloatArray, means: FloatArray, dispersion: float) -> float:
    """Of the negative binomial, up to a constant of the counts."""
    size = 1 / dispersion
    logs = special.gammaln(counts + size) - special.gammaln(size)
    logs -= (counts + size) * np.log1p(dispersion * means)
    logs += special.xlogy(counts, dispersion * means)
    return float(logs.sum())
