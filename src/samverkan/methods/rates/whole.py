"""The first whole number at which something begins to hold, for many elements at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from samverkan.methods.rates.results import FloatArray


def first_whole(holds: Callable[[FloatArray], NDArray[np.bool_]], around: FloatArray) -> FloatArray:
    """The first whole number from 0 up at which a condition that stays true becomes true.

    ``around`` is where to begin looking; the condition must hold somewhere.
    """
    low = np.full(around.shape, -1.0)
    high = np.ceil(around + 4.0 * np.sqrt(around) + 8.0)
    while np.any(short := ~holds(high)):
        low, high = np.where(short, high, low), np.where(short, 2 * high + 1, high)
    while np.any(high - low > 1):
        middle = np.floor((low + high) / 2)
        enough = holds(np.maximum(middle, 0.0)) & (middle >= 0)
        moved = high - low > 1
        high = np.where(moved & enough, middle, high)
        low = np.where(moved & ~enough, middle, low)
    return high
