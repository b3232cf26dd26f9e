"""A series as a small table for paper: a row a year, a column a month or quarter."""

from __future__ import annotations

from datetime import date

from samverkan.documents.charts.model import Observation, SeriesChart
from samverkan.documents.formats import Language, PeriodKind, number, quarter_of, short_month
from samverkan.documents.report import Table

PRELIMINARY = "*"
YEARS_A_ROW = 10


def calendar_tables(chart: SeriesChart) -> list[Table]:
    """Months and quarters: years down, periods across. Years: ten of them to a row.

    A star marks a preliminary figure, a dash one that is missing.
    """
    if chart.period_kind is PeriodKind.YEAR:
        return _of_years(chart)
    columns = range(1, 13) if chart.period_kind is PeriodKind.MONTH else range(1, 5)
    cells: dict[int, dict[int, str]] = {}
    for seen in chart.observations:
        column = seen.start.month
        if chart.period_kind is PeriodKind.QUARTER:
            column = quarter_of(seen.start)
        cells.setdefault(seen.start.year, {})[column] = _cell(seen, chart)
    rows_of_years = tuple(
        (str(year), *(months.get(column, "") for column in columns))
        for year, months in sorted(cells.items(), reverse=True)
    )
    header = (_word(chart, "Year", "År"), *_names(chart))
    return [Table(chart.title, header, rows_of_years, is_numeric=True)]


def _of_years(chart: SeriesChart) -> list[Table]:
    tables = []
    last = len(chart.observations)
    for end in range(last, 0, -YEARS_A_ROW):
        shown = chart.observations[max(0, end - YEARS_A_ROW) : end]
        header = (_word(chart, "Year", "År"), *(str(seen.start.year) for seen in shown))
        row = (_word(chart, "Count", "Antal"), *(_cell(seen, chart) for seen in shown))
        caption = chart.title if end == last else ""
        tables.append(Table(caption, header, (row,), is_numeric=True))
    return tables


def _word(chart: SeriesChart, english: str, swedish: str) -> str:
    return english if chart.language is Language.ENGLISH else swedish


def _names(chart: SeriesChart) -> tuple[str, ...]:
    english = chart.language is Language.ENGLISH
    if chart.period_kind is PeriodKind.QUARTER:
        return tuple(f"{'Q' if english else 'kv'} {quarter}" for quarter in range(1, 5))
    return tuple(
        short_month(date(2000, month, 1), chart.language, with_year=False) for month in range(1, 13)
    )


def _cell(seen: Observation, chart: SeriesChart) -> str:
    if seen.value is None:
        return "–"
    mark = PRELIMINARY if seen.is_preliminary else ""
    return number(seen.value, chart.language, chart.decimals) + mark
