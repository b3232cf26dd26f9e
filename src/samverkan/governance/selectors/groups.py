"""Groups with their seats, and when they meet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import get_language

from samverkan.platform.access.actor import Actor
from samverkan.swedish.sorting import search_key

from ..cadence import Cadence, Rhythm
from ..group_templates import GroupTemplate, kind_label, summer_mode, template_of
from ..models import Group, Meeting, Seat
from ..rhythm_words import cadence_words
from ..states import MeetingState

COUNCIL = "council"


@dataclass(frozen=True)
class GroupSummary:
    """One group as the list shows it, with the meetings next to now."""

    ref: str
    name: str
    kind: str
    kind_label: str
    purpose: str
    cadence: str
    municipality: str
    has_ended: bool
    last_met_at: datetime | None
    next_meeting_at: datetime | None


def groups(actor: Actor) -> tuple[GroupSummary, ...]:
    """Every group that the actor may see, the councils first, those that have ended last."""
    found = list(Group.objects.visible_to(actor).select_related("municipality"))
    meetings = list(
        Meeting.objects.visible_to(actor)
        .exclude(state=MeetingState.CANCELLED)
        .values_list("group_id", "starts_at")
        .order_by("starts_at")
    )
    made = [
        _summary(group, [at for pk, at in meetings if pk == group.pk], actor) for group in found
    ]
    return tuple(sorted(made, key=lambda each: (each.has_ended, each.kind != COUNCIL, each.name)))


def group(actor: Actor, ref: str) -> Group | None:
    found: Group | None = (
        Group.objects.visible_to(actor)
        .filter(ref=ref)
        .select_related("municipality", "owner")
        .first()
    )
    return found


def seats(actor: Actor, one: Group) -> list[Seat]:
    """The group's seats of today, the chair first."""
    return list(
        Seat.objects.visible_to(actor)
        .filled_on(timezone.localdate(actor.at))
        .filter(group=one)
        .select_related("function__organisation__parent", "deputy")
        .order_by("-is_chair", "-is_leading_position", "function__title")
    )


@dataclass(frozen=True)
class Fellow:
    """A function that sits in a group together with another."""

    title: str
    organisation: str
    phone: str
    email: str
    groups: tuple[str, ...]


def fellows(actor: Actor, function_ref: str) -> list[Fellow]:
    """Who the function meets in its groups today, by the alphabet."""
    filled = Seat.objects.visible_to(actor).filled_on(timezone.localdate(actor.at))
    own = filled.filter(function__ref=function_ref).values("group")
    seats = (
        filled.filter(group__in=own, group__ended_on__isnull=True)
        .exclude(function__ref=function_ref)
        .select_related("function__organisation", "group")
        .order_by("group__name")
    )
    groups: dict[int, list[str]] = {}
    functions = {}
    for seat in seats:
        groups.setdefault(seat.function_id, []).append(seat.group.name)
        functions[seat.function_id] = seat.function
    found = [
        Fellow(
            title=each.title,
            organisation=each.organisation.name,
            phone=each.phone,
            email=each.email,
            groups=tuple(groups[pk]),
        )
        for pk, each in functions.items()
    ]
    return sorted(found, key=lambda each: search_key(each.title))


def former_seats(actor: Actor, one: Group) -> list[Seat]:
    return list(
        Seat.objects.visible_to(actor)
        .filter(group=one, valid_to__lte=timezone.localdate(actor.at))
        .select_related("function__organisation")
        .order_by("-valid_to", "function__title")
    )


def cadence_of(actor: Actor, group_ref: str) -> Cadence | None:
    """When the group meets; None when it may not be seen or nobody has said its rhythm."""
    found = group(actor, group_ref)
    return cadence_from(found) if found else None


def cadence_from(one: Group) -> Cadence | None:
    if not one.rhythm or one.meets_from is None:
        return None
    return Cadence(
        rhythm=Rhythm(one.rhythm),
        first_on=one.meets_from,
        starts_at=one.meets_at or time(9),
        minutes_long=one.minutes_long,
        summer=summer_mode(one.summer_rhythm, one.summer_from, one.summer_to),
    )


def words_of_cadence(one: Group) -> str:
    """How often the group meets, in the reader's words."""
    cadence = cadence_from(one)
    return cadence_words(cadence) if cadence else one.cadence


def template_of_group(actor: Actor, group_ref: str) -> GroupTemplate | None:
    """The template of a group that the actor may see: where its problems go on."""
    found = group(actor, group_ref)
    return template_of(found.kind) if found else None


def groups_of_kind(actor: Actor, municipality_code: str, kind: str) -> list[Group]:
    """The municipality's groups of a kind that are in use, as the escalation asks for them."""
    return list(
        Group.objects.visible_to(actor)
        .in_use(timezone.localdate(actor.at))
        .filter(municipality__code=municipality_code, kind=kind)
        .order_by("pk")
    )


def councils(
    actor: Actor, municipality_codes: Collection[str]
) -> list[tuple[Group, datetime | None]]:
    """The strategic councils of the municipalities, each with when it last met."""
    has_been = Q(meetings__starts_at__lt=actor.at) & ~Q(meetings__state=MeetingState.CANCELLED)
    found = (
        Group.objects.visible_to(actor)
        .in_use(timezone.localdate(actor.at))
        .filter(kind=COUNCIL, municipality__code__in=municipality_codes)
        .annotate(last_met_at=Max("meetings__starts_at", filter=has_been))
        .order_by("name")
    )
    return [(group, group.last_met_at) for group in found]


def groups_matching(actor: Actor, query: str, limit: int) -> list[Group]:
    wanted = search_key(query)
    found = Group.objects.visible_to(actor).order_by("name")
    return [each for each in found if wanted in search_key(each.name)][:limit]


def label_of_kind(kind: str) -> str:
    return kind_label(kind, get_language() or "sv")


def _summary(one: Group, moments: list[datetime], actor: Actor) -> GroupSummary:
    behind = [at for at in moments if at < actor.at]
    ahead = [at for at in moments if at >= actor.at]
    return GroupSummary(
        ref=one.ref,
        name=one.name,
        kind=one.kind,
        kind_label=label_of_kind(one.kind),
        purpose=one.purpose,
        cadence=words_of_cadence(one),
        municipality=one.municipality.name,
        has_ended=one.ended_on is not None and one.ended_on <= timezone.localdate(actor.at),
        last_met_at=behind[-1] if behind else None,
        next_meeting_at=ahead[0] if ahead else None,
    )
