"""Publishing and withdrawing. A version is never changed; what is out is counted with for good."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.db.models import Max

from samverkan.organisations.selectors import municipality, party_of_municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from .composition import Choice, Draft, UnknownMunicipalityError, compose
from .content import fingerprint, to_json
from .ground_codec import ground_to_json
from .models import PublishedVersion, PublishedVersionQuerySet, VersionGround


class ChangedSincePreviewError(ValueError):
    """The figures or texts are not what was previewed; `draft` is what they are now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("the content has changed since the preview")
        self.draft = draft


class HoldsPersonsError(ValueError):
    """A text points out somebody."""


@transaction.atomic
def publish(
    actor: Actor, municipality_code: str, choice: Choice, *, previewed: str
) -> PublishedVersion:
    """Make what was previewed public as the next version; sent twice it is one version."""
    require(actor, Capability.PUBLICATION_WRITE)
    latest = _locked_latest(actor, municipality_code)
    if latest is not None and _is_same(latest, previewed):
        return latest
    draft = compose(actor, municipality_code, choice)
    if draft.fingerprint != previewed:
        raise ChangedSincePreviewError(draft)
    if draft.persons:
        raise HoldsPersonsError
    return _store(actor, municipality_code, choice, draft)


@transaction.atomic
def withdraw(actor: Actor, municipality_code: str, number: int, reason: str) -> PublishedVersion:
    """Take a version off the public pages. Those who have read it have read it."""
    require(actor, Capability.PUBLICATION_WRITE)
    version: PublishedVersion = (
        _own(actor, municipality_code).select_for_update(of=("self",)).get(number=number)
    )
    if version.is_withdrawn:
        return version
    version.withdrawn_at, version.withdrawn_reason = actor.at, reason
    version.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    VersionGround.objects.visible_to(actor).filter(version=version).update(
        withdrawn_by=actor.user_label
    )
    record(
        actor,
        "publication.withdrawn",
        "publication",
        version.ref,
        reason=reason,
        details={"municipality": municipality_code, "number": number},
    )
    return version


def _own(actor: Actor, municipality_code: str) -> PublishedVersionQuerySet:
    own: PublishedVersionQuerySet = PublishedVersion.objects.visible_to(actor).filter(
        municipality__code=municipality_code, owner_id=actor.party_id
    )
    return own


def _locked_latest(actor: Actor, municipality_code: str) -> PublishedVersion | None:
    """The newest version, locked: two who publish at once come one after the other."""
    found: PublishedVersion | None = (
        _own(actor, municipality_code).select_for_update(of=("self",)).first()
    )
    return found


def _is_same(latest: PublishedVersion, previewed: str) -> bool:
    ground: VersionGround = latest.ground
    return not latest.is_withdrawn and ground.fingerprint == previewed


def _store(actor: Actor, municipality_code: str, choice: Choice, draft: Draft) -> PublishedVersion:
    place = municipality(actor, municipality_code)
    owner = party_of_municipality(actor, municipality_code)
    if place is None or owner is None:
        raise UnknownMunicipalityError(municipality_code)
    number = (_own(actor, municipality_code).aggregate(last=Max("number"))["last"] or 0) + 1
    content = to_json(draft.content)
    version: PublishedVersion = PublishedVersion.objects.create(
        owner=owner,
        municipality=place,
        number=number,
        content=content,
        sha256=fingerprint(content),
        published_at=actor.at,
        function_title=actor.function_title,
    )
    VersionGround.objects.create(
        version=version,
        cells=ground_to_json(draft.protected.ground),
        chosen=asdict(choice),
        fingerprint=draft.fingerprint,
        published_by=actor.user_label,
        on_behalf_of=actor.on_behalf_of,
    )
    record(
        actor,
        "publication.published",
        "publication",
        version.ref,
        reason=choice.consent,
        details={
            "municipality": municipality_code,
            "number": number,
            "series": list(choice.series),
            "hidden": len(draft.protected.reasons),
            "sha256": version.sha256,
        },
    )
    return version
