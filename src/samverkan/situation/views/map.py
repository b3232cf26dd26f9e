"""The map, its data, and the table that says the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.http import FileResponse, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from samverkan.organisations.borders import outlines_around, own_file
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from ..categories import incident_categories
from ..geography import feature, points_of, square_feature, square_name
from ..heat import HeatSurface, heat_surface
from ..selectors.incidents import IncidentFilter, counted_but_not_shown
from ..selectors.municipalities import municipalities_in_sight
from ..selectors.places import (
    PlaceSummary,
    most_frequent,
    places_and_rest,
)
from ..selectors.shared import SharedCount, is_counts_only
from ..squares import Square, read_square, squares
from ..still import still_map
from .choices import SPANS, Chosen, Span, chosen_category, chosen_municipality, chosen_span

# Above so many places with incidents they are gathered in squares.
MOST_SHAPES = 200
HEAT = "tathet"
KEPT_SECONDS = 3600


@dataclass(frozen=True)
class Asked:
    """What the map is asked for, and the places that answer."""

    chosen: Chosen
    span: Span
    category: str
    square: Square | None
    is_heat: bool
    places: tuple[PlaceSummary, ...]
    without_place: SharedCount

    def query(self, **changed: str) -> str:
        asked = {
            "kommun": self.chosen.code,
            "veckor": str(self.span.weeks),
            "kategori": self.category,
            "ruta": self.square.key if self.square else "",
            "yta": HEAT if self.is_heat else "",
            **changed,
        }
        if self.span.weeks not in SPANS:
            asked |= {"fran": str(self.span.first_week), "till": str(self.span.last_week)}
        return urlencode({key: value for key, value in asked.items() if value})

    def squares(self) -> tuple[Square, ...]:
        """The squares that stand for the places; none where the places are few enough."""
        counted = [each for each in self.places if each.incidents_itself or each.is_partly_hidden]
        if len(counted) <= MOST_SHAPES:
            return ()
        return squares(points_of(counted), MOST_SHAPES)


@require_GET
@requires(Capability.INCIDENTS_READ)
def map_page(request: ActorRequest) -> HttpResponse:
    asked = _asked(request)
    gathered = asked.squares()
    span = asked.span
    heat = _surface(asked) if asked.is_heat else None
    context = {
        "chosen": asked.chosen,
        "span": span,
        "spans": SPANS,
        "category": asked.category,
        "categories": incident_categories(),
        "places": asked.places,
        "squares": [(square_name(each), _square_url(asked, each), each) for each in gathered],
        "square": asked.square,
        "whole_url": f"{reverse('situation:map')}?{asked.query(ruta='')}",
        "heat": heat,
        "still": still_map(
            _features(asked, gathered, heat),
            [each.polygons for each in outlines_around([asked.chosen.code])],
        ),
        "is_heat": asked.is_heat,
        "is_shared": is_counts_only(request.actor, asked.chosen.code),
        "shared_total": counted_but_not_shown(
            request.actor,
            IncidentFilter(asked.chosen.code, span.first_week, span.last_week, asked.category),
        ),
        "most": most_frequent(asked.places),
        "unmapped": sum(
            (
                SharedCount(each.incidents_itself, each.is_partly_hidden)
                for each in asked.places
                if not each.is_mapped
            ),
            SharedCount(),
        ),
        "without_place": asked.without_place,
        **map_context(f"{reverse('situation:map_data')}?{asked.query()}"),
    }
    return render(request, "situation/map.html", context)


def map_context(data_url: str) -> dict[str, Any]:
    """What a page with a map hands to its template."""
    return {
        "data_url": data_url,
        "boundaries_url": reverse("situation:boundaries"),
        "has_own_borders": own_file() is not None,
        "tiles": getattr(settings, "MAP_TILES", ""),
        "tiles_attribution": getattr(settings, "MAP_TILES_ATTRIBUTION", ""),
    }


@require_GET
@requires(Capability.INCIDENTS_READ)
def map_data(request: ActorRequest) -> HttpResponse:
    """GeoJSON: every place that has a point, as the area that it is, or squares of many places."""
    asked = _asked(request)
    heat = _surface(asked) if asked.is_heat else None
    features = _features(asked, asked.squares(), heat)
    content = {"type": "FeatureCollection", "features": features}
    return JsonResponse(content, content_type="application/geo+json")


@require_GET
@requires(Capability.INCIDENTS_READ)
def boundaries(request: ActorRequest) -> HttpResponseBase:
    """The installation's own file of borders, or the shipped outlines around what is in sight."""
    if own := own_file():
        return FileResponse(own.open("rb"), content_type="application/geo+json")
    features = [each.feature() for each in outlines_around(_codes_in_sight(request.actor))]
    content = {"type": "FeatureCollection", "features": features}
    return JsonResponse(content, content_type="application/geo+json")


def _codes_in_sight(actor: Actor) -> tuple[str, ...]:
    return tuple(each.code for each in municipalities_in_sight(actor))


def _features(
    asked: Asked, gathered: Sequence[Square], heat: HeatSurface | None
) -> list[dict[str, Any]]:
    """What the map draws, the surface undermost."""
    if gathered:
        shapes = [square_feature(each, _square_url(asked, each)) for each in gathered]
    else:
        shapes = _place_features(asked.places)
    return [*(heat.features if heat else ()), *shapes]


def _asked(request: ActorRequest) -> Asked:
    chosen, span = chosen_municipality(request), chosen_span(request)
    category = chosen_category(request)
    places, without_place = places_and_rest(
        request.actor, chosen.code, span.first_week, span.last_week, category
    )
    square = read_square(request.GET.get("ruta", ""))
    if square is not None:
        places, without_place = _within(places, square), SharedCount()
    is_heat = request.GET.get("yta", "") == HEAT
    return Asked(chosen, span, category, square, is_heat, places, without_place)


def _within(places: Sequence[PlaceSummary], square: Square) -> tuple[PlaceSummary, ...]:
    points = {
        (place.ref): point
        for place, point in zip(
            [each for each in places if each.is_mapped], points_of(places), strict=True
        )
    }
    return tuple(
        place
        for place in places
        if place.ref in points and square.holds(points[place.ref].east, points[place.ref].north)
    )


def _place_features(places: Sequence[PlaceSummary]) -> list[dict[str, Any]]:
    """The places with incidents; the others too while there is room for them."""
    mapped = [place for place in places if place.is_mapped]
    if len(mapped) > MOST_SHAPES:
        mapped = [place for place in mapped if place.incidents or place.is_partly_hidden]
    return [feature(place, reverse("situation:place", args=[place.ref])) for place in mapped]


def _square_url(asked: Asked, square: Square) -> str:
    return f"{reverse('situation:map')}?{asked.query(ruta=square.key)}"


def _surface(asked: Asked) -> HeatSurface | None:
    """The surface of the places; kept for an hour, as long as no count of theirs changes."""
    points = points_of(asked.places)
    key = f"heat:{hash(tuple(points))}"
    kept: HeatSurface | str | None = cache.get(key)
    if kept is None:
        kept = heat_surface(points) or "too few"
        cache.set(key, kept, KEPT_SECONDS)
    return kept if isinstance(kept, HeatSurface) else None
