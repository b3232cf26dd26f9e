"""Meetings behind and ahead, their agenda, and who was there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from samverkan.platform.access.actor import Actor
from samverkan.swedish.sorting import search_key

from ..cadence import next_days
from ..minutes_content import notes_of
from ..models import (
    Adjuster,
    AgendaItem,
    Attendance,
    Decision,
    Group,
    Meeting,
    MinutesVersion,
    PointNote,
    StateStep,
)
from ..rules import seal
from ..states import MeetingState
from .groups import cadence_from

# Held, or at least said to be: what was planned and never called is not behind but forgotten.
NOT_HELD = (MeetingState.CANCELLED,)


def meetings_ahead(actor: Actor, one: Group) -> list[Meeting]:
    return list(
        Meeting.objects.visible_to(actor)
        .filter(group=one, starts_at__gte=actor.at)
        .exclude(state__in=NOT_HELD)
        .order_by("starts_at")
    )


def meetings_behind(actor: Actor, one: Group) -> list[Meeting]:
    return list(
        Meeting.objects.visible_to(actor)
        .filter(group=one, starts_at__lt=actor.at)
        .order_by("-starts_at")
    )


def meeting(actor: Actor, ref: str) -> Meeting | None:
    found: Meeting | None = (
        Meeting.objects.visible_to(actor)
        .filter(ref=ref)
        .select_related("group__municipality", "group__owner")
        .first()
    )
    return found


def own_meetings_within(actor: Actor, span: timedelta) -> list[Meeting]:
    """Coming meetings of the groups in which the actor's function has a seat or is a deputy."""
    day = timezone.localdate(actor.at)
    is_there = Q(group__seats__function_id=actor.function_id) | Q(
        group__seats__deputy_id=actor.function_id
    )
    not_over = Q(group__seats__valid_to__isnull=True) | Q(group__seats__valid_to__gt=day)
    return list(
        Meeting.objects.visible_to(actor)
        .filter(is_there & not_over, starts_at__gte=actor.at, starts_at__lt=actor.at + span)
        .exclude(state__in=NOT_HELD)
        .select_related("group")
        .order_by("starts_at")
        .distinct()
    )


def proposed_times(actor: Actor, one: Group, count: int = 6) -> list[datetime]:
    """The next times by the group's rhythm, after the last meeting that is planned."""
    cadence = cadence_from(one)
    if cadence is None:
        return []
    ahead = meetings_ahead(actor, one)
    today = timezone.localdate(actor.at)
    last = max([today, *(timezone.localdate(each.starts_at) for each in ahead)])
    return [_at(day, cadence.starts_at) for day in next_days(cadence, last, count)]


def items(actor: Actor, one: Meeting) -> list[AgendaItem]:
    return list(AgendaItem.objects.visible_to(actor).filter(meeting=one))


def attendance(actor: Actor, one: Meeting) -> list[Attendance]:
    return list(Attendance.objects.visible_to(actor).filter(meeting=one).select_related("function"))


def latest_notes(actor: Actor, one: Meeting) -> dict[int, PointNote]:
    return notes_of(actor, one)


def minutes_versions(actor: Actor, one: Meeting) -> list[MinutesVersion]:
    return list(MinutesVersion.objects.visible_to(actor).filter(meeting=one))


def is_intact(version: MinutesVersion) -> bool:
    """The content is what its hash was made of."""
    return seal(version.content) == version.content_hash


def adjusters(actor: Actor, one: Meeting) -> list[Adjuster]:
    return list(
        Adjuster.objects.visible_to(actor)
        .filter(meeting=one)
        .select_related("function")
        .order_by("title")
    )


def history(actor: Actor, machine: str, ref: str) -> list[StateStep]:
    return list(StateStep.objects.visible_to(actor).filter(subject_kind=machine, subject_ref=ref))


@dataclass(frozen=True)
class MeetingsHeld:
    """How many meetings a group has held in [first, after): evidence for agreements and reports."""

    group_ref: str
    group_name: str
    kind: str
    held: int
    with_minutes: int


def meetings_held(
    actor: Actor, municipality_code: str, first: date, after: date
) -> list[MeetingsHeld]:
    """The municipality's groups with the meetings that were held in the days [first, after)."""
    span = Q(starts_at__gte=_at(first, time.min), starts_at__lt=_at(after, time.min))
    rows = list(
        Meeting.objects.visible_to(actor)
        .filter(span, group__municipality__code=municipality_code, starts_at__lt=actor.at)
        .exclude(state__in=NOT_HELD)
        .select_related("group")
    )
    held: dict[int, list[Meeting]] = {}
    for each in rows:
        held.setdefault(each.group_id, []).append(each)
    return [
        MeetingsHeld(
            group_ref=found[0].group.ref,
            group_name=found[0].group.name,
            kind=found[0].group.kind,
            held=len(found),
            with_minutes=sum(each.minutes_state != "none" for each in found),
        )
        for found in held.values()
    ]


def moments_about(
    actor: Actor, subject_kind: str, subject_refs: Iterable[str]
) -> dict[str, list[datetime]]:
    """When meetings that have ended talked about each of the things, the earliest first."""
    found = (
        AgendaItem.objects.visible_to(actor)
        .filter(
            subject_kind=subject_kind,
            subject_ref__in=list(subject_refs),
            skipped_because="",
            meeting__ended_at__isnull=False,
        )
        .order_by("meeting__starts_at")
        .values_list("subject_ref", "meeting__starts_at")
        .distinct()
    )
    moments: dict[str, list[datetime]] = {}
    for ref, at in found:
        moments.setdefault(ref, []).append(at)
    return moments


def meetings_matching(actor: Actor, query: str, limit: int) -> list[Meeting]:
    """Meetings of groups whose name holds the words, nearest in time first; or by date."""
    wanted = search_key(query)
    found = Meeting.objects.visible_to(actor).select_related("group")
    hits = [
        each
        for each in found
        if wanted in search_key(f"{each.group.name} {each.place} {each.starts_at:%Y-%m-%d}")
    ]
    return sorted(hits, key=lambda each: abs(each.starts_at - actor.at))[:limit]


def decisions_of_meeting(actor: Actor, one: Meeting) -> list[Decision]:
    return list(Decision.objects.visible_to(actor).filter(meeting=one).select_related("item"))


def _at(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour), timezone.get_default_timezone())
