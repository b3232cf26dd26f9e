"""Incidents for a list that stays fast with a million of them: by key, never by offset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, Sum

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, Information
from samverkan.platform.access.rules import owned_or_granted

from ..models import Incident, IncidentCount
from ..weeks import monday_of

PAGE = 50
STOCKHOLM = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True)
class IncidentFilter:
    """What the list shows. Weeks are both counted; "" and 0 mean all."""

    municipality_code: str
    first_week: int = 0
    last_week: int = 0
    category: str = ""
    place_ref: str = ""

    @property
    def is_narrowed(self) -> bool:
        return self != IncidentFilter(self.municipality_code)

    def without_weeks(self) -> IncidentFilter:
        return replace(self, first_week=0, last_week=0)


@dataclass(frozen=True)
class IncidentPage:
    """One page, newest first, and whether there is more on either side of it."""

    incidents: tuple[Incident, ...]
    has_newer: bool
    has_older: bool


def incident_page(
    actor: Actor, wanted: IncidentFilter, *, before: str = "", after: str = "", size: int = PAGE
) -> IncidentPage:
    """The incidents next to the one with the given ref: older than `before`, newer than `after`.

    Without either, the newest. A ref that the actor may not see counts as not given.
    """
    incidents = _filtered(actor, wanted).select_related("place", "reporting_organisation")
    anchor = _anchor(actor, before or after)
    if anchor is None:
        found = list(incidents.order_by("-occurred_from", "-id")[: size + 1])
        return IncidentPage(tuple(found[:size]), has_newer=False, has_older=len(found) > size)
    occurred_from, row = anchor
    if before:
        older = Q(occurred_from__lte=occurred_from) & (
            Q(occurred_from__lt=occurred_from) | Q(id__lt=row)
        )
        found = list(incidents.filter(older).order_by("-occurred_from", "-id")[: size + 1])
        return IncidentPage(tuple(found[:size]), has_newer=True, has_older=len(found) > size)
    newer = Q(occurred_from__gte=occurred_from) & (
        Q(occurred_from__gt=occurred_from) | Q(id__gt=row)
    )
    found = list(incidents.filter(newer).order_by("occurred_from", "id")[: size + 1])
    return IncidentPage(tuple(found[:size][::-1]), has_newer=len(found) > size, has_older=True)


def incidents_matching(actor: Actor, wanted: IncidentFilter) -> int:
    """How many incidents the list holds in all, from the summary table."""
    counts = IncidentCount.objects.visible_to(actor).filter(
        _singly_visible(actor), _narrowing(wanted)
    )
    total: int | None = counts.aggregate(total=Sum("incidents"))["total"]
    return total or 0


def counted_but_not_shown(actor: Actor, wanted: IncidentFilter) -> int:
    """Incidents that a clause lets the actor count but not read."""
    counts = IncidentCount.objects.visible_to(actor).filter(_narrowing(wanted))
    total: int | None = counts.aggregate(total=Sum("incidents"))["total"]
    return (total or 0) - incidents_matching(actor, wanted)


def incident(actor: Actor, ref: str) -> Incident | None:
    found: Incident | None = (
        Incident.objects.visible_to(actor)
        .filter(ref=ref)
        .select_related("place__area", "municipality", "reporting_organisation", "owner", "batch")
        .first()
    )
    return found


def latest_incidents(actor: Actor, since: datetime, at_most: int) -> Sequence[Incident]:
    """Incidents that happened after the moment, the newest first, no more than `at_most`."""
    return list(
        Incident.objects.visible_to(actor)
        .filter(occurred_from__gt=since)
        .order_by("-occurred_from", "-id")[:at_most]
    )


def _singly_visible(actor: Actor) -> Q:
    """The same rule as for single incidents, put to the summary table."""
    allowed = owned_or_granted(actor, Information.INCIDENTS, Capability.INCIDENTS_READ)
    if actor.may(Capability.INCIDENTS_REPORT) and actor.organisation_id is not None:
        allowed |= Q(reporting_organisation_id=actor.organisation_id)
    return allowed


def _filtered(actor: Actor, wanted: IncidentFilter) -> Any:
    return Incident.objects.visible_to(actor).filter(_narrowing(wanted), *_weeks_as_moments(wanted))


def _narrowing(wanted: IncidentFilter) -> Q:
    narrowed = Q(municipality__code=wanted.municipality_code)
    if wanted.first_week:
        narrowed &= Q(week__gte=wanted.first_week)
    if wanted.last_week:
        narrowed &= Q(week__lte=wanted.last_week)
    if wanted.category:
        narrowed &= Q(category=wanted.category)
    if wanted.place_ref:
        narrowed &= Q(place__ref=wanted.place_ref)
    return narrowed


def _weeks_as_moments(wanted: IncidentFilter) -> list[Q]:
    """The same weeks as bounds on the moment, which is what the index is sorted by."""
    bounds = []
    if wanted.first_week:
        bounds.append(Q(occurred_from__gte=_midnight(wanted.first_week)))
    if wanted.last_week:
        bounds.append(Q(occurred_from__lt=_midnight(wanted.last_week, weeks=1)))
    return bounds


def _midnight(week: int, weeks: int = 0) -> datetime:
    monday = monday_of(week) + timedelta(weeks=weeks)
    return datetime(monday.year, monday.month, monday.day, tzinfo=STOCKHOLM)


def _anchor(actor: Actor, ref: str) -> tuple[datetime, int] | None:
    if not ref:
        return None
    found: tuple[datetime, int] | None = (
        Incident.objects.visible_to(actor)
        .filter(ref=ref)
        .values_list("occurred_from", "id")
        .first()
    )
    return found
