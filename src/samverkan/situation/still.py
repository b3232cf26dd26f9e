"""The map's first picture, in the page itself: before and without the map that moves. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 900, 600
MARGIN = 48
# So many names can be read; the others are in the table. The same number as the map that moves.
MOST_LABELS = 40
HEAT = "heat"

# Of a municipality: polygons of rings of (longitude, latitude).
Polygons = Sequence[Sequence[Sequence[Sequence[float]]]]


@dataclass(frozen=True)
class StillShape:
    """One shape as an SVG path; kind and level choose how it is drawn."""

    path: str
    kind: str
    level: int


@dataclass(frozen=True)
class StillLabel:
    x: float
    y: float
    text: str
    kind: str


@dataclass(frozen=True)
class StillMap:
    borders: tuple[str, ...]
    shapes: tuple[StillShape, ...]
    labels: tuple[StillLabel, ...]
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class Frame:
    """How degrees become points of the picture, by the projection that the moving map has."""

    west: float
    top: float
    scale: float
    left: float
    upper: float

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = self.left + (longitude - self.west) * self.scale
        y = self.upper + (self.top - mercator(latitude)) * self.scale
        return round(x, 1), round(y, 1)


def mercator(latitude: float) -> float:
    """Web Mercator's y in degrees: one unit is as long as a degree of longitude there."""
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))


def still_map(
    features: Sequence[dict[str, Any]], borders: Iterable[Polygons] = ()
) -> StillMap | None:
    """The features of the map's data as a picture; None where there is no place to show.

    The places decide what is seen; of the borders what lies within that is seen too.
    """
    places = [each for each in features if each["properties"]["kind"] != HEAT]
    if not places:
        return None
    frame = _frame(corner for each in places for corner in _rings(each)[0])
    ordered = sorted(features, key=lambda each: each["properties"]["kind"] != HEAT)
    named = sorted(places, key=lambda each: -each["properties"]["incidents"])[:MOST_LABELS]
    return StillMap(
        borders=tuple(_border(frame, each) for each in borders),
        shapes=tuple(_shape(frame, each) for each in ordered),
        labels=tuple(_label(frame, each) for each in named),
    )


def _rings(feature: dict[str, Any]) -> list[list[list[float]]]:
    """The outlines of a polygon, or of each of many: a tone of the surface is many."""
    geometry = feature["geometry"]
    if geometry["type"] == "MultiPolygon":
        return [polygon[0] for polygon in geometry["coordinates"]]
    return [geometry["coordinates"][0]]


def _frame(corners: Iterable[list[float]]) -> Frame:
    """The whole of the corners in the middle of the picture, with room around them."""
    found = [(corner[0], mercator(corner[1])) for corner in corners]
    west, east = min(x for x, _y in found), max(x for x, _y in found)
    bottom, top = min(y for _x, y in found), max(y for _x, y in found)
    wide, high = max(east - west, 1e-6), max(top - bottom, 1e-6)
    scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
    return Frame(
        west=west,
        top=top,
        scale=scale,
        left=(WIDTH - wide * scale) / 2,
        upper=(HEIGHT - high * scale) / 2,
    )


def _shape(frame: Frame, feature: dict[str, Any]) -> StillShape:
    path = "".join(f"M{_corners(frame, ring)}Z" for ring in _rings(feature))
    told = feature["properties"]
    return StillShape(path, told["kind"], told["level"])


def _border(frame: Frame, polygons: Polygons) -> str:
    return "".join(f"M{_corners(frame, ring)}Z" for rings in polygons for ring in rings)


def _corners(frame: Frame, ring: Sequence[Sequence[float]]) -> str:
    """The outline without its last corner, which is the first one again."""
    corners = (frame.point(corner[0], corner[1]) for corner in ring[:-1])
    return " ".join(f"{x:g},{y:g}" for x, y in corners)


def _label(frame: Frame, feature: dict[str, Any]) -> StillLabel:
    told = feature["properties"]
    if told["kind"] == "area":
        corner = max(_rings(feature)[0], key=lambda each: each[1])
    else:
        corner = told["centre"]
    x, y = frame.point(*corner)
    return StillLabel(x, y, told["label"], told["kind"])
