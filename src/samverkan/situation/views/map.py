"""The map, its data, and the table that says the same in words."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from ..categories import incident_categories
from ..geography import feature
from ..selectors.places import incidents_without_place, most_frequent, places_with_counts
from ..selectors.shared import counts_only_owners
from .choices import SPANS, chosen_category, chosen_municipality, chosen_span


@require_GET
@requires(Capability.INCIDENTS_READ)
def map_page(request: ActorRequest) -> HttpResponse:
    chosen, span, category = (
        chosen_municipality(request),
        chosen_span(request),
        chosen_category(request),
    )
    weeks = (span.first_week, span.last_week)
    places = places_with_counts(request.actor, chosen.code, *weeks, category)
    asked = {"kommun": chosen.code, "veckor": span.weeks, "kategori": category}
    context = {
        "chosen": chosen,
        "span": span,
        "spans": SPANS,
        "category": category,
        "categories": incident_categories(),
        "places": places,
        "is_shared": bool(counts_only_owners(request.actor, chosen.code)),
        "most": most_frequent(places),
        "without_place": incidents_without_place(request.actor, chosen.code, *weeks, category),
        **map_context(f"{reverse('situation:map_data')}?{urlencode(asked)}"),
    }
    return render(request, "situation/map.html", context)


def map_context(data_url: str) -> dict[str, str]:
    """What a page with a map hands to its template."""
    return {
        "data_url": data_url,
        "boundaries_url": reverse("situation:boundaries") if _boundaries() else "",
        "tiles": getattr(settings, "MAP_TILES", ""),
        "tiles_attribution": getattr(settings, "MAP_TILES_ATTRIBUTION", ""),
    }


@require_GET
@requires(Capability.INCIDENTS_READ)
def map_data(request: ActorRequest) -> HttpResponse:
    """GeoJSON: every place that has a point, as the area that it is, with its count."""
    chosen, span = chosen_municipality(request), chosen_span(request)
    places = places_with_counts(
        request.actor, chosen.code, span.first_week, span.last_week, chosen_category(request)
    )
    features = [
        feature(place, reverse("situation:place", args=[place.ref]))
        for place in places
        if place.is_mapped
    ]
    content = {"type": "FeatureCollection", "features": features}
    return JsonResponse(content, content_type="application/geo+json")


@require_GET
@requires(Capability.INCIDENTS_READ)
def boundaries(request: ActorRequest) -> HttpResponseBase:
    """The boundaries file of the installation, if it has one."""
    path = _boundaries()
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), content_type="application/geo+json")


def _boundaries() -> Path | None:
    named = getattr(settings, "MAP_BOUNDARIES", "")
    path = Path(named) if named else None
    return path if path and path.is_file() else None
