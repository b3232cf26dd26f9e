"""Control charts: is a process of counts, rates or waiting times as it was?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray

from samverkan.methods.errors import MethodError
from samverkan.methods.rates import negative_binomial, run_rules
from samverkan.methods.rates.results import FloatArray
from samverkan.methods.series import as_counts, as_fraction, as_population

SIGMAS = 3.0
SCREEN = 3.2665
"""Moving ranges above this many times their mean are left out of it (three sigma of a range)."""
RANGE_TO_SIGMA = 1.128
WEIBULL_POWER = 1 / 3.6
"""Waiting times to this power are nearly normal (Nelson 1994)."""


class ChartLimits(StrEnum):
    """Where the limits of a chart lie."""

    PROBABILITY = "probability"
    """Exact quantiles: a point falls outside each limit at most as often as stated."""
    THREE_SIGMA = "three-sigma"
    """Mean plus and minus three standard deviations, as textbooks and qicharts2 draw it."""
    SCALED = "scaled"
    """Three-sigma, the standard deviation taken from the data's own moving range (Laney's u')."""


@dataclass(frozen=True, slots=True)
class ControlChart:
    """(n_series, n_points) unless said otherwise."""

    values: FloatArray
    """What is drawn: rates, counts between events, or times between events."""
    centre: FloatArray
    """(n_series,)"""
    lower: FloatArray
    upper: FloatArray
    is_outside: NDArray[np.bool_]
    longest_run: NDArray[np.int64]
    """(n_series,) most points in a row on one side of the centre; points on it are skipped."""
    n_crossings: NDArray[np.int64]
    """(n_series,)"""
    has_shift: NDArray[np.bool_]
    """(n_series,) an unusually long run or unusually few crossings (Anhøj and Olesen 2014)."""


def u_chart(
    counts: npt.ArrayLike,
    *,
    exposure: npt.ArrayLike = 1.0,
    limits: ChartLimits | str = ChartLimits.PROBABILITY,
    tail: float = 0.00135,
    n_baseline: int | None = None,
) -> ControlChart:
    """Is the rate of events per exposure in control? With a constant exposure it is a c-chart.

    `counts` is (n_series, n_periods); `exposure` broadcasts to it. The centre is the total over
    the exposure. `probability` limits are Poisson quantiles with at most `tail` beyond each;
    three-sigma limits let 3 to 7 % of points of a rare event outside instead of 0.3 %.
    With `n_baseline` centre and limits come from the first so many periods only.
    Not for means far below one a period: use `g_chart` or `t_chart`, which gain a point an event.
    Errors: `MethodError` for broken counts, exposures or settings.
    Source: Shewhart (1931); Laney (2002) for `scaled`.
    """
    chosen, tail = _as_limits(limits), as_fraction(tail, name="tail")
    values = as_counts(counts)
    weight = as_population(exposure, values.shape, name="exposure")
    exposures = np.ones(values.shape) if weight is None else weight
    first = _baseline(n_baseline, values.shape[1])
    observed = np.where(np.isnan(values), 0.0, exposures)[:, first]
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.nansum(values[:, first], axis=1) / observed.sum(axis=1)
    rate, mean = values / exposures, centre[:, None] * exposures
    if chosen is ChartLimits.PROBABILITY:
        if weight is None or np.ptp(exposures) == 0:
            mean = mean[:, :1]
        infinite = np.full(mean.shape, np.inf)
        lower = _strict_lower(tail, mean, infinite) / exposures
        upper = negative_binomial.quantile(1.0 - tail, mean, infinite) / exposures
        return _chart(rate, centre, lower, upper)
    sigma = np.sqrt(centre[:, None] / exposures)
    if chosen is ChartLimits.SCALED:
        sigma = sigma * _range_sigma(((rate - centre[:, None]) / sigma)[:, first])[:, None]
    lower = np.maximum(centre[:, None] - SIGMAS * sigma, 0.0)
    return _chart(rate, centre, lower, centre[:, None] + SIGMAS * sigma)


def g_chart(
    between: npt.ArrayLike,
    *,
    limits: ChartLimits | str = ChartLimits.PROBABILITY,
    tail: float = 0.00135,
    n_baseline: int | None = None,
) -> ControlChart:
    """Do rare events come closer together or further apart? Counted in days (or trials) between.

    `between` is (n_series, n_events), the whole number of days without an event before each. The
    centre is the median, so that half of the points lie on each side. A value above the upper
    limit is good news; runs below the centre are the sensitive signal of events coming closer.
    `n_baseline` as in `u_chart`.
    Errors: `MethodError` for broken numbers or settings, and for `scaled` limits.
    Source: Benneyan (2001), Health Care Management Science 4:305-318.
    """
    chosen, tail = _as_limits(limits, refused=ChartLimits.SCALED), as_fraction(tail, name="tail")
    values = as_counts(between, name="between")
    first = values[:, _baseline(n_baseline, values.shape[1])]
    mean, centre = _nan_mean(first), _nan_median(first)
    shape = values.shape
    if chosen is ChartLimits.PROBABILITY:
        each = mean[:, None]
        geometric = np.ones(each.shape)
        lower = _strict_lower(tail, each, geometric)
        upper = negative_binomial.quantile(1.0 - tail, each, geometric)
    else:
        upper = (mean + SIGMAS * np.sqrt(mean * (mean + 1.0)))[:, None]
        lower = np.where(np.isnan(upper), np.nan, 0.0)
    return _chart(values, centre, np.broadcast_to(lower, shape), np.broadcast_to(upper, shape))


def t_chart(
    waiting_times: npt.ArrayLike,
    *,
    limits: ChartLimits | str = ChartLimits.PROBABILITY,
    tail: float = 0.00135,
    n_baseline: int | None = None,
) -> ControlChart:
    """Do rare events come closer together? Measured in time between them, fractions allowed.

    `waiting_times` is (n_series, n_events), not negative, NaN for missing. `probability` limits
    are those of the exponential distribution; three-sigma limits are those of the times to the
    power 1/3.6, which is nearly normal. `n_baseline` as in `u_chart`.
    Errors: `MethodError` for negative or infinite times, and for `scaled` limits.
    Source: Nelson (1994), Journal of Quality Technology 26:12-16.
    """
    chosen, tail = _as_limits(limits, refused=ChartLimits.SCALED), as_fraction(tail, name="tail")
    values = np.atleast_2d(np.asarray(waiting_times, dtype=np.float64))
    if values.ndim != 2 or np.any(values < 0) or np.isinf(values).any() or values.size == 0:
        raise MethodError("waiting_times must be (series, events), finite and not negative")
    shape = values.shape
    first = values[:, _baseline(n_baseline, shape[1])]
    if chosen is ChartLimits.PROBABILITY:
        mean = _nan_mean(first)
        lower, upper = -mean * np.log1p(-tail), -mean * np.log(tail)
        centre = mean * np.log(2.0)
    else:
        near_normal = first**WEIBULL_POWER
        middle = _nan_mean(near_normal)
        spread = SIGMAS * _range_sigma(near_normal)
        lower = np.maximum(middle - spread, 0.0) ** (1 / WEIBULL_POWER)
        upper = (middle + spread) ** (1 / WEIBULL_POWER)
        centre = middle ** (1 / WEIBULL_POWER)
    return _chart(
        values,
        centre,
        np.broadcast_to(lower[:, None], shape),
        np.broadcast_to(upper[:, None], shape),
    )


def individuals_chart(values: npt.ArrayLike, *, n_baseline: int | None = None) -> ControlChart:
    """Is a measurement that is no count (a share, a mean of answers) in control?

    `values` is (n_series, n_points), NaN for missing. Limits are the mean plus and minus three
    standard deviations, taken from the moving range. `n_baseline` as in `u_chart`.
    Not for counts: their variation is known better than from the range.
    Errors: `MethodError` for infinite values or settings.
    Source: Shewhart (1931); moving range as in Nelson (1982), outlying ranges left out.
    """
    points = np.atleast_2d(np.asarray(values, dtype=np.float64))
    if points.ndim != 2 or np.isinf(points).any() or points.size == 0:
        raise MethodError("values must be (series, points) and finite")
    first = points[:, _baseline(n_baseline, points.shape[1])]
    centre, spread = _nan_mean(first), SIGMAS * _range_sigma(first)
    ends = [np.broadcast_to((centre + way * spread)[:, None], points.shape) for way in (-1, 1)]
    return _chart(points, centre, ends[0], ends[1])


def _baseline(n_baseline: int | None, n_points: int) -> slice:
    if n_baseline is not None and not 1 <= n_baseline <= n_points:
        raise MethodError("n_baseline must be at least 1 and at most the number of points")
    return slice(0, n_baseline)


def _chart(
    values: FloatArray, centre: FloatArray, lower: FloatArray, upper: FloatArray
) -> ControlChart:
    with np.errstate(invalid="ignore"):
        is_outside = (values < lower) | (values > upper)
    longest, crossings, has_shift = run_rules.judge(values, centre)
    return ControlChart(values, centre, lower, upper, is_outside, longest, crossings, has_shift)


def _strict_lower(tail: float, mean: FloatArray, size: FloatArray) -> FloatArray:
    """The largest count with at most ``tail`` strictly below it."""
    return np.asarray(negative_binomial.quantile(tail, mean, size))


def _range_sigma(values: FloatArray) -> FloatArray:
    """Standard deviation of each row from its moving range, outlying ranges left out."""
    ranges = np.abs(np.diff(values, axis=1))
    typical = _nan_mean(ranges)
    with np.errstate(invalid="ignore"):
        kept = np.where(ranges < SCREEN * typical[:, None], ranges, np.nan)
    return _nan_mean(kept) / RANGE_TO_SIGMA


def _nan_mean(values: FloatArray) -> FloatArray:
    n_known = np.count_nonzero(~np.isnan(values), axis=1)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.nansum(values, axis=1) / n_known)


def _nan_median(values: FloatArray) -> FloatArray:
    has_any = ~np.isnan(values).all(axis=1)
    median = np.full(len(values), np.nan)
    median[has_any] = np.nanmedian(values[has_any], axis=1)
    return median


def _as_limits(limits: ChartLimits | str, refused: ChartLimits | None = None) -> ChartLimits:
    allowed = [each for each in ChartLimits if each is not refused]
    if limits not in [each.value for each in allowed]:
        names = ", ".join(each.value for each in allowed)
        raise MethodError(f"limits must be one of {names}")
    return ChartLimits(limits)
