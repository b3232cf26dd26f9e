"""How much more do periods vary than chance alone would make them?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import optimize, special

FloatArray = npt.NDArray[np.float64]

SMALLEST_LOG_DISPERSION, LARGEST_LOG_DISPERSION = -14.0, 6.0


def negative_binomial_dispersion(phases: Sequence[FloatArray]) -> float:
    """The dispersion common to phases of one area, or of a target and its comparison.

    Two phases (before, after): each has a level of its own, and season counts as dispersion.
    Four (target before and after, comparison before and after): what target and comparison
    share in a period (season, weather, trend) is taken out first.
    """
    if len(phases) == 2:
        means = [np.full(len(phase), phase.mean()) for phase in phases]
        return moment_dispersion(
            np.concatenate(list(phases)),
            np.concatenate(means),
            sum(len(phase) - 1 for phase in phases if phase.sum() > 0),
        )
    counts, expected, freedom = [], [], 0
    for target, comparison in zip(phases[:2], phases[2:], strict=True):
        together = target + comparison
        share = target.sum() / together.sum() if together.sum() > 0 else 0.0
        counts += [target, comparison]
        expected += [share * together, (1 - share) * together]
        freedom += max(0, int(np.count_nonzero(together)) - 1)
    return moment_dispersion(np.concatenate(counts), np.concatenate(expected), freedom)


def moment_dispersion(counts: FloatArray, means: FloatArray, freedom: int) -> float:
    """The dispersion at which Pearson's statistic equals its degrees of freedom; 0 if below.

    Source: Breslow (1984), Applied Statistics 33.
    """
    is_used = means > 0
    squares, means = (counts[is_used] - means[is_used]) ** 2, means[is_used]
    if freedom < 1:
        return 0.0

    def excess(dispersion: float) -> float:
        return float((squares / (means + dispersion * means**2)).sum()) - freedom

    largest = float(np.exp(LARGEST_LOG_DISPERSION))
    if excess(0.0) <= 0:
        return 0.0
    if excess(largest) >= 0:
        return largest
    return float(optimize.brentq(excess, 0.0, largest, xtol=1e-14))


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
