"""The places of an EST analysis, week by week of a quarter or month by month of a year."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverkan.documents.charts import HeatRow, HeatStrip
from samverkan.documents.formats import month_name, week_label
from samverkan.situation.selectors import WeekTable
from samverkan.situation.weeks import monday_of
from samverkan.statistics.statements import language_now

from .content import FigureContent

PLACES_SHOWN = 10


def place_figure(
    table: WeekTable, places: list[tuple[str, tuple[int, ...]]], *, is_year: bool
) -> FigureContent:
    """The most reported places; a year's weeks are added up to months by their Thursday."""
    months = [_month_of(week) for week in table.weeks]
    columns, index = _columns(table.weeks, months, is_year=is_year)
    shown = places[:PLACES_SHOWN]
    title = ngettext(
        "%(total)d EST report in %(places)d places",
        "%(total)d EST reports in %(places)d places",
        table.total,
    ) % {"total": table.total, "places": len(places)}
    language = language_now()
    chart = HeatStrip(
        key="est-places",
        title=title,
        description=_("%(total)d reports in %(places)d places over %(weeks)d weeks.")
        % {"total": table.total, "places": len(places), "weeks": len(table.weeks)},
        unit=_("EST reports"),
        row_heading=_("Place"),
        columns=columns,
        rows=tuple(
            HeatRow(
                name,
                _added_up(counts, index, len(columns)),
                ngettext("%(count)d report", "%(count)d reports", sum(counts))
                % {"count": sum(counts)},
            )
            for name, counts in shown
        ),
        language=language,
    )
    more = len(places) - len(shown)
    return FigureContent(
        key=chart.key,
        title=title,
        subtitle=_("EST reports per place, %(first)s to %(last)s. The figure in a cell is reports.")
        % {
            "first": week_label(table.weeks[0], language),
            "last": week_label(table.weeks[-1], language),
        },
        remarks=(_("%(count)d more places had reports.") % {"count": more},) if more else (),
        source=_("Source: EST reports of the municipality."),
        definition=_(
            "An EST report is what a unit has seen or been told of at a place in a week. "
            "It is not a reported offence, and several reports may be of the same event."
        ),
        chart=chart,
    )


def _month_of(week: int) -> date:
    return (monday_of(week) + timedelta(days=3)).replace(day=1)


def _columns(
    weeks: tuple[int, ...], months: list[date], *, is_year: bool
) -> tuple[tuple[str, ...], list[int]]:
    """The columns' names, and which column each week belongs to."""
    if not is_year:
        return tuple(str(week % 100) for week in weeks), list(range(len(weeks)))
    distinct = sorted(set(months))
    names = tuple(month_name(month, language_now(), with_year=False)[:3] for month in distinct)
    return names, [distinct.index(month) for month in months]


def _added_up(counts: tuple[int, ...], index: list[int], size: int) -> tuple[int, ...]:
    sums = [0] * size
    for count, column in zip(counts, index, strict=True):
        sums[column] += count
    return tuple(sums)
