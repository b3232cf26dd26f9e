"""Two counts compared: is one rate higher than the other, and by how much?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samverkan.methods.errors import MethodError
from samverkan.methods.rates import conditional
from samverkan.methods.rates.distinct import distinct_pairs
from samverkan.methods.rates.etest import e_test_p
from samverkan.methods.rates.families import Binomial
from samverkan.methods.rates.inputs import as_count, as_exposure, together
from samverkan.methods.rates.ordered_limits import ordered_limits
from samverkan.methods.rates.ordered_p import ordered_p
from samverkan.methods.rates.results import (
    ComparisonMethod,
    FloatArray,
    Interval,
    IntervalMethod,
)
from samverkan.methods.series import as_fraction

ORDERED = {
    ComparisonMethod.MINLIKE: IntervalMethod.MINLIKE,
    ComparisonMethod.BLAKER: IntervalMethod.BLAKER,
}
UNCONDITIONAL = (ComparisonMethod.E_TEST, ComparisonMethod.E_TEST_WALD)


@dataclass(frozen=True, slots=True)
class RateComparison:
    """The ratio of rate a to rate b, with what the counts can say about it."""

    ratio: FloatArray
    """Rate a divided by rate b: infinite when b has no events, NaN when neither has."""
    interval: Interval
    """Limits of the ratio; from 0 to infinity when neither has events."""
    p_value: FloatArray
    """Two-sided, for equal rates; 1 when neither has events."""
    method: ComparisonMethod
    confidence: float


def compare_rates(
    count_a: npt.ArrayLike,
    exposure_a: npt.ArrayLike,
    count_b: npt.ArrayLike,
    exposure_b: npt.ArrayLike,
    *,
    method: ComparisonMethod | str = ComparisonMethod.EXACT,
    confidence: float = 0.95,
) -> RateComparison:
    """Is rate a different from rate b, and which ratios do the counts agree with?

    All four are broadcast: thousands of pairs cost one call. Exposures share one unit.
    Which method?
    - `exact` (default): guaranteed at most the nominal error, interval dual to the p-value; the
      choice when a wrong "changed" is worse than a missed one.
    - `midp`: error right on average, slightly above nominal at worst; the choice for reports
      where `exact` would hide real change.
    - `minlike`, `blaker`: guaranteed and a little sharper than `exact`; `minlike` is the p-value
      of R's poisson.test (which prints the interval of `exact` beside it).
    - `minlike-midp`: as statsmodels "cond-midp"; p-value only, with the interval of `midp`.
    - `etest`, `etest-wald`: not conditional on the total, sharper for tiny counts, error close to
      but not guaranteed at the nominal; p-value only, with the interval of `midp`. The Wald form
      is what SciPy computes; it misleads when the exposures differ much.
    Missing (NaN) in gives NaN out.
    Not for counts that vary more than chance allows (`assess_level` widens for that), nor for a
    pair picked because it looked large.
    Errors: `MethodError` for counts or exposures that are none, an unknown method.
    Sources: Przyborowski and Wilenski (1940); Fay (2010); Krishnamoorthy and Thomson (2004).
    """
    chosen = as_comparison_method(method)
    alpha = 1.0 - as_fraction(confidence, name="confidence")
    first, first_exposure, second, second_exposure = together(
        as_count(count_a, name="count_a"),
        as_exposure(exposure_a, name="exposure_a"),
        as_count(count_b, name="count_b"),
        as_exposure(exposure_b, name="exposure_b"),
    )
    shape = first.shape
    share = first_exposure / (first_exposure + second_exposure)
    lower, upper, p_value = _conditional(
        first.ravel(), second.ravel(), share.ravel(), alpha, chosen
    )
    if chosen in UNCONDITIONAL:
        p_value = e_test_p(
            first.ravel(),
            first_exposure.ravel(),
            second.ravel(),
            second_exposure.ravel(),
            wald=chosen is ComparisonMethod.E_TEST_WALD,
        )
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (first / first_exposure) / (second / second_exposure)
    interval = Interval(lower.reshape(shape)[()], upper.reshape(shape)[()])
    return RateComparison(ratio[()], interval, p_value.reshape(shape)[()], chosen, confidence)


def _conditional(
    first: FloatArray,
    second: FloatArray,
    share: FloatArray,
    alpha: float,
    method: ComparisonMethod,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    missing = np.isnan(first + second + share)
    if missing.any():
        first, second = np.where(missing, 0.0, first), np.where(missing, 0.0, second)
        share = np.where(missing, 0.5, share)
    if first.size == 0:
        return first, second, share
    first, second, share, position = distinct_pairs(first, second, share)
    limits = _share_limits(first, second, alpha, method)
    columns = [
        conditional.ratio_from_share(limits.lower, share),
        conditional.ratio_from_share(limits.upper, share),
        _p_value(first, second, share, method),
    ]
    if position is not None:
        columns = [column[position] for column in columns]
    if missing.any():
        columns = [np.where(missing, np.nan, column) for column in columns]
    return columns[0], columns[1], columns[2]


def _share_limits(
    first: FloatArray, second: FloatArray, alpha: float, method: ComparisonMethod
) -> Interval:
    if method is ComparisonMethod.EXACT:
        return conditional.central_share_limits(first, second, alpha)
    if method in ORDERED:
        pairs, back = np.unique(np.stack([first, second]), axis=1, return_inverse=True)
        family = Binomial(pairs[0] + pairs[1])
        limits = ordered_limits(family, pairs[0], alpha, ORDERED[method])
        back = back.reshape(-1)
        return Interval(limits.lower[back], limits.upper[back])
    return conditional.mid_p_share_limits(first, second, alpha)


def _p_value(
    first: FloatArray, second: FloatArray, share: FloatArray, method: ComparisonMethod
) -> FloatArray:
    if method is ComparisonMethod.EXACT:
        return conditional.central_p(first, second, share)
    if method in ORDERED:
        return ordered_p(Binomial(first + second), first, share, ORDERED[method])
    if method is ComparisonMethod.MINLIKE_MID_P:
        whole = ordered_p(Binomial(first + second), first, share, IntervalMethod.MINLIKE)
        return whole - conditional.own_probability(first, second, share) / 2
    return conditional.mid_p(first, second, share)


def as_comparison_method(method: ComparisonMethod | str) -> ComparisonMethod:
    """The method of that name, or `MethodError` with the names there are."""
    try:
        return ComparisonMethod(method)
    except ValueError as error:
        names = ", ".join(each.value for each in ComparisonMethod)
        raise MethodError(f"method must be one of {names}") from error
