"""An interrupted series: did the level, or the slope, change when the measure began?"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from samverkan.methods.effects.counts import as_intervention
from samverkan.methods.effects.regression import CountRegression, Family, fit_counts
from samverkan.methods.effects.verdicts import Verdict, as_relevant_ratio, judge
from samverkan.methods.errors import MethodError
from samverkan.methods.series import as_counts, as_fraction, as_population

FloatArray = npt.NDArray[np.float64]

FEWEST_PERIODS = 3


@dataclass(frozen=True)
class InterruptedSeries:
    """The change of level as a ratio, of slope as a ratio a period (None if not asked for).

    `terms` names the `coefficients` (log scale) with their `standard_errors`; `pearson` is the
    over-dispersion that widened them. `expected` is the series had nothing been done.
    `residual_correlation` is that of neighbouring periods: far from 0 the interval is too narrow.
    """

    ratio: float
    interval: tuple[float, float]
    p_value: float
    slope_ratio: float | None
    slope_interval: tuple[float, float] | None
    terms: tuple[str, ...]
    coefficients: FloatArray
    standard_errors: FloatArray
    pearson: float
    residual_correlation: float
    expected: FloatArray = field(repr=False)
    fitted: FloatArray = field(repr=False)
    power: float
    detectable_decrease: float
    verdict: Verdict


def interrupted_series(
    counts: npt.ArrayLike,
    *,
    intervention_at: int,
    frequency: int | None = None,
    n_harmonics: int = 1,
    trend: bool = True,
    slope_change: bool = False,
    exposure: npt.ArrayLike | None = None,
    alpha: float = 0.05,
    relevant_ratio: float = 0.5,
) -> InterruptedSeries:
    """Did the series change when the measure began, beyond its own season and trend?

    `counts`: (n_periods,), NaN where missing. `intervention_at`: number of the first period
    after. `frequency`: periods in a year (12, 52) for `n_harmonics` pairs of sine and cosine;
    None for no season. `slope_change` adds a change of slope from then on. `exposure`:
    population, or the comparison area's counts, period by period.

    Quasi-Poisson: errors are widened (or narrowed) by Pearson's dispersion and judged by t.
    Guarantees: equals R's `glm(family = quasipoisson)` of the same terms.
    Not with less than two years before (a trend and a season cannot be told apart), nor where
    something else changed at the same time: a single series cannot know.
    Errors: `MethodError` for too few periods, or counts without an event before or after.
    Source: Bernal, Cummins and Gasparrini (2017), International Journal of Epidemiology 46.
    """
    series, sizes = _as_series(counts, exposure)
    start = as_intervention(intervention_at, len(series), FEWEST_PERIODS)
    as_fraction(alpha, name="alpha")
    as_relevant_ratio(relevant_ratio)
    terms, design = _design(len(series), start, frequency, n_harmonics, trend, slope_change)
    known = ~np.isnan(series)
    if series[:start][known[:start]].sum() == 0 or series[start:][known[start:]].sum() == 0:
        raise MethodError("there must be events before and after: use compare_before_after")
    offset = np.zeros(len(series)) if sizes is None else np.log(sizes)
    fit = fit_counts(
        design[known], series[known], offset=offset[known], family=Family.QUASI_POISSON
    )
    reach = float(stats.t.ppf(1 - alpha / 2, fit.degrees_of_freedom))
    level = terms.index("level")
    estimate, error = float(fit.coefficients[level]), float(fit.standard_errors[level])
    p_value = 2 * float(stats.t.sf(abs(estimate) / error, fit.degrees_of_freedom))
    power = float(special.ndtr(abs(np.log(relevant_ratio)) / error - reach))
    slope = _slope(terms, fit, reach) if slope_change else (None, None)
    untouched = fit.coefficients.copy()
    untouched[level:] = 0
    return InterruptedSeries(
        ratio=float(np.exp(estimate)),
        interval=(
            float(np.exp(estimate - reach * error)),
            float(np.exp(estimate + reach * error)),
        ),
        p_value=p_value,
        slope_ratio=slope[0],
        slope_interval=slope[1],
        terms=terms,
        coefficients=fit.coefficients,
        standard_errors=fit.standard_errors,
        pearson=fit.pearson,
        residual_correlation=_neighbour_correlation(fit),
        expected=np.exp(design @ untouched + offset),
        fitted=np.exp(design @ fit.coefficients + offset),
        power=power,
        detectable_decrease=float(np.exp(-(reach + float(special.ndtri(0.8))) * error)),
        verdict=judge(
            ratio=float(np.exp(estimate)),
            p_value=p_value,
            alpha=alpha,
            power=power,
            is_strong_design=exposure is not None,
        ),
    )


def _as_series(
    counts: npt.ArrayLike, exposure: npt.ArrayLike | None
) -> tuple[FloatArray, FloatArray | None]:
    table = as_counts(counts)
    if len(table) != 1:
        raise MethodError("counts must be one series")
    sizes = as_population(exposure, (1, table.shape[1]), name="exposure")
    return table[0], None if sizes is None else sizes[0]


def _design(
    n_periods: int,
    start: int,
    frequency: int | None,
    n_harmonics: int,
    trend: bool,
    slope_change: bool,
) -> tuple[tuple[str, ...], FloatArray]:
    time = np.arange(n_periods, dtype=np.float64)
    columns = {"intercept": np.ones(n_periods)}
    if trend:
        columns["trend"] = time
    if frequency is not None:
        if frequency < 2 or not 1 <= n_harmonics <= frequency // 2:
            raise MethodError("n_harmonics must be from 1 to half the frequency")
        for harmonic in range(1, n_harmonics + 1):
            angle = 2 * np.pi * harmonic * time / frequency
            # at two periods a cycle the sine is zero everywhere
            if 2 * harmonic != frequency:
                columns[f"sine {harmonic}"] = np.sin(angle)
            columns[f"cosine {harmonic}"] = np.cos(angle)
    columns["level"] = (time >= start).astype(np.float64)
    if slope_change:
        columns["slope"] = np.maximum(time - start, 0.0)
    return tuple(columns), np.column_stack(list(columns.values()))


def _slope(
    terms: tuple[str, ...], fit: CountRegression, reach: float
) -> tuple[float, tuple[float, float]]:
    place = terms.index("slope")
    estimate, error = float(fit.coefficients[place]), float(fit.standard_errors[place])
    low, high = np.exp(estimate - reach * error), np.exp(estimate + reach * error)
    return float(np.exp(estimate)), (float(low), float(high))


def _neighbour_correlation(fit: CountRegression) -> float:
    residuals = (fit.counts - fit.means) / np.sqrt(fit.means)
    square = float(residuals @ residuals)
    return float(residuals[1:] @ residuals[:-1]) / square if square > 0 else 0.0
