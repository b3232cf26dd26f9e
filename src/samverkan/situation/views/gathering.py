"""Gathering incidents into a problem: by ticking, from a filter, and letting one go."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from ..categories import categories, incident_categories
from ..selectors.gathered import candidates, gathered_incidents
from ..selectors.places import place_names
from ..services.problems import gather, let_go
from .choices import SPANS
from .found import problem_or_404, trail_of

DEFAULT_WEEKS = 26


@require_http_methods(["GET", "POST"])
@requires(Capability.PROBLEMS_WRITE)
def gather_incidents(request: ActorRequest, ref: str) -> HttpResponse:
    found = problem_or_404(request, ref, to_write=True)
    if request.method == "POST":
        refs = request.POST.getlist("handelse")
        number = gather(request.actor, ref, refs) if refs else 0
        messages.success(
            request,
            ngettext("%(number)d incident gathered.", "%(number)d incidents gathered.", number)
            % {"number": number},
        )
        return redirect("situation:gather", ref)
    asked = request.GET
    category = asked.get("kategori", found.category)
    place = asked.get("plats", found.place.ref if found.place else "")
    weeks = asked.get("veckor", "")
    span = int(weeks) if weeks.isdigit() and int(weeks) in SPANS else DEFAULT_WEEKS
    category = category if category in categories() else ""
    context = {
        "problem": found,
        "crumbs": (*trail_of(found), (_("Gather incidents"), "")),
        "category": category,
        "place_ref": place,
        "span": span,
        "spans": SPANS,
        "categories": incident_categories(),
        "places": place_names(request.actor, found.municipality.code),
        "candidates": candidates(
            request.actor, found, category=category, place_ref=place, weeks=span
        ),
        "gathered": gathered_incidents(request.actor, found),
    }
    return render(request, "situation/gather.html", context)


@require_POST
@requires(Capability.PROBLEMS_WRITE)
def let_incident_go(request: ActorRequest, ref: str) -> HttpResponse:
    problem_or_404(request, ref, to_write=True)
    if let_go(request.actor, ref, request.POST.get("handelse", "")):
        messages.success(request, _("The incident is no longer gathered here. It still exists."))
    return redirect("situation:gather", ref)
