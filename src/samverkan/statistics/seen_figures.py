"""Which figures a file has held so far: a million of them in little memory."""

from __future__ import annotations

from array import array
from math import isnan, nan

from .figure_rows import FigureRow

MOST_KINDS = 4096
DAYS = 1 << 22


class SeenFigures:
    """The line and the value of each figure by what it counts, where and when."""

    def __init__(self) -> None:
        self._kinds: dict[tuple[str, str, str, str], int] = {}
        self._places: dict[int, int] = {}
        self._lines = array("L")
        self._values = array("d")

    def __len__(self) -> int:
        return len(self._lines)

    def put(self, row: FigureRow) -> tuple[int, float | None] | None:
        """The line and value of an earlier figure of the same key; None when this is the first."""
        what = row[2:6]
        kind = self._kinds.setdefault(what, len(self._kinds))
        key = (row[1] * MOST_KINDS + kind) * DAYS + row[6].toordinal()
        place = self._places.setdefault(key, len(self._lines))
        if place < len(self._lines):
            value = self._values[place]
            return self._lines[place], None if isnan(value) else value
        self._lines.append(row[0])
        self._values.append(nan if row[7] is None else row[7])
        return None
