"""Planned events: what is known to come, put in by the coordinator."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from ..forms.planned import PlannedEventForm
from ..models import PlannedEvent
from ..selectors.ahead import own_planned_event, planned_events
from ..selectors.places import place_names
from ..services import planned
from .choices import chosen_municipality


@require_GET
@requires(Capability.INCIDENTS_READ, Capability.INCIDENTS_REPORT)
def planned_list(request: ActorRequest) -> HttpResponse:
    chosen = chosen_municipality(request)
    events = planned_events(request.actor, chosen.code, timezone.localdate(request.actor.at))
    context = {
        "chosen": chosen,
        "events": events,
        "may_plan": _may_plan(request, chosen.code),
        "own_party": request.actor.party_id,
    }
    return render(request, "situation/planned_list.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.INCIDENTS_REVIEW)
def new_planned(request: ActorRequest) -> HttpResponseBase:
    chosen = chosen_municipality(request)
    if not _may_plan(request, chosen.code):
        raise Http404
    places = place_names(request.actor, chosen.code)
    form = PlannedEventForm(request.POST if request.method == "POST" else None, places=places)
    if request.method == "POST" and form.is_valid():
        event = planned.add_planned_event(request.actor, chosen.code, form.facts())
        messages.success(request, _("%(title)s is put in.") % {"title": event.title})
        return redirect("situation:planned")
    return render(request, "situation/planned_form.html", {"form": form, "chosen": chosen})


@require_http_methods(["GET", "POST"])
@requires(Capability.INCIDENTS_REVIEW)
def change_planned(request: ActorRequest, ref: str) -> HttpResponseBase:
    event = _own(request, ref)
    places = place_names(request.actor, event.municipality.code)
    form = PlannedEventForm(
        request.POST if request.method == "POST" else None,
        places=places,
        initial={
            "title": event.title,
            "place": event.place.ref if event.place else "",
            "where": event.where,
            "starts_on": event.starts_on,
            "ends_on": event.ends_on,
            "expected_effect": event.expected_effect,
            "based_on": event.revision,
        },
    )
    if request.method == "POST" and form.is_valid():
        based_on = form.cleaned_data["based_on"] or 0
        try:
            planned.change_planned_event(request.actor, ref, form.facts(), based_on=based_on)
        except planned.PlannedEventChangedError as changed:
            form.says_what_stands(changed.event)
        else:
            messages.success(request, _("Saved."))
            return redirect("situation:planned")
    return render(request, "situation/planned_form.html", {"form": form, "event": event})


@require_POST
@requires(Capability.INCIDENTS_REVIEW)
def remove_planned(request: ActorRequest, ref: str) -> HttpResponseBase:
    event = _own(request, ref)
    planned.remove_planned_event(request.actor, ref)
    messages.success(request, _("%(title)s is taken away.") % {"title": event.title})
    return redirect("situation:planned")


def _own(request: ActorRequest, ref: str) -> PlannedEvent:
    event = own_planned_event(request.actor, ref)
    if event is None:
        raise Http404
    return event


def _may_plan(request: ActorRequest, code: str) -> bool:
    actor = request.actor
    return actor.may(Capability.INCIDENTS_REVIEW) and code in actor.municipality_codes
