"""Series that the tests of this folder share."""

from __future__ import annotations

import numpy as np


def poisson_series(mean: float, n_series: int, n_periods: int, *, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).poisson(mean, (n_series, n_periods)).astype(float)


def negative_binomial_series(
    mean: float, size: float, n_series: int, n_periods: int, *, seed: int
) -> np.ndarray:
    generator = np.random.default_rng(seed)
    counts = generator.negative_binomial(size, size / (size + mean), (n_series, n_periods))
    return counts.astype(float)
