"""Which areas are neighbours, and how much each counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse, spatial

from samverkan.methods.density.events import as_places
from samverkan.methods.density.polygon import BoolArray, FloatArray, IntArray
from samverkan.methods.errors import MethodError


class Contiguity(StrEnum):
    """Which cells of a grid touch: over a side, or over a side or a corner."""

    ROOK = "rook"
    QUEEN = "queen"


@dataclass(frozen=True)
class Neighbours:
    """The neighbours of each area: those of area i are `areas[starts[i]:starts[i + 1]]`.

    Within an area the neighbours stand in rising order, each once. Build it with
    `grid_neighbours`, `neighbours_within`, `nearest_neighbours` or `neighbours_from_pairs`.
    """

    n_areas: int
    starts: IntArray = field(repr=False)
    areas: IntArray = field(repr=False)
    weights: FloatArray = field(repr=False)

    @cached_property
    def counts(self) -> IntArray:
        """How many neighbours each area has."""
        return np.diff(self.starts)

    @cached_property
    def owners(self) -> IntArray:
        """The area that each entry of `areas` is a neighbour of."""
        return np.repeat(np.arange(self.n_areas), self.counts)

    @cached_property
    def sums(self) -> FloatArray:
        """The weights added, one number an area."""
        return self._total(self.weights)

    @cached_property
    def square_sums(self) -> FloatArray:
        """The squared weights added, one number an area."""
        return self._total(self.weights**2)

    @cached_property
    def has_self(self) -> bool:
        return bool(np.any(self.areas == self.owners))

    @cached_property
    def are_rows_even(self) -> BoolArray:
        """Whether all neighbours of an area count the same."""
        mean = self.sums / np.maximum(self.counts, 1)
        spread = np.abs(self.weights - mean[self.owners])
        uneven = spread > 1e-12 * np.abs(self.weights)
        return np.asarray(self._total(uneven.astype(np.float64)) == 0)

    @cached_property
    def matrix(self) -> sparse.csr_matrix:
        shape = (self.n_areas, self.n_areas)
        return sparse.csr_matrix((self.weights, self.areas, self.starts), shape=shape)

    def lag(self, values: FloatArray) -> FloatArray:
        """The weighted sum over each area's neighbours; `values` (n_series, n_areas)."""
        return np.asarray((self.matrix @ values.T).T)

    def with_self(self, weight: float = 1.0) -> Neighbours:
        """Each area also its own neighbour, as Gi* needs."""
        if self.has_self:
            return self
        own = np.arange(self.n_areas)
        return _from_entries(
            self.n_areas,
            np.concatenate((self.owners, own)),
            np.concatenate((self.areas, own)),
            np.concatenate((self.weights, np.full(self.n_areas, weight))),
        )

    def without_self(self) -> Neighbours:
        keep = self.areas != self.owners
        return _from_entries(self.n_areas, self.owners[keep], self.areas[keep], self.weights[keep])

    def row_standardised(self) -> Neighbours:
        """Weights that add to 1 for every area that has a neighbour."""
        weights = self.weights / self.sums[self.owners]
        return Neighbours(self.n_areas, self.starts, self.areas, weights)

    def _total(self, entries: FloatArray) -> FloatArray:
        totals = np.bincount(self.owners, weights=entries, minlength=self.n_areas)
        return np.asarray(totals, dtype=np.float64)


def neighbours_from_pairs(
    n_areas: int,
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
) -> Neighbours:
    """Neighbours from directed pairs of area numbers from 0; give both directions where both hold.

    Errors: `MethodError` for numbers outside the areas, a pair given twice, or weights that are
    not positive and finite.
    """
    owner, area = (np.atleast_1d(np.asarray(side)) for side in (first, second))
    if owner.ndim != 1 or owner.shape != area.shape:
        raise MethodError("first and second must be equally long")
    if owner.size and (owner.dtype.kind not in "iu" or area.dtype.kind not in "iu"):
        raise MethodError("first and second must be whole numbers of areas")
    if n_areas < 1:
        raise MethodError("there must be at least one area")
    owner, area = owner.astype(np.int64), area.astype(np.int64)
    if owner.size and (min(owner.min(), area.min()) < 0 or max(owner.max(), area.max()) >= n_areas):
        raise MethodError("pairs must name areas from 0 to n_areas - 1")
    weight = np.ones(len(owner)) if weights is None else np.asarray(weights, dtype=np.float64)
    if weight.shape != owner.shape or not np.isfinite(weight).all() or (weight <= 0).any():
        raise MethodError("weights must be one positive number a pair")
    neighbours = _from_entries(n_areas, owner, area, weight)
    is_twice = (np.diff(neighbours.areas) == 0) & (np.diff(neighbours.owners) == 0)
    if is_twice.any():
        raise MethodError("a pair of areas is given twice")
    return neighbours


def grid_neighbours(
    grid_shape: tuple[int, int], *, contiguity: str = "queen", mask: npt.ArrayLike | None = None
) -> Neighbours:
    """Neighbours of the cells of a (rows, columns) grid, numbered row by row.

    With `mask` only the cells that it marks are areas, numbered in the same order.
    """
    rows, columns = grid_shape
    if rows < 1 or columns < 1:
        raise MethodError("grid_shape must be at least (1, 1)")
    steps = [(0, 1), (1, 0)]
    if Contiguity(contiguity) is Contiguity.QUEEN:
        steps += [(1, 1), (1, -1)]
    cell = np.arange(rows * columns).reshape(rows, columns)
    pairs = []
    for up, right in steps:
        here = cell[: rows - up, max(0, -right) : columns - max(0, right)]
        there = cell[up:, max(0, right) : columns + min(0, right)]
        pairs.append(np.stack((here.ravel(), there.ravel())))
    first, second = np.concatenate(pairs, axis=1)
    if mask is not None:
        first, second, kept = _masked(first, second, np.asarray(mask, dtype=bool), grid_shape)
    else:
        kept = rows * columns
    owner, area = np.concatenate((first, second)), np.concatenate((second, first))
    return _from_entries(kept, owner, area, np.ones(len(owner)))


def neighbours_within(east: npt.ArrayLike, north: npt.ArrayLike, distance: float) -> Neighbours:
    """Neighbours are all other places at most `distance` metres away."""
    easts, norths = as_places(east, north)
    if not distance > 0 or not np.isfinite(distance):
        raise MethodError("distance must be a positive number of metres")
    tree = spatial.cKDTree(np.column_stack((easts - easts[0], norths - norths[0])))
    pairs = tree.query_pairs(distance, output_type="ndarray").astype(np.int64)
    owner = np.concatenate((pairs[:, 0], pairs[:, 1]))
    area = np.concatenate((pairs[:, 1], pairs[:, 0]))
    return _from_entries(len(easts), owner, area, np.ones(len(owner)))


def nearest_neighbours(east: npt.ArrayLike, north: npt.ArrayLike, count: int) -> Neighbours:
    """Neighbours are the `count` nearest other places (of equally near, those first in order)."""
    easts, norths = as_places(east, north)
    n_areas = len(easts)
    if not 1 <= count < n_areas:
        raise MethodError("count must be at least 1 and below the number of places")
    places = np.column_stack((easts - easts[0], norths - norths[0]))
    distance, _ = spatial.cKDTree(places).query(places, k=count + 1)
    chosen = []
    for number, reach in enumerate(distance[:, -1]):
        away = np.hypot(*(places - places[number]).T)
        away[number] = np.inf
        near = np.flatnonzero(away <= reach * (1 + 1e-12))
        chosen.append(near[np.argsort(away[near], kind="stable")][:count])
    owner = np.repeat(np.arange(n_areas), count)
    return _from_entries(n_areas, owner, np.concatenate(chosen), np.ones(len(owner)))


def _masked(
    first: IntArray, second: IntArray, mask: BoolArray, grid_shape: tuple[int, int]
) -> tuple[IntArray, IntArray, int]:
    if mask.shape != grid_shape or not mask.any():
        raise MethodError("mask must have the grid's shape and mark at least one cell")
    marked = mask.ravel()
    number = np.cumsum(marked) - 1
    keep = marked[first] & marked[second]
    return number[first[keep]], number[second[keep]], int(marked.sum())


def _from_entries(n_areas: int, owner: IntArray, area: IntArray, weight: FloatArray) -> Neighbours:
    order = np.argsort(owner * n_areas + area, kind="stable")
    counts = np.bincount(owner, minlength=n_areas)
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return Neighbours(n_areas, starts, area[order], weight[order])
