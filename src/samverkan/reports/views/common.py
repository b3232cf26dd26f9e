"""What both kinds of pages need: the object or not found, and its names."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import get_language

from samverkan.documents.formats import Language
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest

from .. import selectors
from ..composition import compose
from ..content import PictureContent
from ..kinds import FACTS, Kind, period_words
from ..models import PictureVersion, SituationalPicture


def picture_or_404(request: ActorRequest, ref: str) -> SituationalPicture:
    found = selectors.picture(request.actor, ref)
    if found is None:
        raise Http404
    return found


def own_picture(request: ActorRequest, ref: str) -> SituationalPicture:
    """Another party's picture is read, never written."""
    found = picture_or_404(request, ref)
    if not may_write_in(request.actor, found):
        raise Http404
    return found


def may_write_in(actor: Actor, found: SituationalPicture) -> bool:
    return actor.may(Capability.PICTURES_WRITE) and found.owner_id == actor.party_id


def picture_and_version(
    request: ActorRequest, ref: str
) -> tuple[SituationalPicture, PictureVersion]:
    found = picture_or_404(request, ref)
    asked = request.GET.get("version", "")
    if asked and not asked.isdecimal():
        raise Http404
    return found, version_or_404(request.actor, found, int(asked) if asked else None)


def version_or_404(actor: Actor, found: SituationalPicture, number: int | None) -> PictureVersion:
    version = selectors.version(actor, found, number)
    if version is None:
        raise Http404
    return version


def content_of(
    request: ActorRequest, found: SituationalPicture, version: PictureVersion, language: Language
) -> PictureContent:
    content = compose(
        request.actor,
        found.municipality.code,
        found.period_start,
        version,
        language,
        Kind(found.kind),
    )
    if content is None:
        raise Http404
    return content


def names_of(found: SituationalPicture) -> dict[str, Any]:
    language = Language.of(get_language() or "sv")
    kind = Kind(found.kind)
    return {
        "place": found.municipality,
        "month": period_words(kind, found.period_start, language),
        "document": FACTS[kind].document,
        "is_picture": kind is Kind.PICTURE,
    }


def language_of(request: ActorRequest) -> Language:
    return Language.of(get_language() or request.actor.language)
