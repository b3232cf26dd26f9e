"""Groups with their seats, and their meetings behind and ahead."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Q

from samverkan.platform.access.actor import Actor
from samverkan.swedish.sorting import search_key

from .models import Group, Meeting, Seat


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
    last_met_at: datetime | None
    next_meeting_at: datetime | None


def groups(actor: Actor) -> tuple[GroupSummary, ...]:
    """Every group that the actor may see, the councils first."""
    found = list(Group.objects.visible_to(actor).select_related("municipality"))
    meetings = list(
        Meeting.objects.visible_to(actor).values_list("group_id", "starts_at").order_by("starts_at")
    )
    made = [
        _summary(group, [at for pk, at in meetings if pk == group.pk], actor) for group in found
    ]
    return tuple(sorted(made, key=lambda each: (each.kind != Group.Kind.COUNCIL, each.name)))


def group(actor: Actor, ref: str) -> Group | None:
    found: Group | None = (
        Group.objects.visible_to(actor)
        .filter(ref=ref)
        .select_related("municipality", "owner")
        .first()
    )
    return found


def seats(actor: Actor, one: Group) -> list[Seat]:
    """The group's seats, the chair first."""
    return list(
        Seat.objects.visible_to(actor)
        .filter(group=one)
        .select_related("function__organisation")
        .order_by("-is_chair", "-is_leading_position", "function__title")
    )


def meetings_ahead(actor: Actor, one: Group) -> list[Meeting]:
    return list(
        Meeting.objects.visible_to(actor)
        .filter(group=one, starts_at__gte=actor.at)
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
        .select_related("group__municipality")
        .first()
    )
    return found


def own_meetings_within(actor: Actor, span: timedelta) -> list[Meeting]:
    """Coming meetings of the groups in which the actor's function has a seat."""
    return list(
        Meeting.objects.visible_to(actor)
        .filter(
            group__seats__function_id=actor.function_id,
            starts_at__gte=actor.at,
            starts_at__lt=actor.at + span,
        )
        .select_related("group")
        .order_by("starts_at")
    )


def councils(
    actor: Actor, municipality_codes: Collection[str]
) -> list[tuple[Group, datetime | None]]:
    """The strategic councils of the municipalities, each with when it last met."""
    has_been = Q(meetings__starts_at__lt=actor.at)
    found = (
        Group.objects.visible_to(actor)
        .filter(kind=Group.Kind.COUNCIL, municipality__code__in=municipality_codes)
        .annotate(last_met_at=Max("meetings__starts_at", filter=has_been))
        .order_by("name")
    )
    return [(group, group.last_met_at) for group in found]


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


def groups_matching(actor: Actor, query: str, limit: int) -> list[Group]:
    wanted = search_key(query)
    found = Group.objects.visible_to(actor).order_by("name")
    return [each for each in found if wanted in search_key(each.name)][:limit]


def _summary(one: Group, moments: list[datetime], actor: Actor) -> GroupSummary:
    behind = [at for at in moments if at < actor.at]
    ahead = [at for at in moments if at >= actor.at]
    return GroupSummary(
        ref=one.ref,
        name=one.name,
        kind=one.kind,
        kind_label=one.get_kind_display(),
        purpose=one.purpose,
        cadence=one.cadence,
        municipality=one.municipality.name,
        last_met_at=behind[-1] if behind else None,
        next_meeting_at=ahead[0] if ahead else None,
    )
