"""From an expected count and its uncertainty to the largest count that chance explains."""

from __future__ import annotations

from enum import Enum

import numpy as np
from scipy import special

from samverkan.methods.errors import MethodError
from samverkan.methods.series import FloatArray
from samverkan.methods.surveillance.quantiles import count_quantile


class ThresholdMethod(Enum):
    """How a bound is made; see docs/methods/surveillance/farrington_flexible.md."""

    DELTA = "delta"
    """A normal interval on a power scale (Farrington 1996)."""
    NB_PLUGIN = "nbPlugin"
    """The negative-binomial quantile at the estimated mean."""
    MUAN = "muan"
    """The negative-binomial quantile at the upper limit of the mean (Noufaily 2013)."""


POWERS = {"2/3": 2 / 3, "1/2": 1 / 2, "none": 1.0}


def as_threshold_method(method: str | ThresholdMethod) -> ThresholdMethod:
    try:
        return ThresholdMethod(method)
    except ValueError as error:
        raise MethodError("threshold_method must be delta, nbPlugin or muan") from error


def as_power(power: str) -> float:
    if power not in POWERS:
        raise MethodError("power must be 2/3, 1/2 or none")
    return POWERS[power]


def delta_bound(
    mean: FloatArray,
    standard_error: FloatArray,
    dispersion: FloatArray,
    normal_quantile: float,
    power: float,
) -> FloatArray:
    """Farrington's bound: normal on the scale count ** power, mapped back.

    standard_error is that of the log mean. The spread of a new count about its prediction is
    sqrt(mean * tau), tau = dispersion + standard_error**2 * mean.
    """
    spread = power_scale_spread(mean, standard_error, dispersion, power)
    upper: FloatArray = np.maximum(mean**power + normal_quantile * spread, 0.0) ** (1 / power)
    return upper


def power_scale_spread(
    mean: FloatArray, standard_error: FloatArray, dispersion: FloatArray, power: float
) -> FloatArray:
    """The standard deviation of (new count) ** power, by the delta method."""
    tau = dispersion + standard_error**2 * mean
    spread: FloatArray = power * mean ** (power - 0.5) * np.sqrt(tau)
    return spread


def quantile_bound(
    log_mean: FloatArray,
    standard_error: FloatArray,
    dispersion: FloatArray,
    alpha: float,
    method: ThresholdMethod,
) -> FloatArray:
    """The bound of nbPlugin and muan: a whole count, NaN where the mean is beyond use."""
    mean = np.exp(upper_log_mean(log_mean, standard_error, alpha, method))
    return count_quantile(1 - alpha, mean, dispersion)


def upper_log_mean(
    log_mean: FloatArray, standard_error: FloatArray, alpha: float, method: ThresholdMethod
) -> FloatArray:
    """The log of the mean that the quantile is taken at."""
    if method is ThresholdMethod.MUAN:
        log_mean = log_mean + float(special.ndtri(1 - alpha)) * standard_error
    capped: FloatArray = np.minimum(log_mean, 700.0)
    return capped
