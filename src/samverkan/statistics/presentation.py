"""A chart as a page needs it: two drawings and the table beside them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from samverkan.documents.charts import PHONE, SCREEN, WIDE, Chart, ChartTable, draw, table_of

from .definitions import SeriesDefinition
from .findings import SeriesFinding
from .statements import language_now, source_line


@dataclass(frozen=True)
class FigureView:
    """What `statistics/figure.html` shows; `heading` is the level of its title (2 or 3)."""

    key: str
    title: str
    subtitle: str
    wide: SafeString
    phone: SafeString
    remarks: tuple[str, ...]
    source: str
    definition: str
    table: ChartTable
    url: str = ""
    heading: int = 2


def drawing(chart: Chart, *, is_phone: bool) -> SafeString:
    # The charts module escapes every text and takes its colours from a fixed palette.
    return mark_safe(draw(chart, PHONE if is_phone else WIDE, SCREEN))  # noqa: S308


def figure_view(finding: SeriesFinding, *, heading: int = 2) -> FigureView:
    """A finding of the statistics as a figure on a page."""
    definition: SeriesDefinition = finding.series.definition
    return FigureView(
        key=finding.chart.key,
        title=finding.sentence,
        subtitle=" ".join(part for part in (finding.counted, finding.could_be_seen) if part),
        wide=drawing(finding.chart, is_phone=False),
        phone=drawing(finding.chart, is_phone=True),
        remarks=finding.remarks,
        source=source_line(finding.series),
        definition=definition.definition(language_now()),
        table=table_of(finding.chart),
        heading=heading,
    )
