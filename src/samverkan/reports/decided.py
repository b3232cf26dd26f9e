"""The decided situational picture's own summary, for whoever publishes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samverkan.platform.access.actor import Actor

from .models import PictureVersion
from .sections import Section


@dataclass(frozen=True)
class DecidedSummary:
    period_start: date
    summary: str
    decided_on: date
    decided_by: str


def decided_summary(actor: Actor, municipality_code: str) -> DecidedSummary | None:
    """Of the newest picture of the municipality that has been decided; None when none has."""
    found = (
        PictureVersion.objects.visible_to(actor)
        .filter(picture__municipality__code=municipality_code, decided_on__isnull=False)
        .select_related("picture")
        .order_by("-picture__period_start", "-number")
        .first()
    )
    if found is None:
        return None
    return DecidedSummary(
        period_start=found.picture.period_start,
        summary=str(found.texts.get(Section.SUMMARY.value, "")),
        decided_on=found.decided_on,
        decided_by=found.decision_body,
    )
