"""Take a person out of a report afterwards, everywhere that its words have gone."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record
from samverkan.platform.imports.originals import forget_original

from ..models import Incident, IncidentChange
from ..models.incidents import Review
from ..selectors.review import reviewable
from . import counting
from .review import NotReviewableError

REASON = "a redaction reaches every copy"


@dataclass(frozen=True)
class Redaction:
    """What goes: the words always; the place and the whole incident where it is asked for."""

    reason: str
    takes_place: bool = False
    takes_all: bool = False


def redact_report(actor: Actor, ref: str, redaction: Redaction) -> Incident:
    """The row, its earlier texts and questions, and the file that brought it.

    The trail keeps who, when and why, never what stood there.
    """
    require(actor, Capability.INCIDENTS_REVIEW)
    with transaction.atomic():
        shown = reviewable(actor, ref)
        if shown is None:
            raise NotReviewableError(ref)
        own = Incident.objects.for_system(REASON)
        incident: Incident = own.select_for_update(of=("self",)).get(pk=shown.pk)
        before = counting.cell_of(incident)
        _empty(incident, redaction, actor)
        incident.save()
        _empty_history(actor, incident)
        record(
            actor,
            "incident.redacted",
            "incident",
            incident.ref,
            owner_party_ref=incident.owner.ref,
            reason=redaction.reason,
            details={
                "place": redaction.takes_place or redaction.takes_all,
                "all": redaction.takes_all,
                "file": incident.batch_id is not None,
            },
        )
        counting.move(before, counting.cell_of(incident))
        if incident.batch is not None:
            forget_original(actor, incident.batch, reason=redaction.reason)
        return incident


def _empty(incident: Incident, redaction: Redaction, actor: Actor) -> None:
    incident.text = incident.question = ""
    incident.redacted_at = actor.at
    incident.revision += 1
    if redaction.takes_place or redaction.takes_all:
        area = incident.place.area if incident.place else None
        incident.place = None if redaction.takes_all else area
        incident.place_until, incident.reach = None, Incident.Reach.AREA
    if redaction.takes_all:
        incident.review, incident.local_category = Review.REMOVED, None
        incident.severity = incident.effect_on_safety = None


def _empty_history(actor: Actor, incident: Incident) -> None:
    IncidentChange.objects.for_system(REASON).filter(incident=incident).update(
        text_before="", note=""
    )
    IncidentChange.objects.create(
        incident=incident,
        kind=IncidentChange.Kind.REDACTED,
        changed_at=actor.at,
        changed_by=actor.function_title,
    )
