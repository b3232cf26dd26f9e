"""Take in a report from the field: once, whatever the network and the clocks did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from samverkan.organisations.selectors import municipality, party_of_municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from ..categories import category_list
from ..models import Incident, LocalCategory, Place, ReportReceipt
from ..models.incidents import Review
from ..weeks import week_of
from . import counting


@dataclass(frozen=True)
class Report:
    """What was reported, checked and put in order by the form."""

    key: UUID
    municipality_code: str
    category: str
    occurred_from: datetime
    occurred_to: datetime | None
    local_category: LocalCategory | None = None
    place: Place | None = None
    place_until: Place | None = None
    reach: str = Incident.Reach.SPOT
    text: str = ""
    severity: int | None = None
    effect_on_safety: int | None = None
    certainty: str = ""
    setting: str = Incident.Setting.UNKNOWN
    police_report_made: bool | None = None
    clock_ahead: timedelta = timedelta()


@dataclass(frozen=True)
class Received:
    """`is_new` is False for a report that had come in before."""

    incident_ref: str
    is_new: bool


class NoOwnerError(Exception):
    """The municipality does not work with EST here: nobody would own the report."""


def receive_report(actor: Actor, report: Report) -> Received:
    """Keep the report, unless the same person has sent one with the same key."""
    require(actor, Capability.INCIDENTS_REPORT)
    before = already_received(actor, report.key)
    if before is not None:
        return before
    try:
        with transaction.atomic():
            return Received(_keep(actor, report).ref, is_new=True)
    except IntegrityError:
        # The same report on another connection was quicker.
        standing = already_received(actor, report.key)
        if standing is None:
            raise
        return standing


def already_received(actor: Actor, key: UUID) -> Received | None:
    ref = (
        ReportReceipt.objects.visible_to(actor)
        .filter(key=key)
        .values_list("incident__ref", flat=True)
        .first()
    )
    return None if ref is None else Received(ref, is_new=False)


def _keep(actor: Actor, report: Report) -> Incident:
    place = municipality(actor, report.municipality_code)
    owner = party_of_municipality(actor, report.municipality_code)
    if place is None or owner is None:
        raise NoOwnerError(report.municipality_code)
    if actor.user_id is None or actor.function_id is None or actor.organisation_id is None:
        raise PermissionDenied("a person in a function reports")
    review = first_review(actor, owner.pk)
    incident: Incident = Incident.objects.create(
        owner_id=owner.pk,
        reporting_organisation_id=actor.organisation_id,
        municipality_id=place.pk,
        category=report.category,
        category_version=category_list().version,
        local_category=report.local_category,
        place=kept_place(report.place, report.setting, report.reach),
        place_until=kept_until(report),
        reach=kept_reach(report.setting, report.reach),
        occurred_from=report.occurred_from,
        occurred_to=report.occurred_to,
        reported_at=actor.at,
        week=week_of(timezone.localdate(report.occurred_from)),
        text=report.text,
        severity=report.severity,
        effect_on_safety=report.effect_on_safety,
        certainty=report.certainty,
        setting=report.setting,
        police_report_made=report.police_report_made,
        review=review,
    )
    ReportReceipt.objects.create(
        user_id=actor.user_id,
        function_id=actor.function_id,
        key=report.key,
        incident=incident,
        received_at=actor.at,
        clock_ahead=int(report.clock_ahead.total_seconds()),
    )
    record(
        actor,
        "incident.reported",
        "incident",
        incident.ref,
        owner_party_ref=owner.ref,
        details={"category": incident.category, "review": review},
    )
    counting.move(None, counting.cell_of(incident))
    return incident


def first_review(actor: Actor, owner_id: int) -> str:
    """A reviewer of the owning party has seen what she writes herself; all others wait."""
    if actor.may(Capability.INCIDENTS_REVIEW) and actor.party_id == owner_id:
        return Review.REVIEWED
    return Review.PENDING


def kept_place(place: Place | None, setting: str, reach: str) -> Place | None:
    """What happened in a home, or "somewhere in the area", is kept as the area, nothing nearer."""
    if place is None:
        return None
    if setting == Incident.Setting.HOME or reach == Incident.Reach.AREA:
        return place.area or place
    return place


def kept_reach(setting: str, reach: str) -> str:
    return Incident.Reach.AREA if setting == Incident.Setting.HOME else reach


def kept_until(report: Report) -> Place | None:
    is_stretch = kept_reach(report.setting, report.reach) == Incident.Reach.STRETCH
    return report.place_until if is_stretch else None
