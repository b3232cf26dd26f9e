"""Groups and their meetings, to read."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from . import selectors


@require_GET
@requires(Capability.GROUPS_READ)
def group_list(request: ActorRequest) -> HttpResponse:
    found = selectors.groups(request.actor)
    ahead = [each.next_meeting_at for each in found if each.next_meeting_at]
    context = {"groups": found, "next_at": min(ahead, default=None)}
    return render(request, "governance/group_list.html", context)


@require_GET
@requires(Capability.GROUPS_READ)
def group_detail(request: ActorRequest, ref: str) -> HttpResponse:
    found = selectors.group(request.actor, ref)
    if found is None:
        raise Http404
    context = {
        "group": found,
        "seats": selectors.seats(request.actor, found),
        "ahead": selectors.meetings_ahead(request.actor, found),
        "behind": selectors.meetings_behind(request.actor, found),
    }
    return render(request, "governance/group_detail.html", context)


@require_GET
@requires(Capability.GROUPS_READ)
def meeting_detail(request: ActorRequest, ref: str) -> HttpResponse:
    found = selectors.meeting(request.actor, ref)
    if found is None:
        raise Http404
    context = {"meeting": found, "is_ahead": found.starts_at >= request.actor.at}
    return render(request, "governance/meeting_detail.html", context)
