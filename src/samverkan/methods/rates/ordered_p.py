"""Exact p-values that order outcomes by probability (minlike) or by tail (Blaker).

Sources: Sterne (1954), Biometrika 41:275-278; Blaker (2000), Canadian Journal of Statistics
28:783-798. Cut-offs in the opposite tail are found by bisection of whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from samverkan.methods.rates.families import Family
from samverkan.methods.rates.results import FloatArray, IntervalMethod

EQUAL_PROBABILITY = 1e-7
"""Outcomes within this relative distance count as equally likely, as in R's exact tests."""
WHOLE = 1e-9
"""A mean within this relative distance of a whole number counts as that number."""


def ordered_p(
    family: Family, outcome: FloatArray, parameter: FloatArray, method: IntervalMethod
) -> FloatArray:
    """The p-value of each outcome under each parameter."""
    if method is IntervalMethod.MINLIKE:
        return _minlike_p(family, outcome, parameter)
    return _blaker_p(family, outcome, parameter)


def _minlike_p(family: Family, outcome: FloatArray, parameter: FloatArray) -> FloatArray:
    natural = family.natural(parameter)
    own = family.log_weight(outcome) + outcome * natural
    bound = own + np.log1p(EQUAL_PROBABILITY)
    middle = family.mean(parameter)
    mode = np.floor(middle * (1 + WHOLE))
    is_expected = np.abs(outcome - middle) <= WHOLE * middle

    def is_rarer(other: FloatArray) -> NDArray[np.bool_]:
        return np.asarray(family.log_weight(other) + other * natural <= bound)

    below = _last_true(is_rarer, np.full_like(mode, -1.0), np.maximum(mode, -1.0))
    ceiling = np.ceil(middle * (1 - WHOLE))
    above = _first_true(is_rarer, ceiling, _far_above(family, outcome, parameter))
    high = family.at_least(outcome, parameter) + family.at_most(below, parameter)
    low = family.at_most(outcome, parameter) + family.at_least(above, parameter)
    p_value = np.where(outcome > middle, high, low)
    return np.asarray(np.minimum(1.0, np.where(is_expected, 1.0, p_value)))


def _blaker_p(family: Family, outcome: FloatArray, parameter: FloatArray) -> FloatArray:
    upper, lower = family.at_least(outcome, parameter), family.at_most(outcome, parameter)
    tail = np.minimum(upper, lower)
    bound = tail * (1 + EQUAL_PROBABILITY)
    below = _last_true(
        lambda other: np.asarray(family.at_most(other, parameter) <= bound),
        np.full_like(outcome, -1.0),
        np.maximum(outcome - 1, -1.0),
    )
    above = _first_true(
        lambda other: np.asarray(family.at_least(other, parameter) <= bound),
        outcome + 1,
        _far_above(family, outcome, parameter),
    )
    opposite = np.where(
        upper < lower, family.at_most(below, parameter), family.at_least(above, parameter)
    )
    return np.asarray(np.minimum(1.0, tail + opposite))


def _far_above(family: Family, outcome: FloatArray, parameter: FloatArray) -> FloatArray:
    """An outcome beyond which every tail is smaller than that of the observed one."""
    mean = family.mean(parameter)
    spread = np.maximum(mean, outcome)
    return np.asarray(np.minimum(family.largest + 1.0, np.ceil(4 * spread + 800.0)))


def _last_true(
    holds: Callable[[FloatArray], NDArray[np.bool_]], low: FloatArray, high: FloatArray
) -> FloatArray:
    """The last whole number in [low, high] where a decreasing condition holds (low holds)."""
    low, high = low.copy(), high + 1.0
    while np.any(high - low > 1):
        middle = np.floor((low + high) / 2)
        keep = holds(middle) & (middle > low)
        moved = high - low > 1
        low = np.where(moved & keep, middle, low)
        high = np.where(moved & ~keep, middle, high)
    return low


def _first_true(
    holds: Callable[[FloatArray], NDArray[np.bool_]], low: FloatArray, high: FloatArray
) -> FloatArray:
    """The first whole number in [low, high] where an increasing condition holds (high holds)."""
    low, high = low - 1.0, np.maximum(high, low)
    while np.any(high - low > 1):
        middle = np.floor((low + high) / 2)
        keep = holds(middle)
        moved = high - low > 1
        high = np.where(moved & keep, middle, high)
        low = np.where(moved & ~keep, middle, low)
    return high
