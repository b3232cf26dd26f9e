"""Events in the plane and in time, checked once for every method of this package."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from samverkan.methods.errors import MethodError

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# Sums and differences of coordinates carry rounding errors of about this share of their size.
# Distances closer to each other than that are the same distance.
RELATIVE_ROUNDING = 4.0 * float(np.finfo(np.float64).eps)
RELATIVE_TOLERANCE = 1e-10
EARTH_RADIUS_METRES = 6_371_008.8


class Geometry(Enum):
    """What ``east`` and ``north`` mean."""

    PLANE = "plane"
    """Metres (or any unit) in a plane, for example SWEREF 99 TM."""
    SPHERE = "sphere"
    """Longitude and latitude in degrees; distances in metres along the great circle."""


@dataclass(frozen=True)
class Points:
    """Positions moved to their own middle, in as many dimensions as straight distances need."""

    coordinates: FloatArray
    """Shape (n, 2) in the plane, (n, 3) on the sphere."""
    tolerance: float
    """Two distances closer than this are equal: what rounding cannot tell apart."""
    geometry: Geometry

    def straight(self, distance: float) -> float:
        """The straight-line distance of a distance over the ground."""
        if self.geometry is Geometry.PLANE or not np.isfinite(distance):
            return distance
        half_angle = min(distance / (2.0 * EARTH_RADIUS_METRES), np.pi / 2)
        return 2.0 * EARTH_RADIUS_METRES * float(np.sin(half_angle))

    def over_ground(self, distance: float) -> float:
        """The distance over the ground of a straight-line distance."""
        if self.geometry is Geometry.PLANE:
            return distance
        return (
            2.0
            * EARTH_RADIUS_METRES
            * float(np.arcsin(min(distance / (2.0 * EARTH_RADIUS_METRES), 1.0)))
        )


def as_values(values: npt.ArrayLike, name: str) -> FloatArray:
    """One-dimensional finite numbers, or `MethodError`."""
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise MethodError(f"{name} must be numbers") from error
    if array.ndim != 1:
        raise MethodError(f"{name} must have one dimension")
    if not np.isfinite(array).all():
        raise MethodError(f"{name} must be finite: leave out events without a known value")
    return array


def as_points(
    east: npt.ArrayLike, north: npt.ArrayLike, *, geometry: Geometry = Geometry.PLANE
) -> Points:
    """Positions of at least one event, checked and centred."""
    eastings, northings = as_values(east, "east"), as_values(north, "north")
    if len(eastings) != len(northings):
        raise MethodError("east and north must be of equal length")
    if len(eastings) == 0:
        raise MethodError("at least one event is needed")
    if geometry is Geometry.SPHERE:
        return _on_sphere(eastings, northings)
    raw = np.column_stack([eastings, northings])
    middle = 0.5 * (raw.min(axis=0) + raw.max(axis=0))
    centred = raw - middle
    rounding = RELATIVE_ROUNDING * float(np.abs(raw).max())
    tolerance = max(rounding, RELATIVE_TOLERANCE * float(np.abs(centred).max()))
    return Points(centred, tolerance, geometry)


def _on_sphere(longitude: FloatArray, latitude: FloatArray) -> Points:
    if np.abs(latitude).max() > 90 or np.abs(longitude).max() > 360:
        raise MethodError("on the sphere north is a latitude and east a longitude, in degrees")
    along, up = np.radians(longitude), np.radians(latitude)
    coordinates = EARTH_RADIUS_METRES * np.column_stack(
        [np.cos(up) * np.cos(along), np.cos(up) * np.sin(along), np.sin(up)]
    )
    return Points(coordinates, 1e-6, Geometry.SPHERE)


def as_days(days: npt.ArrayLike, n_events: int, *, name: str = "days") -> FloatArray:
    """Times of the events in days; datetimes of NumPy become days since 1 January 1970."""
    array = np.asarray(days)
    if array.dtype.kind == "M":
        if np.isnat(array).any():
            raise MethodError(f"{name} must be known for every event")
        array = (array - np.datetime64(0, "D")) / np.timedelta64(1, "D")
    values = as_values(array, name)
    if len(values) != n_events:
        raise MethodError(f"{name} must be as many as the events")
    return values


def as_limits(limits: npt.ArrayLike, name: str) -> FloatArray:
    """Upper limits of bands: positive, increasing; a leading zero is understood and dropped."""
    values = as_values(np.atleast_1d(limits), name)
    if len(values) > 1 and values[0] == 0:
        values = values[1:]
    if len(values) == 0 or values[0] < 0 or (np.diff(values) <= 0).any():
        raise MethodError(f"{name} must be increasing and not negative")
    return values


def as_threshold(value: float, name: str) -> float:
    """One finite limit that is not negative."""
    if not (np.isfinite(value) and value >= 0):
        raise MethodError(f"{name} must be a number that is not negative")
    return float(value)


def as_replicas(n_simulations: int) -> int:
    """How many replicas: a whole number that is not negative."""
    if int(n_simulations) != n_simulations or n_simulations < 0:
        raise MethodError("n_simulations must be a whole number that is not negative")
    return int(n_simulations)


def as_least_cases(min_cases: int) -> int:
    """The fewest cases of a cluster: a whole number of at least one."""
    if int(min_cases) != min_cases or min_cases < 1:
        raise MethodError("min_cases must be a whole number of at least one")
    return int(min_cases)
