"""Figures out of tables: one number a row, or one column for each period or each series."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.organisations.lookup import MunicipalityIndex
from samverkan.platform.imports.fields import missing_fields, plain
from samverkan.platform.imports.kinds import ImportRun
from samverkan.platform.imports.problems import UnreadableFileError

from .definitions import series_definitions
from .figure_cells import (
    FaultyCellError,
    NotAMunicipalityError,
    Unit,
    ValueColumn,
    check_reach,
    is_footer,
    is_larger_area,
    period_column,
    period_end,
    read_mark,
    read_value,
)
from .figure_rows import FigureRow
from .import_fields import FIELDS, series_by_word
from .known_rows import KnownRows
from .periods import StatisticsPeriod, month_period, parse_month, parse_period
from .seen_figures import SeenFigures

PROGRESS_EVERY = 500
MOST_WORDS = 100_000
# All of Sweden by the month for twenty years; memory does not follow the file further.
MOST_FIGURES = 2_000_000


@dataclass
class FigureReader:
    """Reads the rows of one file and puts every fault in the run's log."""

    run: ImportRun
    municipalities: MunicipalityIndex
    read: int = 0
    _seen: SeenFigures = field(default_factory=SeenFigures)
    _header: tuple[str, ...] = ()
    # Places, periods, series and numbers repeat: what a word means is found out once.
    _places: dict[str, int] = field(default_factory=dict)
    _codes: dict[str, str] = field(default_factory=dict)
    _periods: dict[str, tuple[StatisticsPeriod, bool]] = field(default_factory=dict)
    _values: dict[tuple[str, int], tuple[float | None, str]] = field(default_factory=dict)
    _units: dict[tuple[Unit, str], Unit] = field(default_factory=dict)
    _above: dict[int, str] = field(default_factory=dict)
    _today: date | None = None
    _known: KnownRows | None = None

    def rows(self) -> Iterator[FigureRow]:
        with self.run.file.table() as table:
            self._header = table.header
            columns = self._value_columns()
            self._check_fields(columns)
            self._known = KnownRows.of(
                self.run.options.mapping,
                [] if columns[0].series_code or columns[0].period else [c.column for c in columns],
                len(table.header),
                is_preliminary=self.run.batch.is_preliminary,
            )
            for line, cells in table.rows:
                known = self._known.figure(line, cells) if self._known else None
                if known is not None:
                    self._remember(cells)
                    self._count(line)
                    if self.accept(known):
                        yield known
                    continue
                if not any(cell and not cell.isspace() for cell in cells) or is_footer(cells):
                    continue
                cells = self._filled(cells)
                self._count(line)
                yield from self._row(line, cells, columns)

    def _count(self, line: int) -> None:
        self.read += 1
        if self.read % PROGRESS_EVERY == 0:
            self.run.progress(line, self.run.file.lines)

    def _remember(self, cells: list[str]) -> None:
        """What a row names that the rows below it may leave out."""
        for column in self._named_once:
            self._above[column] = cells[column]

    def _filled(self, cells: list[str]) -> list[str]:
        """Brå's tables name a place and an offence once for the rows below: name them again."""
        for column in self._named_once:
            if column >= len(cells):
                continue
            if cells[column].strip():
                self._above[column] = cells[column]
            elif column in self._above:
                cells[column] = self._above[column]
        return cells

    @cached_property
    def _named_once(self) -> tuple[int, ...]:
        mapping = self.run.options.mapping
        if self.run.batch.source_code != "bra":
            return ()
        return tuple(mapping[key] for key in ("municipality", "series") if key in mapping)

    def accept(self, row: FigureRow) -> bool:
        """Whether the figure is new in this file: notes a repeat, a contradiction is an error."""
        earlier = self._seen.put(row)
        if earlier is None:
            if len(self._seen) > MOST_FIGURES:
                raise UnreadableFileError(
                    _("The file holds more than %(most)d figures.") % {"most": MOST_FIGURES},
                    _("Divide it, for example by year."),
                )
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
            if found := period_column(name):
                periods.append(ValueColumn(column, found[1], period=found[0]))
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
        period, is_open = self._period_of(cells, column)
        code = column.series_code or self._series(cells)
        text = self._cell(cells, column.column)
        if not text:
            # What is not told stays untold: no zero is invented.
            return None
        value, reason = self._value(text, column)
        figure = FigureRow(
            line=line,
            municipality_id=municipality,
            series_code=code,
            subgroup="",
            unit=self._unit(column.unit, code),
            period_kind=period.kind,
            period_start=period.start,
            value=value,
            missing_reason=reason,
            is_preliminary=preliminary or is_open,
        )
        if self._known is not None:
            self._known.learn(cells, figure, is_marked=preliminary, is_open=is_open)
        return figure

    def _value(self, text: str, column: ValueColumn) -> tuple[float | None, str]:
        known = self._values.get((text, column.column))
        if known is None:
            known = read_value(text, self._header[column.column], column)
            if len(self._values) < MOST_WORDS:
                self._values[text, column.column] = known
        return known

    def _unit(self, unit: Unit, code: str) -> Unit:
        """A column of counts holds the series' own unit."""
        known = self._units.get((unit, code))
        if known is None:
            own = Unit(series_definitions()[code].unit)
            known = self._units[unit, code] = own if unit is Unit.COUNT else unit
        return known

    def _period_of(self, cells: list[str], column: ValueColumn) -> tuple[StatisticsPeriod, bool]:
        """The row's period, and whether it is still open."""
        text = column.period.label if column.period else self._period_text(cells)
        known = self._periods.get(text)
        if known is None:
            period = column.period or self._period(cells)
            known = period, period_end(period) > self._day()
            self._periods[text] = known
        return known

    def _period_text(self, cells: list[str]) -> str:
        month = self.run.options.mapping.get("month")
        text = self._text(cells, "period")
        return text if month is None else f"{text} {self._cell(cells, month)}"

    def _day(self) -> date:
        if self._today is None:
            self._today = timezone.localdate(self.run.actor.at)
        return self._today

    def _municipality(self, cells: list[str]) -> int:
        text = self._text(cells, "municipality")
        known = self._places.get(text)
        if known is None:
            known = self._places[text] = self._find_municipality(text)
        return known

    def _find_municipality(self, text: str) -> int:
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
        if period.start > self._day():
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
        code = self._codes.get(text) or series_by_word().get(plain(text))
        if code is None:
            raise FaultyCellError(
                self._name("series"),
                _("“%(text)s” is not a series that is known here.") % {"text": text[:40]},
                _("The guide to import formats lists the series and their words."),
            )
        self._codes[text] = code
        return code

    def _preliminary(self, cells: list[str]) -> bool:
        column = self.run.options.mapping.get("preliminary")
        if column is None:
            return self.run.batch.is_preliminary
        is_marked = read_mark(self._cell(cells, column), self._name("preliminary"))
        return is_marked or self.run.batch.is_preliminary

    def _check_width(self, cells: list[str]) -> None:
        if len(cells) > len(self._header) and any(map(str.strip, cells[len(self._header) :])):
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
