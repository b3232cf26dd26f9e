"""How far it is from a problem to a neighbour: to its border, and to its nearest known place."""

from __future__ import annotations

from collections.abc import Sequence
from math import dist

from samverkan.organisations.borders import outline_of
from samverkan.platform.access.actor import Actor

from ..models import IncidentCount, Place, Problem

# East and north in SWEREF 99 TM, in metres.
Spot = tuple[float, float]


def point_of(place: Place | None) -> Spot | None:
    """The place's point; None for none, and for a place without one."""
    if place is None or place.east is None or place.north is None:
        return None
    return place.east, place.north


def spots_of(actor: Actor, problem: Problem, first: int, last: int) -> list[Spot]:
    """Where the problem is: its place, or else where such incidents were in these weeks."""
    if (own := point_of(problem.place)) is not None:
        return [own]
    found = IncidentCount.objects.visible_to(actor).filter(
        municipality=problem.municipality,
        week__gte=first,
        week__lte=last,
        incidents__gt=0,
        place__east__isnull=False,
        place__north__isnull=False,
    )
    if problem.category:
        found = found.filter(category=problem.category)
    return list(found.values_list("place__east", "place__north").distinct().order_by())


def to_border(code: str, spots: Sequence[Spot]) -> float | None:
    """Metres from the nearest of the spots to the municipality's area; 0 within it."""
    outline = outline_of(code)
    if outline is None or not spots:
        return None
    return min(outline.metres_to(east, north) for east, north in spots)


def to_nearest_place(actor: Actor, code: str, spots: Sequence[Spot]) -> float | None:
    """Whole kilometres to the nearest place that the actor sees in the municipality."""
    theirs = list(
        Place.objects.visible_to(actor)
        .filter(municipality__code=code, east__isnull=False, north__isnull=False)
        .values_list("east", "north")
    )
    if not theirs or not spots:
        return None
    return round(min(dist(one, other) for one in spots for other in theirs) / 1000)
