"""What the page of an agreement shows: its texts, comments, signatures, history and doors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverkan.documents.differences import Change, differences
from samverkan.documents.plain_text import blocks_of
from samverkan.documents.report import Bullets, Paragraph
from samverkan.organisations.parties import parties as all_parties
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.design.tones import Tone

from .content import content_of, content_sha256
from .lives import AGREEMENT, COMMITMENT
from .models import (
    Agreement,
    AgreementEvent,
    AgreementParty,
    AgreementVersion,
    ClauseProposal,
    Commitment,
    KeptDocument,
    SectionComment,
    Signature,
)
from .pages import annex_codes
from .rules import IN_FORCE, commitment_state_on, may_write_part, reminder, state_on
from .services.common import present_parties
from .services.signing import signs_for_party
from .services.writing import restorable_keys
from .template import BRA, FRAME, LAW, SEPARATOR, agreement_template, lacking, parts_of, text_key
from .terms import term_of

COMMITMENT_TONES = {
    "on_track": Tone.NEUTRAL,
    "late": Tone.STOP,
    "fulfilled": Tone.OK,
    "given_up": Tone.WARN,
}


@dataclass(frozen=True)
class SectionView:
    part: str
    key: str
    title: str
    blocks: list[Paragraph | Bullets]
    demanded_by: str
    comments: int
    may_write: bool


@dataclass(frozen=True)
class PartView:
    part: str
    title: str
    sections: tuple[SectionView, ...]


@dataclass(frozen=True)
class Doors:
    """What the reader may do now."""

    write: bool
    comment: bool
    share: bool
    send: bool
    sign: bool
    take_back: bool
    give_notice: bool
    renew: bool
    discard: bool
    sharing: bool
    leave: bool
    parties: bool


@dataclass(frozen=True)
class SigningView:
    """The documents, who has signed which, and who is left."""

    documents: list[KeptDocument]
    signatures: list[Signature]
    left: list[str]
    voided: int


def texts_of(actor: Actor, agreement: Agreement) -> Mapping[str, str]:
    return content_of(actor, agreement).texts


def latest_version(actor: Actor, agreement: Agreement) -> AgreementVersion | None:
    found: AgreementVersion | None = (
        AgreementVersion.objects.visible_to(actor).filter(agreement=agreement).first()
    )
    return found


def latest_number(actor: Actor, agreement: Agreement) -> int:
    latest = latest_version(actor, agreement)
    return latest.number if latest else 0


def parts(actor: Actor, agreement: Agreement) -> list[PartView]:
    """Frame and annexes with their sections; the empty ones only while it is written."""
    content = content_of(actor, agreement)
    comments = _comment_counts(actor, agreement)
    is_draft = agreement.state == "draft"
    own = own_code(actor)
    may = is_draft and actor.may(Capability.AGREEMENTS_WRITE)
    found = []
    for part in parts_of(content.codes):
        sections = tuple(
            SectionView(
                part,
                section.key,
                section.title,
                blocks_of(content.texts.get(text_key(part, section.key), "")),
                section.demanded_by,
                comments.get(text_key(part, section.key), 0),
                may and may_write_part(part, own),
            )
            for section in agreement_template().of_part(part)
            if is_draft or content.texts.get(text_key(part, section.key), "").strip()
        )
        if sections:
            found.append(PartView(part, part_title(part, content.place(part)), sections))
    return found


def part_title(part: str, place: str) -> str:
    return _("The frame") if part == FRAME else _("Annex: %(place)s") % {"place": place}


def own_code(actor: Actor) -> str:
    """The municipality of the actor's party; empty for the police and others."""
    own = next((party for party in all_parties(actor) if party.pk == actor.party_id), None)
    return own.municipality_code if own else ""


def key_title(actor: Actor, agreement: Agreement, key: str) -> str:
    """ "Purposes", or "Annex: Storfors, problems in focus" for a key of the texts."""
    part, _separator, name = key.partition(SEPARATOR)
    section = agreement_template().section(part, name)
    title = section.title if section else name
    if part == FRAME:
        return title
    place = content_of(actor, agreement).place(part)
    return f"{part_title(part, place)}, {title[:1].lower()}{title[1:]}"


def lacking_words(actor: Actor, agreement: Agreement) -> dict[str, list[str]]:
    """What a draft lacks: by the law, which stops it, and by Brå's list, which is advice."""
    if agreement.state != "draft":
        return {}
    content = content_of(actor, agreement)
    return {
        demanded: [
            key_title(actor, agreement, key)
            for key in lacking(content.texts, content.codes, demanded)
        ]
        for demanded in (LAW, BRA)
    }


def doors(actor: Actor, agreement: Agreement) -> Doors:
    state = state_on(term_of(agreement), timezone.localdate(actor.at))
    is_party = actor.party_id in present_parties(actor, agreement)
    writes = is_party and actor.may(Capability.AGREEMENTS_WRITE)
    signs = is_party and actor.may(Capability.AGREEMENTS_SIGN)
    lives = state in IN_FORCE | {"signed"}
    return Doors(
        write=writes and state == "draft",
        comment=is_party and state in {"draft", "for_signature"},
        share=writes and state == "draft" and agreement.shared_at is None,
        send=writes and state == "draft",
        sign=signs
        and state == "for_signature"
        and not _has_signed(actor, agreement)
        and signs_for_party(actor, agreement),
        take_back=writes and state == "for_signature",
        give_notice=signs and lives and agreement.terminated_on is None,
        renew=writes and (state in IN_FORCE or state == "expired"),
        discard=writes and state == "draft" and agreement.owner_id == actor.party_id,
        sharing=writes and (lives or state == "draft"),
        leave=signs and lives and not _is_leaving(actor, agreement),
        parties=writes and state == "draft",
    )


def _is_leaving(actor: Actor, agreement: Agreement) -> bool:
    rows = AgreementParty.objects.visible_to(actor).filter(
        agreement=agreement, organisation_id=actor.party_id, left_on__isnull=False
    )
    return bool(rows.exists())


def signing(actor: Actor, agreement: Agreement) -> SigningView:
    documents = list(KeptDocument.objects.visible_to(actor).filter(agreement=agreement))
    rows = list(
        Signature.objects.visible_to(actor).filter(agreement=agreement).select_related("party")
    )
    valid = [each for each in rows if each.voided_at is None]
    left: list[str] = []
    if agreement.state == "for_signature":
        done = {each.party_id for each in valid}
        names = {party.pk: party.name for party in all_parties(actor)}
        left = sorted(names[pk] for pk in present_parties(actor, agreement) - done)
    return SigningView(documents, valid, left, len(rows) - len(valid))


def all_signatures(actor: Actor, agreement: Agreement) -> list[Signature]:
    rows = Signature.objects.visible_to(actor).filter(agreement=agreement)
    return list(rows.select_related("party"))


def open_comments(actor: Actor, agreement: Agreement) -> int:
    rows = SectionComment.objects.visible_to(actor).filter(
        agreement=agreement, answered_at__isnull=True
    )
    return int(rows.count())


def open_proposals(actor: Actor, agreement: Agreement) -> int:
    rows = ClauseProposal.objects.visible_to(actor).filter(
        agreement=agreement, clause__isnull=True, declined_at__isnull=True
    )
    return int(rows.count())


def comments(actor: Actor, agreement: Agreement, key: str) -> list[SectionComment]:
    """The section's comments, those without an answer first."""
    rows = (
        SectionComment.objects.visible_to(actor)
        .filter(agreement=agreement, key=key)
        .select_related("party")
    )
    return sorted(rows, key=lambda each: (each.answered_at is not None, each.written_at))


@dataclass(frozen=True)
class CommitmentLine:
    ref: str
    title: str
    goal: str
    place: str
    responsible: str
    due_on: date
    state: str
    state_label: str
    tone: Tone


def commitments(actor: Actor, agreement: Agreement) -> list[CommitmentLine]:
    rows = (
        Commitment.objects.visible_to(actor)
        .filter(agreement=agreement)
        .select_related("municipality", "responsible")
    )
    return [commitment_line(actor, each) for each in rows]


def commitment_line(actor: Actor, each: Commitment) -> CommitmentLine:
    state = commitment_state_on(each.state, each.due_on, timezone.localdate(actor.at))
    return CommitmentLine(
        ref=each.ref,
        title=each.title,
        goal=each.goal,
        place=each.municipality.name if each.municipality else "",
        responsible=each.responsible.title,
        due_on=each.due_on,
        state=state,
        state_label=str(COMMITMENT.state(state).label),
        tone=COMMITMENT_TONES[state],
    )


@dataclass(frozen=True)
class VersionLine:
    number: int
    version: AgreementVersion
    changed: list[str]


def versions(actor: Actor, agreement: Agreement) -> list[VersionLine]:
    rows = AgreementVersion.objects.visible_to(actor).filter(agreement=agreement)
    return [
        VersionLine(
            row.number, row, [key_title(actor, agreement, key) for key in row.changed_sections]
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Restoring:
    """What bringing back a version would change, and the sections that others write."""

    latest: int
    parts: list[ChangedSection]
    left_out: list[str]


def restoring(actor: Actor, agreement: Agreement, number: int) -> Restoring | None:
    """None when there is no such version, or it is the latest."""
    rows = AgreementVersion.objects.visible_to(actor).filter(agreement=agreement)
    latest, earlier = rows.first(), rows.filter(number=number).first()
    if latest is None or earlier is None or earlier.number == latest.number:
        return None
    mine = set(restorable_keys(actor, latest, earlier))
    in_order = [
        key
        for key in _in_order(actor, agreement)
        if latest.texts.get(key, "") != earlier.texts.get(key, "")
    ]
    return Restoring(
        latest.number,
        [
            ChangedSection(
                key_title(actor, agreement, key),
                differences(latest.texts.get(key, ""), earlier.texts.get(key, "")),
            )
            for key in in_order
            if key in mine
        ],
        [key_title(actor, agreement, key) for key in in_order if key not in mine],
    )


@dataclass(frozen=True)
class EventLine:
    on: date
    words: str
    to_state: str
    function: str
    reason: str
    about: str = ""


def _about(details: Mapping[str, Any]) -> str:
    """The party that an event is about."""
    if details.get("added"):
        return _("%(party)s joined the draft") % {"party": details["added"]}
    if details.get("removed"):
        return _("%(party)s went out of the draft") % {"party": details["removed"]}
    if details.get("left_on"):
        return _("%(party)s, from %(day)s") % {
            "party": details.get("party", ""),
            "day": details["left_on"],
        }
    return ""


def events(actor: Actor, agreement: Agreement) -> list[EventLine]:
    """The agreement's life so far, what the clock has done included, the newest first."""
    rows = AgreementEvent.objects.visible_to(actor).filter(agreement=agreement)
    return [
        EventLine(
            row.on,
            str(AGREEMENT.event(row.event).label),
            str(AGREEMENT.state(row.to_state).label),
            row.function_title,
            row.reason,
            _about(row.details),
        )
        for row in reversed(rows)
    ]


@dataclass(frozen=True)
class ChangedSection:
    title: str
    changes: list[Change]


def changes(
    actor: Actor, agreement: Agreement, number: int, against: int
) -> list[ChangedSection] | None:
    """What differs between two versions, section by section; None if there is no such version."""
    rows = AgreementVersion.objects.visible_to(actor).filter(agreement=agreement)
    found = {row.number: row.texts for row in rows.filter(number__in=(number, against))}
    if number not in found or (against > 0 and against not in found):
        return None
    before, after = found.get(against, {}), found[number]
    return [
        ChangedSection(
            key_title(actor, agreement, key),
            differences(before.get(key, ""), after.get(key, "")),
        )
        for key in _in_order(actor, agreement)
        if before.get(key, "") != after.get(key, "")
    ]


def _in_order(actor: Actor, agreement: Agreement) -> list[str]:
    return [
        text_key(part, section.key)
        for part in parts_of(annex_codes(actor, agreement))
        for section in agreement_template().of_part(part)
    ]


def renewal_words(actor: Actor, agreement: Agreement) -> str:
    """The reminder at 6, 3 and 1 months, as the page says it."""
    today = timezone.localdate(actor.at)
    term = term_of(agreement)
    if state_on(term, today) not in IN_FORCE or term.ends_on is None:
        return ""
    months = reminder(term.ends_on, today)
    if months is None:
        return ""
    words = ngettext(
        "At most %(months)d month is left.", "At most %(months)d months are left.", months
    )
    return words % {"months": months}


def content_hash(actor: Actor, agreement: Agreement) -> str:
    return content_sha256(content_of(actor, agreement))


def _comment_counts(actor: Actor, agreement: Agreement) -> dict[str, int]:
    counts: dict[str, int] = {}
    rows = SectionComment.objects.visible_to(actor).filter(agreement=agreement)
    for key in rows.values_list("key", flat=True):
        counts[key] = counts.get(key, 0) + 1
    return counts


def _has_signed(actor: Actor, agreement: Agreement) -> bool:
    rows = Signature.objects.visible_to(actor).filter(
        agreement=agreement, party_id=actor.party_id, voided_at__isnull=True
    )
    return bool(rows.exists())
