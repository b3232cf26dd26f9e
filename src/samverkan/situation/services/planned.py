"""Planned events put in, changed and taken away by the municipality's own functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from samverkan.organisations.selectors import municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from ..models import Place, PlannedEvent

A_MOMENT = timedelta(minutes=2)


@dataclass(frozen=True)
class PlannedEventFacts:
    """What is known of the event; `place_ref` is "" when the register has no such place."""

    title: str
    place_ref: str
    where: str
    starts_on: date
    ends_on: date
    expected_effect: str


class PlannedEventChangedError(Exception):
    """Somebody else has changed the event since it was read; `event` is as it stands now."""

    def __init__(self, event: PlannedEvent) -> None:
        super().__init__(event.ref)
        self.event = event


def add_planned_event(
    actor: Actor, municipality_code: str, facts: PlannedEventFacts
) -> PlannedEvent:
    require(actor, Capability.INCIDENTS_REVIEW)
    place = municipality(actor, municipality_code)
    party = actor.party_id
    if place is None or party is None or municipality_code not in actor.municipality_codes:
        raise PermissionDenied(municipality_code)
    fields = _fields(actor, facts)
    with transaction.atomic():
        sent_twice = _sent_twice(actor, municipality_code, fields)
        if sent_twice is not None:
            return sent_twice
        event: PlannedEvent = PlannedEvent.objects.create(
            owner_id=party, municipality=place, added_at=actor.at, **fields
        )
        record(
            actor,
            "planned_event.added",
            "planned_event",
            event.ref,
            owner_party_ref=actor.party_ref,
        )
    return event


def change_planned_event(
    actor: Actor, ref: str, facts: PlannedEventFacts, *, based_on: int
) -> PlannedEvent:
    """Write the facts over the revision that they were based on, and over no other."""
    require(actor, Capability.INCIDENTS_REVIEW)
    with transaction.atomic():
        event = _own(actor, ref)
        if event.revision != based_on:
            raise PlannedEventChangedError(event)
        event.revision += 1
        for name, value in _fields(actor, facts).items():
            setattr(event, name, value)
        event.save()
        record(
            actor,
            "planned_event.changed",
            "planned_event",
            event.ref,
            owner_party_ref=actor.party_ref,
        )
    return event


def remove_planned_event(actor: Actor, ref: str) -> None:
    require(actor, Capability.INCIDENTS_REVIEW)
    with transaction.atomic():
        event = _own(actor, ref)
        event.delete()
        record(
            actor, "planned_event.removed", "planned_event", ref, owner_party_ref=actor.party_ref
        )


def _sent_twice(
    actor: Actor, municipality_code: str, fields: dict[str, object]
) -> PlannedEvent | None:
    """The same event, put in a moment ago: a button that was pressed twice."""
    found: PlannedEvent | None = (
        PlannedEvent.objects.visible_to(actor)
        .filter(
            owner_id=actor.party_id,
            municipality__code=municipality_code,
            added_at__gt=actor.at - A_MOMENT,
            **fields,
        )
        .first()
    )
    return found


def _own(actor: Actor, ref: str) -> PlannedEvent:
    found: PlannedEvent = (
        PlannedEvent.objects.visible_to(actor)
        .select_for_update()
        .get(ref=ref, owner_id=actor.party_id)
    )
    return found


def _fields(actor: Actor, facts: PlannedEventFacts) -> dict[str, object]:
    place = Place.objects.visible_to(actor).filter(ref=facts.place_ref).first()
    return {
        "title": facts.title,
        "place": place,
        "where": facts.where,
        "starts_on": facts.starts_on,
        "ends_on": facts.ends_on,
        "expected_effect": facts.expected_effect,
    }
