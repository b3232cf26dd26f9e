"""CUSUM of counts: has the level shifted upwards, a little, for some time?"""

from __future__ import annotations

from enum import Enum

import numpy as np
import numpy.typing as npt

from samverkan.methods.errors import MethodError
from samverkan.methods.series import (
    Counts,
    FloatArray,
    IntArray,
    as_counts,
    as_evaluated_periods,
)
from samverkan.methods.surveillance.baseline import Fitting
from samverkan.methods.surveillance.harmonic_mean import harmonic_mean
from samverkan.methods.surveillance.results import SurveillanceResult
from samverkan.methods.surveillance.standardisation import (
    Standardisation,
    as_standardisation,
    count_at,
    standardised,
)
from samverkan.methods.surveillance.variants import Variant, as_variant

# The anscombe2nd scale and the statistic's own rounding: a count within this of the bound is it.
ROUNDING = 1e-9


class ExpectedFrom(Enum):
    """Where the expected counts come from when they are not given."""

    MEAN = "mean"
    """The mean of the periods before the first evaluated one."""
    HARMONIC = "harmonic"
    """Their level and one yearly wave, by Poisson regression."""


def cusum(
    counts: Counts,
    *,
    reference_value: float = 1.04,
    decision_limit: float = 2.26,
    expected: str | ExpectedFrom | npt.ArrayLike = ExpectedFrom.MEAN,
    standardisation: str | Standardisation = Standardisation.ROSSI,
    overdispersion: float = 0.0,
    frequency: int = 12,
    evaluate: npt.ArrayLike | None = None,
    variant: str | Variant = "corrected",
    fitting: str | Fitting = "converged",
) -> SurveillanceResult:
    """The one-sided cumulative sum of standardised counts, for small lasting increases.

    Question answered: do the counts lie above their expectation by more than the reference
    value often enough that the sum of the excesses reaches the decision limit?
    S_t = max(0, S_(t-1) + z_t - reference_value); an alarm when S_t >= decision_limit. The sum
    is not reset by an alarm. A missing count leaves the sum as it was.

    counts: (n_series, n_periods). expected: a number, an array that fits the evaluated columns,
    or how to find it in the periods before the first evaluated one. evaluate: ascending columns,
    one after the other; all are summed in order. Default: the second half of the series when the
    expectation must be found, otherwise all. overdispersion: of "pearsonNegBin", variance =
    mean + overdispersion * mean ** 2. For a Poisson CUSUM with exact run length use
    standardisation "none" with the limits of `poisson_cusum_limits`.
    Result: `score` is the sum S_t, `upper_bound` the smallest whole count that raises the alarm
    given the sum before, `p_value` NaN (a CUSUM promises a run length).
    variant "released" reproduces R surveillance 1.20.3, whose bounds are not rounded to counts,
    leave out the reference value for "none" and have a wrong exponent for "anscombe2nd".

    Guarantees: a permutation of series permutes the answers; another series changes nothing.
    Not for sudden single peaks (use `predictive` or Farrington). Errors: `MethodError`.

    Source: Rossi, Lampugnani and Marchi (1999), Statistics in Medicine 18; Hawkins and Olwell
    (1998), Cumulative Sum Charts.
    """
    values = as_counts(counts)
    if not (np.isfinite(reference_value) and decision_limit > 0):
        raise MethodError("reference_value must be finite and decision_limit positive")
    if not 0 <= overdispersion < np.inf:
        raise MethodError("overdispersion must be at least 0")
    scale, chosen = as_standardisation(standardisation), as_variant(variant)
    periods = _judged_periods(evaluate, values.shape[1], expected)
    mean = _expected_counts(values, periods, expected, frequency, Fitting(fitting))
    observed = values[:, periods]
    statistic = _cumulative(standardised(observed, mean, scale, overdispersion) - reference_value)
    before = np.column_stack([np.zeros(len(values)), statistic[:, :-1]])
    needed = decision_limit + reference_value - before
    if chosen is Variant.RELEASED:
        bound = _released_bound(needed, mean, scale, overdispersion, decision_limit - statistic)
    else:
        bound = _smallest_count(needed, mean, scale, overdispersion)
    is_missing = np.isnan(observed) | np.isnan(bound)
    return SurveillanceResult(
        upper_bound=bound,
        expected=mean,
        score=np.where(is_missing, np.nan, statistic),
        p_value=np.broadcast_to(np.nan, statistic.shape),
        is_alarm=~is_missing & (statistic >= decision_limit),
        evaluated=periods,
    )


def _judged_periods(evaluate: npt.ArrayLike | None, n_periods: int, expected: object) -> IntArray:
    is_searched = isinstance(expected, (str, ExpectedFrom))
    if evaluate is None:
        first = (n_periods + 1) // 2 if is_searched and n_periods > 1 else 0
        return np.arange(first, n_periods, dtype=np.int64)
    periods = as_evaluated_periods(evaluate, n_periods)
    if (np.diff(periods) != 1).any():
        raise MethodError("evaluate must be columns one after the other")
    return periods


def _expected_counts(
    counts: FloatArray,
    periods: IntArray,
    expected: str | ExpectedFrom | npt.ArrayLike,
    frequency: int,
    fitting: Fitting,
) -> FloatArray:
    shape = (len(counts), len(periods))
    if isinstance(expected, (str, ExpectedFrom)):
        try:
            chosen = ExpectedFrom(expected)
        except ValueError as error:
            raise MethodError("expected must be mean, harmonic, a number or an array") from error
        n_training = int(periods[0])
        if n_training < 1:
            raise MethodError("no period before the evaluated ones to find the mean in")
        if chosen is ExpectedFrom.HARMONIC:
            return harmonic_mean(counts, n_training, periods, frequency, fitting)
        training = counts[:, :n_training]
        n_known = np.maximum((~np.isnan(training)).sum(axis=1), 1)
        mean = np.nansum(training, axis=1) / n_known
        mean = np.where(np.isnan(training).all(axis=1), np.nan, mean)
        return np.broadcast_to(mean[:, None], shape)
    given = np.asarray(expected, dtype=np.float64)
    try:
        spread = np.broadcast_to(given, shape)
    except ValueError as error:
        raise MethodError("expected does not fit the evaluated periods") from error
    if not (np.isfinite(spread) & (spread >= 0)).all():
        raise MethodError("expected must be finite and not negative")
    return spread


def _cumulative(steps: FloatArray) -> FloatArray:
    total = np.zeros(len(steps))
    sums = np.empty_like(steps)
    for period in range(steps.shape[1]):
        step = steps[:, period]
        total = np.where(np.isnan(step), total, np.maximum(total + step, 0.0))
        sums[:, period] = total
    return sums


def _smallest_count(
    needed: FloatArray, mean: FloatArray, scale: Standardisation, overdispersion: float
) -> FloatArray:
    """The smallest whole count whose standardised value is at least what is needed."""
    candidate = np.ceil(count_at(needed, mean, scale, overdispersion) - ROUNDING)
    candidate = np.maximum(candidate, 0.0)
    for _ in range(2):
        reached = standardised(candidate, mean, scale, overdispersion)
        candidate = np.where(reached < needed - ROUNDING, candidate + 1, candidate)
    is_known = np.isfinite(mean) & ((mean > 0) | (scale is Standardisation.NONE))
    return np.where(is_known, candidate, np.nan)


def _released_bound(
    needed: FloatArray,
    mean: FloatArray,
    scale: Standardisation,
    overdispersion: float,
    left: FloatArray,
) -> FloatArray:
    """The bounds of R surveillance 1.20.3, defects included."""
    if scale is Standardisation.NONE:
        return np.maximum(left, 0.0)
    if scale is Standardisation.STANDARD:
        return np.ceil(count_at(needed, mean, scale, overdispersion))
    if scale is Standardisation.ROSSI:
        with np.errstate(invalid="ignore"):
            root = np.sqrt(4 * mean + 2 * np.sqrt(mean) * needed)
        half: FloatArray = np.nan_to_num((root - np.sqrt(mean)) ** 2, nan=0.0)
        return half
    if scale is Standardisation.ANSCOMBE_SECOND:
        centre = mean ** (2 / 3) - mean ** (1 / 3) / 9
        raised = centre + needed * mean ** (1 / 6) / 1.5
        bound: FloatArray = np.maximum(raised, 0.0) ** 1.5
        return bound
    return count_at(needed, mean, scale, overdispersion)
