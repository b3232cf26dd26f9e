"""Distinct places of events, and the circles around them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samverkan.methods.clusters.events import (
    FloatArray,
    Geometry,
    IntArray,
    Points,
    as_points,
    as_values,
)
from samverkan.methods.clusters.zones import Circles, Ties, growing_circles
from samverkan.methods.errors import MethodError

Centres = tuple[npt.ArrayLike, npt.ArrayLike]


@dataclass(frozen=True)
class Places:
    """Rows of the input gathered by distinct place, and the centres of circles.

    Places are sorted by east and north, or by first row when file order is wanted, so that the
    order of rows matters only where the caller asked for it.
    """

    coordinates: FloatArray
    place_of_row: IntArray
    centres: Points
    centre_positions: FloatArray
    """East and north of the centres, as given."""

    def position(self, centre: int) -> tuple[float, float]:
        """East and north of a centre."""
        east, north = self.centre_positions[centre]
        return float(east), float(north)

    def rows_by_place(self) -> IntArray:
        """Rows of the input, place by place."""
        return np.argsort(self.place_of_row, kind="stable")


def gather_places(
    east: npt.ArrayLike,
    north: npt.ArrayLike,
    *,
    geometry: Geometry,
    ties: Ties,
    centres: Centres | None,
) -> Places:
    """Distinct places of the rows; the centres default to them."""
    given = np.column_stack(_together(east, north))
    extra = np.empty((0, 2)) if centres is None else np.column_stack(_together(*centres))
    everything = np.vstack([given, extra])
    points = as_points(everything[:, 0], everything[:, 1], geometry=geometry)
    _, first_row, place = np.unique(given, axis=0, return_index=True, return_inverse=True)
    place = place.reshape(-1)
    if ties is Ties.FILE_ORDER:
        rank = np.empty(len(first_row), np.int64)
        rank[np.argsort(first_row)] = np.arange(len(first_row))
        place, first_row = rank[place], np.sort(first_row)
    at = first_row if centres is None else np.arange(len(given), len(everything))
    return Places(
        coordinates=points.coordinates[first_row],
        place_of_row=place,
        centres=Points(points.coordinates[at], points.tolerance, geometry),
        centre_positions=everything[at],
    )


def _together(east: npt.ArrayLike, north: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    eastings, northings = as_values(east, "east"), as_values(north, "north")
    if len(eastings) != len(northings):
        raise MethodError("east and north must be of equal length")
    if len(eastings) == 0:
        raise MethodError("at least one event is needed")
    return eastings, northings


def circles_of_places(
    places: Places, weights: FloatArray, *, max_radius: float, max_share: float, ties: Ties
) -> Circles:
    """Circles whose members are places; ``weights`` is what ``max_share`` is a share of."""
    if not max_radius >= 0:
        raise MethodError("max_radius must be a number that is not negative")
    if not 0 < max_share <= 1:
        raise MethodError("max_share must lie above 0 and at most be 1")
    return growing_circles(
        places.centres,
        places.coordinates,
        weights,
        max_radius=max_radius,
        max_weight=max_share * float(weights.sum()),
        ties=ties,
    )


def with_rows_as_members(circles: Circles, places: Places) -> Circles:
    """The same circles with positions in ``rows_by_place`` as members instead of places."""
    n_rows = np.bincount(places.place_of_row, minlength=len(places.coordinates))
    first = np.cumsum(n_rows) - n_rows
    sizes = n_rows[circles.members]
    before = np.concatenate([[0], np.cumsum(sizes)])
    offsets = np.repeat(first[circles.members] - before[:-1], sizes)
    return Circles(
        step_start=circles.step_start,
        member_start=before[circles.member_start].astype(np.int64),
        members=(np.arange(before[-1]) + offsets).astype(np.int32),
        radii=circles.radii,
    )
