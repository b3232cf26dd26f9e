"""The decided situational picture's own summary, for whoever publishes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samverkan.platform.access.actor import Actor

from .kinds import Kind
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
        .filter(
            picture__municipality__code=municipality_code,
            picture__kind=Kind.PICTURE,
            decided_on__isnull=False,
        )
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


@dataclass(frozen=True)
class DecidedVersion:
    """One decided version of a situational picture, for whatever builds on it."""

    pk: int
    ref: str
    picture_ref: str
    number: int
    owner_id: int
    period_start: date
    decided_on: date
    body: str
    paragraph: str
    reference_number: str


def decided_versions(actor: Actor, municipality_code: str) -> list[DecidedVersion]:
    """The decided pictures of the municipality that the actor may see, the latest decided first."""
    found = (
        PictureVersion.objects.visible_to(actor)
        .filter(
            picture__municipality__code=municipality_code,
            picture__kind=Kind.PICTURE,
            decided_on__isnull=False,
        )
        .select_related("picture")
        .order_by("-decided_on", "-picture__period_start", "-number")
    )
    return [
        DecidedVersion(
            pk=each.pk,
            ref=each.ref,
            picture_ref=each.picture.ref,
            number=each.number,
            owner_id=each.picture.owner_id,
            period_start=each.picture.period_start,
            decided_on=each.decided_on,
            body=each.decision_body,
            paragraph=each.decision_paragraph,
            reference_number=each.reference_number,
        )
        for each in found
    ]
