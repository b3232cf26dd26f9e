"""Notice, agenda, minutes and the papers of a meeting as documents for PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from samverkan.documents.formats import Language
from samverkan.documents.plain_text import blocks_of
from samverkan.documents.report import (
    Block,
    Bullets,
    Contents,
    Heading,
    NewPage,
    Notice,
    Paragraph,
    Report,
    Table,
)
from samverkan.platform.access.actor import Actor

from .decision_kinds import kinds
from .models import AgendaItem, Attendance, Meeting, MinutesVersion
from .selectors import adjusters, items, seats

PaperSource = Callable[[Actor, str, str], Iterable[Block]]
_paper_sources: list[PaperSource] = []

# Columns' shares of the paper's width: a short name or a number, and what is said of it.
NAME_AND_TEXT = (1, 4)
NUMBER_AND_TEXT = (1, 9)


def register_paper(source: PaperSource) -> None:
    """Add `source(actor, subject_kind, subject_ref)`: the blocks of a point's paper, if any."""
    if source not in _paper_sources:
        _paper_sources.append(source)


class Paper(StrEnum):
    """The name in the address is the Swedish one: it is what is written on the file."""

    NOTICE = "kallelse"
    AGENDA = "dagordning"
    MINUTES = "protokoll"
    PAPERS = "handlingar"


def notice_of(actor: Actor, meeting: Meeting, language: Language) -> Report:
    with override(language.value):
        called = [seat.function.title for seat in seats(actor, meeting.group)]
        blocks: list[Block] = [
            _when(meeting),
            Heading(1, _("Agenda")),
            *_agenda_list(items(actor, meeting)),
            Heading(1, _("Called")),
            Bullets(tuple(called)) if called else Paragraph(_("Nobody has a seat yet.")),
            Paragraph(_("Who cannot come tells the deputy and the chair."), is_quiet=True),
        ]
        return _report(meeting, language, _("Notice of meeting"), blocks)


def agenda_of(actor: Actor, meeting: Meeting, language: Language) -> Report:
    with override(language.value):
        blocks: list[Block] = [_when(meeting), Heading(1, _("Points"))]
        for number, item in _numbered(items(actor, meeting)):
            blocks.append(Heading(2, item.title, str(number)))
            if item.sentence:
                blocks.append(Paragraph(item.sentence))
        return _report(meeting, language, _("Agenda"), blocks)


def papers_of(actor: Actor, meeting: Meeting, language: Language) -> Report:
    """Agenda and every point's paper in one document, each with its page in the contents."""
    with override(language.value):
        listed = _numbered(items(actor, meeting))
        blocks: list[Block] = [_when(meeting), Contents(_("Contents"))]
        blocks += [NewPage(), Heading(1, _("Agenda")), *_agenda_list(item for _n, item in listed)]
        for number, item in listed:
            blocks += _paper(actor, number, item)
        return _report(meeting, language, _("Papers of the meeting"), blocks)


def minutes_of(
    actor: Actor, meeting: Meeting, version: MinutesVersion, language: Language
) -> Report:
    content: dict[str, Any] = version.content
    with override(language.value):
        blocks: list[Block] = []
        if not version.is_adjusted:
            blocks.append(Notice(_("The minutes are not adjusted yet.")))
        blocks += [
            Table(
                "",
                (_("What"), _("How")),
                (
                    (_("Place"), content["place"] or "–"),
                    (_("Began"), content["started"] or "–"),
                    (_("Ended"), content["ended"] or "–"),
                ),
                widths=NAME_AND_TEXT,
            ),
            Heading(1, _("Attendance")),
            _attendance(content["attendance"]),
        ]
        for number, point in enumerate(content["points"], start=1):
            blocks += _point(number, point)
        blocks += [Heading(1, _("Adjustment")), *_adjustment(actor, meeting, version)]
        return _report(meeting, language, _("Minutes"), blocks)


def _report(meeting: Meeting, language: Language, word: str, blocks: list[Block]) -> Report:
    day = timezone.localtime(meeting.starts_at).date().isoformat()
    return Report(
        language=language,
        kicker=meeting.group.name,
        title=f"{word} {day}",
        lead="",
        meta=(meeting.group.municipality.name,),
        running_head=(meeting.group.name, f"{word} {day}"),
        page_words=(_("Page"), _("of")),
        author=meeting.group.owner.name,
        blocks=tuple(blocks),
    )


def _when(meeting: Meeting) -> Table:
    starts = timezone.localtime(meeting.starts_at)
    return Table(
        "",
        (_("What"), _("How")),
        (
            (_("Day"), f"{starts:%Y-%m-%d}"),
            (_("Time"), f"{starts:%H:%M}"),
            (_("Place"), meeting.place or _("not decided")),
        ),
        widths=NAME_AND_TEXT,
    )


def _numbered(found: Iterable[AgendaItem]) -> list[tuple[int, AgendaItem]]:
    return list(enumerate((item for item in found if not item.skipped_because), start=1))


def _agenda_list(found: Iterable[AgendaItem]) -> list[Block]:
    rows = tuple((str(number), item.title) for number, item in _numbered(found))
    if not rows:
        return [Paragraph(_("The agenda is not made yet."), is_quiet=True)]
    return [Table("", (_("Point"), _("Matter")), rows, widths=NUMBER_AND_TEXT)]


def _paper(actor: Actor, number: int, item: AgendaItem) -> list[Block]:
    written = list(blocks_of(item.paper_text))
    brought = [
        block
        for source in _paper_sources
        if item.subject_ref
        for block in source(actor, item.subject_kind, item.subject_ref)
    ]
    if not written and not brought:
        return []
    blocks: list[Block] = [NewPage(), Heading(1, item.paper_title or item.title, str(number))]
    if item.sentence:
        blocks.append(Paragraph(item.sentence, is_quiet=True))
    return [*blocks, *written, *brought]


def _attendance(lines: list[dict[str, Any]]) -> Block:
    if not lines:
        return Paragraph(_("Nobody has a seat yet."))
    words = dict(Attendance.Presence.choices)
    rows = []
    for line in lines:
        title = f"{line['title']} ({_('chair')})" if line["is_chair"] else line["title"]
        presence = str(words.get(line["presence"], line["presence"]))
        if line["left"]:
            presence = _("%(presence)s, left at %(time)s") % {
                "presence": presence,
                "time": line["left"][-5:],
            }
        rows.append((title, line["organisation"], presence))
    return Table("", (_("Function"), _("Organisation"), _("Presence")), tuple(rows))


def _point(number: int, point: dict[str, Any]) -> list[Block]:
    blocks: list[Block] = [Heading(1, point["title"], str(number))]
    if point["skipped"]:
        return [*blocks, Paragraph(_("Left out: %(why)s") % {"why": point["skipped"]}, True)]
    if point["sentence"]:
        blocks.append(Paragraph(point["sentence"], is_quiet=True))
    blocks += blocks_of(point["note"])
    for decision in point["decisions"]:
        blocks += _decision(decision)
    if not point["note"] and not point["decisions"]:
        blocks.append(Paragraph(_("Nothing was noted."), is_quiet=True))
    return blocks


def _decision(decision: dict[str, Any]) -> list[Block]:
    labels = {kind.key: str(kind.label) for kind in kinds()}
    title = f"{labels.get(decision['kind'], decision['kind'])}, {decision['number']}"
    rows = [(_("What"), decision["text"])]
    for word, value in (
        (_("Why"), decision["reason"]),
        (_("Function"), decision["function"]),
        (_("Due"), decision["due_on"] if decision["function"] else ""),
        (_("Followed up"), decision["follow_up_on"] if decision["function"] else ""),
        (_("How"), decision["follow_up_how"]),
    ):
        if value:
            rows.append((word, value))
    return [Table(title, (_("Decision"), _("Text")), tuple(rows), widths=NAME_AND_TEXT)]


def _adjustment(actor: Actor, meeting: Meeting, version: MinutesVersion) -> list[Block]:
    rows = tuple(
        (
            each.title,
            timezone.localtime(each.approved_at).strftime("%Y-%m-%d %H:%M")
            if each.approved_at
            else _("waited for"),
        )
        for each in adjusters(actor, meeting)
    )
    blocks: list[Block] = [Table("", (_("Adjuster"), _("Approved")), rows)] if rows else []
    if version.is_adjusted:
        words = _("Adjusted and locked. Hash of the content (SHA-256): %(hash)s")
        blocks.append(Paragraph(words % {"hash": version.content_hash}, is_quiet=True))
    return blocks
