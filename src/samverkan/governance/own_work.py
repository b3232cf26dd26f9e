"""Open work and appointments of functions: meetings, notices, minutes, assignments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samverkan.platform.access.actor import Actor
from samverkan.platform.work.registry import Appointment, WorkItem

from .group_templates import template_of
from .models import Adjuster, Assignment, Meeting, Seat
from .rules import meeting_end, notice_due_on
from .states import AssignmentState, MeetingState, MinutesState

NOTICES_AHEAD = timedelta(days=30)
WORKING = (AssignmentState.ACCEPTED, AssignmentState.ONGOING, AssignmentState.RETURNED)


def seat_appointments(
    actor: Actor, refs: frozenset[str], first: date, after: date
) -> Iterator[Appointment]:
    """Meetings of the groups where the functions have a seat, or stand in for one."""
    start, end = _midnight(first), _midnight(after)
    seats = (
        Seat.objects.visible_to(actor)
        .filter(Q(function__ref__in=refs) | Q(deputy__ref__in=refs))
        .filter(
            group__meetings__starts_at__gte=start,
            group__meetings__starts_at__lt=end,
        )
        .exclude(group__meetings__state=MeetingState.CANCELLED)
        .annotate(meeting_id=F("group__meetings__pk"))
        .select_related("function", "deputy")
    )
    found = list(seats)
    meetings = {
        each.pk: each
        for each in Meeting.objects.visible_to(actor)
        .filter(pk__in={seat.meeting_id for seat in found})
        .exclude(state=MeetingState.CANCELLED)
        .select_related("group__municipality")
    }
    for seat in found:
        meeting = meetings.get(seat.meeting_id)
        if meeting is None or not _is_filled(seat, timezone.localdate(meeting.starts_at)):
            continue
        for function in (seat.function, seat.deputy):
            if function is not None and function.ref in refs:
                yield _appointment(meeting, function.ref)


def minutes_to_adjust(actor: Actor, refs: frozenset[str]) -> Iterator[WorkItem]:
    waiting = Adjuster.objects.visible_to(actor).filter(
        function__ref__in=refs,
        approved_at__isnull=True,
        meeting__minutes_state=MinutesState.TO_ADJUST,
    )
    for each in waiting.select_related("meeting__group__municipality", "function"):
        meeting = each.meeting
        yield WorkItem(
            key=f"adjust-{meeting.ref}-{each.function.ref}",
            kind_label=gettext_lazy("Minutes to adjust"),
            title=_title(meeting),
            url=reverse("governance:minutes", args=[meeting.ref]),
            function_ref=each.function.ref,
            due_on=meeting.adjust_by,
            municipality_code=meeting.group.municipality.code,
        )


def assignments_due(actor: Actor, refs: frozenset[str]) -> Iterator[WorkItem]:
    """What the functions have to do, and what waits for their organisation's answer."""
    states = (*WORKING, AssignmentState.PROPOSED)
    found = Assignment.objects.visible_to(actor).filter(function__ref__in=refs, state__in=states)
    for each in found.select_related("group__municipality", "function"):
        is_open = each.state == AssignmentState.PROPOSED
        yield WorkItem(
            key=f"assignment-{each.ref}",
            kind_label=gettext_lazy("Assignment"),
            title=each.title,
            url=reverse("governance:assignment", args=[each.ref]),
            function_ref=each.function.ref,
            due_on=each.due_on,
            municipality_code=each.group.municipality.code,
            note=_("waits for an answer") if is_open else "",
        )


def notices_to_send(actor: Actor, refs: frozenset[str]) -> Iterator[WorkItem]:
    """The chair's: meetings ahead whose notice has not gone out."""
    chairs = (
        Seat.objects.visible_to(actor)
        .filled_on(timezone.localdate(actor.at))
        .filter(function__ref__in=refs, is_chair=True)
        .select_related("function")
    )
    by_group = {seat.group_id: seat.function.ref for seat in chairs}
    coming = Meeting.objects.visible_to(actor).filter(
        group_id__in=by_group,
        state=MeetingState.PLANNED,
        starts_at__gte=actor.at,
        starts_at__lt=actor.at + NOTICES_AHEAD,
    )
    for meeting in coming.select_related("group__municipality"):
        template = template_of(meeting.group.kind)
        days = template.notice_days if template else 7
        yield WorkItem(
            key=f"notice-{meeting.ref}",
            kind_label=gettext_lazy("Notice to send"),
            title=_title(meeting),
            url=reverse("governance:meeting", args=[meeting.ref]),
            function_ref=by_group[meeting.group_id],
            due_on=notice_due_on(timezone.localdate(meeting.starts_at), days),
            municipality_code=meeting.group.municipality.code,
        )


WORK = (minutes_to_adjust, assignments_due, notices_to_send)
APPOINTMENTS = (seat_appointments,)


def _appointment(meeting: Meeting, function_ref: str) -> Appointment:
    return Appointment(
        key=f"meeting-{meeting.ref}",
        title=meeting.group.name,
        url=reverse("governance:meeting", args=[meeting.ref]),
        function_ref=function_ref,
        starts_at=meeting.starts_at,
        ends_at=meeting_end(meeting.starts_at, meeting.minutes_long),
        place=meeting.place,
        municipality_code=meeting.group.municipality.code,
    )


def _is_filled(seat: Seat, day: date) -> bool:
    begun = seat.valid_from is None or seat.valid_from <= day
    return begun and (seat.valid_to is None or seat.valid_to > day)


def _title(meeting: Meeting) -> str:
    return f"{meeting.group.name} {timezone.localdate(meeting.starts_at).isoformat()}"


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())
