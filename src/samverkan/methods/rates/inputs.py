"""Checks of scalars and arrays that are broadcast against each other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from samverkan.methods.errors import MethodError
from samverkan.methods.rates.results import FloatArray
from samverkan.methods.series import LARGEST_EXACT_COUNT


def as_count(count: npt.ArrayLike, *, name: str = "count") -> FloatArray:
    """Whole numbers from 0 up to 2**53 as floats of any shape; NaN means missing."""
    values = _as_floats(count, name)
    smallest, largest = _extremes(values)
    if smallest < 0:
        raise MethodError(f"{name} must not be negative")
    if largest > LARGEST_EXACT_COUNT:
        raise MethodError(f"{name} must be finite and at most 2**53")
    if not _is_whole(values):
        raise MethodError(f"{name} must be whole numbers")
    return values


def as_exposure(exposure: npt.ArrayLike, *, name: str = "exposure") -> FloatArray:
    """Positive finite numbers of any shape; NaN means missing."""
    values = _as_floats(exposure, name)
    smallest, largest = _extremes(values)
    if smallest <= 0 or np.isinf(largest):
        raise MethodError(f"{name} must be positive and finite")
    return values


def as_not_negative(value: npt.ArrayLike, *, name: str) -> FloatArray:
    """Finite numbers from 0 up, of any shape; NaN means missing."""
    values = _as_floats(value, name)
    smallest, largest = _extremes(values)
    if smallest < 0 or np.isinf(largest):
        raise MethodError(f"{name} must be finite and not negative")
    return values


def _is_whole(values: FloatArray) -> bool:
    """Whether every known value is whole; the quick comparison is enough when none is missing."""
    rounded = np.rint(values)
    return np.array_equal(rounded, values) or np.array_equal(rounded, values, equal_nan=True)


def _extremes(values: FloatArray) -> tuple[float, float]:
    """Smallest and largest known value; ones when there is none."""
    if values.size == 0:
        return 1.0, 1.0
    pair = float(np.fmin.reduce(values, axis=None)), float(np.fmax.reduce(values, axis=None))
    return (1.0, 1.0) if np.isnan(pair[0]) else pair


def together(*arrays: FloatArray) -> tuple[FloatArray, ...]:
    """The arrays broadcast to their common shape."""
    try:
        return tuple(np.broadcast_arrays(*arrays))
    except ValueError as error:
        shapes = ", ".join(str(array.shape) for array in arrays)
        raise MethodError(f"shapes {shapes} do not fit together") from error


def _as_floats(value: npt.ArrayLike, name: str) -> FloatArray:
    if isinstance(value, np.ma.MaskedArray):
        return np.ma.filled(value.astype(np.float64), np.nan)
    try:
        return np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise MethodError(f"{name} must be numbers") from error
