"""Farrington's method of 1996: the same weeks of earlier years, a trend, a power scale."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

from samverkan.methods.errors import MethodError
from samverkan.methods.series import (
    Counts,
    as_counts,
    as_evaluated_periods,
    as_fraction,
    as_population,
)
from samverkan.methods.surveillance.baseline import (
    BaselineRule,
    Fitting,
    StandardErrors,
    estimate_baselines,
)
from samverkan.methods.surveillance.farrington_flexible import has_enough_cases
from samverkan.methods.surveillance.reference_window import (
    WindowRule,
    as_dates,
    reference_window,
)
from samverkan.methods.surveillance.results import SurveillanceResult
from samverkan.methods.surveillance.stepwise_fit import SMALLEST_MEAN
from samverkan.methods.surveillance.thresholds import (
    as_power,
    delta_bound,
    power_scale_spread,
)

# Every standardised residual above 1 is down-weighted, and a trend is kept at 5 %: section 3.
WEIGHTS_THRESHOLD = 1.0
TREND_P_THRESHOLD = 0.05
FEWEST_YEARS_FOR_TREND = 3


def farrington(
    counts: Counts,
    *,
    frequency: int,
    evaluate: npt.ArrayLike | None = None,
    years_back: int = 5,
    half_window: int = 3,
    reweight: bool = True,
    alpha: float = 0.05,
    trend: bool = True,
    power: str = "2/3",
    min_cases: int = 5,
    min_cases_periods: int = 4,
    population: npt.ArrayLike | None = None,
    dates: npt.ArrayLike | None = None,
    fitting: str | Fitting = "converged",
) -> SurveillanceResult:
    """Bounds from the same weeks of earlier years, as the method was first published.

    Question answered: is each evaluated count above a two-sided (1 - alpha) prediction interval
    from the same season of `years_back` years? Because the interval is two-sided, the share of
    false alarms aims at alpha / 2, unlike `farrington_flexible`.

    Arguments and result as in `farrington_flexible`; a bound is NaN (the reference program
    writes 0) when the last min_cases_periods periods have fewer than min_cases cases.
    Guarantees: a permutation of series permutes the answers; another series changes nothing.
    Not for monthly small counts (use `predictive`). Prefer `farrington_flexible` for weekly
    data: it uses the whole year and down-weights less. Errors: `MethodError`.

    Source: Farrington, Andrews, Beale and Catchpole (1996), JRSS A 159, 547-563.
    """
    values = as_counts(counts)
    exposure = as_population(population, values.shape)
    periods = as_evaluated_periods(evaluate, values.shape[1])
    days = as_dates(dates, values.shape[1])
    normal = float(special.ndtri(1 - as_fraction(alpha, name="alpha") / 2))
    exponent = as_power(power)
    window_rule = WindowRule(frequency, years_back, half_window, 1, half_window)
    rule = BaselineRule(
        has_trend=trend and years_back >= FEWEST_YEARS_FOR_TREND,
        trend_p_threshold=TREND_P_THRESHOLD,
        weights_threshold=WEIGHTS_THRESHOLD if reweight else None,
        fitting=_as_fitting(fitting),
        standard_errors=StandardErrors.FLOORED,
    )
    windows = [reference_window(int(period), window_rule, days) for period in periods]
    fitted = estimate_baselines(values, exposure, periods, windows, rule)
    smallest = SMALLEST_MEAN if rule.fitting is Fitting.AS_R else 0.0
    observed = values[:, periods]
    with np.errstate(all="ignore"):
        mean = np.maximum(np.exp(np.minimum(fitted.log_mean, 700.0)), smallest)
        spread = power_scale_spread(mean, fitted.standard_error, fitted.dispersion, exponent)
        upper = delta_bound(mean, fitted.standard_error, fitted.dispersion, normal, exponent)
        p_value = special.ndtr((mean**exponent - observed**exponent) / spread)
        enough = has_enough_cases(values, periods, min_cases, min_cases_periods)
        is_known = enough & np.isfinite(upper)
        upper = np.where(is_known, upper, np.nan)
        score = (observed - mean) / (upper - mean)
    return SurveillanceResult(
        upper_bound=upper,
        expected=np.where(is_known, mean, np.nan),
        score=np.where(is_known, score, np.nan),
        p_value=np.where(is_known, p_value, np.nan),
        is_alarm=observed > upper,
        evaluated=periods,
    )


def _as_fitting(fitting: str | Fitting) -> Fitting:
    try:
        return Fitting(fitting)
    except ValueError as error:
        raise MethodError("fitting must be converged or as_r") from error
