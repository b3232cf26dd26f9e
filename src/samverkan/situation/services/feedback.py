"""A word back to whoever reported."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from ..models import Incident, ReportAnswer

A_MOMENT = timedelta(minutes=2)


def answer_report(actor: Actor, incident_ref: str, kind: str, text: str) -> ReportAnswer:
    """Answer a report of the own party; `Incident.DoesNotExist` for any other."""
    require(actor, Capability.INCIDENTS_REVIEW)
    with transaction.atomic():
        incident = Incident.objects.visible_to(actor).get(ref=incident_ref, owner_id=actor.party_id)
        sent_twice: ReportAnswer | None = (
            ReportAnswer.objects.visible_to(actor)
            .filter(incident=incident, kind=kind, text=text, answered_at__gt=actor.at - A_MOMENT)
            .first()
        )
        if sent_twice is not None:
            return sent_twice
        answer: ReportAnswer = ReportAnswer.objects.create(
            incident=incident,
            kind=ReportAnswer.Kind(kind),
            text=text,
            answered_at=actor.at,
            answered_by=actor.function_title,
        )
        record(
            actor,
            "incident.answered",
            "incident",
            incident.ref,
            owner_party_ref=actor.party_ref,
            details={"kind": answer.kind},
        )
    return answer
