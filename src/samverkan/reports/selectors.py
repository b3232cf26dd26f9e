"""Which situational pictures there are, their versions and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from samverkan.documents.formats import Language
from samverkan.platform.access.actor import Actor

from .composition import compose
from .content import PictureContent
from .kinds import Kind
from .models import PictureVersion, SituationalPicture
from .rules import next_update_due


@dataclass(frozen=True)
class LawClock:
    """The law's 6 §: `due_on` None when no picture has been decided."""

    last_decided_on: date | None
    due_on: date | None
    months_left: int | None


def pictures(actor: Actor, kind: Kind | None = None) -> list[SituationalPicture]:
    """Every document (of one kind, or of all) that the actor may see, the latest period first."""
    found = SituationalPicture.objects.visible_to(actor).select_related("municipality", "owner")
    return list(found.filter(kind=kind) if kind else found)


def picture(actor: Actor, ref: str) -> SituationalPicture | None:
    found: SituationalPicture | None = (
        SituationalPicture.objects.visible_to(actor)
        .filter(ref=ref)
        .select_related("municipality", "owner")
        .first()
    )
    return found


def picture_of_month(
    actor: Actor, municipality_code: str, period_start: date, kind: Kind = Kind.PICTURE
) -> SituationalPicture | None:
    """The municipality's document of the period, if it has been begun and the actor may see it."""
    found: SituationalPicture | None = (
        SituationalPicture.objects.visible_to(actor)
        .filter(municipality__code=municipality_code, period_start=period_start, kind=kind)
        .select_related("municipality", "owner")
        .first()
    )
    return found


def versions(actor: Actor, of: SituationalPicture) -> list[PictureVersion]:
    """The versions that the actor may see, the latest first."""
    return list(PictureVersion.objects.visible_to(actor).filter(picture=of))


def version(actor: Actor, of: SituationalPicture, number: int | None) -> PictureVersion | None:
    """The numbered version, or the latest that the actor may see."""
    found = PictureVersion.objects.visible_to(actor).filter(picture=of)
    if number is not None:
        found = found.filter(number=number)
    chosen: PictureVersion | None = found.first()
    return chosen


def picture_content(
    actor: Actor,
    municipality_code: str,
    period_start: date,
    language: Language,
    *,
    number: int | None = None,
    kind: Kind = Kind.PICTURE,
) -> PictureContent | None:
    """What the picture says; from the figures alone when nobody has begun to write it.

    None when the municipality or the version is unknown to the actor.
    """
    begun = picture_of_month(actor, municipality_code, period_start, kind)
    chosen = version(actor, begun, number) if begun else None
    if number is not None and chosen is None:
        return None
    return compose(actor, municipality_code, period_start, chosen, language, kind)


def law_clock(actor: Actor, municipality_code: str) -> LawClock:
    """When the picture must be updated by law: at least every second year."""
    last = (
        PictureVersion.objects.visible_to(actor)
        .filter(
            picture__municipality__code=municipality_code,
            picture__kind=Kind.PICTURE,
            decided_on__isnull=False,
        )
        .order_by("-decided_on")
        .values_list("decided_on", flat=True)
        .first()
    )
    if last is None:
        return LawClock(None, None, None)
    due, today = next_update_due(last), timezone.localdate(actor.at)
    months = (due.year - today.year) * 12 + due.month - today.month
    return LawClock(last, due, months)
