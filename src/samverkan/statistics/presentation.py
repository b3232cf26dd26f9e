"""A chart as a page needs it: two drawings and the table beside them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from samverkan.documents.charts import PHONE, SCREEN, WIDE, Chart, ChartTable, draw, table_of

from .definitions import SeriesDefinition
from .findings import SeriesFinding
from .statements import language_now, source_line


@dataclass(frozen=True)
class FigureView:
    """What `statistics/figure.html` shows; `heading` is the level of its title (2, 3 or 4)."""

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


@lru_cache(maxsize=512)
def drawing(chart: Chart, *, is_phone: bool) -> SafeString:
    """The chart as a drawing for a page; the same chart is drawn once."""
    # The charts module escapes every text and takes its colours from a fixed palette.
    return mark_safe(draw(chart, PHONE if is_phone else WIDE, SCREEN))  # noqa: S308


def as_html(view: FigureView) -> SafeString:
    """The figure as it stands on a page. Kept by value: the same figure is laid out once."""
    return _as_html(view, get_language() or "sv")


@lru_cache(maxsize=512)
def _as_html(view: FigureView, language: str) -> SafeString:
    return render_to_string("statistics/figure.html", {"figure": view})


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
