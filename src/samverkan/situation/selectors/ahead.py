"""What is known to come: planned events, holidays and school breaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from samverkan.platform.access.actor import Actor

from ..calendar_days import calendar_between
from ..models import PlannedEvent


@dataclass(frozen=True)
class Ahead:
    """Something to come; `ref` is "" for what the calendar gives, `source` says where from."""

    title: str
    where: str
    starts_on: date
    ends_on: date
    expected_effect: str
    source: str
    ref: str = ""
    is_school_break: bool = False

    @property
    def is_one_day(self) -> bool:
        return self.starts_on == self.ends_on


def ahead(actor: Actor, municipality_code: str, first: date, after: date) -> tuple[Ahead, ...]:
    """What touches the days [first, after), the earliest first."""
    language = get_language() or "sv"
    events = [_event(each) for each in planned_events(actor, municipality_code, first, after)]
    days = [
        Ahead(
            title=span.name(language),
            where="",
            starts_on=span.starts_on,
            ends_on=span.ends_on,
            expected_effect="",
            source=span.source,
            is_school_break=span.is_school_break,
        )
        for span in calendar_between(first, after)
    ]
    return tuple(sorted([*events, *days], key=lambda each: (each.starts_on, each.title)))


def planned_events(
    actor: Actor, municipality_code: str, first: date, after: date | None = None
) -> list[PlannedEvent]:
    """Planned events that end on the first day or later and begin before `after`."""
    found = PlannedEvent.objects.visible_to(actor).filter(
        municipality__code=municipality_code, ends_on__gte=first
    )
    if after is not None:
        found = found.filter(starts_on__lt=after)
    return list(found.select_related("place").order_by("starts_on", "title"))


def own_planned_event(actor: Actor, ref: str) -> PlannedEvent | None:
    """One that the actor's own party has put in: only that one is changed."""
    found: PlannedEvent | None = (
        PlannedEvent.objects.visible_to(actor)
        .filter(ref=ref, owner_id=actor.party_id)
        .select_related("place", "municipality", "owner")
        .first()
    )
    return found


def _event(each: PlannedEvent) -> Ahead:
    return Ahead(
        title=each.title,
        where=each.place.name if each.place else each.where,
        starts_on=each.starts_on,
        ends_on=each.ends_on,
        expected_effect=each.expected_effect,
        source="",
        ref=each.ref,
    )
