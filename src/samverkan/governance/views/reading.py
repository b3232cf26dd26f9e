"""Groups and their meetings, to read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from .. import selectors
from ..group_templates import template_of
from ..models import Meeting
from ..rules import meeting_end, notice_due_on
from ..services.common import may_run
from ..state_words import MEETING_EVENTS, MEETING_STATES, MEETING_TONES, MINUTES_STATES
from ..states import MeetingState, MinutesState
from .common import group_or_404, may_write, meeting_or_404

YEARS_OF_DECISIONS = timedelta(days=4 * 366)


@require_GET
@requires(Capability.GROUPS_READ)
def group_list(request: ActorRequest) -> HttpResponse:
    found = selectors.groups(request.actor)
    ahead = [each.next_meeting_at for each in found if each.next_meeting_at]
    context = {
        "groups": found,
        "next_at": min(ahead, default=None),
        "may_start": request.actor.may(Capability.GROUPS_WRITE),
    }
    return render(request, "governance/group_list.html", context)


@require_GET
@requires(Capability.GROUPS_READ)
def group_detail(request: ActorRequest, ref: str) -> HttpResponse:
    actor = request.actor
    found = group_or_404(request, ref)
    context = {
        "group": found,
        "template": template_of(found.kind),
        "kind_label": selectors.label_of_kind(found.kind),
        "cadence": selectors.words_of_cadence(found),
        "seats": selectors.seats(actor, found),
        "former": selectors.former_seats(actor, found),
        "ahead": _rows(selectors.meetings_ahead(actor, found)),
        "behind": _rows(selectors.meetings_behind(actor, found)),
        "open_decisions": [
            view for view in selectors.open_decisions(actor, ref) if view.kind != "assignment"
        ],
        "assignments": selectors.assignments_of_group(actor, found),
        "given": selectors.assignments_given_by(actor, found),
        "has_ended": found.ended_on is not None and found.ended_on <= timezone.localdate(actor.at),
        "may_write": may_write(actor, found),
        "may_plan": may_run(actor, found),
    }
    return render(request, "governance/group_detail.html", context)


@require_GET
@requires(Capability.GROUPS_READ)
def decisions(request: ActorRequest, ref: str) -> HttpResponse:
    """Everything that the group has decided, with how it stands."""
    found = group_or_404(request, ref)
    since = timezone.localdate(request.actor.at) - YEARS_OF_DECISIONS
    views = selectors.decisions_since(request.actor, ref, since)
    context = {
        "group": found,
        "decisions": views,
        "open_count": sum(not view.standing.is_done for view in views),
        "formal": selectors.formal_decisions(request.actor, found),
        "may_write": may_write(request.actor, found),
    }
    return render(request, "governance/decisions.html", context)


@require_GET
@requires(Capability.GROUPS_READ)
def meeting_detail(request: ActorRequest, ref: str) -> HttpResponse:
    actor = request.actor
    found = meeting_or_404(request, ref)
    template = template_of(found.group.kind)
    days = template.notice_days if template else 7
    steps = selectors.history(actor, "meeting", found.ref)
    context = {
        "meeting": found,
        "ends_at": meeting_end(found.starts_at, found.minutes_long),
        "state": MeetingState(found.state),
        "state_words": MEETING_STATES[MeetingState(found.state)],
        "state_tone": MEETING_TONES[MeetingState(found.state)],
        "minutes_words": MINUTES_STATES[MinutesState(found.minutes_state)],
        "is_ahead": found.starts_at >= actor.at,
        "notice_due": notice_due_on(timezone.localdate(found.starts_at), days),
        "items": selectors.items(actor, found),
        "decisions": selectors.decisions_of_meeting(actor, found),
        "standings": selectors.standings_of_meeting(actor, found),
        "attendance": selectors.attendance(actor, found),
        "steps": [(step, MEETING_EVENTS[step.event]) for step in steps],  # type: ignore[index]
        "may_run": may_run(actor, found.group),
    }
    return render(request, "governance/meeting_detail.html", context)


def _rows(meetings: list[Meeting]) -> list[dict[str, Any]]:
    return [
        {
            "meeting": each,
            "words": MEETING_STATES[MeetingState(each.state)],
            "tone": MEETING_TONES[MeetingState(each.state)],
        }
        for each in meetings
    ]
