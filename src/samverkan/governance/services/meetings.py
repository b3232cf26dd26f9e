"""A meeting's life: planned, called, held, ended, closed; or cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.organisations.function_facts import function_facts, function_facts_by_pk
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require

from ..group_templates import template_of
from ..models import AgendaItem, Attendance, Group, Meeting, Seat
from ..notices import send_new_time, send_notices
from ..rules import Hindrance, adjust_by
from ..states import MeetingEvent, MeetingState
from .common import FieldError, HinderedError, may_run, run_meeting, step
from .minutes import ask_to_adjust, make_minutes
from .trail import record

# A meeting can be opened a while before its time, never on another day by mistake.
EARLIEST_START = timedelta(hours=12)


@dataclass(frozen=True)
class PlannedTime:
    starts_at: datetime
    minutes_long: int
    place: str = ""


@transaction.atomic
def plan_meetings(actor: Actor, group_ref: str, times: Sequence[PlannedTime]) -> list[Meeting]:
    """Several meetings in one go; a time at which the group already meets is left as it is."""
    require(actor, Capability.MEETINGS_RUN)
    group: Group = Group.objects.visible_to(actor).get(ref=group_ref)
    if not may_run(actor, group):
        raise PermissionDenied
    known = set(
        Meeting.objects.visible_to(actor)
        .filter(group=group)
        .exclude(state=MeetingState.CANCELLED)
        .values_list("starts_at", flat=True)
    )
    made = [
        Meeting.objects.create(
            group=group,
            starts_at=each.starts_at,
            minutes_long=each.minutes_long,
            place=each.place,
        )
        for each in times
        if each.starts_at not in known
    ]
    if made:
        record(actor, "meeting.planned", group, details={"meetings": len(made)})
    return made


@transaction.atomic
def change_time(actor: Actor, ref: str, when: PlannedTime) -> Meeting:
    """Move a meeting that has not begun: the old time stays in its history, the called are told.

    What is the same as before changes nothing and tells nobody.
    """
    meeting = run_meeting(actor, ref)
    if meeting.state not in (MeetingState.PLANNED, MeetingState.CALLED):
        raise PermissionDenied
    before = PlannedTime(meeting.starts_at, meeting.minutes_long, meeting.place)
    if before == when:
        return meeting
    _require_free(actor, meeting, when.starts_at)
    if when.starts_at < actor.at:
        raise FieldError({"day": _("The time has passed.")})
    meeting.starts_at = when.starts_at
    meeting.minutes_long, meeting.place = when.minutes_long, when.place
    _take(actor, meeting, MeetingEvent.MOVE, _said(before))
    record(actor, "meeting.moved", meeting, details={"from": before.starts_at.isoformat()})
    if meeting.state == MeetingState.CALLED:
        send_new_time(actor, meeting, _seats(actor, meeting), _said(before))
    return meeting


def _require_free(actor: Actor, meeting: Meeting, starts_at: datetime) -> None:
    others = Meeting.objects.visible_to(actor).filter(group=meeting.group, starts_at=starts_at)
    if others.exclude(pk=meeting.pk).exclude(state=MeetingState.CANCELLED).exists():
        raise FieldError({"day": _("The group meets at that time already.")})


def _said(when: PlannedTime) -> str:
    """The time and place as the history keeps them, in no language."""
    starts = timezone.localtime(when.starts_at)
    ends = timezone.localtime(when.starts_at + timedelta(minutes=when.minutes_long))
    said = f"{starts:%Y-%m-%d %H:%M}–{ends:%H:%M}"
    return f"{said}, {when.place}" if when.place else said


@transaction.atomic
def call_meeting(actor: Actor, ref: str) -> Meeting:
    """The notice is sent: from now on it stands in the members' calendars as called."""
    meeting = run_meeting(actor, ref)
    if not AgendaItem.objects.visible_to(actor).filter(meeting=meeting).exists():
        raise HinderedError(Hindrance.NO_POINTS)
    meeting.called_at = actor.at
    _take(actor, meeting, MeetingEvent.CALL)
    record(
        actor,
        "meeting.called",
        meeting,
        details={"seats": len(_seats(actor, meeting))},
    )
    send_notices(actor, meeting, _seats(actor, meeting))
    return meeting


@transaction.atomic
def start_meeting(actor: Actor, ref: str) -> Meeting:
    """Open the meeting: the list of seats is taken down as it stands on the day."""
    meeting = run_meeting(actor, ref)
    if actor.at < meeting.starts_at - EARLIEST_START:
        raise HinderedError(Hindrance.TOO_EARLY)
    meeting.started_at = actor.at
    _take(actor, meeting, MeetingEvent.START)
    _call_the_roll(actor, meeting)
    record(actor, "meeting.started", meeting)
    return meeting


@transaction.atomic
def mark_attendance(actor: Actor, ref: str, marked: dict[str, str]) -> Meeting:
    """Who is there, by the function's ref. Unknown functions and values are refused whole."""
    meeting = run_meeting(actor, ref)
    if meeting.state != MeetingState.ONGOING:
        raise PermissionDenied
    lines = {
        line.function.ref: line
        for line in Attendance.objects.visible_to(actor)
        .filter(meeting=meeting)
        .select_related("function")
    }
    day = timezone.localdate(actor.at)
    ended = {
        each.ref for each in function_facts(actor, list(lines)).values() if not each.is_in_use(day)
    }
    for function_ref, presence in marked.items():
        line = lines[function_ref]
        line.presence = Attendance.Presence(presence)
        if function_ref in ended and line.left_at is None:
            # The function ended while the meeting went on: it was here, and has left.
            line.left_at = actor.at
        line.save(update_fields=["presence", "left_at"])
    record(actor, "meeting.attendance_marked", meeting)
    return meeting


@transaction.atomic
def end_meeting(actor: Actor, ref: str, adjuster_refs: Sequence[str]) -> Meeting:
    """End the meeting: the minutes are ready, and go to those who adjust them."""
    meeting = run_meeting(actor, ref)
    lines = list(Attendance.objects.visible_to(actor).filter(meeting=meeting))
    if any(line.presence == Attendance.Presence.UNMARKED for line in lines):
        raise HinderedError(Hindrance.ATTENDANCE_UNMARKED)
    here = {
        line.function_id
        for line in lines
        if line.presence in (Attendance.Presence.PRESENT, Attendance.Presence.DEPUTY)
    }
    chosen = function_facts(actor, adjuster_refs)
    if not chosen:
        raise HinderedError(Hindrance.NO_ADJUSTER)
    if any(each.pk not in here for each in chosen.values()):
        raise HinderedError(Hindrance.ADJUSTER_NOT_PRESENT)
    template = template_of(meeting.group.kind)
    meeting.ended_at = actor.at
    meeting.adjust_by = adjust_by(
        timezone.localdate(actor.at), template.adjustment_days if template else 14
    )
    _take(actor, meeting, MeetingEvent.END)
    ask_to_adjust(meeting, chosen.values())
    make_minutes(actor, meeting)
    record(actor, "meeting.ended", meeting, details={"adjusters": len(chosen)})
    return meeting


@transaction.atomic
def close_meeting(actor: Actor, ref: str) -> Meeting:
    meeting = run_meeting(actor, ref)
    _take(actor, meeting, MeetingEvent.CLOSE)
    record(actor, "meeting.closed", meeting)
    return meeting


@transaction.atomic
def cancel_meeting(actor: Actor, ref: str, reason: str) -> Meeting:
    meeting = run_meeting(actor, ref)
    return cancel_meeting_of(actor, meeting, reason)


def cancel_meeting_of(actor: Actor, meeting: Meeting, reason: str) -> Meeting:
    """Inside the caller's transaction: the group ends, or the meeting is not needed."""
    _take(actor, meeting, MeetingEvent.CANCEL, reason)
    record(actor, "meeting.cancelled", meeting, reason=reason)
    return meeting


def _take(actor: Actor, meeting: Meeting, event: MeetingEvent, note: str = "") -> None:
    meeting.state = step(actor, "meeting", meeting.group, meeting.ref, meeting.state, event, note)
    meeting.save()


def _seats(actor: Actor, meeting: Meeting) -> list[Seat]:
    day = timezone.localdate(meeting.starts_at)
    return list(Seat.objects.visible_to(actor).filled_on(day).filter(group=meeting.group))


def _call_the_roll(actor: Actor, meeting: Meeting) -> None:
    day = timezone.localdate(meeting.starts_at)
    seats = _seats(actor, meeting)
    facts = function_facts_by_pk(actor, [seat.function_id for seat in seats])
    Attendance.objects.bulk_create(
        [
            Attendance(
                meeting=meeting,
                function_id=seat.function_id,
                title=facts[seat.function_id].title,
                organisation_name=facts[seat.function_id].organisation_name,
                position=seat.position,
                is_chair=seat.is_chair,
                is_leading_position=seat.is_leading_position,
            )
            for seat in seats
            if facts[seat.function_id].is_in_use(day)
        ]
    )
