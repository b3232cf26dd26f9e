"""Places are chosen when they are at their worst; the next period is then usually better."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samverkan.methods.effects.dispersion import dispersion_at_means
from samverkan.methods.errors import MethodError
from samverkan.methods.series import as_counts

# An expected fall by chance of this part of the count is worth a warning.
LIKELY_FALL = 0.1
FEWEST_AREAS = 5


@dataclass(frozen=True)
class RegressionToMean:
    """`expected_before` is what an area like this one usually has, given its own count and the
    pool's; `expected_fall` the part of the count that will go away by itself. `own_weight` is
    how much the own count is to be believed (1: all, 0: not at all). `is_likely` warns.
    """

    observed_before: int
    pool_mean: float
    pool_dispersion: float
    own_weight: float
    expected_before: float
    share_of_pool_below: float

    @property
    def expected_fall(self) -> float:
        if self.observed_before == 0:
            return 0.0
        return 1 - self.expected_before / self.observed_before

    @property
    def is_likely(self) -> bool:
        return self.expected_fall >= LIKELY_FALL


def regression_to_mean(
    before: int,
    pool_before: npt.ArrayLike,
    *,
    exposure: float = 1.0,
    pool_exposure: npt.ArrayLike | None = None,
) -> RegressionToMean:
    """How much of a fall would have come by itself, because the place was chosen when high?

    `before`: the target's count before. `pool_before`: counts of at least five similar areas
    in the same time, the target not among them. `exposure`, `pool_exposure`: population or
    length where they differ.

    The pool's usual levels are taken as gamma distributed with Poisson counts around them; the
    target's usual level is its posterior mean (Hauer's empirical-Bayes before/after). Guarantees:
    the expected value lies between the count and the pool's mean; with a pool that varies no
    more than chance it is the pool's mean; with a pool of widely different areas it is the count.
    Not when the target differs from the pool for known reasons (give exposure, or another pool).
    Errors: `MethodError` for fewer than five areas or what is no count.
    Source: Hauer (1997), Observational Before-After Studies in Road Safety, chapter 11; Efron
    and Morris (1975).
    """
    counts = as_counts(np.asarray(pool_before), name="pool_before").ravel()
    target = float(as_counts(np.array([before]), name="before").item())
    if np.isnan(counts).any() or np.isnan(target):
        raise MethodError("before and pool_before must not be missing")
    if len(counts) < FEWEST_AREAS:
        raise MethodError(f"pool_before must hold at least {FEWEST_AREAS} areas")
    sizes = _as_exposure(pool_exposure, len(counts))
    own_size = float(_as_exposure(np.array([exposure]), 1)[0])
    rate = counts.sum() / sizes.sum()
    dispersion = dispersion_at_means(counts, rate * sizes)
    mean = rate * own_size
    # gamma with mean `mean` and variance `dispersion * mean**2`, Poisson around it
    own_weight = dispersion * mean / (1 + dispersion * mean)
    return RegressionToMean(
        observed_before=int(target),
        pool_mean=float(mean),
        pool_dispersion=dispersion,
        own_weight=float(own_weight),
        expected_before=float(own_weight * target + (1 - own_weight) * mean),
        share_of_pool_below=float(np.mean(counts / sizes < target / own_size)),
    )


def _as_exposure(exposure: npt.ArrayLike | None, count: int) -> npt.NDArray[np.float64]:
    if exposure is None:
        return np.ones(count)
    sizes = np.asarray(exposure, dtype=np.float64).ravel()
    if sizes.shape != (count,) or not np.isfinite(sizes).all() or (sizes <= 0).any():
        raise MethodError("exposure must be one positive number an area")
    return sizes
