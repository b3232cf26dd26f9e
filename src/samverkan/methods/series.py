"""Counts as every method of this floor receives them: one row a series, one column a period."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from samverkan.methods.errors import MethodError

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

Counts = npt.ArrayLike | Sequence[Sequence[float]]

# Above 2**53 a double no longer tells one whole number from the next.
LARGEST_EXACT_COUNT = float(2**53)


def as_counts(counts: Counts, *, name: str = "counts") -> FloatArray:
    """Return counts as a float array of shape (n_series, n_periods), NaN where missing.

    Question answered: are these counts that a method may use?
    Accepts whole numbers, floats that are whole or NaN (missing), booleans and masked
    arrays (masked means missing). One dimension becomes one series.
    Guarantees: two dimensions, double precision, every value whole and at least zero, or
    NaN. The result may share memory with the argument: methods do not write in it.
    Not for rates or weights: a fraction is refused rather than rounded.
    Errors: `MethodError` for negatives, fractions, infinities, values too large to be
    exact, no series or no period, more than two dimensions, or anything not a number.
    """
    array = _as_numbers(counts, name)
    values = _as_two_dimensions(array.astype(np.float64, copy=False), name)
    if values.size == 0:
        raise MethodError(f"{name} must hold at least one series and one period")
    smallest, largest = _extremes(values)
    if smallest < 0:
        raise MethodError(f"{name} must not be negative")
    if np.isinf(largest):
        raise MethodError(f"{name} must be finite; use NaN for a missing period")
    if largest > LARGEST_EXACT_COUNT:
        raise MethodError(f"{name} must be at most 2**53 to be held exactly")
    if array.dtype.kind not in "biu" and not _all_whole(values):
        raise MethodError(f"{name} must be whole numbers")
    return values


def as_population(
    population: npt.ArrayLike | None, shape: tuple[int, int], *, name: str = "population"
) -> FloatArray | None:
    """Return population (or another exposure) as a positive array of the shape of the counts.

    A number, one value a period, one value a series as a column, or the full shape.
    Errors: `MethodError` where it does not fit the counts or is not positive and finite.
    """
    if population is None:
        return None
    values = _as_numbers(population, name).astype(np.float64, copy=False)
    try:
        spread = np.broadcast_to(values, shape)
    except ValueError as error:
        raise MethodError(f"{name} does not fit counts of shape {shape}") from error
    if not (np.isfinite(spread).all() and (spread > 0).all()):
        raise MethodError(f"{name} must be positive and finite")
    return np.ascontiguousarray(spread)


def as_fraction(value: float, *, name: str) -> float:
    """Return a probability strictly between 0 and 1, or raise `MethodError`."""
    if not 0 < value < 1:
        raise MethodError(f"{name} must lie between 0 and 1, both excluded")
    return float(value)


def as_evaluated_periods(evaluate: npt.ArrayLike | None, n_periods: int) -> IntArray:
    """Return the column numbers to judge: all when None, negative ones counted from the end.

    Errors: `MethodError` when a number lies outside the series or is not whole.
    """
    if evaluate is None:
        return np.arange(n_periods, dtype=np.int64)
    periods = np.atleast_1d(np.asarray(evaluate))
    if periods.ndim != 1 or periods.size == 0 or periods.dtype.kind not in "iu":
        raise MethodError("evaluate must be one or more whole column numbers")
    resolved = periods.astype(np.int64)
    if resolved.min() < -n_periods or resolved.max() >= n_periods:
        raise MethodError(f"evaluate must lie within the {n_periods} periods of the counts")
    return np.where(resolved < 0, resolved + n_periods, resolved)


def _as_numbers(values: object, name: str) -> npt.NDArray[np.generic]:
    if isinstance(values, np.ma.MaskedArray):
        return np.ma.filled(values.astype(np.float64), np.nan)
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise MethodError(f"{name} must have rows of equal length") from error
    if array.dtype.kind in "biuf":
        return array
    if array.dtype != np.dtype(object):
        raise MethodError(f"{name} must be numbers")
    try:
        return array.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise MethodError(f"{name} must be numbers, with NaN for what is missing") from error


def _as_two_dimensions(values: FloatArray, name: str) -> FloatArray:
    if values.ndim == 1:
        return values.reshape(1, -1)
    if values.ndim != 2:
        raise MethodError(f"{name} must have one dimension (one series) or two (series, periods)")
    return values


def _extremes(values: FloatArray) -> tuple[float, float]:
    smallest, largest = float(values.min()), float(values.max())
    if np.isnan(smallest):
        smallest = float(np.fmin.reduce(values, axis=None))
        largest = float(np.fmax.reduce(values, axis=None))
    return (0.0 if np.isnan(smallest) else smallest), (0.0 if np.isnan(largest) else largest)


def _all_whole(values: FloatArray) -> bool:
    return not np.any((np.rint(values) != values) & ~np.isnan(values))
