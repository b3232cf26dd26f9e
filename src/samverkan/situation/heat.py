"""Where reports gather: a smooth surface over the places, and how wide it was smoothed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from samverkan.swedish.coordinates import to_latitude_longitude

from .squares import Point

# A neighbourhood. Places are snapped, so the width is said and not asked of the data.
BANDWIDTH_METRES = 300
MARGIN = 3
CELLS_A_BANDWIDTH = 6
MOST_CELLS = 160
FEWEST_INCIDENTS = 30
FEWEST_PLACES = 3
# The lowest density of each tone, as a share of the densest.
TONES = (0.1, 0.25, 0.5, 0.75)


@dataclass(frozen=True)
class HeatSurface:
    """Rectangles of each tone as GeoJSON features, and what the surface was made from."""

    features: tuple[dict[str, Any], ...]
    bandwidth_metres: int
    cell_metres: int
    incidents: int
    places: int


def heat_surface(points: Sequence[Point]) -> HeatSurface | None:
    """The surface of the points, weighted by their incidents; None where they are too few."""
    from samverkan.methods import density

    counted = [point for point in points if point.incidents]
    incidents = sum(point.incidents for point in counted)
    if incidents < FEWEST_INCIDENTS or len(counted) < FEWEST_PLACES:
        return None
    window, shape, bandwidth = _frame(counted)
    surface = density.kernel_density(
        [point.east for point in counted],
        [point.north for point in counted],
        window=window,
        bandwidth=float(bandwidth),
        grid_shape=shape,
        weights=[float(point.incidents) for point in counted],
    )
    values = surface.values / surface.values.max()
    tones = sum((values >= lowest).astype(int) for lowest in TONES)
    west, south, east, north = window
    cell = ((east - west) / shape[1], (north - south) / shape[0])
    return HeatSurface(
        features=tuple(_features(tones.tolist(), (west, south), cell)),
        bandwidth_metres=bandwidth,
        cell_metres=round(max(cell)),
        incidents=incidents,
        places=len(counted),
    )


def _frame(
    points: Sequence[Point],
) -> tuple[tuple[float, float, float, float], tuple[int, int], int]:
    """The window around the points, (rows, columns) of its grid, and the bandwidth that fits it."""
    easts, norths = [point.east for point in points], [point.north for point in points]
    extent = max(max(easts) - min(easts), max(norths) - min(norths))
    # In a very wide municipality the grid would be too fine: it is smoothed more, and says so.
    bandwidth = max(
        BANDWIDTH_METRES,
        CELLS_A_BANDWIDTH * extent // (MOST_CELLS - 2 * MARGIN * CELLS_A_BANDWIDTH),
    )
    margin = MARGIN * bandwidth
    window = (
        float(min(easts) - margin),
        float(min(norths) - margin),
        float(max(easts) + margin),
        float(max(norths) + margin),
    )
    cell = bandwidth / CELLS_A_BANDWIDTH
    rows = max(1, round((window[3] - window[1]) / cell))
    columns = max(1, round((window[2] - window[0]) / cell))
    return window, (rows, columns), bandwidth


def _features(
    tones: list[list[int]], corner: tuple[float, float], cell: tuple[float, float]
) -> list[dict[str, Any]]:
    """Cells of one tone beside each other in a row become one rectangle."""
    polygons: dict[int, list[Any]] = {}
    for row, line in enumerate(tones):
        start = 0
        for column in range(1, len(line) + 1):
            if column < len(line) and line[column] == line[start]:
                continue
            if line[start]:
                ring = _ring(corner, cell, row, start, column)
                polygons.setdefault(line[start], []).append([ring])
            start = column
    return [
        {
            "type": "Feature",
            "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
            "properties": {"kind": "heat", "level": tone},
        }
        for tone, coordinates in sorted(polygons.items())
    ]


def _ring(
    corner: tuple[float, float], cell: tuple[float, float], row: int, first: int, after: int
) -> list[list[float]]:
    west, east = corner[0] + first * cell[0], corner[0] + after * cell[0]
    south, north = corner[1] + row * cell[1], corner[1] + (row + 1) * cell[1]
    return rectangle(west, south, east, north)


def rectangle(west: float, south: float, east: float, north: float) -> list[list[float]]:
    """A closed ring of [longitude, latitude], counter-clockwise."""
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return [
        [round(longitude, 6), round(latitude, 6)]
        for latitude, longitude in (to_latitude_longitude(*each) for each in corners)
    ]
