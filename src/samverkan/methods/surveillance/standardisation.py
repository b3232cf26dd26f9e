"""Ways to turn a count and its expectation into something near a standard normal number."""

from __future__ import annotations

from enum import Enum

import numpy as np

from samverkan.methods.errors import MethodError
from samverkan.methods.series import FloatArray


class Standardisation(Enum):
    """Scales for a CUSUM of counts."""

    STANDARD = "standard"
    """(count - mean) / sqrt(mean)."""
    ROSSI = "rossi"
    """Rossi, Lampugnani and Marchi (1999): half of it from the count's own root."""
    ANSCOMBE = "anscombe"
    """1.5 (count ** (2/3) - mean ** (2/3)) / mean ** (1/6)."""
    ANSCOMBE_SECOND = "anscombe2nd"
    """The same with the mean of count ** (2/3) to second order (Pierce and Schafer 1986)."""
    PEARSON_NEGATIVE_BINOMIAL = "pearsonNegBin"
    """(count - mean) / sqrt(mean + overdispersion * mean ** 2)."""
    NONE = "none"
    """The count itself."""


def as_standardisation(name: str | Standardisation) -> Standardisation:
    try:
        return Standardisation(name)
    except ValueError as error:
        names = ", ".join(item.value for item in Standardisation)
        raise MethodError(f"standardisation must be one of {names}") from error


def standardised(
    count: FloatArray, mean: FloatArray, scale: Standardisation, overdispersion: float
) -> FloatArray:
    """The standardised counts; NaN where the mean is zero and the scale needs it."""
    with np.errstate(all="ignore"):
        if scale is Standardisation.NONE:
            return count + 0 * mean
        if scale is Standardisation.ROSSI:
            value = (count - 3 * mean + 2 * np.sqrt(mean * count)) / (2 * np.sqrt(mean))
        elif scale in (Standardisation.ANSCOMBE, Standardisation.ANSCOMBE_SECOND):
            centre = _power_centre(mean, scale)
            value = 1.5 * (count ** (2 / 3) - centre) / mean ** (1 / 6)
        else:
            value = (count - mean) / np.sqrt(_variance(mean, scale, overdispersion))
    return np.where(mean > 0, value, np.nan)


def count_at(
    level: FloatArray, mean: FloatArray, scale: Standardisation, overdispersion: float
) -> FloatArray:
    """The count (not whole) whose standardised value is `level`; at least 0."""
    with np.errstate(all="ignore"):
        if scale is Standardisation.NONE:
            value = level + 0 * mean
        elif scale is Standardisation.ROSSI:
            root = np.sqrt(np.maximum(4 * mean + 2 * np.sqrt(mean) * level, 0.0))
            value = np.maximum(root - np.sqrt(mean), 0.0) ** 2
        elif scale in (Standardisation.ANSCOMBE, Standardisation.ANSCOMBE_SECOND):
            raised = _power_centre(mean, scale) + level * mean ** (1 / 6) / 1.5
            value = np.maximum(raised, 0.0) ** 1.5
        else:
            value = mean + level * np.sqrt(_variance(mean, scale, overdispersion))
    return np.maximum(value, 0.0)


def _power_centre(mean: FloatArray, scale: Standardisation) -> FloatArray:
    centre: FloatArray = mean ** (2 / 3)
    if scale is Standardisation.ANSCOMBE_SECOND:
        centre = centre - mean ** (-1 / 3) / 9
    return centre


def _variance(mean: FloatArray, scale: Standardisation, overdispersion: float) -> FloatArray:
    if scale is Standardisation.PEARSON_NEGATIVE_BINOMIAL:
        return mean + overdispersion * mean**2
    return mean
