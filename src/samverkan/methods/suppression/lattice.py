"""A table with all its totals, and the equations that tie them together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray
from scipy import sparse

from samverkan.methods.errors import MethodError
from samverkan.methods.series import LARGEST_EXACT_COUNT

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
MOST_DIMENSIONS = 3


@dataclass(frozen=True, slots=True)
class Lattice:
    """Cells of a table with totals, flattened, and one equation for each line of it."""

    shape: tuple[int, ...]
    """Shape with totals: one longer along every axis than the table."""
    values: FloatArray
    """(n_cells,)"""
    equations: sparse.csr_array
    """(n_equations, n_cells): parts minus total of every line are zero."""
    n_totals: NDArray[np.int64]
    """(n_cells,) along how many axes the cell is a total: 0 is an inner cell."""


def as_table(table: npt.ArrayLike, *, name: str = "table") -> FloatArray:
    """Whole counts in one to three dimensions, without totals.

    Errors: `MethodError` for anything else; a missing cell cannot be added up, so it is refused.
    """
    try:
        values = np.asarray(table, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise MethodError(f"{name} must be numbers in rows of equal length") from error
    if not 1 <= values.ndim <= MOST_DIMENSIONS or values.size == 0:
        raise MethodError(f"{name} must have one to three dimensions and at least one cell")
    if np.isnan(values).any() or np.any(values < 0) or np.any(values > LARGEST_EXACT_COUNT):
        raise MethodError(f"{name} must be finite and not negative, without missing cells")
    if np.any(values != np.floor(values)):
        raise MethodError(f"{name} must be whole numbers")
    return values


def with_totals(table: FloatArray) -> FloatArray:
    """The table with its totals appended last along every axis."""
    for axis in range(table.ndim):
        table = np.concatenate([table, table.sum(axis=axis, keepdims=True)], axis=axis)
    return table


def lattice(table: FloatArray) -> Lattice:
    """The lattice of a table without totals."""
    full = with_totals(table)
    index = np.arange(full.size).reshape(full.shape)
    rows, columns, signs, n_equations = [], [], [], 0
    for axis in range(full.ndim):
        lines = np.moveaxis(index, axis, -1).reshape(-1, full.shape[axis])
        numbers = n_equations + np.arange(len(lines))
        rows.append(np.repeat(numbers, lines.shape[1]))
        columns.append(lines.ravel())
        sign = np.ones(lines.shape)
        sign[:, -1] = -1.0
        signs.append(sign.ravel())
        n_equations += len(lines)
    entries = (np.concatenate(signs), (np.concatenate(rows), np.concatenate(columns)))
    equations = sparse.csr_array(entries, shape=(n_equations, full.size))
    return Lattice(full.shape, full.ravel(), equations, _total_counts(full.shape).ravel())


def _total_counts(shape: tuple[int, ...]) -> NDArray[np.int64]:
    counts = np.zeros(shape, dtype=np.int64)
    for axis in range(len(shape)):
        np.moveaxis(counts, axis, -1)[..., -1] += 1
    return counts
