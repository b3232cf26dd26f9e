"""A meeting's papers as PDF files; the typesetting program is loaded here, not at start."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from samverkan.documents.formats import Language
from samverkan.documents.report import Report
from samverkan.platform.access.actor import Actor

from .models import Meeting, MinutesVersion
from .papers import Paper, agenda_of, minutes_of, notice_of, papers_of

PDF = "application/pdf"


@dataclass(frozen=True)
class OutputFile:
    name: str
    content: bytes


def pdf_file(
    actor: Actor,
    meeting: Meeting,
    paper: Paper,
    language: Language,
    version: MinutesVersion | None = None,
) -> OutputFile | None:
    """The paper as PDF; None for minutes that are not written."""
    from samverkan.documents.pdf import pdf_of

    report = _report(actor, meeting, paper, language, version)
    if report is None:
        return None
    day = timezone.localtime(meeting.starts_at).date().isoformat()
    suffix = "" if language is Language.SWEDISH else f"-{language.value}"
    number = f"-v{version.number}" if version and paper is Paper.MINUTES else ""
    return OutputFile(
        name=f"{paper.value}-{day}-{meeting.ref}{number}{suffix}.pdf",
        content=pdf_of(report, made_at=int(actor.at.timestamp())),
    )


def _report(
    actor: Actor,
    meeting: Meeting,
    paper: Paper,
    language: Language,
    version: MinutesVersion | None,
) -> Report | None:
    if paper is Paper.NOTICE:
        return notice_of(actor, meeting, language)
    if paper is Paper.AGENDA:
        return agenda_of(actor, meeting, language)
    if paper is Paper.PAPERS:
        return papers_of(actor, meeting, language)
    return minutes_of(actor, meeting, version, language) if version else None
