"""A situational picture as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samverkan.documents.charts import table_of
from samverkan.documents.plain_text import blocks_of
from samverkan.documents.report import Bullets
from samverkan.statistics.presentation import FigureView, as_html, drawing

from .content import Fact, FigureContent, PictureContent, SectionContent
from .kinds import Kind
from .rules import Hindrance
from .sections import Section, heading_of

HINDRANCE_WORDS = {
    Hindrance.NO_ANALYSIS: Section.ANALYSIS,
    Hindrance.NO_CONSEQUENCES: Section.CONSEQUENCES,
}


@dataclass(frozen=True)
class TextBlock:
    """A paragraph, or bullets when `items` is not empty."""

    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class SectionView:
    section: str
    number: str
    heading: str
    law_part: str
    is_part: bool
    blocks: tuple[TextBlock, ...]
    figures: tuple[SafeString, ...]
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]
    lacks: str
    is_empty: bool
    is_written: bool


def section_views(content: PictureContent) -> list[SectionView]:
    return [_section(section, content) for section in content.sections]


def text_blocks(text: str) -> tuple[TextBlock, ...]:
    """What somebody wrote, as paragraphs and bullets; the template escapes it."""
    return tuple(
        TextBlock(items=block.items) if isinstance(block, Bullets) else TextBlock(text=block.text)
        for block in blocks_of(text)
    )


def hindrance_words(hindrance: Hindrance, kind: Kind | str = Kind.PICTURE) -> str:
    """Why it cannot be marked as decided, to whoever tries."""
    if hindrance is Hindrance.NO_ANALYSIS and kind != Kind.PICTURE:
        return _("The analysis is missing. Without it this is only a list of what was reported.")
    return {
        Hindrance.NO_ANALYSIS: _(
            "The analysis is missing. Without it this is not a situational picture in the law's "
            "sense (2023:196, 4 § 3)."
        ),
        Hindrance.NO_CONSEQUENCES: _(
            "The consequences of the crime are missing. The law asks for its extent and "
            "consequences (2023:196, 4 § 1)."
        ),
        Hindrance.ALREADY_DECIDED: _(
            "This version is already decided. Write on, and a new version begins."
        ),
    }[hindrance]


def _section(section: SectionContent, content: PictureContent) -> SectionView:
    heading = heading_of(content.kind, section.section)
    return SectionView(
        section=section.section,
        number=section.number,
        heading=section.heading,
        law_part=section.law_part,
        is_part=section.level == 2,
        blocks=text_blocks(section.text),
        figures=tuple(
            as_html(_figure(figure, content.municipality_code, section.level + 2))
            for figure in section.figures
        ),
        facts=section.facts,
        notes=section.notes,
        lacks=section.lacks,
        is_empty=section.is_empty,
        is_written=heading is not None and heading.is_written,
    )


def _figure(figure: FigureContent, municipality_code: str, heading: int) -> FigureView:
    url = ""
    if figure.series_code:
        url = reverse("statistics:series", args=[municipality_code, figure.series_code])
    return FigureView(
        key=figure.key,
        title=figure.title,
        subtitle=figure.subtitle,
        wide=drawing(figure.chart, is_phone=False),
        phone=drawing(figure.chart, is_phone=True),
        remarks=figure.remarks,
        source=figure.source,
        definition=figure.definition,
        table=table_of(figure.chart),
        url=url,
        heading=heading,
    )
