"""What a count of events gives: a number for every series and period, read in blocks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samverkan.compute.errors import EventsError
from samverkan.compute.event_files import sql_name
from samverkan.compute.periods import Period

TAKEN_NAMES = {"series", "period", "n", "last_day", "period_start", "observed", "expected"}
TAKEN_NAMES |= {"upper_bound", "score", "p_value", "is_alarm"}


@dataclass(frozen=True)
class CountRequest:
    """Which events count as what."""

    by: tuple[str, ...]
    period: Period
    columns: Mapping[str, str] = field(default_factory=dict)
    """Names in `by`, or "date", "east", "north", to the names that the file uses."""
    date_format: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    cell_size: int = 1000
    skip_unreadable_dates: bool = False

    def __post_init__(self) -> None:
        if not self.by or len(set(self.by)) != len(self.by):
            raise EventsError("say what to count by, each name once")
        if taken := TAKEN_NAMES & {name.casefold() for name in self.by}:
            name = min(taken)
            raise EventsError(
                f"{name} is a column of the answer: count by another name, as in --by {name}s "
                f"--{name}s-column {name}"
            )
        if self.cell_size < 1:
            raise EventsError("a cell must be at least one metre wide")
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise EventsError("the first day lies after the last")


@dataclass(frozen=True)
class CountBlock:
    first_series: int
    counts: NDArray[np.int64]
    group_limits: tuple[int, ...]
    """Rows where a group of series that belong together begins, and the number of rows."""


class EventCounts:
    """Counts per series and period in a DuckDB connection of its own; close it when done.

    Series are numbered from 0 in the order of their keys, periods by `Period`. Only series with
    at least one event exist.
    """

    def __init__(self, request: CountRequest, connection: Any, folder: Path) -> None:
        self.request = request
        self.connection = connection
        self.folder = folder
        self.n_events = 0
        self.n_unreadable = 0
        self.first_period = 0
        self.last_period = -1
        self.last_event_on = date.min
        self._n_series: int | None = None

    @property
    def n_groups(self) -> int:
        """How many pairs of series and period have an event."""
        name = "counted" if self._n_series is None else "panel"
        query = f"SELECT count(*) FROM {name} WHERE period IS NOT NULL"  # noqa: S608
        return int(self.connection.execute(query).fetchone()[0])

    @property
    def n_series(self) -> int:
        return self.number_series()

    @property
    def n_periods(self) -> int:
        return self.last_period - self.first_period + 1

    def block(self, start: int, stop: int) -> NDArray[np.int64]:
        """Counts of the series from `start` up to `stop`, one row a series, one column a period."""
        if not 0 <= start <= stop <= self.n_series:
            raise EventsError(f"there are {self.n_series} series, not {start} to {stop}")
        rows = self.connection.execute(
            "SELECT series, period, n FROM panel WHERE series >= ? AND series < ?", [start, stop]
        ).fetchnumpy()
        counts = np.zeros((stop - start, self.n_periods), dtype=np.int64)
        counts[rows["series"] - start, rows["period"] - self.first_period] = rows["n"]
        return counts

    def keys(self) -> list[tuple[object, ...]]:
        """The keys of every series, in order. For small numbers of series."""
        self.number_series()
        names = ", ".join(sql_name(name) for name in self.request.by)
        found: list[tuple[object, ...]] = self.connection.execute(
            f"SELECT {names} FROM panel_keys ORDER BY series"  # noqa: S608 - quoted names
        ).fetchall()
        return found

    def group_starts(self, n_keys: int) -> NDArray[np.int64]:
        """The first series of each group that shares its first `n_keys` keys."""
        self.number_series()
        names = ", ".join(sql_name(name) for name in self.request.by[:n_keys])
        query = f"SELECT min(series) AS first FROM panel_keys GROUP BY {names}"  # noqa: S608
        starts = self.connection.execute(f"{query} ORDER BY first").fetchnumpy()["first"]
        return np.asarray(starts, dtype=np.int64)

    def number_series(self) -> int:
        """Number the series when somebody first asks: a mere count never pays for it."""
        if self._n_series is not None:
            return self._n_series
        names = ", ".join(sql_name(name) for name in self.request.by)
        self.connection.execute(
            f"CREATE TEMP TABLE panel_keys AS SELECT row_number() OVER (ORDER BY {names}) - 1 "  # noqa: S608
            f"AS series, * FROM (SELECT DISTINCT {names} FROM counted WHERE period IS NOT NULL)"
        )
        same = " AND ".join(
            f"counted.{sql_name(name)} IS NOT DISTINCT FROM panel_keys.{sql_name(name)}"
            for name in self.request.by
        )
        self.connection.execute(
            "CREATE TEMP TABLE panel AS SELECT series, period, n FROM counted "  # noqa: S608
            f"JOIN panel_keys ON {same} WHERE period IS NOT NULL ORDER BY series, period"
        )
        self.connection.execute("DROP TABLE counted")
        found = self.connection.execute("SELECT count(*) FROM panel_keys").fetchone()
        self._n_series = int(found[0])
        return self._n_series

    def __enter__(self) -> EventCounts:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self.connection.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Blocks:
    """The whole panel in blocks of about `size` series, each read when it is asked for.

    With `pooled_keys` a group that shares its first keys is never cut.
    """

    def __init__(self, counts: EventCounts, size: int, *, pooled_keys: int = 0) -> None:
        self._counts = counts
        if pooled_keys:
            starts = counts.group_starts(pooled_keys).tolist()
        else:
            starts = list(range(0, counts.n_series, size))
        limits = [*starts, counts.n_series]
        self._groups = [limits[:1]]
        for start, stop in pairwise(limits):
            if stop - self._groups[-1][0] > size and start > self._groups[-1][0]:
                self._groups.append([start])
            self._groups[-1].append(stop)

    def __len__(self) -> int:
        return len(self._groups)

    def __iter__(self) -> Iterator[CountBlock]:
        for limits in self._groups:
            first, last = limits[0], limits[-1]
            within = tuple(limit - first for limit in limits)
            yield CountBlock(first, self._counts.block(first, last), within)
