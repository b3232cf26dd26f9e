"""A situational picture laid out as a report for paper."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from samverkan.documents.charts import PAGE, PAPER, SeriesChart, draw, table_of
from samverkan.documents.charts.calendar_table import calendar_tables
from samverkan.documents.formats import Language
from samverkan.documents.plain_text import blocks_of
from samverkan.documents.report import (
    Block,
    Bullets,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Report,
    Table,
)

from .content import FigureContent, PictureContent, SectionContent

SURVEY = "4"


def report_of(content: PictureContent) -> Report:
    """The picture as blocks: sections in order, then the figures as tables."""
    language = Language.of(content.language)
    with override(content.language):
        head = f"{content.document or _('Situational picture')} {content.municipality}"
        version = _("version %(number)d") % {"number": content.version}
        day, clock = content.composed_at[:10], content.composed_at[11:16]
        return Report(
            language=language,
            kicker=f"{head}, {content.period_label}",
            title=content.title,
            lead=content.lead,
            meta=(
                content.status,
                _("Figures up to and including %(period)s. Made %(date)s at %(clock)s.")
                % {"period": content.period_label, "date": day, "clock": clock},
            ),
            running_head=(head, f"{content.period_label}, {version}"),
            page_words=(_("Page"), _("of")),
            author=content.owner,
            blocks=tuple(_blocks(content)),
        )


def _blocks(content: PictureContent) -> list[Block]:
    blocks: list[Block] = []
    for section in content.sections:
        if section.number == f"{SURVEY}.1":
            blocks.append(Heading(1, _("Survey: crime, its extent and consequences"), SURVEY))
        blocks += _section(section)
    figures = [figure for section in content.sections for figure in section.figures]
    if figures:
        blocks.append(Heading(1, _("Appendix: the figures as tables")))
        blocks.append(
            Paragraph(_("A star marks a preliminary figure, a dash one that is missing."), True)
        )
        blocks += [table for figure in figures for table in _tables(figure)]
    return blocks


def _section(section: SectionContent) -> list[Block]:
    blocks: list[Block] = [Heading(section.level, section.heading, section.number)]
    if section.lacks:
        blocks.append(Notice(section.lacks))
    blocks += blocks_of(section.text)
    if section.is_empty:
        blocks.append(Paragraph(_("Nothing has been written here."), is_quiet=True))
    blocks += [_figure(figure) for figure in section.figures]
    if section.facts:
        rows = tuple((fact.label, fact.value) for fact in section.facts)
        blocks.append(Table("", (_("What"), _("How")), rows, widths=(1, 3)))
    if section.notes:
        blocks.append(Bullets(section.notes))
    return blocks


def _figure(figure: FigureContent) -> Figure:
    return Figure(
        title=figure.title,
        subtitle=figure.subtitle,
        svg=draw(figure.chart, PAGE, PAPER),
        alternative=figure.chart.description,
        remarks=figure.remarks,
        source=figure.source,
        definition=_("Definition: %(text)s") % {"text": figure.definition},
    )


def _tables(figure: FigureContent) -> list[Table]:
    if isinstance(figure.chart, SeriesChart):
        return calendar_tables(figure.chart)
    table = table_of(figure.chart)
    return [Table(table.caption, table.header, table.rows, is_numeric=True)]
