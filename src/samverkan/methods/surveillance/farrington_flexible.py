"""Noufaily's improved Farrington method: is this period's count above what its season explains?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy import special

from samverkan.methods.errors import MethodError
from samverkan.methods.series import (
    Counts,
    FloatArray,
    as_counts,
    as_evaluated_periods,
    as_fraction,
    as_population,
)
from samverkan.methods.surveillance.baseline import (
    BaselineRule,
    Baselines,
    Fitting,
    StandardErrors,
    estimate_baselines,
)
from samverkan.methods.surveillance.quantiles import count_tail
from samverkan.methods.surveillance.reference_window import (
    WindowRule,
    as_dates,
    reference_window,
)
from samverkan.methods.surveillance.results import SurveillanceResult
from samverkan.methods.surveillance.thresholds import (
    ThresholdMethod,
    as_power,
    as_threshold_method,
    delta_bound,
    power_scale_spread,
    quantile_bound,
    upper_log_mean,
)
from samverkan.methods.surveillance.variants import Variant, as_variant


def farrington_flexible(
    counts: Counts,
    *,
    frequency: int,
    evaluate: npt.ArrayLike | None = None,
    years_back: int = 5,
    half_window: int = 3,
    n_seasonal_periods: int = 1,
    reweight: bool = True,
    weights_threshold: float = 2.58,
    alpha: float = 0.05,
    trend: bool = True,
    trend_p_threshold: float = 0.05,
    recent_excluded: int | None = None,
    threshold_method: str | ThresholdMethod = "delta",
    power: str = "2/3",
    min_cases: int = 5,
    min_cases_periods: int = 4,
    population: npt.ArrayLike | None = None,
    variant: str | Variant = "corrected",
    dates: npt.ArrayLike | None = None,
    fitting: str | Fitting | None = None,
) -> SurveillanceResult:
    """Bounds from quasi-Poisson regression on earlier years, many series at once.

    Question answered: is the count of each evaluated period larger than the same season of
    `years_back` years, a trend and chance explain, with a false alarm in `alpha` of the periods?

    counts: (n_series, n_periods), NaN for missing. frequency: periods a year (52, 12).
    evaluate: columns to judge (all when None). half_window: periods on each side of the same
    season that belong to it. n_seasonal_periods: 1 uses only those; more also use the rest of
    the year, in that many season groups. recent_excluded: periods before the judged one that
    are left out (half_window when None). trend: a linear trend of the log mean, kept when its
    p-value is below trend_p_threshold (1: always) with at least three years and when it does not
    expect more than the baseline's largest count. No bound is given when the last
    min_cases_periods periods together have fewer than min_cases cases. population: exposure.
    dates: first day of each period; earlier years are then matched by date, not by counting.
    fitting: "converged", or "as_r" to stop where R's glm stops (the default of "released").

    Result: arrays (n_series, n_evaluated). `score` is (count - expected) / (bound - expected):
    above 1 is an alarm. `p_value` belongs to the chosen threshold method. NaN where the series
    does not reach back, its season has no case, or the model cannot be fitted.

    Guarantees: a permutation of series permutes the answers; another series changes nothing.
    Not for monthly counts below about two a month (use `predictive`), nor series with fewer than
    three years. Errors: `MethodError`.

    Source: Noufaily, Enki, Farrington, Garthwaite, Andrews and Charlett (2013), Statistics in
    Medicine 32; Farrington, Andrews, Beale and Catchpole (1996), JRSS A 159; for muan Salmon,
    Schumacher and Hoehle (2016), Journal of Statistical Software 70.
    """
    values = as_counts(counts)
    exposure = as_population(population, values.shape)
    periods = as_evaluated_periods(evaluate, values.shape[1])
    days = as_dates(dates, values.shape[1])
    alpha = as_fraction(alpha, name="alpha")
    method, exponent = as_threshold_method(threshold_method), as_power(power)
    excluded = half_window if recent_excluded is None else recent_excluded
    window_rule = WindowRule(frequency, years_back, half_window, n_seasonal_periods, excluded)
    rule = _baseline_rule(
        as_variant(variant),
        fitting,
        has_trend=trend and years_back >= 3,
        trend_p_threshold=trend_p_threshold,
        weights_threshold=weights_threshold if reweight else None,
    )
    windows = [reference_window(int(period), window_rule, days) for period in periods]
    fitted = estimate_baselines(values, exposure, periods, windows, rule)
    can_say = has_enough_cases(values, periods, min_cases, min_cases_periods)
    judged = _judge(values, periods, fitted, can_say, alpha, method, exponent)
    if as_variant(variant) is Variant.RELEASED and method is not ThresholdMethod.DELTA:
        return replace(judged, score=_released_score(values[:, periods], judged))
    return judged


def _released_score(observed: FloatArray, judged: SurveillanceResult) -> FloatArray:
    """The released program takes the logarithm of the expected count here and nowhere else."""
    with np.errstate(all="ignore"):
        log_mean = np.log(judged.expected)
        score: FloatArray = (observed - log_mean) / (judged.upper_bound - log_mean)
    return score


def has_enough_cases(
    counts: FloatArray, periods: npt.NDArray[np.int64], min_cases: int, n_periods: int
) -> npt.NDArray[np.bool_]:
    """Whether the last periods, the judged one included, hold enough cases for a statement."""
    if n_periods < 1:
        raise MethodError("min_cases_periods must be at least 1")
    recent = np.zeros((len(counts), len(periods)))
    for back in range(n_periods):
        columns = periods - back
        found = np.nan_to_num(counts[:, np.maximum(columns, 0)], nan=0.0)
        recent += np.where(columns >= 0, found, 0.0)
    enough: npt.NDArray[np.bool_] = recent >= min_cases
    return enough


def _judge(
    counts: FloatArray,
    periods: npt.NDArray[np.int64],
    fitted: Baselines,
    can_say: npt.NDArray[np.bool_],
    alpha: float,
    method: ThresholdMethod,
    power: float,
) -> SurveillanceResult:
    observed = counts[:, periods]
    error, dispersion = fitted.standard_error, fitted.dispersion
    with np.errstate(all="ignore"):
        mean = np.exp(np.minimum(fitted.log_mean, 700.0))
        if method is ThresholdMethod.DELTA:
            normal = float(special.ndtri(1 - alpha))
            upper = delta_bound(mean, error, dispersion, normal, power)
            spread = power_scale_spread(mean, error, dispersion, power)
            p_value = special.ndtr((mean**power - observed**power) / spread)
        else:
            upper = quantile_bound(fitted.log_mean, error, dispersion, alpha, method)
            judged = np.exp(upper_log_mean(fitted.log_mean, error, alpha, method))
            p_value = count_tail(observed, judged, dispersion)
        is_known = can_say & np.isfinite(upper)
        upper = np.where(is_known, upper, np.nan)
        score = (observed - mean) / (upper - mean)
        is_alarm = observed > upper
    return SurveillanceResult(
        upper_bound=upper,
        expected=np.where(is_known, mean, np.nan),
        score=np.where(is_known, score, np.nan),
        p_value=np.where(is_known, p_value, np.nan),
        is_alarm=is_alarm,
        evaluated=periods,
    )


def _baseline_rule(
    variant: Variant,
    fitting: str | Fitting | None,
    *,
    has_trend: bool,
    trend_p_threshold: float,
    weights_threshold: float | None,
) -> BaselineRule:
    errors = StandardErrors.FLOORED
    if variant is Variant.RELEASED:
        is_reweighted = weights_threshold is not None
        errors = StandardErrors.RELATIVE if is_reweighted else StandardErrors.PEARSON
    if fitting is None:
        fitting = Fitting.AS_R if variant is Variant.RELEASED else Fitting.CONVERGED
    try:
        chosen = Fitting(fitting)
    except ValueError as error:
        raise MethodError("fitting must be converged or as_r") from error
    if not 0 < trend_p_threshold <= 1:
        raise MethodError("trend_p_threshold must lie above 0 and at most 1")
    if weights_threshold is not None and not weights_threshold > 0:
        raise MethodError("weights_threshold must be positive")
    return BaselineRule(has_trend, trend_p_threshold, weights_threshold, chosen, errors)
