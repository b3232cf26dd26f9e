"""Draft an agreement, write its sections, share it, and talk about it section by section."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samverkan.documents.plain_text import clean
from samverkan.organisations.parties import PartyFacts, parties
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from ..models import (
    Agreement,
    AgreementParty,
    AgreementVersion,
    SectionComment,
    SharingClause,
)
from ..rules import LONGEST_TEXT, Collision, collides, may_write_part
from ..template import FRAME, SEPARATOR, agreement_template, first_texts, text_key
from .common import always, locked, own_party, take_step

LONGEST_COMMENT = 2000


class NotADraftError(RuntimeError):
    """Texts are changed in drafts alone; what is out for signature is taken back first."""


@dataclass(frozen=True)
class Beginning:
    """What a new agreement begins with."""

    title: str
    party_refs: Collection[str]
    valid_from: date
    valid_to: date | None
    reference_number: str = ""


@transaction.atomic
def begin_agreement(actor: Actor, beginning: Beginning) -> Agreement:
    """A draft from the template, between the actor's party and others; seen by its author alone."""
    require(actor, Capability.AGREEMENTS_WRITE)
    chosen = _chosen_parties(actor, beginning.party_refs)
    if beginning.valid_to is not None and beginning.valid_to <= beginning.valid_from:
        raise ValidationError({"valid_to": _("The last day must come after the first.")})
    texts = first_texts(sorted(p.municipality_code for p in chosen if p.is_municipal))
    return _begin(actor, beginning, [party.pk for party in chosen], texts)


@transaction.atomic
def begin_renewal(actor: Actor, ref: str, valid_from: date, valid_to: date | None) -> Agreement:
    """A successor's draft: the same parties, texts and open clauses, to be changed from there."""
    require(actor, Capability.AGREEMENTS_WRITE)
    old = locked(actor, ref)
    if old.state not in {"signed", "in_force", "expiring", "expired"}:
        raise NotADraftError
    if valid_to is not None and valid_to <= valid_from:
        raise ValidationError({"valid_to": _("The last day must come after the first.")})
    rows = AgreementParty.objects.visible_to(actor).filter(agreement=old, left_on__isnull=True)
    party_ids = list(rows.values_list("organisation_id", flat=True))
    latest = AgreementVersion.objects.visible_to(actor).filter(agreement=old).first()
    texts = dict(latest.texts) if latest else {}
    texts.setdefault(text_key(FRAME, "purposes"), old.purposes)
    texts.setdefault(text_key(FRAME, "areas"), old.areas)
    made = _begin(actor, Beginning(old.title, (), valid_from, valid_to), party_ids, texts, old)
    _copy_clauses(actor, old, made)
    return made


def _begin(
    actor: Actor,
    beginning: Beginning,
    party_ids: list[int],
    texts: dict[str, str],
    renews: Agreement | None = None,
) -> Agreement:
    agreement: Agreement = Agreement.objects.create(
        title=beginning.title.strip(),
        purposes=texts.get(text_key(FRAME, "purposes"), ""),
        areas=texts.get(text_key(FRAME, "areas"), ""),
        reference_number=beginning.reference_number.strip(),
        valid_from=beginning.valid_from,
        valid_to=beginning.valid_to,
        owner_id=actor.party_id,
        renews=renews,
        template_date=agreement_template().valid_from,
    )
    AgreementParty.objects.bulk_create(
        [AgreementParty(agreement=agreement, organisation_id=pk) for pk in party_ids]
    )
    _add_version(actor, agreement, 1, texts, changed=[])
    record(
        actor,
        "agreement.begun",
        "agreement",
        agreement.ref,
        details={"parties": len(party_ids), "renews": renews.ref if renews else ""},
    )
    return agreement


@transaction.atomic
def edit_section(
    actor: Actor, ref: str, key: str, text: str, *, based_on: int
) -> AgreementVersion | Collision:
    """Save a section as a new version, or hand back both texts when two have written."""
    require(actor, Capability.AGREEMENTS_WRITE)
    agreement = locked(actor, ref)
    if agreement.state != "draft":
        raise NotADraftError
    require_part(actor, key)
    if len(text) > LONGEST_TEXT:
        raise ValidationError({"text": _("The text is too long.")})
    versions = AgreementVersion.objects.visible_to(actor).filter(agreement=agreement)
    latest, start = versions.latest("number"), versions.get(number=based_on)
    mine = clean(text).strip()
    if collides(key, mine, start.texts, latest.texts):
        theirs = latest.texts.get(key, "")
        return Collision(key, mine, theirs, latest.function_title, latest.number)
    if latest.texts.get(key, "") == mine:
        unchanged: AgreementVersion = latest
        return unchanged
    version = _add_version(
        actor, agreement, latest.number + 1, {**latest.texts, key: mine}, changed=[key]
    )
    _keep_minimum(agreement, version.texts)
    record(
        actor,
        "agreement.edited",
        "agreement",
        agreement.ref,
        details={"version": version.number, "section": key},
    )
    return version


@transaction.atomic
def restore_version(
    actor: Actor, ref: str, number: int, *, based_on: int
) -> AgreementVersion | None:
    """An earlier version's texts as the new draft text; None when somebody has written since.

    Nothing is taken away: the texts become a version of their own. A municipality brings back the
    frame and its own annex; the others' annexes stay as they are.
    """
    require(actor, Capability.AGREEMENTS_WRITE)
    agreement = locked(actor, ref)
    if agreement.state != "draft":
        raise NotADraftError
    versions = AgreementVersion.objects.visible_to(actor).filter(agreement=agreement)
    latest, earlier = versions.latest("number"), versions.get(number=number)
    if latest.number != based_on:
        return None
    keys = restorable_keys(actor, latest, earlier)
    if not keys:
        raise ValidationError(_("That version says the same where you may write."))
    texts = {**latest.texts, **{key: earlier.texts.get(key, "") for key in keys}}
    version = _add_version(
        actor, agreement, latest.number + 1, texts, changed=keys, restored_from=number
    )
    _keep_minimum(agreement, version.texts)
    record(
        actor,
        "agreement.restored",
        "agreement",
        agreement.ref,
        details={"version": version.number, "from": number},
    )
    return version


def restorable_keys(actor: Actor, latest: AgreementVersion, earlier: AgreementVersion) -> list[str]:
    """The sections that differ and that the actor may write."""
    differing = [
        key
        for key in sorted({*latest.texts, *earlier.texts})
        if latest.texts.get(key, "") != earlier.texts.get(key, "")
    ]
    return [key for key in differing if may_write_section(actor, key)]


@transaction.atomic
def edit_frame_facts(actor: Actor, ref: str, beginning: Beginning) -> Agreement:
    """Title, period and reference number of a draft."""
    require(actor, Capability.AGREEMENTS_WRITE)
    agreement = locked(actor, ref)
    if agreement.state != "draft":
        raise NotADraftError
    if beginning.valid_to is not None and beginning.valid_to <= beginning.valid_from:
        raise ValidationError({"valid_to": _("The last day must come after the first.")})
    agreement.title = beginning.title.strip()
    agreement.valid_from, agreement.valid_to = beginning.valid_from, beginning.valid_to
    agreement.reference_number = beginning.reference_number.strip()
    agreement.save()
    record(actor, "agreement.edited", "agreement", agreement.ref, details={"section": "facts"})
    return agreement


@transaction.atomic
def share_agreement(actor: Actor, ref: str) -> Agreement:
    """Let the other parties read and write: with that the draft is a public document."""
    require(actor, Capability.AGREEMENTS_WRITE)
    agreement = locked(actor, ref)
    if agreement.shared_at is None:
        agreement.shared_at = actor.at
        agreement.save(update_fields=["shared_at"])
        record(actor, "agreement.shared", "agreement", agreement.ref)
    return agreement


@transaction.atomic
def discard_draft(actor: Actor, ref: str) -> Agreement:
    require(actor, Capability.AGREEMENTS_WRITE)
    agreement = locked(actor, ref)
    if agreement.owner_id != actor.party_id and not actor.is_system:
        raise PermissionDenied
    take_step(actor, agreement, "discard", always)
    return agreement


@transaction.atomic
def comment(actor: Actor, ref: str, key: str, text: str) -> SectionComment:
    """Any party's function that may read it may say something about a section."""
    require(actor, Capability.AGREEMENTS_READ)
    agreement = locked(actor, ref)
    if agreement.state not in {"draft", "for_signature"}:
        raise NotADraftError
    words = clean(text).strip()
    if not words:
        raise ValidationError({"comment": _("Write the comment.")})
    if len(words) > LONGEST_COMMENT:
        raise ValidationError({"comment": _("The comment is too long.")})
    latest = AgreementVersion.objects.visible_to(actor).filter(agreement=agreement).first()
    made: SectionComment = SectionComment.objects.create(
        agreement=agreement,
        key=key,
        version_number=latest.number if latest else 1,
        text=words,
        party_id=own_party(actor),
        function_title=actor.function_title,
        written_at=actor.at,
    )
    record(actor, "agreement.commented", "agreement", agreement.ref, details={"section": key})
    return made


@transaction.atomic
def answer_comment(actor: Actor, ref: str, comment_ref: str, answer: str) -> SectionComment:
    """Close a comment with an answer; whoever may write the section answers."""
    require(actor, Capability.AGREEMENTS_WRITE)
    agreement = locked(actor, ref)
    found: SectionComment = SectionComment.objects.visible_to(actor).get(
        ref=comment_ref, agreement=agreement
    )
    words = clean(answer).strip()
    if not words:
        raise ValidationError({"answer": _("Write the answer.")})
    if found.answered_at is None:
        found.answer, found.answered_at = words[:LONGEST_COMMENT], actor.at
        found.answered_by = actor.function_title
        found.save(update_fields=["answer", "answered_at", "answered_by"])
        record(actor, "agreement.answered", "agreement", agreement.ref, details={"key": found.key})
    return found


def require_part(actor: Actor, key: str) -> None:
    """Refuse who may not write in the part; a municipality leaves the others' annexes alone."""
    if not may_write_section(actor, key):
        raise PermissionDenied


def may_write_section(actor: Actor, key: str) -> bool:
    own = next((party for party in parties(actor) if party.pk == actor.party_id), None)
    part = key.split(SEPARATOR)[0]
    return actor.is_system or may_write_part(part, own.municipality_code if own else "")


def _chosen_parties(actor: Actor, refs: Collection[str]) -> list[PartyFacts]:
    chosen = [p for p in parties(actor) if p.ref in set(refs) or p.pk == actor.party_id]
    if len(chosen) < 2:
        raise ValidationError({"parties": _("An agreement needs at least one other party.")})
    return chosen


def _add_version(
    actor: Actor,
    agreement: Agreement,
    number: int,
    texts: dict[str, str],
    *,
    changed: list[str],
    restored_from: int | None = None,
) -> AgreementVersion:
    version: AgreementVersion = AgreementVersion.objects.create(
        agreement=agreement,
        number=number,
        texts=texts,
        changed_sections=changed,
        written_at=actor.at,
        written_by=actor.user_label,
        function_title=actor.function_title,
        on_behalf_of=actor.on_behalf_of,
        restored_from=restored_from,
    )
    return version


def _keep_minimum(agreement: Agreement, texts: dict[str, str]) -> None:
    """The law's minimum stands on the agreement itself, for lists and searches."""
    agreement.purposes = texts.get(text_key(FRAME, "purposes"), "")
    agreement.areas = texts.get(text_key(FRAME, "areas"), "")
    agreement.save(update_fields=["purposes", "areas"])


def _copy_clauses(actor: Actor, old: Agreement, new: Agreement) -> None:
    for clause in SharingClause.objects.visible_to(actor).filter(
        agreement=old, revoked_on__isnull=True
    ):
        made = SharingClause.objects.create(
            agreement=new,
            information=clause.information,
            detail=clause.detail,
            from_organisation_id=clause.from_organisation_id,
            to_organisation_id=clause.to_organisation_id,
        )
        through = SharingClause.municipalities.through
        rows = through.objects.filter(sharingclause_id=clause.pk)
        through.objects.bulk_create(
            [
                through(sharingclause=made, municipality_id=pk)
                for pk in rows.values_list("municipality_id", flat=True)
            ]
        )
