"""Figures as CSV: for whoever wants to count on, with the provenance on every line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from .selectors import FigureSeries
from .statements import language_now

COLUMNS = (
    "municipality",
    "series",
    "name",
    "period_kind",
    "period",
    "value",
    "unit",
    "status",
    "source",
    "file",
    "sha256",
    "fetched",
    "definition",
)
# A spreadsheet takes a cell that begins so for a formula.
RISKY = ("=", "+", "-", "@", "\t", "\r")


def as_text(value: str) -> str:
    """The text such that no spreadsheet runs it."""
    return f"'{value}" if value.startswith(RISKY) else value


def csv_of(found: Iterable[FigureSeries]) -> str:
    """One line a figure; semicolons, and a byte order mark so that Excel reads the letters."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for series in found:
        writer.writerows(_lines(series))
    return "\ufeff" + stream.getvalue()


def _lines(series: FigureSeries) -> Iterable[list[str]]:
    language = language_now()
    latest = series.provenance[0] if series.provenance else None
    for figure in series.figures:
        if figure.value is None:
            status, value = "suppressed" if figure.is_suppressed else "missing", ""
        else:
            status = "preliminary" if figure.is_preliminary else "final"
            value = f"{figure.value:g}"
        cells = [
            series.municipality_code,
            series.definition.code,
            series.definition.name(language),
            series.period_kind.value,
            figure.start.isoformat(),
            value,
            series.unit,
            status,
            series.source.citation(language),
            latest.file_name if latest else "",
            latest.sha256 if latest else "",
            latest.fetched_at.date().isoformat() if latest else "",
            series.definition.definition(language),
        ]
        yield [as_text(cell) for cell in cells]
