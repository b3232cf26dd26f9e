"""An agreement on paper: parties, purposes, annexes, what is shared, signatures. In Swedish, which
is the language that is signed."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from samverkan.documents.formats import Language
from samverkan.documents.plain_text import blocks_of
from samverkan.documents.report import (
    Block,
    Bullets,
    Heading,
    NewPage,
    Notice,
    Paragraph,
    Report,
    Signatures,
    SignatureSpace,
    Table,
)
from samverkan.platform.access.capabilities import Detail, Information

from .content import AgreementContent, content_sha256
from .models import KeptDocument, Signature
from .rules import HEIGHT, WIDTH
from .template import FRAME, agreement_template, text_key
from .words import clause_sentence


def paper_of(
    content: AgreementContent,
    signatures: Sequence[Signature] = (),
    signed: KeptDocument | None = None,
    *,
    is_draft: bool = False,
) -> Report:
    """The whole agreement; with the signatures, and the hash of what they signed, when there are
    any. A draft says on its first page that it is one."""
    with override("sv"):
        digest = content_sha256(content)
        version = _("version %(number)d") % {"number": content.version}
        return Report(
            language=Language.SWEDISH,
            kicker=_("Cooperation agreement"),
            title=content.title,
            lead=_("Between %(parties)s.") % {"parties": _list([p.name for p in content.parties])},
            meta=tuple(_meta(content)),
            running_head=(content.title, version),
            page_words=(_("Page"), _("of")),
            author=_list([p.name for p in content.parties]),
            blocks=tuple(_blocks(content, signatures, signed, is_draft)),
            foot=_("%(version)s, content SHA-256 %(digest)s")
            % {"version": version.capitalize(), "digest": in_groups(digest)},
        )


def _meta(content: AgreementContent) -> list[str]:
    until = content.valid_to or _("further notice")
    lines = [
        _("Holds from %(first)s until %(last)s, from the day that every party has signed.")
        % {"first": content.valid_from, "last": until}
    ]
    if content.reference_number:
        lines.append(_("Reference number %(number)s") % {"number": content.reference_number})
    return lines


def _blocks(
    content: AgreementContent,
    signatures: Sequence[Signature],
    signed: KeptDocument | None,
    is_draft: bool,
) -> list[Block]:
    blocks: list[Block] = []
    if is_draft:
        blocks.append(Notice(_("Draft. This is not signed, and nothing of it holds.")))
    blocks += _part(content, FRAME, "")
    blocks += _clauses(content)
    blocks += _commitments(content, "")
    for number, code in enumerate(content.codes, 1):
        title = _("Annex %(number)d: %(place)s") % {"number": number, "place": content.place(code)}
        blocks += [NewPage(), Heading(1, title)]
        blocks += _part(content, code, "", level=2)
        blocks += _commitments(content, code)
    return blocks + _signature_page(content, signatures, signed)


def _part(content: AgreementContent, part: str, number: str, level: int = 1) -> list[Block]:
    """The sections that somebody has written, numbered in the frame."""
    blocks: list[Block] = []
    at = 0
    for section in agreement_template().of_part(part):
        text = content.texts.get(text_key(part, section.key), "").strip()
        if not text:
            continue
        at += 1
        blocks.append(Heading(level, section.title, f"{at}" if level == 1 else ""))
        blocks += blocks_of(text)
    return blocks


def _clauses(content: AgreementContent) -> list[Block]:
    if not content.clauses:
        return []
    sentences = tuple(
        clause_sentence(
            each.giver,
            each.receiver,
            Information(each.information),
            Detail(each.detail),
            each.municipalities,
        )
        for each in content.clauses
    )
    return [Heading(1, _("What is shared between the parties")), Bullets(sentences)]


def _commitments(content: AgreementContent, code: str) -> list[Block]:
    rows = tuple(
        (
            each.title,
            f"{each.goal} {_('Indicator')}: {each.indicator}. {each.responsible}.",
            each.due_on,
        )
        for each in content.commitments
        if each.municipality_code == code
    )
    if not rows:
        return []
    heading = Heading(2 if code else 1, _("Commitments"))
    return [
        heading,
        Table(
            "",
            (_("Commitment"), _("Goal and who answers"), _("At the latest")),
            rows,
            widths=(4, 7, 2),
        ),
    ]


def _signature_page(
    content: AgreementContent, signatures: Sequence[Signature], signed: KeptDocument | None
) -> list[Block]:
    by_party = {each.party.name: each for each in signatures}
    spaces = tuple(_space(party.name, by_party.get(party.name)) for party in content.parties)
    blocks: list[Block] = [NewPage(), Heading(1, _("Signatures")), Signatures(spaces)]
    if signed is not None:
        words = _(
            "Each party has signed the document whose SHA-256 is %(digest)s. It is kept unchanged, "
            "and this copy shows the signatures under it."
        )
        blocks.append(Notice(words % {"digest": in_groups(signed.sha256)}))
    else:
        blocks.append(
            Paragraph(_("Each party signs this very document, known by its SHA-256."), True)
        )
    return blocks


def _space(party: str, signature: Signature | None) -> SignatureSpace:
    if signature is None:
        return SignatureSpace(party, "", "", _("Date and name"), "", "")
    at = timezone.localtime(signature.signed_at)
    when = _("%(function)s, %(moment)s") % {
        "function": signature.function_title,
        "moment": at.strftime("%Y-%m-%d %H:%M"),
    }
    if signature.reference:
        when += ". " + _("E-signature %(reference)s") % {"reference": signature.reference}
    drawn = drawing_of(signature.strokes) if signature.strokes else ""
    return SignatureSpace(
        party,
        signature.signer_name,
        when,
        "",
        drawn,
        _("Signature of %(name)s") % {"name": signature.signer_name},
    )


def drawing_of(strokes: Sequence[Sequence[Sequence[int]]]) -> str:
    """A drawn name as SVG: whole numbers alone, checked when it was signed."""
    paths = "".join(
        '<path d="M'
        + " L".join(f"{int(point[0])} {int(point[1])}" for point in (*stroke, stroke[-1]))
        + '"/>'
        for stroke in strokes
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" fill="none" '
        'stroke="#1b2421" stroke-width="4" stroke-linecap="round" stroke-linejoin="round">'
        f"{paths}</svg>"
    )


def in_groups(digest: str) -> str:
    """A hash in groups of eight, so that two of them can be compared by eye."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def _list(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
