"""The window: the area in which events could have been seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from samverkan.methods.density.polygon import (
    BoolArray,
    Edges,
    FloatArray,
    are_inside,
    even_odd_area,
    grid_mask,
    have_crossing,
    ring_area,
    ring_edges,
    touched_cells,
)
from samverkan.methods.errors import MethodError

# A border point is inside although its coordinates were rounded: a millionth of a millionth of
# the coordinates' size is some micrometres in SWEREF 99 TM.
BORDER_TOLERANCE = 1e-12
# Many places are settled by looking up their cell; only those in cells that an edge touches are
# tested against the edges.
FEWEST_FOR_LOOK_UP = 2_000
LOOK_UP_SHAPE = (256, 256)
CELL_OUTSIDE, CELL_INSIDE, CELL_TOUCHED = 0, 1, 2


@dataclass(frozen=True)
class Window:
    """One or more polygons with or without holes, in metres; build it with `as_window`.

    Guarantees: every ring has at least three corners and an area, no two edges cross, rings are
    stored without a closing point and relative to the south-west corner, so that moving all
    coordinates changes no answer.
    """

    west: float
    south: float
    width: float
    height: float
    area: float
    rings: tuple[FloatArray, ...] = field(repr=False)
    edges: Edges = field(repr=False)
    is_rectangle: bool
    tolerance: float = field(repr=False)

    def contains(self, east: npt.ArrayLike, north: npt.ArrayLike) -> BoolArray:
        """Whether each place lies in the window (the border belongs to it); one value a place."""
        local_east = np.atleast_1d(np.asarray(east, dtype=np.float64)) - self.west
        local_north = np.atleast_1d(np.asarray(north, dtype=np.float64)) - self.south
        slack = self.tolerance
        is_in_box = (local_east >= -slack) & (local_east <= self.width + slack)
        is_in_box &= (local_north >= -slack) & (local_north <= self.height + slack)
        if self.is_rectangle:
            return np.asarray(is_in_box)
        inside = np.zeros(local_east.shape, dtype=bool)
        if len(local_east) < FEWEST_FOR_LOOK_UP:
            is_unsure = is_in_box
        else:
            is_unsure = self._look_up(local_east, local_north, is_in_box, inside)
        inside[is_unsure] = are_inside(
            self.edges, local_east[is_unsure], local_north[is_unsure], slack
        )
        return inside

    def _look_up(
        self, east: FloatArray, north: FloatArray, is_in_box: BoolArray, inside: BoolArray
    ) -> BoolArray:
        """Settle in `inside` who stands in a cell that no edge touches; return who is left."""
        rows, columns = LOOK_UP_SHAPE
        row = (north * (rows / self.height)).astype(np.int64)
        column = (east * (columns / self.width)).astype(np.int64)
        np.clip(row, 0, rows - 1, out=row)
        np.clip(column, 0, columns - 1, out=column)
        state = self._cell_states.ravel()[row * columns + column]
        inside[:] = (state == CELL_INSIDE) & is_in_box
        return np.asarray((state == CELL_TOUCHED) & is_in_box)

    @cached_property
    def _cell_states(self) -> npt.NDArray[np.int8]:
        rows, columns = LOOK_UP_SHAPE
        touched = touched_cells(
            self.edges, self.width / columns, self.height / rows, LOOK_UP_SHAPE, self.tolerance
        )
        states = np.where(self.mask(LOOK_UP_SHAPE), CELL_INSIDE, CELL_OUTSIDE)
        states[touched] = CELL_TOUCHED
        return states.astype(np.int8)

    def mask(self, grid_shape: tuple[int, int]) -> BoolArray:
        """Which cells of a (rows, columns) grid over the bounding box have their centre inside."""
        rows, columns = grid_shape
        if self.is_rectangle:
            return np.ones(grid_shape, dtype=bool)
        east = (np.arange(columns, dtype=np.float64) + 0.5) * (self.width / columns)
        north = (np.arange(rows, dtype=np.float64) + 0.5) * (self.height / rows)
        return grid_mask(self.edges, np.asarray(east), np.asarray(north))


def as_window(window: object) -> Window:
    """Return a window from what callers have at hand.

    Accepts a `Window`; four numbers (west, south, east, north); one ring as n pairs (east,
    north), open or closed; several rings (a ring inside another is a hole, whichever way it
    runs); GeoJSON polygons as a mapping; any object with `__geo_interface__` (Shapely).
    Errors: `MethodError` for coordinates that are not finite, fewer than three corners, no
    area, or edges that cross each other (also edges of different rings).
    """
    if isinstance(window, Window):
        return window
    return _from_rings([_as_ring(ring) for ring in _rings_of(window)])


def _rings_of(window: object) -> list[object]:
    shape = getattr(window, "__geo_interface__", window)
    if isinstance(shape, Mapping):
        return _geojson_rings(shape)
    try:
        corners = np.asarray(shape, dtype=np.float64)
    except (TypeError, ValueError):
        if isinstance(shape, Sequence) and not isinstance(shape, str):
            return list(shape)
        raise MethodError("window must be a polygon, rings of corners or four numbers") from None
    if corners.shape == (4,):
        west, south, east, north = corners
        return [[(west, south), (east, south), (east, north), (west, north)]]
    return list(corners) if corners.ndim == 3 else [corners]


def _geojson_rings(shape: Mapping[str, object]) -> list[object]:
    geometry = shape.get("geometry", shape)
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, Mapping) else None
    if kind == "Polygon" and isinstance(coordinates, Sequence):
        return list(coordinates)
    if kind == "MultiPolygon" and isinstance(coordinates, Sequence):
        return [ring for polygon in coordinates for ring in polygon]
    raise MethodError("window must be a GeoJSON Polygon or MultiPolygon")


def _as_ring(ring: object) -> FloatArray:
    try:
        corners = np.array(ring, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise MethodError("each ring of the window must be pairs (east, north)") from error
    if corners.ndim != 2 or corners.shape[1] != 2:
        raise MethodError("each ring of the window must be pairs (east, north)")
    if not np.isfinite(corners).all():
        raise MethodError("the window's corners must be finite numbers")
    is_repeated = (corners == np.roll(corners, 1, axis=0)).all(axis=1)
    corners = corners[~is_repeated]
    if len(corners) < 3:
        raise MethodError("each ring of the window needs at least three different corners")
    return np.asarray(corners)


def _from_rings(rings: list[FloatArray]) -> Window:
    if not rings:
        raise MethodError("the window has no ring")
    every = np.concatenate(rings)
    corner, far = every.min(axis=0), every.max(axis=0)
    width, height = far - corner
    local = tuple(np.ascontiguousarray(ring - corner) for ring in rings)
    edges = ring_edges(local)
    if have_crossing(edges):
        raise MethodError("the window's border crosses itself: mend the polygon first")
    if min(ring_area(ring) for ring in local) <= 1e-12 * width * height:
        raise MethodError("a ring of the window has no area")
    return Window(
        west=float(corner[0]),
        south=float(corner[1]),
        width=float(width),
        height=float(height),
        area=even_odd_area(local),
        rings=local,
        edges=edges,
        is_rectangle=_is_rectangle(local, float(width), float(height)),
        tolerance=BORDER_TOLERANCE * float(np.abs(every).max() + width + height),
    )


def _is_rectangle(rings: tuple[FloatArray, ...], width: float, height: float) -> bool:
    if len(rings) != 1 or len(rings[0]) != 4:
        return False
    corners = {(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)}
    return {(float(east), float(north)) for east, north in rings[0]} == corners
