"""Do counts vary more than chance alone would make them?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from samverkan.methods.rates.results import FloatArray
from samverkan.methods.series import as_counts, as_population


@dataclass(frozen=True, slots=True)
class DispersionTest:
    """One element a series."""

    index: FloatArray
    """Variance over mean: 1 for chance alone. NaN for one period or no events."""
    chi_square: FloatArray
    degrees_of_freedom: FloatArray
    p_value: FloatArray
    """Chance of at least this variation from a Poisson count of constant rate; 1 for no events."""


def dispersion_test(
    counts: npt.ArrayLike, *, exposure: npt.ArrayLike | None = None
) -> DispersionTest:
    """Do the counts vary more than chance alone would make them?

    `counts` is (n_series, n_periods); missing periods are left out. `exposure` broadcasts to it.
    The statistic is Fisher's index of dispersion, sum (observed - expected)^2 / expected, with
    the chi-square distribution: good from a mean of about 1, cautious below.
    Not for series with season or trend (they are variation too): adjust first, or take
    `seasonal_fit(...).dispersion_index`.
    Errors: `MethodError` for broken counts or exposures.
    Source: Fisher, Thornton and Mackenzie (1922), Annals of Applied Biology 9:325-359.
    """
    values = as_counts(counts)
    spread = as_population(exposure, values.shape, name="exposure")
    is_known = ~np.isnan(values)
    weight = np.where(is_known, np.ones(values.shape) if spread is None else spread, 0.0)
    known = np.where(is_known, values, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = known.sum(axis=1, keepdims=True) / weight.sum(axis=1, keepdims=True)
        expected = rate * weight
        parts = np.where(expected > 0, (known - expected) ** 2 / expected, 0.0)
        chi_square = parts.sum(axis=1)
        degrees = np.maximum(is_known.sum(axis=1) - 1.0, 0.0)
        index = np.where((degrees > 0) & (rate[:, 0] > 0), chi_square / degrees, np.nan)
    p_value = np.where(degrees > 0, special.chdtrc(np.maximum(degrees, 1.0), chi_square), np.nan)
    return DispersionTest(index, chi_square, degrees, p_value)
