"""Many one-dimensional equations solved at once, each inside its own bracket."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from samverkan.methods.rates.results import FloatArray

MOST_STEPS = 200


def bracketed_roots(
    function: Callable[[FloatArray], FloatArray],
    lower: FloatArray,
    upper: FloatArray,
    *,
    relative_tolerance: float = 1e-13,
) -> FloatArray:
    """The root of each element of a monotone vector function between lower and upper.

    Illinois false position with a bisection whenever a bracket has not halved: superlinear on
    smooth functions, never worse than bisection. Equal ends are returned as they are. The
    function must change sign between the ends, or be zero at one of them.
    """
    low, high = np.array(lower, dtype=float), np.array(upper, dtype=float)
    at_low, at_high = function(low), function(high)
    high = np.where(at_low == 0, low, high)
    low = np.where((at_high == 0) & (at_low != 0), high, low)
    bisect = np.zeros(low.shape, dtype=bool)
    for _ in range(MOST_STEPS):
        width = high - low
        if np.all(width <= relative_tolerance * np.abs(high)):
            break
        with np.errstate(divide="ignore", invalid="ignore"):
            secant = high - at_high * width / (at_high - at_low)
        inside = (secant > low) & (secant < high) & ~bisect
        middle = np.where(inside, secant, low + width / 2)
        value = function(middle)
        goes_low = np.sign(value) == np.sign(at_low)
        exact = value == 0
        at_high = np.where(goes_low, at_high / 2, value)
        at_low = np.where(goes_low, value, at_low / 2)
        low = np.where(goes_low | exact, middle, low)
        high = np.where(~goes_low | exact, middle, high)
        bisect = (high - low) > width / 2
    return np.asarray(low + (high - low) / 2)
