"""Cells that belong to several sums at once, and to what was published before: safe together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray
from scipy import sparse

from samverkan.methods.errors import MethodError
from samverkan.methods.series import LARGEST_EXACT_COUNT
from samverkan.methods.suppression.attack import feasible_ranges
from samverkan.methods.suppression.lattice import BoolArray, FloatArray, Lattice
from samverkan.methods.suppression.pattern import Duties, complementary_pattern

ROUNDING = 1e-5
MOST_CELLS = 20_000


@dataclass(frozen=True, slots=True)
class Sum:
    """One cell is the sum of others; all of them by their place in the list of cells."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LinkedSuppression:
    """Which cells to hide. Every array is (n_cells,); nothing here but `is_hidden` is for show."""

    is_hidden: BoolArray
    is_primary: BoolArray
    """Hidden because the count itself is small."""
    is_given_away: BoolArray
    """Small, but known from earlier publications: no hiding helps any more."""
    lower: FloatArray
    upper: FloatArray
    minimum_width: float


def suppress_linked(
    values: npt.ArrayLike,
    sums: tuple[Sum, ...],
    *,
    threshold: int,
    minimum_width: float | None = None,
    smallest_sensitive: int = 1,
    is_known: npt.ArrayLike | None = None,
    is_unpublished: npt.ArrayLike | None = None,
    must_hide: npt.ArrayLike | None = None,
) -> LinkedSuppression:
    """Which cells must be hidden when they hang together by any sums whatever?

    `values` are whole counts, `sums` every way in which some add up to another: years, groups of
    offences, areas of a municipality, and the sums of what was published before. `is_known` cells
    stand in an earlier publication; `is_unpublished` ones never will, and are protected too when
    they are small (the rest of a total whose parts are told); `must_hide` were hidden before.
    Guarantees: every hidden cell, and every small unpublished one, keeps a range of at least
    `minimum_width` (default: the threshold) for an attacker who knows all that is published, all
    sums, and that counts are not negative; `lower` and `upper` are that attacker's own ends.
    Same input, same pattern. A cell that is in no sum has no upper end.
    Not for: what an attacker knows besides (one of two victims knows the other), rounded counts.
    Errors: `MethodError` for broken input, sums that do not add up, and for a small cell that
    earlier publications leave no room to protect.
    Sources: Kelly, Golden and Assad (1992); Fischetti and Salazar (2000) for the attacker.
    """
    cells = _cells(values, sums)
    width = float(threshold if minimum_width is None else minimum_width)
    if threshold < 1 or smallest_sensitive not in (0, 1) or not 0 < width < np.inf:
        raise MethodError("threshold at least 1, smallest_sensitive 0 or 1, minimum_width positive")
    known = _flags(is_known, cells, "is_known")
    unpublished = _flags(is_unpublished, cells, "is_unpublished") & ~known
    is_small = (cells.values >= smallest_sensitive) & (cells.values < threshold)
    must = (_flags(must_hide, cells, "must_hide") | (is_small & ~unpublished)) & ~known
    duties = Duties(must, unpublished, known, is_small & ~known)
    is_hidden, lower, upper = _protected(cells, duties, width)
    return LinkedSuppression(
        is_hidden=is_hidden,
        is_primary=is_small & is_hidden,
        is_given_away=is_small & known,
        lower=lower,
        upper=upper,
        minimum_width=width,
    )


def _protected(
    cells: Lattice, duties: Duties, width: float
) -> tuple[BoolArray, FloatArray, FloatArray]:
    is_hidden = complementary_pattern(cells, duties, width)
    lower, upper = feasible_ranges(cells, is_hidden)
    if np.any((upper - lower)[duties.to_protect(is_hidden)] < width - ROUNDING):
        raise MethodError("a hidden cell would have too narrow a range")
    return is_hidden, lower, upper


def _cells(values: npt.ArrayLike, sums: tuple[Sum, ...]) -> Lattice:
    counts = np.asarray(values, dtype=np.float64)
    if counts.ndim != 1 or not 1 <= counts.size <= MOST_CELLS:
        raise MethodError("values must be a list of 1 to 20,000 counts")
    if not np.all(np.isfinite(counts)) or np.any(counts < 0) or np.any(counts != np.floor(counts)):
        raise MethodError("values must be whole, finite and not negative")
    if np.any(counts > LARGEST_EXACT_COUNT):
        raise MethodError("values are too large to be added exactly")
    equations = _equations(sums, counts.size)
    if np.any(equations @ counts != 0):
        raise MethodError("the parts of a sum do not add up to its total")
    return Lattice((counts.size,), counts, equations, _heights(sums, counts.size))


def _equations(sums: tuple[Sum, ...], n_cells: int) -> sparse.csr_array:
    rows: list[int] = []
    columns: list[int] = []
    signs: list[float] = []
    for number, each in enumerate(sums):
        members = (each.total, *each.parts)
        if len(set(members)) != len(members) or not each.parts:
            raise MethodError("a sum has one total and at least one part, each of them once")
        if not all(0 <= member < n_cells for member in members):
            raise MethodError("a sum names a cell that is not there")
        rows += [number] * len(members)
        columns += members
        signs += [-1.0] + [1.0] * len(each.parts)
    return sparse.csr_array((signs, (rows, columns)), shape=(len(sums), n_cells))


def _heights(sums: tuple[Sum, ...], n_cells: int) -> NDArray[np.int64]:
    """How far above the parts a cell stands, at most two: totals are dear to hide."""
    heights = np.zeros(n_cells, dtype=np.int64)
    for _pass in range(2):
        for each in sums:
            below = max(int(heights[part]) for part in each.parts)
            heights[each.total] = min(2, max(int(heights[each.total]), below + 1))
    return heights


def _flags(given: npt.ArrayLike | None, cells: Lattice, name: str) -> BoolArray:
    if given is None:
        return np.zeros(len(cells.values), dtype=bool)
    flags = np.asarray(given, dtype=bool)
    if flags.shape != cells.values.shape:
        raise MethodError(f"{name} must have one entry for each cell")
    return flags
