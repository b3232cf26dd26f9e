"""Which column of a file answers which question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samverkan.compute.errors import EventsError
from samverkan.compute.event_files import sql_name

DATE_NAMES = ("date", "day", "occurred_on", "occurred_at", "datum", "time", "timestamp", "tid")
SWEDISH_NAMES = {
    "municipality": ("kommun", "kommunkod"),
    "kind": ("brottstyp", "typ", "brottskod"),
    "area": ("område",),
}
CELL = "cell"
"""Asked for by name; made from `east` and `north` when no column is called so."""


@dataclass(frozen=True)
class Column:
    name: str
    type: str

    @property
    def is_text(self) -> bool:
        return self.type == "VARCHAR"


class Columns:
    """The columns of the events, found by name without regard to case."""

    def __init__(self, found: Sequence[Column], mapping: Mapping[str, str]) -> None:
        self._by_name = {column.name.casefold(): column for column in found}
        self._found = list(found)
        self._mapping = dict(mapping)

    def find(self, name: str, *others: str) -> Column | None:
        wanted = [self._mapping[name]] if name in self._mapping else [name, *others]
        for candidate in wanted:
            column = self._by_name.get(candidate.casefold())
            if column is not None:
                return column
        return None

    def get(self, name: str, *others: str) -> Column:
        column = self.find(name, *others)
        if column is None:
            wanted = self._mapping.get(name, name)
            raise EventsError(
                f"the events have no column {wanted!r}{self._describe()}. "
                f"Say which one it is with --{name}-column"
            )
        return column

    def key_sql(self, name: str, cell_size: int) -> str:
        """The value to count by, as SQL."""
        column = self.find(name, *SWEDISH_NAMES.get(name, ()))
        if column is None and name == CELL and self.find("east") and self.find("north"):
            return self._cell_sql(cell_size)
        return sql_name(self.get(name, *SWEDISH_NAMES.get(name, ())).name)

    def _cell_sql(self, size: int) -> str:
        """The square's south-west corner as one number, as SCB writes it: east, then north in
        seven digits."""
        corner = []
        for name in ("east", "north"):
            column = self.get(name)
            value = sql_name(column.name)
            value = f"TRY_CAST({value} AS DOUBLE)" if column.is_text else value
            corner.append(f"(CAST(floor({value} / {size}) AS BIGINT) * {size})")
        return f"({corner[0]} * 10000000 + {corner[1]})"

    def _describe(self) -> str:
        # A file without a header would show its first record here.
        if any(re.fullmatch(r"[\d\s.:,+-]+", column.name) for column in self._found):
            return "; its first line does not look like a header"
        return "; they have " + ", ".join(repr(column.name) for column in self._found)


def local_day_sql(column: Column, date_format: str | None, time_zone: str) -> str:
    """The local date of an event as SQL; NULL where it cannot be read.

    A time with an offset is moved to `time_zone`; one without is local time already.
    """
    value = sql_name(column.name)
    if column.type == "DATE":
        return value
    if column.type.startswith("TIMESTAMP WITH TIME ZONE"):
        return f"CAST(timezone('{time_zone}', {value}) AS DATE)"
    if column.type.startswith("TIMESTAMP"):
        return f"CAST({value} AS DATE)"
    if not column.is_text:
        raise EventsError(f"the column {column.name!r} holds {column.type}, not dates")
    if date_format is not None:
        quoted = date_format.replace("'", "''")
        return f"CAST(try_strptime({value}, '{quoted}') AS DATE)"
    # Plain dates are by far the most common and the cheapest to read. DuckDB wants seconds before
    # an offset; ISO 8601 does not.
    seconds = rf"regexp_replace({value}, '([T ]\d\d:\d\d)(Z|[+-])', '\1:00\2')"
    instant = ", ".join(
        f"TRY_CAST({text} AS TIMESTAMP WITH TIME ZONE)" for text in (value, seconds)
    )
    return (
        f"CASE WHEN length({value}) = 10 THEN TRY_CAST({value} AS DATE) "
        f"ELSE CAST(timezone('{time_zone}', coalesce({instant})) AS DATE) END"
    )
