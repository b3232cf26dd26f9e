"""The list of EST incidents, and one incident. Reading one leaves a trace."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.audit.services import record_read

from ..categories import incident_categories
from ..selectors.incidents import (
    IncidentFilter,
    IncidentPage,
    counted_but_not_shown,
    incident,
    incident_page,
)
from ..selectors.places import place_names
from ..selectors.reporting import reporting_status
from ..selectors.shared import SharedCount, is_counts_only
from ..weeks import read_week, week_of, weeks_from_to, weeks_later
from .choices import chosen_category, chosen_municipality

WEEKS_OFFERED = 104


@require_GET
@requires(Capability.INCIDENTS_READ, Capability.INCIDENTS_REPORT)
def incident_list(request: ActorRequest) -> HttpResponse:
    actor = request.actor
    chosen = chosen_municipality(request)
    wanted = _filter(request, chosen.code)
    page = incident_page(
        actor,
        wanted,
        before=request.GET.get("fore", ""),
        after=request.GET.get("efter", ""),
    )
    context = {
        "chosen": chosen,
        "wanted": wanted,
        "page": page,
        "total": page.total,
        "only_counted": _only_counted(actor, wanted) if page.total == 0 else None,
        "categories": incident_categories(),
        "places": place_names(actor, chosen.code),
        "weeks": _weeks_offered(request),
        "status": reporting_status(actor, chosen.code, _last_week(request)),
        **_neighbour_urls(request, page),
    }
    return render(request, "situation/incident_list.html", context)


@require_GET
@requires(Capability.INCIDENTS_READ, Capability.INCIDENTS_REPORT)
def incident_detail(request: ActorRequest, ref: str) -> HttpResponse:
    found = incident(request.actor, ref)
    if found is None:
        raise Http404
    record_read(request.actor, "incident", found.ref, owner_party_ref=found.owner.ref)
    context = {"incident": found, "may_review": request.actor.may(Capability.INCIDENTS_REVIEW)}
    return render(request, "situation/incident_detail.html", context)


def _only_counted(actor: Actor, wanted: IncidentFilter) -> SharedCount | None:
    """What may be counted but not read; None where no clause makes that difference."""
    if not is_counts_only(actor, wanted.municipality_code):
        return None
    return counted_but_not_shown(actor, wanted)


def _filter(request: ActorRequest, municipality_code: str) -> IncidentFilter:
    return IncidentFilter(
        municipality_code,
        first_week=read_week(request.GET.get("fran", "")) or 0,
        last_week=read_week(request.GET.get("till", "")) or 0,
        category=chosen_category(request),
        place_ref=request.GET.get("plats", ""),
    )


def _last_week(request: ActorRequest) -> int:
    return weeks_later(week_of(timezone.localdate(request.actor.at)), -1)


def _weeks_offered(request: ActorRequest) -> list[int]:
    this_week = week_of(timezone.localdate(request.actor.at))
    return list(weeks_from_to(weeks_later(this_week, -WEEKS_OFFERED), this_week))[::-1]


def _neighbour_urls(request: ActorRequest, page: IncidentPage) -> dict[str, str]:
    """Addresses of the newer and the older page, with the filter kept."""
    kept = [
        (key, value) for key, value in request.GET.items() if key not in {"fore", "efter"} and value
    ]
    base = reverse("situation:incidents")

    def address(key: str, ref: str) -> str:
        return f"{base}?{urlencode([*kept, (key, ref)])}"

    shown = page.incidents
    return {
        "newest_url": f"{base}?{urlencode(kept)}",
        "newer_url": address("efter", shown[0].ref) if page.has_newer and shown else "",
        "older_url": address("fore", shown[-1].ref) if page.has_older and shown else "",
    }
