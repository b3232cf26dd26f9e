"""Season and calendar: what is left when months are made comparable."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from samverkan.methods.errors import MethodError
from samverkan.methods.rates.glm import fit_poisson
from samverkan.methods.rates.results import FloatArray
from samverkan.methods.series import as_counts, as_population


class SeasonalModel(StrEnum):
    """The shape that a season may take."""

    FACTOR = "factor"
    """One free factor a period of the year: needs about five events a factor."""
    ONE_HARMONIC = "one-harmonic"
    """One smooth wave a year: two numbers, the choice for small counts."""
    TWO_HARMONICS = "two-harmonics"
    """A wave and its overtone: four numbers."""


@dataclass(frozen=True, slots=True)
class SeasonalFit:
    """A Poisson model of level, trend and season for each series."""

    terms: tuple[str, ...]
    """Names of the coefficients: level, trend (per year), then the season's."""
    coefficients: FloatArray
    """(n_series, n_terms), on the logarithmic scale."""
    standard_errors: FloatArray
    """(n_series, n_terms), for chance alone; multiply by sqrt(dispersion_index) otherwise."""
    fitted: FloatArray
    """(n_series, n_periods) expected counts."""
    factors: FloatArray
    """(n_series, frequency) season's factor of each period of the year, geometric mean 1."""
    deviance: FloatArray
    dispersion_index: FloatArray
    """Pearson's chi-square over its degrees of freedom."""
    has_converged: npt.NDArray[np.bool_]


def seasonal_fit(
    counts: npt.ArrayLike,
    *,
    frequency: int,
    model: SeasonalModel | str = SeasonalModel.ONE_HARMONIC,
    has_trend: bool = True,
    exposure: npt.ArrayLike | None = None,
) -> SeasonalFit:
    """How do the counts follow the year?

    `counts` is (n_series, n_periods), the first period being the year's first; missing ones are
    left out. `exposure` (population, days in the month) broadcasts to it.
    Guarantees: maximum likelihood, all series in one iteration; `has_converged` is false for
    series without events. A period of the year that never had an event has no finite factor: its
    fitted count is practically zero.
    Not for fewer than two years, nor for judging one year by itself.
    Errors: `MethodError` for broken counts, a frequency below 2, or fewer periods than terms.
    Source: Poisson regression (Nelder and Wedderburn 1972), harmonics as in Serfling (1963).
    """
    values = as_counts(counts)
    spread = as_population(exposure, values.shape, name="exposure")
    chosen = as_seasonal_model(model)
    if frequency < 2:
        raise MethodError("frequency must be at least 2 for a season to exist")
    time = np.arange(1, values.shape[1] + 1, dtype=float)
    terms, design = seasonal_design(time, frequency, chosen, has_trend=has_trend)
    if values.shape[1] < len(terms):
        raise MethodError(f"{len(terms)} terms need at least as many periods")
    log_exposure = np.zeros(values.shape) if spread is None else np.log(spread)
    fits = fit_poisson(values, design, log_exposure)
    one_year = np.arange(1, frequency + 1, dtype=float)
    _, seasonal = seasonal_design(one_year, frequency, chosen, has_trend=False)
    n_plain = 2 if has_trend else 1
    logs = fits.coefficients[:, n_plain:] @ seasonal[:, 1:].T
    with np.errstate(divide="ignore", invalid="ignore"):
        index = np.where(
            fits.degrees_of_freedom > 0, fits.chi_square / fits.degrees_of_freedom, np.nan
        )
    return SeasonalFit(
        terms,
        fits.coefficients,
        fits.standard_errors,
        fits.fitted,
        np.exp(logs - logs.mean(axis=1, keepdims=True)),
        fits.deviance,
        index,
        fits.has_converged,
    )


def seasonally_adjusted(
    counts: npt.ArrayLike,
    *,
    frequency: int,
    model: SeasonalModel | str = SeasonalModel.ONE_HARMONIC,
    exposure: npt.ArrayLike | None = None,
) -> FloatArray:
    """What would the counts be in a month like any other?

    Counts divided by the season's factor, shape (n_series, n_periods): for charts only. They are
    no longer counts: judge change with the counts themselves and the season as exposure.
    Errors: as `seasonal_fit`.
    """
    values = as_counts(counts)
    fit = seasonal_fit(values, frequency=frequency, model=model, exposure=exposure)
    season = np.arange(values.shape[1]) % frequency
    return np.asarray(values / fit.factors[:, season])


def days_in_months(first_year: int, first_month: int, n_months: int) -> FloatArray:
    """How many days has each of the months that follow, as an exposure for monthly counts.

    Errors: `MethodError` for a month outside 1 to 12 or no months.
    """
    if not 1 <= first_month <= 12 or n_months < 1:
        raise MethodError("first_month must be 1 to 12 and n_months at least 1")
    start = np.datetime64(f"{first_year:04d}-{first_month:02d}", "M")
    edges = (start + np.arange(n_months + 1)).astype("datetime64[D]")
    return np.diff(edges).astype(np.float64)


def calendar_adjusted(counts: npt.ArrayLike, days: npt.ArrayLike) -> FloatArray:
    """What would the counts be if every period had the same number of days?

    Counts times mean days over days, shape (n_series, n_periods): for charts only, see
    `seasonally_adjusted`. `days` broadcasts to the counts.
    Errors: `MethodError` for broken counts or days that are not positive.
    """
    values = as_counts(counts)
    spread = as_population(days, values.shape, name="days")
    lengths = np.ones(values.shape) if spread is None else spread
    return np.asarray(values * lengths.mean(axis=1, keepdims=True) / lengths)


def seasonal_design(
    time: FloatArray, frequency: int, model: SeasonalModel, *, has_trend: bool
) -> tuple[tuple[str, ...], FloatArray]:
    """Names and columns of level, trend (years) and season at times 1, 2, ..."""
    terms, columns = ["level"], [np.ones(len(time))]
    if has_trend:
        terms.append("trend")
        columns.append(time / frequency)
    if model is SeasonalModel.FACTOR:
        season = (time.astype(int) - 1) % frequency
        for each in range(frequency - 1):
            terms.append(f"season_{each + 1}")
            columns.append(1.0 * (season == each) - 1.0 * (season == frequency - 1))
        return tuple(terms), np.column_stack(columns)
    n_harmonics = 1 if model is SeasonalModel.ONE_HARMONIC else 2
    for harmonic in range(1, n_harmonics + 1):
        angle = 2 * np.pi * harmonic * time / frequency
        terms += [f"sine_{harmonic}", f"cosine_{harmonic}"]
        columns += [np.sin(angle), np.cos(angle)]
    return tuple(terms), np.column_stack(columns)


def as_seasonal_model(model: SeasonalModel | str) -> SeasonalModel:
    """The model of that name, or `MethodError` with the names there are."""
    try:
        return SeasonalModel(model)
    except ValueError as error:
        names = ", ".join(each.value for each in SeasonalModel)
        raise MethodError(f"model must be one of {names}") from error
