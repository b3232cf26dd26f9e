"""Places as shapes on a map: an uncertain place is an area, not a pin."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverkan.swedish.coordinates import to_sweref99tm

from .heat import rectangle
from .selectors.places import PlaceSummary
from .squares import Point, Square

CORNERS = 48
METRES_A_DEGREE = 111_320.0
# From how many incidents a place is drawn in the next stronger tone.
STEPS = (1, 3, 6, 11)


def level(incidents: int) -> int:
    """0 for none, then 1 to 4: which tone the map and its legend use."""
    return sum(incidents >= step for step in STEPS)


def circle(latitude: float, longitude: float, radius_metres: int) -> list[list[float]]:
    """A closed ring of [longitude, latitude] around the point, counter-clockwise."""
    north = radius_metres / METRES_A_DEGREE
    east = north / math.cos(math.radians(latitude))
    turns = (2 * math.pi * corner / CORNERS for corner in range(CORNERS))
    ring = [
        [
            round(longitude + east * math.cos(turn), 6),
            round(latitude + north * math.sin(turn), 6),
        ]
        for turn in turns
    ]
    return [*ring, ring[0]]


def shown_count(known: int, *, is_partly_hidden: bool) -> str:
    """A count as the map's label writes it: what is hidden is said, never guessed."""
    if not is_partly_hidden:
        return str(known)
    return _("at least %(known)d") % {"known": known} if known else _("hidden")


def map_label(place: PlaceSummary) -> str:
    """What stands at a place on the map: an area's name alone, and no word for what is hidden."""
    if place.is_area or (place.is_partly_hidden and not place.incidents):
        return place.name
    shown = shown_count(place.incidents, is_partly_hidden=place.is_partly_hidden)
    return f"{place.name} {shown}"


def feature(place: PlaceSummary, url: str) -> dict[str, Any]:
    """One place as GeoJSON; an area is toned by what was reported for the area as such."""
    if place.latitude is None or place.longitude is None:
        raise ValueError("a place without a point has no shape")
    shown = place.incidents_itself if place.is_area else place.incidents
    return {
        "type": "Feature",
        "id": place.ref,
        "geometry": {
            "type": "Polygon",
            "coordinates": [circle(place.latitude, place.longitude, place.radius_metres)],
        },
        "properties": {
            "name": place.name,
            "kind": "area" if place.is_area else "place",
            "incidents": place.incidents,
            "shown": shown_count(place.incidents, is_partly_hidden=place.is_partly_hidden),
            "label": map_label(place),
            "level": level(shown),
            "centre": [place.longitude, place.latitude],
            "url": url,
        },
    }


def square_feature(square: Square, url: str) -> dict[str, Any]:
    """A square of places as GeoJSON, toned by what was reported in it."""
    west, south, side = square.west, square.south, square.side
    longitude, latitude = _middle(rectangle(west, south, west + side, south + side))
    shown = shown_count(square.incidents, is_partly_hidden=square.is_partly_hidden)
    return {
        "type": "Feature",
        "id": square.key,
        "geometry": {
            "type": "Polygon",
            "coordinates": [rectangle(west, south, west + side, south + side)],
        },
        "properties": {
            "name": square_name(square),
            "kind": "square",
            "incidents": square.incidents,
            "shown": shown,
            "label": shown,
            "level": level(square.incidents),
            "centre": [longitude, latitude],
            "url": url,
        },
    }


def square_name(square: Square) -> str:
    """The busiest place's name, and how many more places there are."""
    more = square.places - 1
    if not more:
        return square.busiest
    return ngettext("%(place)s and %(more)d more", "%(place)s and %(more)d more", more) % {
        "place": square.busiest,
        "more": more,
    }


def points_of(places: Iterable[PlaceSummary]) -> list[Point]:
    """Places with a point, each with its own count: an area's is what was said of it as such."""
    found = []
    for place in places:
        if place.latitude is None or place.longitude is None:
            continue
        if place.east is not None and place.north is not None:
            east, north = place.east, place.north
        else:
            east, north = (round(each) for each in to_sweref99tm(place.latitude, place.longitude))
        own = place.incidents_itself
        found.append(Point(place.name, east, north, own, place.is_partly_hidden))
    return found


def _middle(ring: list[list[float]]) -> tuple[float, float]:
    (west, south), (east, north) = ring[0], ring[2]
    return round((west + east) / 2, 6), round((south + north) / 2, 6)
