"""A presentation as files: the page and the slides as PDF, PowerPoint, the basis as JSON."""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import override

from samverkan.documents.deck import Deck, Slide
from samverkan.documents.formats import Language
from samverkan.documents.report import Block, Bullets, Heading, Paragraph, Report

from ..outputs import OutputFile
from .content import Briefing, to_json


class BriefingFormat(StrEnum):
    PAGE = "sida"
    SLIDES = "bilder"
    POWERPOINT = "pptx"
    BASIS = "underlag"

    @property
    def ending(self) -> str:
        return {"sida": ".pdf", "bilder": ".pdf", "pptx": ".pptx", "underlag": ".json"}[self.value]

    @property
    def content_type(self) -> str:
        return {
            ".pdf": "application/pdf",
            ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            ".json": "application/json",
        }[self.ending]


def briefing_file(content: Briefing, wanted: BriefingFormat) -> OutputFile:
    """The typesetting programs are loaded here, not at start."""
    language = "" if content.language == "sv" else f"-{content.language}"
    kind = "" if wanted is BriefingFormat.POWERPOINT else f"-{wanted.value}"
    name = f"presentation-{content.municipality_code}-{content.period}{kind}{language}"
    return OutputFile(
        name=f"{name}{wanted.ending}",
        content_type=wanted.content_type,
        content=_bytes(content, wanted),
    )


def _bytes(content: Briefing, wanted: BriefingFormat) -> bytes:
    made_at = int(datetime.fromisoformat(content.composed_at).timestamp())
    if wanted is BriefingFormat.BASIS:
        return json.dumps(to_json(content), ensure_ascii=False, indent=2).encode()
    if wanted is BriefingFormat.POWERPOINT:
        from samverkan.documents.slides import pptx_of

        return pptx_of(deck_of(content))
    if wanted is BriefingFormat.SLIDES:
        from samverkan.documents.slide_pages import slides_pdf_of

        return slides_pdf_of(deck_of(content), made_at=made_at)
    from samverkan.documents.pdf import pdf_of

    return pdf_of(page_of(content), made_at=made_at)


def deck_of(content: Briefing) -> Deck:
    with override(content.language):
        subject = f"{content.municipality}, {content.period_label}"
        return Deck(
            language=Language.of(content.language),
            title=content.title,
            subject=subject,
            lead=content.lead,
            footer=_("%(subject)s · basis %(version)s · %(owner)s")
            % {"subject": subject, "version": content.basis_version, "owner": content.owner},
            author=content.owner,
            slides=tuple(
                Slide(slide.key, slide.title, slide.points, slide.chart, slide.source, slide.notes)
                for slide in content.slides
            ),
            notes=content.opening_notes,
        )


def page_of(content: Briefing) -> Report:
    """One page in plain language."""
    with override(content.language):
        kicker = _("To the politicians of %(municipality)s") % {
            "municipality": content.municipality
        }
        blocks: list[Block] = [
            Heading(1, _("This is what the figures say")),
            Bullets(content.plain),
            Heading(1, _("This is how sure it is")),
            Bullets(content.how_sure or (_("There are too few earlier figures for a test."),)),
            Heading(1, _("This is what they do not say")),
            Bullets(content.not_said),
        ]
        sources = sorted({row.source for row in content.basis})
        blocks.append(Paragraph("; ".join(sources) + ".", is_quiet=True))
        return Report(
            language=Language.of(content.language),
            kicker=f"{kicker}, {content.period_label}",
            title=content.title,
            lead=content.lead,
            meta=(
                _("Made from the figures %(date)s; basis %(version)s. Nobody has typed a figure.")
                % {"date": content.composed_at[:10], "version": content.basis_version},
            ),
            running_head=(kicker, content.period_label),
            page_words=(_("Page"), _("of")),
            author=content.owner,
            blocks=tuple(blocks),
        )
