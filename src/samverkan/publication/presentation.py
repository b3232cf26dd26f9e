"""Published figures as charts and as one table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samverkan.documents.charts import Observation, SeriesChart, SourceKind, table_of
from samverkan.documents.formats import PeriodKind, number
from samverkan.statistics.presentation import FigureView, as_html, drawing
from samverkan.statistics.statements import language_now

from .content import PublicContent, PublishedCount, PublishedSeries

HIDDEN = ".."
LEAST_YEARS_FOR_A_CHART = 3


@dataclass(frozen=True)
class CountTable:
    years: list[int]
    rows: list[tuple[str, list[str]]]
    has_hidden: bool
    has_preliminary: bool


def count_table(content: PublicContent) -> CountTable:
    """Series down, years across; hidden cells look alike, whatever hid them."""
    years, language = content.years, language_now()
    every = [each for series in content.series for each in series.counts]
    rows = []
    for series in content.series:
        by_year = {each.year: each for each in series.counts}
        rows.append((series.name(language), [_cell(by_year.get(year)) for year in years]))
    return CountTable(
        years,
        rows,
        has_hidden=any(each.status == "hidden" for each in every),
        has_preliminary=any(each.status == "preliminary" for each in every),
    )


def _cell(found: PublishedCount | None) -> str:
    if found is None:
        return "–"
    if found.count is None:
        return HIDDEN
    mark = "*" if found.status == "preliminary" else ""
    return number(found.count, language_now()) + mark


def public_figures(content: PublicContent) -> list[SafeString]:
    """A drawing of each series with years enough to show a course."""
    return [
        as_html(_figure(series))
        for series in content.series
        if sum(each.count is not None for each in series.counts) >= LEAST_YEARS_FOR_A_CHART
    ]


def _figure(series: PublishedSeries) -> FigureView:
    language = language_now()
    sentence = _sentence(series)
    chart = SeriesChart(
        key=f"published-{series.code}",
        title=sentence,
        description=sentence,
        unit=_("reported offences a year"),
        period_kind=PeriodKind.YEAR,
        observations=tuple(
            Observation(
                date(each.year, 1, 1),
                each.count,
                is_preliminary=each.status == "preliminary",
            )
            for each in series.counts
        ),
        language=language,
        source_kind=SourceKind.POLICE,
    )
    remarks = [_("Complete years, summed from the months.")] if series.is_summed else []
    if any(each.count is None for each in series.counts):
        remarks.append(_("Some years are not shown: small counts could tell of persons."))
    return FigureView(
        key=chart.key,
        title=sentence,
        subtitle=_("Reported offences a year."),
        wide=drawing(chart, is_phone=False),
        phone=drawing(chart, is_phone=True),
        remarks=tuple(remarks),
        source=series.citation(language) + ".",
        definition=series.definition(language),
        table=table_of(chart),
        heading=3,
    )


def _sentence(series: PublishedSeries) -> str:
    """What was reported the last year that is shown, and the span of the years before it."""
    language = language_now()
    known = [(each.year, each.count) for each in series.counts if each.count is not None]
    (year, count), earlier = known[-1], [count for _year, count in known[:-1]]
    return _("%(name)s: %(count)s in %(year)d; %(low)s to %(high)s in earlier years") % {
        "name": series.name(language),
        "count": number(count, language),
        "year": year,
        "low": number(min(earlier), language),
        "high": number(max(earlier), language),
    }
