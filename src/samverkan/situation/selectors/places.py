"""The register of named places, with what has been counted at each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from samverkan.platform.access.actor import Actor
from samverkan.swedish.sorting import search_key, sort_key

from ..models import Place
from .counts import PlaceCount, counts_by_place
from .shared import SharedCount

REGISTER = (
    "pk",
    "area_id",
    "ref",
    "name",
    "area__name",
    "latitude",
    "longitude",
    "radius_metres",
    "east",
    "north",
)
# Below this, "most" would be said of chance.
FEW = 5


@dataclass(frozen=True)
class PlaceSummary:
    """One place of the register with its incidents of the weeks asked; `area` is "" for an area.

    `incidents` of an area holds those of its places too; `incidents_itself` only what was reported
    for the area as such, where nobody said which place. `is_partly_hidden`: they are what is known
    at least, because a neighbour shares counts only and some are too small to be shown.
    """

    ref: str
    name: str
    area: str
    is_area: bool
    latitude: float | None
    longitude: float | None
    radius_metres: int
    incidents: int
    incidents_itself: int
    is_partly_hidden: bool = False
    east: int | None = None
    north: int | None = None

    @property
    def is_mapped(self) -> bool:
        return self.latitude is not None and self.longitude is not None


def place(actor: Actor, ref: str) -> Place | None:
    found: Place | None = (
        Place.objects.visible_to(actor)
        .filter(ref=ref)
        .select_related("area", "municipality", "owner")
        .first()
    )
    return found


def places_with_counts(
    actor: Actor, municipality_code: str, first_week: int, last_week: int, category: str = ""
) -> tuple[PlaceSummary, ...]:
    """Every place of the municipality with its incidents of the weeks; the most frequent first."""
    counts = counts_by_place(actor, municipality_code, first_week, last_week, category)
    return _places(actor, municipality_code, counts)


def places_and_rest(
    actor: Actor, municipality_code: str, first_week: int, last_week: int, category: str = ""
) -> tuple[tuple[PlaceSummary, ...], SharedCount]:
    """The same, and the incidents that name no place: on no map, but not forgotten."""
    counts = counts_by_place(actor, municipality_code, first_week, last_week, category)
    without = (
        SharedCount(count.incidents, count.is_partly_hidden)
        for count in counts
        if count.place_id is None
    )
    return _places(actor, municipality_code, counts), sum(without, SharedCount())


def _places(
    actor: Actor, municipality_code: str, counts: list[PlaceCount]
) -> tuple[PlaceSummary, ...]:
    """Rows, not objects: a register can hold thousands of places."""
    counted = {count.place_id: count for count in counts}
    rows = list(
        Place.objects.visible_to(actor)
        .filter(municipality__code=municipality_code)
        .values_list(*REGISTER)
    )
    itself = {row[0]: counted.get(row[0], PlaceCount(row[0], 0)) for row in rows}
    totals = {key: (count.incidents, count.is_partly_hidden) for key, count in itself.items()}
    for key, area_id, *_rest in rows:
        if area_id in totals:
            number, is_hidden = totals[area_id]
            own = itself[key]
            totals[area_id] = (number + own.incidents, is_hidden or own.is_partly_hidden)
    made = [_summary(row, *totals[row[0]], itself[row[0]].incidents) for row in rows]
    return tuple(sorted(made, key=lambda each: (-each.incidents, _swedish(each.name))))


def most_frequent(places: tuple[PlaceSummary, ...]) -> PlaceSummary | None:
    """The single place with the most incidents; none when they are few, or when two share it.

    Nor where counts are hidden: a hidden one may be larger.
    """
    if any(each.is_partly_hidden for each in places):
        return None
    single = sorted((each.incidents for each in places if not each.is_area), reverse=True)[:2]
    if not single or single[0] < FEW or (len(single) > 1 and single[0] == single[1]):
        return None
    return next(each for each in places if not each.is_area and each.incidents == single[0])


def place_names(actor: Actor, municipality_code: str) -> list[tuple[str, str]]:
    """(ref, name) of every place of the municipality, in Swedish order."""
    found = (
        Place.objects.visible_to(actor)
        .filter(municipality__code=municipality_code)
        .values_list("ref", "name")
    )
    return sorted(found, key=lambda pair: sort_key(pair[1]))


def refs_of_places_in(actor: Actor, area: Place) -> list[str]:
    return list(Place.objects.visible_to(actor).filter(area=area).values_list("ref", flat=True))


def places_matching(actor: Actor, query: str, limit: int) -> list[Place]:
    """Places whose name begins with the words, then those that hold them elsewhere."""
    wanted = search_key(query)
    found = list(
        Place.objects.visible_to(actor)
        .filter(search_key__contains=wanted)
        .select_related("municipality")[: limit * 10]
    )
    found.sort(key=lambda each: (not each.search_key.startswith(wanted), sort_key(each.name)))
    return found[:limit]


def _summary(
    row: tuple[Any, ...], incidents: int, is_partly_hidden: bool, incidents_itself: int
) -> PlaceSummary:
    _key, area_id, ref, name, area, latitude, longitude, radius_metres, east, north = row
    return PlaceSummary(
        ref=ref,
        name=name,
        area=area or "",
        is_area=area_id is None,
        latitude=latitude,
        longitude=longitude,
        radius_metres=radius_metres,
        incidents=incidents,
        incidents_itself=incidents_itself,
        is_partly_hidden=is_partly_hidden,
        east=east,
        north=north,
    )


@lru_cache(maxsize=20_000)
def _swedish(name: str) -> Any:
    return sort_key(name)
