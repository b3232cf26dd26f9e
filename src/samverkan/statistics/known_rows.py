"""Rows whose words have all been read before: most of a long file, without reading them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .figure_rows import FigureRow

MOST_WORDS = 100_000
# What a row of the simple layout says, each in a column of its own.
SAID = ("municipality", "period", "series")


@dataclass
class KnownRows:
    """What each cell meant as it stands in the file, spaces and all.

    Only for the layout with one number a row. A row with a word that is not known yet, or of
    another width than the heading, is for the ordinary reader, from which this one learns.
    """

    columns: tuple[int, int, int, int]
    """Of municipality, period, series and value."""
    mark: int | None
    """The column that says whether a row is preliminary."""
    width: int
    is_preliminary: bool
    """Of the whole file."""
    _places: dict[str, int] = field(default_factory=dict)
    _periods: dict[str, tuple[str, date, bool]] = field(default_factory=dict)
    _series: dict[str, tuple[str, str]] = field(default_factory=dict)
    _values: dict[str, tuple[float | None, str]] = field(default_factory=dict)
    _marks: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def of(
        cls, mapping: Mapping[str, int], values: list[int], width: int, *, is_preliminary: bool
    ) -> KnownRows | None:
        """None where the layout is another: several numbers a row, or months apart from years."""
        if len(values) != 1 or "month" in mapping or not all(key in mapping for key in SAID):
            return None
        municipality, period, series = (mapping[key] for key in SAID)
        columns = (municipality, period, series, values[0])
        return cls(columns, mapping.get("preliminary"), width, is_preliminary)

    def figure(self, line: int, cells: list[str]) -> FigureRow | None:
        """The row's figure, or None: it holds something that has not been read before."""
        if len(cells) != self.width:
            return None
        municipality, period, series, value = self.columns
        place = self._places.get(cells[municipality])
        when = self._periods.get(cells[period])
        what = self._series.get(cells[series])
        much = self._values.get(cells[value])
        if place is None or when is None or what is None or much is None:
            return None
        marked: bool | None = self.is_preliminary
        if self.mark is not None:
            marked = self._marks.get(cells[self.mark])
            if marked is None:
                return None
        return FigureRow(
            line,
            place,
            what[0],
            "",
            what[1],
            when[0],
            when[1],
            much[0],
            much[1],
            marked or when[2],
        )

    def learn(self, cells: list[str], figure: FigureRow, *, is_marked: bool, is_open: bool) -> None:
        """Keep what the cells of a row meant that was read in the ordinary way."""
        if len(cells) != self.width or len(self._values) >= MOST_WORDS:
            return
        municipality, period, series, value = (cells[column] for column in self.columns)
        # An empty cell can mean what stood above it, or what was said for the whole file.
        if not (municipality and period and series and value):
            return
        self._places[municipality] = figure.municipality_id
        self._periods[period] = (figure.period_kind, figure.period_start, is_open)
        self._series[series] = (figure.series_code, figure.unit)
        self._values[value] = (figure.value, figure.missing_reason)
        if self.mark is not None:
            self._marks[cells[self.mark]] = is_marked
