"""The municipalities' borders: how far it is to a neighbour, and who borders whom.

The product ships Statistics Sweden's simplified outlines: nine in ten of their border points lie
within two kilometres of finer ones, so a distance is good to a couple of kilometres, and the pages
say so. An installation that has finer borders names its own file (SAMVERKAN_MAP_BOUNDARIES): a
municipality that the file holds by its code is taken from there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from samverkan.swedish.coordinates import to_sweref99tm

from .reference import municipal_areas

SHIPPED = Path(__file__).parent / "data" / "borders.geojson"
# How the municipality's four digits are called in files from Lantmäteriet, SCB and others.
CODE_NAMES = ("code", "kommunkod", "kommun_kod", "KnKod", "id")
CODE_LENGTH = 4
# Of a closed ring, whose first corner is its last one too.
FEWEST_CORNERS = 4
# Closer than this the simplified outlines cannot tell; a distance below it is "less than".
LEAST_KILOMETRES = 2

Metres = NDArray[np.float64]


class UnreadableBordersError(ValueError):
    """The file is not GeoJSON with polygons in degrees."""


@dataclass(frozen=True)
class Outline:
    """A municipality's area: polygons of rings of (longitude, latitude), the outer ring first."""

    code: str
    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]

    @cached_property
    def rings(self) -> tuple[Metres, ...]:
        """Every ring in SWEREF 99 TM, one row of (east, north) a corner."""
        return tuple(
            np.array([to_sweref99tm(latitude, longitude) for longitude, latitude in ring])
            for rings in self.polygons
            for ring in rings
        )

    def metres_to(self, east: float, north: float) -> float:
        """From the point to the nearest of the area, as the crow flies; 0 within it."""
        if self.holds(east, north):
            return 0.0
        return min(_metres_to_line(ring, east, north) for ring in self.rings)

    def holds(self, east: float, north: float) -> bool:
        """A line from the point crosses the rings an odd number of times."""
        crossings = 0
        for ring in self.rings:
            (x, y), (next_x, next_y) = ring[:-1].T, ring[1:].T
            spans = (y > north) != (next_y > north)
            rise = np.where(spans, next_y - y, 1.0)
            crossings += int(np.sum(spans & (east < x + (north - y) * (next_x - x) / rise)))
        return crossings % 2 == 1

    def feature(self) -> dict[str, Any]:
        """The area as GeoJSON."""
        return {
            "type": "Feature",
            "properties": {"code": self.code},
            "geometry": {"type": "MultiPolygon", "coordinates": self.polygons},
        }


def outline_of(code: str) -> Outline | None:
    """The installation's own outline where it has one, else the one that ships."""
    own = own_file()
    return (_read(own, own.stat().st_mtime_ns) if own else {}).get(code) or shipped().get(code)


def outlines_around(codes: Iterable[str]) -> tuple[Outline, ...]:
    """The municipalities' outlines, and those of all that border them."""
    asked = set(codes)
    around = asked.union(*(bordering(code) for code in asked))
    return tuple(found for code in sorted(around) if (found := outline_of(code)))


def own_file() -> Path | None:
    """The installation's own file of borders, if it names one that can be read."""
    path = Path(settings.MAP_BOUNDARIES) if settings.MAP_BOUNDARIES else None
    return path if path and path.is_file() else None


@cache
def shipped() -> dict[str, Outline]:
    """The 290 outlines that ship with the product."""
    return read_outlines(SHIPPED.read_text(encoding="utf-8"))


def bordering(code: str) -> frozenset[str]:
    """The municipalities that share a border; empty for an unknown code and for Gotland."""
    known = municipal_areas().get(code)
    return frozenset(known.neighbours if known else ())


def read_outlines(text: str) -> dict[str, Outline]:
    """The outlines that the GeoJSON holds by a municipality's code; other shapes are passed by.

    UnreadableBordersError where it is not GeoJSON, or where a municipality's shape is not polygons
    in degrees inside Sweden's part of the world.
    """
    try:
        features = json.loads(text)["features"]
        coded = [(_code(each["properties"] or {}), each["geometry"]) for each in features]
        return {code: _outline(code, geometry) for code, geometry in coded if code}
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError) as error:
        raise UnreadableBordersError(str(error)) from error


def _code(properties: dict[str, Any]) -> str:
    for name in CODE_NAMES:
        value = str(properties.get(name, "")).strip()
        if len(value) == CODE_LENGTH and value.isdecimal():
            return value
    return ""


def _outline(code: str, geometry: dict[str, Any]) -> Outline:
    nested = geometry["coordinates"]
    polygons = {"Polygon": [nested], "MultiPolygon": nested}[geometry["type"]]
    found = Outline(
        code,
        tuple(
            tuple(tuple((float(x), float(y)) for x, y, *_height in ring) for ring in rings)
            for rings in polygons
        ),
    )
    rings = [ring for rings in found.polygons for ring in rings]
    if not found.rings or any(len(ring) < FEWEST_CORNERS or ring[0] != ring[-1] for ring in rings):
        raise ValueError(f"{code} has no closed outline")
    return found


def _metres_to_line(ring: Metres, east: float, north: float) -> float:
    point = np.array([east, north])
    start, along = ring[:-1], np.diff(ring, axis=0)
    squared = np.maximum((along**2).sum(axis=1), 1e-12)
    share = np.clip(((point - start) * along).sum(axis=1) / squared, 0.0, 1.0)
    return float(np.sqrt((((start + share[:, None] * along) - point) ** 2).sum(axis=1).min()))


@cache
def _read(path: Path, _changed: int) -> dict[str, Outline]:
    """The installation's own outlines; none where the file cannot be read, which the check says."""
    try:
        return read_outlines(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, UnreadableBordersError):
        return {}
