"""Tables out of CSV and XLSX files, read row by row, with the line of each row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .problems import UnreadableFileError

MOST_COLUMNS = 500
HEADER_WITHIN = 20
DELIMITERS = ";\t,|"
LONGEST_CELL = 131_072

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Table:
    """The header and an iterator of (line, cells); cells are stripped of nothing."""

    header: tuple[str, ...]
    header_line: int
    rows: Iterator[Row]


def guess_delimiter(sample: str) -> str:
    """The sign that parts the most lines into the same number of cells."""
    lines = [line for line in sample.splitlines()[:HEADER_WITHIN] if line.strip()]
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == 5:
        return lines[0][4]

    def evenness(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        wide = [width for width in widths if width > 1]
        most_common = max((wide.count(width) for width in set(wide)), default=0)
        return most_common, max(wide, default=0)

    return max(DELIMITERS, key=evenness)


def csv_table(text: io.TextIOWrapper, delimiter: str) -> Table:
    """Read a delimited text; quoted cells may hold delimiters and line breaks."""
    csv.field_size_limit(LONGEST_CELL)
    return _table(_csv_rows(text, delimiter))


def workbook_table(path: Path, sheet: str) -> Table:
    """Read a sheet (the first that holds something, unless named). Formulas give their values."""
    from python_calamine import CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        names = [sheet] if sheet else workbook.sheet_names
        for name in names:
            data = workbook.get_sheet_by_name(name)
            if data.height:
                return _table(_sheet_rows(data))
    # The reader is written in another language and has errors of many kinds of its own.
    except UnreadableFileError:
        raise
    except Exception as error:
        raise UnreadableFileError(
            _("The workbook is broken and cannot be opened."),
            _("Open it in the spreadsheet program and save it again."),
        ) from error
    raise UnreadableFileError(
        _("The workbook holds no rows."), _("Check that you sent the right one.")
    )


def sheet_names(path: Path) -> list[str]:
    """The sheets of a workbook, in order."""
    return list(_workbook(path).sheet_names)


def sheet_rows(path: Path, sheet: str) -> Iterator[Row]:
    """Every row of a sheet as texts, headings and all."""
    return _sheet_rows(_workbook(path).get_sheet_by_name(sheet))


def _workbook(path: Path) -> Any:
    from python_calamine import CalamineWorkbook

    try:
        return CalamineWorkbook.from_path(str(path))
    except Exception as error:
        raise UnreadableFileError(
            _("The workbook is broken and cannot be opened."),
            _("Open it in the spreadsheet program and save it again."),
        ) from error


def _csv_rows(text: io.TextIOWrapper, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(text, delimiter=delimiter)
    line = 0
    try:
        for cells in reader:
            yield line + 1, cells
            line = reader.line_num
    except csv.Error as error:
        raise UnreadableFileError(
            _("Line %(line)d cannot be read: %(why)s.") % {"line": line + 1, "why": _why(error)},
            _("A quotation mark that is never closed is the usual cause."),
        ) from None


def _why(error: csv.Error) -> str:
    if "field larger" in str(error):
        return _("a cell is longer than %(most)d characters") % {"most": LONGEST_CELL}
    return str(error)


def _sheet_rows(data: Any) -> Iterator[Row]:
    # Leading empty rows are left out by the reader; `start` tells where the data begin.
    first = (data.start[0] if data.start else 0) + 1
    for number, cells in enumerate(data.iter_rows(), start=first):
        yield number, [_cell(cell) for cell in cells]


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        has_time = value.time() != time(0)
        return value.isoformat(" ", "minutes") if has_time else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _table(rows: Iterator[Row]) -> Table:
    """Find the header: the first of the first rows that has more than one filled cell."""
    for tried, (line, cells) in enumerate(rows):
        names = _header(cells)
        if len(names) > MOST_COLUMNS:
            raise UnreadableFileError(
                _("The file has %(columns)d columns; the most that is read is %(most)d.")
                % {"columns": len(names), "most": MOST_COLUMNS},
                _("Check that the right separator was used, or send fewer columns."),
            )
        if sum(1 for name in names if name) > 1:
            return Table(names, line, rows)
        if tried >= HEADER_WITHIN:
            break
    raise UnreadableFileError(
        _("No row with column names was found among the first %(rows)d rows.")
        % {"rows": HEADER_WITHIN},
        _("The first row should name the columns, parted by semicolon, comma or tab."),
    )


def _header(cells: Sequence[str]) -> tuple[str, ...]:
    names = [" ".join(cell.replace("\u00a0", " ").split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)
