"""How over-dispersed are counts around their season and trend, by maximum likelihood?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from samverkan.methods.errors import MethodError
from samverkan.methods.rates.glm import fit_poisson, fit_weighted
from samverkan.methods.rates.results import FloatArray
from samverkan.methods.rates.roots import bracketed_roots
from samverkan.methods.rates.season import SeasonalModel, as_seasonal_model, seasonal_design
from samverkan.methods.series import as_counts, as_population

SMALLEST_LOG_SIZE, LARGEST_LOG_SIZE = -7.0, 14.0
"""Beyond a size of a million the counts are Poisson for every purpose."""
MOST_ROUNDS = 100
SETTLED = 1e-10


@dataclass(frozen=True, slots=True)
class DispersionFit:
    """One element a series."""

    dispersion: FloatArray
    """Variance = mean + dispersion * mean^2; 0 where chance alone is the likeliest."""
    coefficients: FloatArray
    """(n_series, n_terms), in the order of `seasonal_fit(...).terms`."""
    fitted: FloatArray
    """(n_series, n_periods) expected counts."""


def negative_binomial_dispersion(
    counts: npt.ArrayLike,
    *,
    frequency: int,
    model: SeasonalModel | str = SeasonalModel.ONE_HARMONIC,
    has_trend: bool = True,
    exposure: npt.ArrayLike | None = None,
) -> DispersionFit:
    """How much more than chance do the counts vary around season and trend?

    Arguments as `seasonal_fit`. The answer is the `dispersion` that
    `negative_binomial_rate_interval` takes.
    Guarantees: joint maximum likelihood of season, trend and dispersion. A series without events
    gets NaN.
    Not for short series: the maximum-likelihood dispersion of two years of months is too small on
    average, and often 0 by luck.
    Errors: as `seasonal_fit`.
    Source: negative-binomial regression (Lawless 1987, Canadian Journal of Statistics 15:209-225).
    """
    values = as_counts(counts)
    spread = as_population(exposure, values.shape, name="exposure")
    if frequency < 2:
        raise MethodError("frequency must be at least 2 for a season to exist")
    time = np.arange(1, values.shape[1] + 1, dtype=float)
    terms, design = seasonal_design(time, frequency, as_seasonal_model(model), has_trend=has_trend)
    if values.shape[1] < len(terms):
        raise MethodError(f"{len(terms)} terms need at least as many periods")
    log_exposure = np.zeros(values.shape) if spread is None else np.log(spread)
    start = fit_poisson(values, design, log_exposure)
    coefficients, fitted = start.coefficients, start.fitted
    size = _likeliest_size(values, fitted)
    for _ in range(MOST_ROUNDS):
        coefficients, fitted = fit_weighted(values, design, log_exposure, fitted, size)
        before, size = size, _likeliest_size(values, fitted)
        if np.all(np.abs(1.0 / size - 1.0 / before) <= SETTLED / size):
            break
    dispersion = np.where(np.nansum(values, axis=1) > 0, 1.0 / size, np.nan)
    return DispersionFit(dispersion, coefficients, fitted)


def _likeliest_size(values: FloatArray, mean: FloatArray) -> FloatArray:
    """The size at which the likelihood is flat, given the means; infinite for none."""
    is_known = ~np.isnan(values)
    known = np.where(is_known, values, 0.0)

    def slope(log_size: FloatArray) -> FloatArray:
        size = np.exp(log_size)[:, None]
        parts = (
            special.digamma(known + size)
            - special.digamma(size)
            - np.log1p(mean / size)
            + (mean - known) / (size + mean)
        )
        return np.asarray(np.where(is_known, parts, 0.0).sum(axis=1))

    low = np.full(len(values), SMALLEST_LOG_SIZE)
    high = np.full(len(values), LARGEST_LOG_SIZE)
    is_over_dispersed = (slope(high) < 0) & (slope(low) > 0)
    root = bracketed_roots(slope, np.where(is_over_dispersed, low, high), high)
    return np.asarray(np.where(is_over_dispersed, np.exp(root), np.inf))
