"""Places as shapes on a map: an uncertain place is an area, not a pin."""

from __future__ import annotations

import math
from typing import Any

from django.utils.translation import gettext as _

from .selectors.places import PlaceSummary

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
            "level": level(shown),
            "centre": [place.longitude, place.latitude],
            "url": url,
        },
    }
