"""Start a group from its template, change its seats, end it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from samverkan.organisations.function_facts import FunctionFacts, function_facts
from samverkan.organisations.selectors import municipality, party_of_municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require

from ..cadence import Rhythm
from ..group_templates import template_of
from ..models import Group, Meeting, Seat
from ..rules import SeatChoice, seat_hindrances
from ..states import MeetingState
from .common import HinderedError, own_group
from .meetings import cancel_meeting_of
from .trail import record


class UnknownPlaceError(LookupError):
    """No such municipality, or not one that the actor's party forms groups in."""


@dataclass(frozen=True)
class SeatDraft:
    """A function's place in a group, as it is to be."""

    function_ref: str
    is_chair: bool = False
    is_leading_position: bool = False
    role: str = "official"
    position: str = ""
    deputy_ref: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class RhythmDraft:
    """When the group meets; `summer_from` and `summer_to` as "06-15"."""

    rhythm: str = Rhythm.WHEN_NEEDED
    meets_from: date | None = None
    meets_at: time = time(9)
    minutes_long: int = 60
    summer_rhythm: str = ""
    summer_from: str = ""
    summer_to: str = ""
    place: str = ""


@dataclass(frozen=True)
class GroupDraft:
    kind: str
    name: str
    municipality_code: str
    seats: tuple[SeatDraft, ...]
    rhythm: RhythmDraft
    purpose: str = ""
    first_meeting_at: datetime | None = None


@transaction.atomic
def start_group(actor: Actor, draft: GroupDraft) -> Group:
    """A new group of the template's kind, with its seats and its first meeting."""
    require(actor, Capability.GROUPS_WRITE)
    template = template_of(draft.kind)
    place = municipality(actor, draft.municipality_code)
    owner = party_of_municipality(actor, draft.municipality_code)
    if template is None or place is None or owner is None:
        raise UnknownPlaceError(draft.municipality_code)
    if not actor.is_system and owner.pk != actor.party_id:
        raise UnknownPlaceError(draft.municipality_code)
    known = _checked(actor, draft.kind, draft.seats)
    group: Group = Group.objects.create(
        kind=draft.kind,
        name=draft.name,
        purpose=draft.purpose or template.purpose.to(actor.language),
        owner=owner,
        municipality=place,
        started_on=timezone.localdate(actor.at),
        **_rhythm_fields(draft.rhythm),
    )
    _seat(group, draft.seats, known, timezone.localdate(actor.at))
    if draft.first_meeting_at is not None:
        Meeting.objects.create(
            group=group,
            starts_at=draft.first_meeting_at,
            minutes_long=draft.rhythm.minutes_long,
            place=draft.rhythm.place,
        )
    record(
        actor,
        "group.started",
        group,
        details={"kind": draft.kind, "seats": len(draft.seats)},
    )
    return group


@transaction.atomic
def change_seats(actor: Actor, group_ref: str, seats: Sequence[SeatDraft]) -> Group:
    """The seats as they are to be from today: left-out ones end, new ones begin."""
    group = own_group(actor, group_ref)
    today = timezone.localdate(actor.at)
    known = _checked(actor, group.kind, seats)
    wanted = {known[seat.function_ref].pk: seat for seat in seats}
    current = Seat.objects.visible_to(actor).filled_on(today).filter(group=group)
    kept: set[int] = set()
    for seat in current:
        if seat.function_id not in wanted:
            _end_seat(seat, today)
        else:
            kept.add(seat.function_id)
            for name, value in _seat_fields(wanted[seat.function_id], known).items():
                setattr(seat, name, value)
            seat.save()
    fresh = [seat for pk, seat in wanted.items() if pk not in kept]
    _seat(group, fresh, known, today)
    record(
        actor,
        "group.seats_changed",
        group,
        details={"seats": len(seats), "added": len(fresh)},
    )
    return group


@transaction.atomic
def change_rhythm(actor: Actor, group_ref: str, rhythm: RhythmDraft) -> Group:
    group = own_group(actor, group_ref)
    for name, value in _rhythm_fields(rhythm).items():
        setattr(group, name, value)
    group.save()
    record(actor, "group.rhythm_changed", group, details={"rhythm": rhythm.rhythm})
    return group


@transaction.atomic
def end_group(actor: Actor, group_ref: str, last_day: date, reason: str) -> Group:
    """The group ends: its past stays, its seats end, its meetings ahead are cancelled."""
    group = own_group(actor, group_ref)
    group.ended_on, group.end_reason = last_day, reason
    group.save(update_fields=["ended_on", "end_reason"])
    Seat.objects.visible_to(actor).filter(group=group).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)
    ).update(valid_to=last_day)
    cancelled = 0
    ahead = Meeting.objects.visible_to(actor).filter(
        group=group,
        state__in=(MeetingState.PLANNED, MeetingState.CALLED),
        starts_at__gte=actor.at,
    )
    for meeting in ahead:
        cancel_meeting_of(actor, meeting, reason)
        cancelled += 1
    record(actor, "group.ended", group, details={"cancelled": cancelled})
    return group


def _checked(actor: Actor, kind: str, seats: Iterable[SeatDraft]) -> dict[str, FunctionFacts]:
    """The functions of the seats; refused when the seats together break a rule."""
    chosen = list(seats)
    refs = [each.function_ref for each in chosen] + [
        each.deputy_ref for each in chosen if each.deputy_ref
    ]
    known = function_facts(actor, refs)
    day = timezone.localdate(actor.at)
    choices = [
        SeatChoice(
            each.function_ref,
            is_chair=each.is_chair,
            is_municipal=each.function_ref in known and known[each.function_ref].is_municipal,
            is_in_use=each.function_ref in known and known[each.function_ref].is_in_use(day),
        )
        for each in chosen
    ]
    for hindrance in seat_hindrances(template_of(kind), choices):
        raise HinderedError(hindrance)
    return known


def _seat(
    group: Group, seats: Iterable[SeatDraft], known: dict[str, FunctionFacts], today: date
) -> None:
    for seat in seats:
        fields = _seat_fields(seat, known)
        Seat.objects.create(
            group=group,
            function_id=known[seat.function_ref].pk,
            **{**fields, "valid_from": seat.valid_from or today},
        )


def _seat_fields(seat: SeatDraft, known: dict[str, FunctionFacts]) -> dict[str, Any]:
    deputy = known.get(seat.deputy_ref)
    fields = {
        "is_chair": seat.is_chair,
        "is_leading_position": seat.is_leading_position,
        "role": seat.role,
        "position": seat.position,
        "deputy_id": deputy.pk if deputy else None,
        "valid_to": seat.valid_to,
    }
    return fields | ({"valid_from": seat.valid_from} if seat.valid_from else {})


def _end_seat(seat: Seat, today: date) -> None:
    if seat.valid_from is not None and seat.valid_from >= today:
        # It began today: nothing was done in it.
        seat.delete()
        return
    seat.valid_to = today
    seat.save(update_fields=["valid_to"])


def _rhythm_fields(draft: RhythmDraft) -> dict[str, Any]:
    return {
        "rhythm": draft.rhythm,
        "meets_from": draft.meets_from,
        "meets_at": draft.meets_at,
        "minutes_long": draft.minutes_long,
        "summer_rhythm": draft.summer_rhythm,
        "summer_from": draft.summer_from,
        "summer_to": draft.summer_to,
        "place": draft.place,
    }
