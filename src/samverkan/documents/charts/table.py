"""The same figures as a table: for whoever does not see the picture, or wants the numbers."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.documents.charts.funnel import FunnelChart, funnel_rows
from samverkan.documents.charts.model import HeatStrip, IntervalBars, SeriesChart
from samverkan.documents.charts.shrinkage import ShrinkageChart, shrinkage_rows
from samverkan.documents.formats import Language, number, period_label, span

WORDS = {
    Language.SWEDISH: {
        "period": "Period",
        "value": "Antal",
        "expected": "Väntat",
        "note": "Anmärkning",
        "missing": "saknas",
        "preliminary": "preliminär",
        "unusual": "utanför det väntade",
        "break": "serien bryts här: jämför inte bakåt",
        "interval": "Intervall",
        "total": "Summa",
    },
    Language.ENGLISH: {
        "period": "Period",
        "value": "Count",
        "expected": "Expected",
        "note": "Note",
        "missing": "missing",
        "preliminary": "preliminary",
        "unusual": "outside the expected",
        "break": "the series breaks here: do not compare backwards",
        "interval": "Interval",
        "total": "Total",
    },
}


@dataclass(frozen=True)
class ChartTable:
    """Texts ready to print; the first column names the row."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table_of(
    chart: SeriesChart | HeatStrip | IntervalBars | FunnelChart | ShrinkageChart,
) -> ChartTable:
    if isinstance(chart, SeriesChart):
        return _of_series(chart)
    if isinstance(chart, HeatStrip):
        return _of_heat_strip(chart)
    if isinstance(chart, FunnelChart):
        return _without_empty_columns(ChartTable(chart.title, *funnel_rows(chart)))
    if isinstance(chart, ShrinkageChart):
        return ChartTable(chart.title, *shrinkage_rows(chart))
    return _of_bars(chart)


def _of_series(chart: SeriesChart) -> ChartTable:
    words, language = WORDS[chart.language], chart.language
    rows = []
    broken_at = chart.broken_at
    for seen in reversed(chart.observations):
        notes = [
            words[note]
            for note, holds in (
                ("preliminary", seen.is_preliminary),
                ("unusual", seen.is_unusual),
                ("break", seen.start in broken_at),
            )
            if holds
        ]
        rows.append(
            (
                period_label(chart.period_kind, seen.start, language),
                words["missing"]
                if seen.value is None
                else number(seen.value, language, chart.decimals),
                ""
                if seen.lower is None or seen.upper is None
                else span(seen.lower, seen.upper, language, chart.decimals),
                ", ".join(notes),
            )
        )
    header = (words["period"], words["value"], words["expected"], words["note"])
    return _without_empty_columns(ChartTable(chart.title, header, tuple(rows)))


def _of_heat_strip(chart: HeatStrip) -> ChartTable:
    words = WORDS[chart.language]
    rows = tuple(
        (
            row.label,
            *("–" if count is None else str(count) for count in row.counts),
            str(sum(count or 0 for count in row.counts)),
        )
        for row in chart.rows
    )
    return ChartTable(chart.title, (chart.row_heading, *chart.columns, words["total"]), rows)


def _of_bars(chart: IntervalBars) -> ChartTable:
    words, language = WORDS[chart.language], chart.language
    rows = tuple(
        (
            bar.label,
            words["missing"] if bar.value is None else number(bar.value, language, chart.decimals),
            ""
            if bar.lower is None or bar.upper is None
            else span(bar.lower, bar.upper, language, chart.decimals),
        )
        for bar in chart.bars
    )
    return ChartTable(chart.title, (chart.row_heading, words["value"], words["interval"]), rows)


def _without_empty_columns(table: ChartTable) -> ChartTable:
    kept = [at for at in range(len(table.header)) if at < 2 or any(row[at] for row in table.rows)]
    return ChartTable(
        table.caption,
        tuple(table.header[at] for at in kept),
        tuple(tuple(row[at] for at in kept) for row in table.rows),
    )
