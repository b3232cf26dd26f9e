"""The register of named places, and one place with its weeks and problems."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from ..models import Place
from ..selectors.counts import weekly_counts_of_place
from ..selectors.incidents import IncidentFilter, counted_but_not_shown
from ..selectors.places import most_frequent, place, places_with_counts, refs_of_places_in
from ..selectors.problems import problems_at
from ..selectors.shared import SharedCount, is_counts_only, shared_blocks
from .choices import SPANS, Span, chosen_municipality, chosen_span


@require_GET
@requires(Capability.INCIDENTS_READ, Capability.INCIDENTS_REPORT)
def place_list(request: ActorRequest) -> HttpResponse:
    chosen, span = chosen_municipality(request), chosen_span(request)
    places = places_with_counts(request.actor, chosen.code, span.first_week, span.last_week)
    context = {
        "chosen": chosen,
        "span": span,
        "spans": SPANS,
        "places": places,
        "is_shared": is_counts_only(request.actor, chosen.code),
        "shared_total": counted_but_not_shown(
            request.actor, IncidentFilter(chosen.code, span.first_week, span.last_week)
        ),
        "most": most_frequent(places),
    }
    return render(request, "situation/place_list.html", context)


@require_GET
@requires(Capability.INCIDENTS_READ, Capability.INCIDENTS_REPORT)
def place_detail(request: ActorRequest, ref: str) -> HttpResponse:
    found = place(request.actor, ref)
    if found is None:
        raise Http404
    span = chosen_span(request)
    rows = weekly_counts_of_place(request.actor, found, span.first_week, span.last_week)
    context = {
        "place": found,
        "shared": _shared_count(request, found, span),
        "span": span,
        "spans": SPANS,
        "table": rows,
        "may_keep_register": request.actor.may(Capability.INCIDENTS_REVIEW)
        and found.owner_id == request.actor.party_id,
        "problems": problems_at(request.actor, found.ref),
    }
    return render(request, "situation/place_detail.html", context)


def _shared_count(request: ActorRequest, found: Place, span: Span) -> SharedCount | None:
    """What a neighbour shares of the place (an area: its places too); None: no neighbour."""
    code = found.municipality.code
    if not is_counts_only(request.actor, code):
        return None
    blocks = shared_blocks(request.actor, code, span.first_week, span.last_week)
    refs = [found.ref, *refs_of_places_in(request.actor, found)]
    return sum((block.of_place(ref) for block in blocks for ref in refs), SharedCount())
