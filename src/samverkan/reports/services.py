"""Writing, restoring, sharing and deciding situational pictures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from samverkan.documents.formats import Language
from samverkan.documents.plain_text import clean
from samverkan.organisations.selectors import municipality, party_of_municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from .composition import compose
from .content import to_json
from .kinds import FACTS, Kind
from .models import PictureVersion, SituationalPicture
from .rules import LONGEST_TEXT, Collision, Hindrance, collides, hindrances
from .sections import Section


class UnknownMunicipalityError(LookupError):
    """No such municipality, or not one that the actor's party writes pictures of."""


class TextTooLongError(ValueError):
    """A section holds at most `LONGEST_TEXT` letters."""


class CannotDecideError(ValueError):
    """The version lacks what the law demands."""

    def __init__(self, hindrances: tuple[Hindrance, ...]) -> None:
        super().__init__(", ".join(hindrances))
        self.hindrances = hindrances


@dataclass(frozen=True)
class Decision:
    """Which body decided, when, under which paragraph and reference number."""

    body: str
    decided_on: date
    paragraph: str
    reference_number: str


@transaction.atomic
def open_picture(
    actor: Actor, municipality_code: str, period_start: date, kind: Kind = Kind.PICTURE
) -> SituationalPicture:
    """The municipality's document of the period; begun, with an empty first version, if new."""
    require(actor, Capability.PICTURES_WRITE)
    place = municipality(actor, municipality_code)
    owner = party_of_municipality(actor, municipality_code)
    if place is None or owner is None or owner.pk != actor.party_id:
        raise UnknownMunicipalityError(municipality_code)
    mine = SituationalPicture.objects.visible_to(actor).filter(
        owner=owner, municipality=place, period_start=period_start, kind=kind
    )
    found: SituationalPicture | None = mine.first()
    if found is not None:
        return found
    picture: SituationalPicture = SituationalPicture.objects.create(
        owner=owner,
        municipality=place,
        kind=kind,
        period_start=period_start,
        created_at=actor.at,
    )
    _add_version(actor, picture, 1, {}, changed=[])
    record(
        actor,
        "situational_picture.begun",
        "situational_picture",
        picture.ref,
        details={"municipality": municipality_code, "period": FACTS[kind].code(period_start)},
    )
    return picture


@transaction.atomic
def edit_section(
    actor: Actor, picture_ref: str, section: Section, text: str, *, based_on: int
) -> PictureVersion | Collision:
    """Save a section's text as a new version, or hand back both texts when two have written."""
    require(actor, Capability.PICTURES_WRITE)
    if len(text) > LONGEST_TEXT:
        raise TextTooLongError
    picture = _locked(actor, picture_ref)
    latest = _latest(actor, picture)
    start = _version(actor, picture, based_on)
    mine = clean(text).strip()
    if collides(section, mine, start.texts, latest.texts):
        theirs = latest.texts.get(section, "")
        return Collision(section, mine, theirs, latest.written_by, latest.number)
    if latest.texts.get(section, "") == mine:
        return latest
    texts = {**latest.texts, section.value: mine}
    version = _add_version(actor, picture, latest.number + 1, texts, changed=[section.value])
    _record(actor, "situational_picture.edited", version, section=section.value)
    return version


@transaction.atomic
def restore_version(actor: Actor, picture_ref: str, number: int) -> PictureVersion:
    """Make an earlier version's texts the latest again, as a new version."""
    require(actor, Capability.PICTURES_WRITE)
    picture = _locked(actor, picture_ref)
    latest, wanted = _latest(actor, picture), _version(actor, picture, number)
    if latest.texts == wanted.texts:
        return latest
    keys = sorted({*latest.texts, *wanted.texts})
    changed = [key for key in keys if latest.texts.get(key, "") != wanted.texts.get(key, "")]
    version = _add_version(
        actor, picture, latest.number + 1, dict(wanted.texts), changed=changed, restored=number
    )
    _record(actor, "situational_picture.restored", version, restored_from=number)
    return version


@transaction.atomic
def share_draft(actor: Actor, picture_ref: str, number: int) -> PictureVersion:
    """Let parties with a clause read an undecided version: with that it is a public document.

    What they read is what was shared, whatever figures come in later.
    """
    require(actor, Capability.PICTURES_WRITE)
    version = _version(actor, _locked(actor, picture_ref), number)
    if version.is_shared or version.is_decided:
        return version
    version.shared_at, version.shared_by = actor.at, actor.user_label
    version.frozen_content = _content_of(actor, version)
    version.save(update_fields=["shared_at", "shared_by", "frozen_content"])
    _record(actor, "situational_picture.shared", version)
    return version


@transaction.atomic
def mark_as_decided(
    actor: Actor, picture_ref: str, number: int, decision: Decision
) -> PictureVersion:
    """Keep the decision with the version, and the content as it was decided upon."""
    require(actor, Capability.PICTURES_DECIDE)
    version = _version(actor, _locked(actor, picture_ref), number)
    hindered = hindrances(version.texts, kind=version.picture.kind, is_decided=version.is_decided)
    if hindered:
        raise CannotDecideError(hindered)
    version.decided_on = decision.decided_on
    version.decision_body = decision.body
    version.decision_paragraph = decision.paragraph
    version.reference_number = decision.reference_number
    version.marked_as_decided_at = actor.at
    version.marked_as_decided_by = actor.user_label
    version.frozen_content = _content_of(actor, version)
    version.save()
    _record(
        actor,
        "situational_picture.decided",
        version,
        body=decision.body,
        decided_on=decision.decided_on.isoformat(),
        paragraph=decision.paragraph,
        reference_number=decision.reference_number,
    )
    return version


def _content_of(actor: Actor, version: PictureVersion) -> dict[str, Any]:
    """The whole content in every language, as it stands now, to be kept with the version."""
    picture = version.picture
    version.frozen_content = None
    code = picture.municipality.code
    contents = {
        language.value: compose(
            actor, code, picture.period_start, version, language, Kind(picture.kind)
        )
        for language in Language
    }
    return {language: to_json(content) for language, content in contents.items() if content}


def _locked(actor: Actor, picture_ref: str) -> SituationalPicture:
    """The picture, locked against a second writer; only its owner writes."""
    pictures = SituationalPicture.objects.visible_to(actor).select_for_update(of=("self",))
    picture: SituationalPicture = pictures.get(ref=picture_ref)
    if not actor.is_system and picture.owner_id != actor.party_id:
        raise PermissionDenied
    return picture


def _latest(actor: Actor, picture: SituationalPicture) -> PictureVersion:
    latest: PictureVersion = (
        PictureVersion.objects.visible_to(actor).filter(picture=picture).latest("number")
    )
    return latest


def _version(actor: Actor, picture: SituationalPicture, number: int) -> PictureVersion:
    version: PictureVersion = (
        PictureVersion.objects.visible_to(actor).filter(picture=picture).get(number=number)
    )
    return version


def _add_version(
    actor: Actor,
    picture: SituationalPicture,
    number: int,
    texts: dict[str, str],
    *,
    changed: list[str],
    restored: int | None = None,
) -> PictureVersion:
    version: PictureVersion = PictureVersion.objects.create(
        picture=picture,
        number=number,
        texts=texts,
        changed_sections=changed,
        restored_from=restored,
        written_at=actor.at,
        written_by=actor.user_label,
        function_title=actor.function_title,
        on_behalf_of=actor.on_behalf_of,
    )
    return version


def _record(actor: Actor, action: str, version: PictureVersion, **details: Any) -> None:
    record(
        actor,
        action,
        "situational_picture",
        version.picture.ref,
        details={"version": version.number, **details},
    )
