"""What waits for a reviewer, and one report with everything that has happened to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability

from ..models import Incident, IncidentChange
from ..models.incidents import Review

REASON = "the owner's reviewers and the sending unit see what is set aside as well"
MOST = 100


@dataclass(frozen=True)
class ReviewQueue:
    """The oldest first; `total` counts also those that are not shown."""

    waiting: tuple[Incident, ...]
    returned: tuple[Incident, ...]
    total: int


def review_queue(actor: Actor) -> ReviewQueue:
    """What the actor's party owns and nobody has reviewed."""
    if not actor.may(Capability.INCIDENTS_REVIEW):
        return ReviewQueue((), (), 0)
    own = Incident.objects.visible_to(actor).filter(owner_id=actor.party_id)
    waiting, returned = own.filter(review=Review.PENDING), own.filter(review=Review.RETURNED)
    return ReviewQueue(
        tuple(_with_names(waiting)[:MOST]),
        tuple(_with_names(returned)[:MOST]),
        waiting.count(),
    )


def waiting_for_review(actor: Actor) -> int:
    if not actor.may(Capability.INCIDENTS_REVIEW):
        return 0
    own = Incident.objects.visible_to(actor).filter(owner_id=actor.party_id)
    return int(own.filter(review=Review.PENDING).count())


def reviewable(actor: Actor, ref: str) -> Incident | None:
    """A report of the actor's party, also one that was set aside."""
    if not actor.may(Capability.INCIDENTS_REVIEW):
        return None
    found: Incident | None = (
        _with_names(Incident.objects.for_system(REASON).set_aside_too(actor))
        .filter(owner_id=actor.party_id, ref=ref)
        .first()
    )
    return found


def changes_of(actor: Actor, incident: Incident) -> list[IncidentChange]:
    """The report's life after it came in, the latest first."""
    return list(IncidentChange.objects.visible_to(actor).filter(incident=incident))


def alike(actor: Actor, incident: Incident, limit: int = 10) -> list[Incident]:
    """Others of the same week and place that it may be a second report of."""
    return list(
        _with_names(Incident.objects.visible_to(actor))
        .filter(
            owner_id=incident.owner_id, week=incident.week, municipality_id=incident.municipality_id
        )
        .filter(place=incident.place)
        .exclude(pk=incident.pk)
        .order_by("-occurred_from")[:limit]
    )


def own_returned(actor: Actor) -> list[Incident]:
    """Reports of the actor's unit that a reviewer has asked about."""
    if not actor.may(Capability.INCIDENTS_REPORT) or actor.organisation_id is None:
        return []
    return list(
        Incident.objects.visible_to(actor)
        .filter(reporting_organisation_id=actor.organisation_id, review=Review.RETURNED)
        .order_by("reported_at")
    )


def own_returned_report(actor: Actor, ref: str) -> Incident | None:
    return next((each for each in own_returned(actor) if each.ref == ref), None)


def _with_names(found: QuerySet[Incident]) -> QuerySet[Incident]:
    return found.select_related(
        "place__area",
        "place_until",
        "municipality",
        "reporting_organisation",
        "owner",
        "batch",
        "local_category",
        "duplicate_of",
    ).order_by("reported_at", "pk")
