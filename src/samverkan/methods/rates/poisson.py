"""Exact statements about one count: what rate it can come from, and whether it fits one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samverkan.methods.errors import MethodError
from samverkan.methods.rates import poisson_limits
from samverkan.methods.rates.families import Poisson
from samverkan.methods.rates.inputs import as_count, as_exposure, as_not_negative, together
from samverkan.methods.rates.ordered_limits import ordered_limits
from samverkan.methods.rates.ordered_p import ordered_p
from samverkan.methods.rates.results import FloatArray, Interval, IntervalMethod
from samverkan.methods.series import as_fraction


@dataclass(frozen=True, slots=True)
class RateInterval:
    """A rate with the interval of rates that its count agrees with."""

    rate: FloatArray
    """Count divided by exposure."""
    interval: Interval
    """Limits of the rate, in the unit of the rate (per unit of exposure)."""
    confidence: float
    method: IntervalMethod

    @property
    def lower(self) -> FloatArray:
        """The lower limit of the rate."""
        return self.interval.lower

    @property
    def upper(self) -> FloatArray:
        """The upper limit of the rate."""
        return self.interval.upper


def poisson_rate_interval(
    count: npt.ArrayLike,
    exposure: npt.ArrayLike = 1.0,
    *,
    confidence: float = 0.95,
    method: IntervalMethod | str = IntervalMethod.CENTRAL,
) -> RateInterval:
    """Which rates can the count come from?

    `count` and `exposure` are broadcast; the rate is per unit of exposure (months, inhabitants,
    inhabitant-years). Give an exposure of 1 for an interval of the count itself.
    `central` and `blaker` cover the truth with at least the stated confidence whatever the rate;
    `minlike` too; `midp` covers it on average and may fall a little below.
    A zero count has the lower limit 0. NaN in gives NaN out.
    Not for counts that vary more than chance alone allows: use
    `negative_binomial_rate_interval`, or widen by `dispersion_test`.
    Errors: `MethodError` for negative or broken counts, exposures that are not positive, an
    unknown method, a confidence outside (0, 1).
    Sources: Garwood (1936); Sterne (1954); Blaker (2000); Cohen and Yang (1994) for mid-p.
    """
    chosen = as_interval_method(method)
    alpha = 1.0 - as_fraction(confidence, name="confidence")
    counts, exposures = together(as_count(count), as_exposure(exposure))
    limits = count_limits(counts, alpha, chosen)
    interval = Interval((limits.lower / exposures)[()], (limits.upper / exposures)[()])
    return RateInterval((counts / exposures)[()], interval, confidence, chosen)


def poisson_rate_test(
    count: npt.ArrayLike,
    exposure: npt.ArrayLike,
    rate: npt.ArrayLike,
    *,
    method: IntervalMethod | str = IntervalMethod.CENTRAL,
) -> FloatArray:
    """Can the count come from this rate? The two-sided exact p-value, elementwise.

    Dual to `poisson_rate_interval` with the same method: the rate lies outside the interval
    exactly when p is below one minus the confidence (for `minlike` and `blaker` up to the
    gaps that the hull of their confidence set closes).
    `minlike` is the p-value of R's poisson.test, whose printed interval is `central`.
    Errors: as `poisson_rate_interval`; the rate must not be negative.
    """
    chosen = as_interval_method(method)
    counts, exposures, rates = together(
        as_count(count), as_exposure(exposure), as_not_negative(rate, name="rate")
    )
    means = rates * exposures
    if chosen is IntervalMethod.CENTRAL:
        p_value = poisson_limits.central_p(counts, means)
    elif chosen is IntervalMethod.MID_P:
        p_value = poisson_limits.mid_p(counts, means)
    else:
        family = Poisson(np.array([np.inf]))
        p_value = ordered_p(family, np.atleast_1d(counts), np.atleast_1d(means), chosen)
        p_value = p_value.reshape(counts.shape)
    return np.asarray(np.where(np.isnan(counts + means), np.nan, p_value))[()]


def count_limits(counts: FloatArray, alpha: float, method: IntervalMethod) -> Interval:
    """Limits of the mean behind each count."""
    if method is IntervalMethod.CENTRAL:
        return poisson_limits.central_limits(counts, alpha)
    if method is IntervalMethod.MID_P:
        return poisson_limits.mid_p_limits(counts, alpha)
    distinct, back = np.unique(counts, return_inverse=True)
    limits = ordered_limits(Poisson(np.array([np.inf])), distinct, alpha, method)
    back = back.reshape(counts.shape)
    return Interval(limits.lower[back], limits.upper[back])


def as_interval_method(method: IntervalMethod | str) -> IntervalMethod:
    """The method of that name, or `MethodError` with the names there are."""
    try:
        return IntervalMethod(method)
    except ValueError as error:
        names = ", ".join(each.value for each in IntervalMethod)
        raise MethodError(f"method must be one of {names}") from error
