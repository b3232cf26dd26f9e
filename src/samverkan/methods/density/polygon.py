"""Rings of straight edges: area, crossings and who lies inside, with NumPy alone.

All edges of all rings stand in one array, so that holes and islands need no cases of their own:
a place is inside when a ray from it crosses an odd number of edges.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

CHUNK_OF_POINTS = 1_000_000
CHUNK_OF_PAIRS = 4_000_000


@dataclass(frozen=True)
class Edges:
    """Directed edges from (start_east, start_north) to (end_east, end_north)."""

    start_east: FloatArray
    start_north: FloatArray
    end_east: FloatArray
    end_north: FloatArray

    @property
    def south(self) -> FloatArray:
        return np.minimum(self.start_north, self.end_north)

    @property
    def north(self) -> FloatArray:
        return np.maximum(self.start_north, self.end_north)

    @property
    def west(self) -> FloatArray:
        return np.minimum(self.start_east, self.end_east)

    @property
    def east(self) -> FloatArray:
        return np.maximum(self.start_east, self.end_east)

    def east_at(self, north: FloatArray, edge: IntArray) -> FloatArray:
        """Where each chosen edge, which must not be level, meets a northing."""
        run = self.end_east[edge] - self.start_east[edge]
        rise = self.end_north[edge] - self.start_north[edge]
        return self.start_east[edge] + run * (north - self.start_north[edge]) / rise


def ring_edges(rings: tuple[FloatArray, ...]) -> Edges:
    """The edges of rings given without their closing point."""
    starts = np.concatenate(rings)
    ends = np.concatenate([np.roll(ring, -1, axis=0) for ring in rings])
    return Edges(*(np.ascontiguousarray(side) for side in (*starts.T, *ends.T)))


def ring_area(ring: FloatArray) -> float:
    """The area inside one ring, positive whichever way it runs."""
    east, north = (ring - ring[0]).T
    return abs(float(east @ np.roll(north, -1) - north @ np.roll(east, -1))) / 2


def even_odd_area(rings: tuple[FloatArray, ...]) -> float:
    """The area of rings that do not cross: a ring within an odd number of others is a hole."""
    areas = np.array([ring_area(ring) for ring in rings])
    edges = ring_edges(rings)
    owner = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    middle_east = (edges.start_east + edges.end_east) / 2
    order = np.argsort((edges.start_north + edges.end_north) / 2)
    middle_north = ((edges.start_north + edges.end_north) / 2)[order]
    edge, position = spans(
        np.searchsorted(middle_north, edges.south, side="left"),
        np.searchsorted(middle_north, edges.north, side="left"),
    )
    place = order[position]
    is_held = middle_east[place] < edges.east_at(middle_north[position], edge)
    is_held &= owner[edge] != owner[place]
    is_odd = np.bincount(place[is_held], minlength=len(owner)) % 2
    # a middle may lie on another ring where they touch; most do not, so the majority decides
    odd_share = np.bincount(owner, weights=is_odd) / np.bincount(owner)
    return float(np.where(odd_share > 0.5, -areas, areas).sum())


def spans(starts: IntArray, stops: IntArray) -> tuple[IntArray, IntArray]:
    """Every (row, number) with starts[row] <= number < stops[row], as two long arrays."""
    lengths = np.maximum(stops - starts, 0)
    rows = np.repeat(np.arange(len(starts)), lengths)
    before = np.concatenate(([0], np.cumsum(lengths)[:-1])) if len(lengths) else lengths
    return rows, np.arange(len(rows)) - before[rows] + starts[rows]


def are_inside(edges: Edges, east: FloatArray, north: FloatArray, tolerance: float) -> BoolArray:
    """Whether each place is inside, or on an edge to within `tolerance`."""
    inside = np.zeros(len(east), dtype=bool)
    for first in range(0, len(east), CHUNK_OF_POINTS):
        part = slice(first, first + CHUNK_OF_POINTS)
        inside[part] = _chunk_inside(edges, east[part], north[part], tolerance)
    return inside


def _chunk_inside(edges: Edges, east: FloatArray, north: FloatArray, tolerance: float) -> BoolArray:
    order = np.argsort(north)
    sorted_east, sorted_north = east[order], north[order]
    # half-open in the north, so that a ray through a corner is counted once
    edge, place = spans(
        np.searchsorted(sorted_north, edges.south, side="left"),
        np.searchsorted(sorted_north, edges.north, side="left"),
    )
    is_west = sorted_east[place] < edges.east_at(sorted_north[place], edge)
    crossings = np.bincount(place[is_west], minlength=len(east))
    is_inside = crossings % 2 == 1
    edge, place = spans(
        np.searchsorted(sorted_north, edges.south - tolerance, side="left"),
        np.searchsorted(sorted_north, edges.north + tolerance, side="right"),
    )
    is_on = _are_on_edges(edges, edge, sorted_east[place], sorted_north[place], tolerance)
    is_inside[place[is_on]] = True
    answer = np.empty(len(east), dtype=bool)
    answer[order] = is_inside
    return answer


def _are_on_edges(
    edges: Edges, edge: IntArray, east: FloatArray, north: FloatArray, tolerance: float
) -> BoolArray:
    run = edges.end_east[edge] - edges.start_east[edge]
    rise = edges.end_north[edge] - edges.start_north[edge]
    from_east, from_north = east - edges.start_east[edge], north - edges.start_north[edge]
    length = np.hypot(run, rise)
    across = np.abs(run * from_north - rise * from_east)
    along = run * from_east + rise * from_north
    slack = tolerance * length
    is_near = across <= slack
    return np.asarray(is_near & (along >= -slack) & (along <= length**2 + slack))


def grid_mask(edges: Edges, east_centres: FloatArray, north_centres: FloatArray) -> BoolArray:
    """Whether each cell's centre is inside; rows run north, columns east."""
    n_columns = len(east_centres)
    edge, row = spans(
        np.searchsorted(north_centres, edges.south, side="left"),
        np.searchsorted(north_centres, edges.north, side="left"),
    )
    crossing = edges.east_at(north_centres[row], edge)
    column = np.searchsorted(east_centres, crossing, side="left")
    # a crossing at column c turns inside into outside for the centres from c on
    flips = np.bincount(
        row * (n_columns + 1) + column, minlength=len(north_centres) * (n_columns + 1)
    ).reshape(len(north_centres), n_columns + 1)
    return np.asarray(np.cumsum(flips[:, :n_columns], axis=1) % 2 == 1)


def touched_cells(
    edges: Edges, cell_width: float, cell_height: float, shape: tuple[int, int], tolerance: float
) -> BoolArray:
    """Which cells of a grid from the origin an edge may pass through; never one too few."""
    rows, columns = shape
    slack = tolerance + 1e-9 * max(cell_width, cell_height)
    edge, row = spans(
        _cell_number((edges.south - slack) / cell_height, rows),
        _cell_number((edges.north + slack) / cell_height, rows) + 1,
    )
    south = np.maximum(edges.south[edge], row * cell_height - slack)
    north = np.minimum(edges.north[edge], (row + 1) * cell_height + slack)
    is_level = edges.south[edge] == edges.north[edge]
    safe = np.where(is_level, 0, edge)
    with np.errstate(divide="ignore", invalid="ignore"):
        one = np.where(is_level, edges.west[edge], edges.east_at(south, safe))
        two = np.where(is_level, edges.east[edge], edges.east_at(north, safe))
    piece, column = spans(
        _cell_number((np.minimum(one, two) - slack) / cell_width, columns),
        _cell_number((np.maximum(one, two) + slack) / cell_width, columns) + 1,
    )
    touched = np.zeros(shape, dtype=bool)
    touched[row[piece], column] = True
    return touched


def _cell_number(position: FloatArray, count: int) -> IntArray:
    return np.clip(np.floor(position), 0, count - 1).astype(np.int64)


def have_crossing(edges: Edges) -> bool:
    """Whether two edges cross in their inner parts (touching at a corner is no crossing)."""
    order = np.argsort(edges.west, kind="stable")
    west, east = edges.west[order], edges.east[order]
    stops = np.searchsorted(west, east, side="right")
    lengths = np.maximum(stops - np.arange(len(order)) - 1, 0)
    total = np.concatenate(([0], np.cumsum(lengths)))
    first = 0
    while first < len(order):
        last = int(np.searchsorted(total, total[first] + CHUNK_OF_PAIRS, side="right")) - 1
        last = min(max(last, first + 1), len(order))
        rows = np.arange(first, last)
        row, other = spans(rows + 1, stops[first:last])
        if _any_pair_crosses(edges, order[row + first], order[other]):
            return True
        first = last
    return False


def _any_pair_crosses(edges: Edges, one: IntArray, two: IntArray) -> bool:
    may = (edges.south[one] <= edges.north[two]) & (edges.south[two] <= edges.north[one])
    one, two = one[may], two[may]
    side_a = _side(edges, one, edges.start_east[two], edges.start_north[two])
    side_b = _side(edges, one, edges.end_east[two], edges.end_north[two])
    side_c = _side(edges, two, edges.start_east[one], edges.start_north[one])
    side_d = _side(edges, two, edges.end_east[one], edges.end_north[one])
    return bool(np.any((side_a * side_b < 0) & (side_c * side_d < 0)))


def _side(edges: Edges, edge: IntArray, east: FloatArray, north: FloatArray) -> FloatArray:
    """The sign of which side of the edge's line each place lies on; rounding counts as on it."""
    run = edges.end_east[edge] - edges.start_east[edge]
    rise = edges.end_north[edge] - edges.start_north[edge]
    from_east, from_north = east - edges.start_east[edge], north - edges.start_north[edge]
    turn = run * from_north - rise * from_east
    noise = 1e-12 * (np.abs(run * from_north) + np.abs(rise * from_east))
    return np.where(np.abs(turn) <= noise, 0.0, np.sign(turn))
