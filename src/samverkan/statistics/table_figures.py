"""Figures out of tables: one number a row, or one column for each period or each series."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.organisations.lookup import MunicipalityIndex
from samverkan.platform.imports.fields import missing_fields, plain
from samverkan.platform.imports.kinds import ImportRun
from samverkan.platform.imports.problems import UnreadableFileError
from samverkan.platform.imports.values import parse_number

from .definitions import series_definitions, sources
from .import_fields import FIELDS, MISSING_MARKS, NO, YES, series_by_word
from .models import Figure
from .periods import StatisticsPeriod, month_period, parse_month, parse_period
from .services import FigureKey, FigureRow

Unit = Figure.Unit
PROGRESS_EVERY = 500
# All of Sweden for thirty years is a fifth of this; memory does not follow the file further.
MOST_FIGURES = 500_000


class FaultyCellError(Exception):
    """A cell cannot be read; the row is left out and the next one is read."""

    def __init__(self, column: str, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.column, self.message, self.remedy = column, message, remedy


class NotAMunicipalityError(Exception):
    """The row is about the country, a county or a region: left out, but no fault."""


@dataclass(frozen=True)
class ValueColumn:
    """A column with numbers: its unit, and the series or period that its heading names."""

    column: int
    unit: Unit
    series_code: str = ""
    period: StatisticsPeriod | None = None


@dataclass
class FigureReader:
    """Reads the rows of one file and puts every fault in the run's log."""

    run: ImportRun
    municipalities: MunicipalityIndex
    read: int = 0
    _seen: dict[FigureKey, tuple[int, float | None]] = field(default_factory=dict)
    _header: tuple[str, ...] = ()

    def rows(self) -> Iterator[FigureRow]:
        with self.run.file.table() as table:
            self._header = table.header
            columns = self._value_columns()
            self._check_fields(columns)
            for line, cells in table.rows:
                if not any(cell and not cell.isspace() for cell in cells):
                    continue
                self.read += 1
                if self.read % PROGRESS_EVERY == 0:
                    self.run.progress(line, self.run.file.lines)
                yield from self._row(line, cells, columns)

    def accept(self, row: FigureRow) -> bool:
        """Whether the figure is new in this file: notes a repeat, a contradiction is an error."""
        earlier = self._seen.get(row.key)
        if earlier is None:
            if len(self._seen) == MOST_FIGURES:
                raise UnreadableFileError(
                    _("The file holds more than %(most)d figures.") % {"most": MOST_FIGURES},
                    _("Divide it, for example by year."),
                )
            self._seen[row.key] = (row.line, row.value)
            return True
        line, value = earlier
        if value == row.value:
            self.run.problems.note(
                row.line, "", _("The row repeats line %(line)d and is left out.") % {"line": line}
            )
        else:
            self.run.problems.error(
                row.line,
                "",
                _("The row contradicts line %(line)d: the same period, place and series.")
                % {"line": line},
                _("Keep one of the two."),
            )
        return False

    def _value_columns(self) -> list[ValueColumn]:
        mapping = self.run.options.mapping
        columns = [
            ValueColumn(mapping[key], unit)
            for key, unit in (("count", Unit.COUNT), ("rate", Unit.PER_100000))
            if key in mapping
        ]
        return columns or self._wide_columns(set(mapping.values()))

    def _wide_columns(self, taken: set[int]) -> list[ValueColumn]:
        """Columns whose headings are series or, failing that, periods."""
        series: list[ValueColumn] = []
        periods: list[ValueColumn] = []
        for column, name in enumerate(self._header):
            code = series_by_word().get(plain(name))
            if code and column not in taken:
                series.append(ValueColumn(column, Unit(series_definitions()[code].unit), code))
                continue
            try:
                periods.append(ValueColumn(column, Unit.COUNT, period=parse_period(name)))
            except ValueError:
                continue
        return series or periods

    def _check_fields(self, columns: list[ValueColumn]) -> None:
        if not columns:
            raise UnreadableFileError(
                _("No column holds numbers of offences."),
                _("Say which column it is, or name the columns after series or periods."),
            )
        given = dict(self.run.options.given)
        if columns[0].series_code:
            given["series"] = columns[0].series_code
        if columns[0].period:
            given["period"] = str(columns[0].period.start)
        missing = missing_fields(FIELDS, self.run.options.mapping, given)
        if missing:
            raise UnreadableFileError(
                _("No column was found for: %(fields)s.")
                % {"fields": ", ".join(str(entry.label) for entry in missing)},
                _("Say which column it is, or give it for the whole file."),
            )

    def _row(self, line: int, cells: list[str], columns: list[ValueColumn]) -> Iterator[FigureRow]:
        try:
            self._check_width(cells)
            municipality = self._municipality(cells)
            preliminary = self._preliminary(cells)
            for column in columns:
                figure = self._figure(line, cells, column, municipality, preliminary)
                if figure is not None and self.accept(figure):
                    yield figure
        except FaultyCellError as fault:
            self.run.problems.error(line, fault.column, fault.message, fault.remedy)
        except NotAMunicipalityError as other:
            self.run.problems.note(
                line,
                self._name("municipality"),
                _("“%(place)s” is not a municipality; the row is left out.") % {"place": other},
            )

    def _figure(
        self,
        line: int,
        cells: list[str],
        column: ValueColumn,
        municipality: int,
        preliminary: bool,
    ) -> FigureRow | None:
        period = column.period or self._period(cells)
        code = column.series_code or self._series(cells)
        text = self._cell(cells, column.column)
        if not text:
            # What is not told stays untold: no zero is invented.
            return None
        value, reason = self._value(text, column)
        is_open = _end(period) > timezone.localdate(self.run.actor.at)
        unit = column.unit
        if unit is Unit.COUNT and series_definitions()[code].unit != Unit.COUNT:
            unit = Unit(series_definitions()[code].unit)
        return FigureRow(
            line=line,
            municipality_id=municipality,
            series_code=code,
            subgroup="",
            unit=unit,
            period_kind=period.kind,
            period_start=period.start,
            value=value,
            missing_reason=reason,
            is_preliminary=preliminary or is_open,
        )

    def _value(self, text: str, column: ValueColumn) -> tuple[float | None, str]:
        name = self._header[column.column]
        reason = MISSING_MARKS.get(text.lower())
        if reason:
            return None, reason
        try:
            number = parse_number(text)
        except ValueError:
            raise FaultyCellError(
                name,
                _("“%(text)s” is not a number.") % {"text": text[:40]},
                _("Write digits only, or leave the cell empty when the number is unknown."),
            ) from None
        if number < 0:
            raise FaultyCellError(name, _("A number of offences cannot be negative."))
        if column.unit is Unit.COUNT and not column.series_code and not number.is_integer():
            raise FaultyCellError(
                name,
                _("“%(text)s” is not a whole number.") % {"text": text[:40]},
                _("If it is a rate, map the column to “per 100,000 inhabitants”."),
            )
        return number, ""

    def _municipality(self, cells: list[str]) -> int:
        text = self._text(cells, "municipality")
        found = self.municipalities.find(text)
        if found is None:
            if is_larger_area(text, self.municipalities):
                raise NotAMunicipalityError(text[:40])
            raise FaultyCellError(
                self._name("municipality"),
                _("“%(text)s” is not a Swedish municipality.") % {"text": text[:40]},
                _("Use the SCB code of four digits, for example 1760, or the name."),
            )
        check_reach(self.run, self.municipalities, found, self._name("municipality"))
        return found

    def _period(self, cells: list[str]) -> StatisticsPeriod:
        text = self._text(cells, "period")
        try:
            period = self._with_month(text, cells)
        except ValueError:
            raise FaultyCellError(
                self._name("period"),
                _("“%(text)s” is not a year, a quarter or a month.") % {"text": text[:40]},
                _("Write 2025, 2025K3 or 2026-10."),
            ) from None
        if period.start > timezone.localdate(self.run.actor.at):
            raise FaultyCellError(
                self._name("period"), _("%(text)s has not begun yet.") % {"text": text[:40]}
            )
        return period

    def _with_month(self, text: str, cells: list[str]) -> StatisticsPeriod:
        if "month" in self.run.options.mapping and text.isdigit() and len(text) == 4:
            month = self._cell(cells, self.run.options.mapping["month"])
            return month_period(int(text), parse_month(month))
        return parse_period(text)

    def _series(self, cells: list[str]) -> str:
        text = self._text(cells, "series")
        code = series_by_word().get(plain(text))
        if code is None:
            raise FaultyCellError(
                self._name("series"),
                _("“%(text)s” is not a series that is known here.") % {"text": text[:40]},
                _("The guide to import formats lists the series and their words."),
            )
        return code

    def _preliminary(self, cells: list[str]) -> bool:
        column = self.run.options.mapping.get("preliminary")
        if column is None:
            return self.run.batch.is_preliminary
        text = self._cell(cells, column).lower()
        if text in YES:
            return True
        if text in NO:
            return self.run.batch.is_preliminary
        raise FaultyCellError(
            self._name("preliminary"),
            _("“%(text)s” says neither preliminary nor final.") % {"text": text[:40]},
            _("Write 1 for preliminary and leave the cell empty for final."),
        )

    def _check_width(self, cells: list[str]) -> None:
        if any(cell.strip() for cell in cells[len(self._header) :]):
            raise FaultyCellError(
                "",
                _("The row has %(cells)d cells, the heading %(columns)d.")
                % {"cells": len(cells), "columns": len(self._header)},
                _("A separator inside a text must stand within quotation marks."),
            )

    def _text(self, cells: list[str], key: str) -> str:
        column = self.run.options.mapping.get(key)
        given = self.run.options.given.get(key, "")
        return (self._cell(cells, column) if column is not None else "") or given

    def _cell(self, cells: list[str], column: int) -> str:
        return cells[column].strip().strip("\u00a0") if column < len(cells) else ""

    def _name(self, key: str) -> str:
        column = self.run.options.mapping.get(key)
        return self._header[column] if column is not None and column < len(self._header) else ""


def is_larger_area(text: str, municipalities: MunicipalityIndex) -> bool:
    """The country, a county or a region, by code (00, 17, 0000, 0017) or by name."""
    first = text.split(" ", 1)[0]
    if first.isdigit():
        return len(first) == 2 or (len(first) == 4 and first.startswith("00"))
    return text.strip().lower() in {"riket", "hela riket", "sverige"} or bool(
        municipalities.county_code(text)
    )


def check_reach(
    run: ImportRun, municipalities: MunicipalityIndex, municipality_id: int, column: str
) -> None:
    """Figures that are not public may only be put in for the function's own municipalities."""
    if sources()[run.batch.source_code].is_published or run.actor.is_system:
        return
    code = municipalities.code_of[municipality_id]
    if code not in run.actor.municipality_codes:
        raise FaultyCellError(
            column,
            _("Municipality %(code)s lies outside your function.") % {"code": code},
            _("Only published statistics may be put in for others."),
        )


def _end(period: StatisticsPeriod) -> date:
    """The day after the period."""
    months = {"year": 12, "quarter": 3, "month": 1}[period.kind]
    year, month = divmod(period.start.month - 1 + months, 12)
    return date(period.start.year + year, month + 1, 1)
