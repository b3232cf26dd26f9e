"""SKR's workbook of open comparisons: a heading row that begins with K-kod, notes, then rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from samverkan.platform.imports.fields import plain
from samverkan.platform.imports.kinds import ImportRun
from samverkan.platform.imports.problems import UnreadableFileError
from samverkan.platform.imports.tables import sheet_names, sheet_rows

from .figure_cells import FaultyCellError, ValueColumn, read_value
from .figure_rows import FigureRow
from .models import Figure
from .periods import month_period
from .table_figures import FigureReader

# The name as it is spelled in the workbook, and as it ought to be.
SHEETS = ("indikatorer i bostavsordning", "indikatorer i bokstavsordning")
WANTED = {
    "oj_violence": ("våldsbrott",),
    "oj_theft": ("stöld", "tillgrepp"),
    "oj_vandalism": ("skadegörelse",),
}
HEADING_WITHIN = 20
YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
CODE = re.compile(r"\d{3,4}\Z")


class OpenComparisonsReader:
    """Reads the three indicators of crime; the rest of the workbook is left alone."""

    def __init__(self, run: ImportRun, reader: FigureReader) -> None:
        self.run, self.reader = run, reader

    def rows(self) -> Iterator[FigureRow]:
        rows = sheet_rows(self.run.file.path, self._sheet())
        header = self._header(rows)
        columns = _columns(header)
        year = self._year(header, columns)
        code_column = _code_column(header)
        for line, cells in rows:
            code = cells[code_column].strip() if code_column < len(cells) else ""
            # Between the heading and the municipalities stand units and notes.
            if CODE.match(code):
                self.reader.read += 1
                yield from self._row(line, cells, code.zfill(4), columns, header, year)

    def _row(
        self,
        line: int,
        cells: list[str],
        code: str,
        columns: dict[str, int],
        header: list[str],
        year: int,
    ) -> Iterator[FigureRow]:
        municipality = self.reader.municipalities.by_code.get(code)
        if municipality is None:
            message = _("“%(text)s” is not a Swedish municipality.") % {"text": code}
            self.run.problems.error(line, header[_code_column(header)], message)
            return
        for series, column in columns.items():
            text = cells[column].strip() if column < len(cells) else ""
            if not text:
                continue
            try:
                value, reason = read_value(
                    text, header[column], ValueColumn(column, Figure.Unit.OTHER)
                )
            except FaultyCellError as fault:
                self.run.problems.error(line, fault.column, fault.message, fault.remedy)
                continue
            figure = FigureRow(
                line=line,
                municipality_id=municipality,
                series_code=series,
                subgroup="",
                unit=Figure.Unit.OTHER,
                period_kind=Figure.PeriodKind.YEAR,
                period_start=month_period(year, 1).start,
                value=value,
                missing_reason=reason,
                is_preliminary=self.run.batch.is_preliminary,
            )
            if self.reader.accept(figure):
                yield figure

    def _sheet(self) -> str:
        names = sheet_names(self.run.file.path)
        for name in names:
            if plain(name) in SHEETS:
                return name
        raise UnreadableFileError(
            _("The workbook has no sheet “Indikatorer i bokstavsordning”."),
            _("Its sheets are: %(sheets)s.") % {"sheets": ", ".join(names)[:300]},
        )

    def _header(self, rows: Iterator[tuple[int, list[str]]]) -> list[str]:
        for tried, (_line, cells) in enumerate(rows):
            if any(plain(cell) == "k kod" for cell in cells):
                return [" ".join(cell.replace("\u00a0", " ").split()) for cell in cells]
            if tried >= HEADING_WITHIN:
                break
        raise UnreadableFileError(
            _("No row with the heading “K-kod” was found."),
            _("The workbook's layout may have changed."),
        )

    def _year(self, header: list[str], columns: dict[str, int]) -> int:
        """The year in the headings, or the one that was said, or the one in the file's name."""
        told = [found for column in columns.values() for found in YEAR.findall(header[column])]
        said = YEAR.findall(self.run.options.given.get("period", ""))
        named = YEAR.findall(self.run.file.name)
        years = set(told) or set(said) or set(named[-1:])
        if len(years) != 1:
            raise UnreadableFileError(
                _("It is not clear which year the figures are from."),
                _("Say the year for the whole file."),
            )
        year = int(years.pop())
        if year > self.run.actor.at.year:
            raise UnreadableFileError(_("%(text)s has not begun yet.") % {"text": year})
        return year


def _code_column(header: list[str]) -> int:
    return next(column for column, name in enumerate(header) if plain(name) == "k kod")


def _columns(header: list[str]) -> dict[str, int]:
    """The column of each indicator; one that is gone or renamed is named, nothing is guessed."""
    found: dict[str, int] = {}
    for series, words in WANTED.items():
        for column, name in enumerate(header):
            spaced = name.lower().replace(" ", "")
            if "1000" in spaced and any(word in name.lower() for word in words):
                found.setdefault(series, column)
    missing = [words[0] for series, words in WANTED.items() if series not in found]
    if missing:
        raise UnreadableFileError(
            _("No column was found for: %(fields)s.") % {"fields": ", ".join(missing)},
            _("The workbook's layout may have changed; nothing was put in."),
        )
    return found
