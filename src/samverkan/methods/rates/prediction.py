"""What the next period will bring, given a short history."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray

from samverkan.methods.errors import MethodError
from samverkan.methods.rates import negative_binomial
from samverkan.methods.rates.conditional import tails
from samverkan.methods.rates.inputs import as_not_negative
from samverkan.methods.rates.results import FloatArray, Interval
from samverkan.methods.rates.whole import first_whole
from samverkan.methods.series import as_counts, as_fraction


class PredictionMethod(StrEnum):
    """How the history becomes an interval for the future count."""

    JEFFREYS = "jeffreys"
    """The gamma-Poisson predictive from Jeffreys' start, equal tails."""
    CONDITIONAL = "conditional"
    """Nelson's (1982) exact conditional interval: guaranteed, wider."""


@dataclass(frozen=True, slots=True)
class PredictionInterval:
    """Where the total of the coming periods should lie, one element a series."""

    expected: FloatArray
    """Predicted total of the coming periods."""
    interval: Interval
    """Whole numbers, both included; NaN for a series without any known period."""
    confidence: float
    n_ahead: int

    @property
    def lower(self) -> FloatArray:
        """The smallest ordinary total."""
        return self.interval.lower

    @property
    def upper(self) -> FloatArray:
        """The largest ordinary total."""
        return self.interval.upper


def prediction_interval(
    counts: npt.ArrayLike,
    *,
    n_ahead: int = 1,
    confidence: float = 0.95,
    dispersion_index: npt.ArrayLike = 1.0,
    method: PredictionMethod | str = PredictionMethod.JEFFREYS,
) -> PredictionInterval:
    """How many will the next period bring, if nothing changes?

    `counts` is (n_series, n_periods), or one series; missing periods are left out. The answer
    is about the total of the next `n_ahead` periods together, one element a series.
    `dispersion_index` is variance over mean (1: chance alone), one number or one a series.
    Guarantees: covers at least the confidence on average over histories (Jeffreys), or whatever
    the rate (conditional), when the level is constant. A history of zeros still gives an upper
    limit. It cannot say anything about a series without a known period: NaN.
    Not for seasonal series (give the same months of earlier years only) nor for trends.
    Errors: `MethodError` for broken counts, `n_ahead` below 1, an index below 1.
    Sources: Jeffreys' prior as in Brown, Cai and DasGupta (2003); Nelson (1982); Krishnamoorthy
    and Peng (2011).
    """
    chosen = _as_method(method)
    alpha = 1.0 - as_fraction(confidence, name="confidence")
    values = as_counts(counts)
    if n_ahead < 1:
        raise MethodError("n_ahead must be at least 1")
    index = as_not_negative(dispersion_index, name="dispersion_index")
    if np.any(index < 1):
        raise MethodError("dispersion_index must be at least 1")
    n_known = np.count_nonzero(~np.isnan(values), axis=1).astype(float)
    total = np.nansum(values, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ahead = np.where(n_known > 0, n_ahead / n_known, np.nan)
    if chosen is PredictionMethod.CONDITIONAL:
        limits = conditional_limits(total, ahead, alpha)
        return PredictionInterval(total * ahead, limits, confidence, n_ahead)
    limits = jeffreys_limits(total, ahead, alpha, index)
    return PredictionInterval((total + 0.5) * ahead, limits, confidence, n_ahead)


def jeffreys_limits(
    total: FloatArray, ahead: FloatArray, alpha: float, index: FloatArray | float = 1.0
) -> Interval:
    """Equal-tailed limits of the future total; ``ahead`` is future over past exposure.

    With an index above 1 the count ahead is negative binomial around the gamma mean: its
    variance is mean * index plus that of the estimated mean, itself ``index`` times larger.
    """
    size = (total + 0.5) / np.asarray(index)
    mean = (total + 0.5) * ahead
    variance = mean * index + mean**2 / size
    effective = np.where(mean > 0, mean**2 / np.maximum(variance - mean, 1e-300), np.inf)
    lower = negative_binomial.quantile(alpha / 2, mean, effective)
    upper = negative_binomial.quantile(1.0 - alpha / 2, mean, effective)
    return Interval(lower, upper)


def conditional_limits(total: FloatArray, ahead: FloatArray, alpha: float) -> Interval:
    """Future totals that, given the sum of past and future, are not too uneven a split."""
    share = ahead / (1.0 + ahead)
    unknown = np.isnan(ahead)
    share = np.where(unknown, 0.5, share)

    def is_too_high(future: FloatArray) -> NDArray[np.bool_]:
        return np.asarray(tails(future, total, share)[0] < alpha / 2)

    def is_not_too_low(future: FloatArray) -> NDArray[np.bool_]:
        return np.asarray(tails(future, total, share)[1] >= alpha / 2)

    around = total * np.where(unknown, 1.0, ahead)
    lower = first_whole(is_not_too_low, around)
    upper = first_whole(is_too_high, around) - 1.0
    return Interval(np.where(unknown, np.nan, lower), np.where(unknown, np.nan, upper))


def _as_method(method: PredictionMethod | str) -> PredictionMethod:
    try:
        return PredictionMethod(method)
    except ValueError as error:
        raise MethodError("method must be jeffreys or conditional") from error
