"""Events per series and period, counted by DuckDB from files larger than memory."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from samverkan.compute.backends import Backend
from samverkan.compute.columns import DATE_NAMES, Column, Columns, local_day_sql
from samverkan.compute.engine import Resources, connect, memory_bytes, reading_error
from samverkan.compute.errors import EventsError
from samverkan.compute.event_counts import CountRequest, EventCounts
from samverkan.compute.event_files import EventFiles, FileFormat, readable, sql_name, sql_text
from samverkan.compute.mapping import map
from samverkan.compute.periods import TIME_ZONE
from samverkan.compute.pool import usable_processors

LONGEST_SERIES = 200_000
"""Periods from first to last; more is a mistyped year, not a series."""


def count_events(
    files: EventFiles,
    request: CountRequest,
    resources: Resources | None = None,
    *,
    writable: tuple[Path, ...] = (),
    backend: Backend | None = None,
) -> EventCounts:
    """Count the events of `files` by `request.by` and period.

    ISO weeks, months and days are those of Europe/Stockholm. DuckDB reads the named files, writes
    below a temporary folder and to `writable`, and nothing else. Unreadable dates are an error
    that says how many and where the first is, unless the request skips them. With a `backend` its
    workers count one file each, which they reach by the same path. `EventsError` where the files
    do not fit the request.
    """
    chosen = Resources() if resources is None else resources
    folder = Path(tempfile.mkdtemp(prefix="samverkan-analyse-", dir=chosen.temporary))
    counts = None
    try:
        usable = files if backend else readable(files, folder)
        counts = EventCounts(request, connect(usable, chosen, folder, writable), folder)
        with _told_well(files):
            if backend is None:
                query = _query(counts.connection, usable, request)
            else:
                query = _query_over_parts(folder, files, request, chosen, backend)
            counts.connection.execute(f"CREATE TEMP TABLE counted AS {query}")
            _check(counts, files, usable)
    except BaseException:
        if counts is not None:
            counts.connection.close()
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return counts


def _query_over_parts(
    folder: Path, files: EventFiles, request: CountRequest, resources: Resources, backend: Backend
) -> str:
    """Count each file where a worker is free; whole numbers add up the same in any order."""
    parts = map(partial(count_part, request, resources), files.one_by_one(), backend=backend)
    paths = []
    for number, content in enumerate(parts):
        path = folder / f"part-{number}.parquet"
        path.write_bytes(content)
        paths.append(path)
    names = ", ".join(sql_name(name) for name in request.by)
    table = EventFiles(tuple(paths), FileFormat.PARQUET).table_sql()
    return (
        f"SELECT {names}, period, CAST(sum(n) AS BIGINT) AS n, max(last_day) AS last_day "  # noqa: S608
        f"FROM {table} GROUP BY {names}, period"
    )


def count_part(request: CountRequest, resources: Resources, files: EventFiles) -> bytes:
    """Runs on a worker: the counts of one file, as the bytes of a Parquet file."""
    share = f"{memory_bytes() // 2 // usable_processors() // 2**20}MiB"
    limited = replace(
        resources, memory_limit=resources.memory_limit or share, threads=resources.threads or 1
    )
    with tempfile.TemporaryDirectory(prefix="samverkan-analyse-", dir=resources.temporary) as name:
        folder = Path(name)
        target = folder / "counted.parquet"
        usable = readable(files, folder)
        with _told_well(files), closing(connect(usable, limited, folder)) as connection:
            query = _query(connection, usable, request, is_part=True)
            connection.execute(f"COPY ({query}) TO {sql_text(str(target))} (FORMAT parquet)")
        return target.read_bytes()


@contextmanager
def _told_well(files: EventFiles) -> Iterator[None]:
    """DuckDB's errors as advice that repeats no record."""
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise EventsError(
            "the counts do not fit: allow more with --memory-limit, or give a larger disk with "
            "--temporary-folder"
        ) from error
    except duckdb.Error as error:
        raise reading_error(error, files) from error


def _query(
    connection: Any, files: EventFiles, request: CountRequest, *, is_part: bool = False
) -> str:
    columns = Columns(_describe(connection, files), request.columns)
    day = _day_sql(columns, request)
    named = ", ".join(
        f"{columns.key_sql(name, request.cell_size)} AS {sql_name(name)}" for name in request.by
    )
    # Text is slow to read twice, so its last day is asked for in each group. A typed column's is
    # found afterwards in no time, and the groups are a sixth cheaper without it.
    asks_groups = is_part or _date_column(columns).is_text
    last_day = f", max({day}) AS last_day" if asks_groups else ""
    return (
        f"SELECT {named}, CAST({request.period.index_sql(day)} AS INTEGER) AS period, "  # noqa: S608
        f"count(*) AS n{last_day} FROM {files.table_sql()}{_where(day, request)} GROUP BY ALL"
    )


def _where(day: str, request: CountRequest) -> str:
    limits = [f"{day} >= DATE '{request.first_day}'"] if request.first_day else []
    limits += [f"{day} <= DATE '{request.last_day}'"] if request.last_day else []
    return f" WHERE ({' AND '.join(limits)}) OR {day} IS NULL" if limits else ""


def _date_column(columns: Columns) -> Column:
    return columns.get("date", *DATE_NAMES)


def _day_sql(columns: Columns, request: CountRequest) -> str:
    return local_day_sql(_date_column(columns), request.date_format, TIME_ZONE)


def _describe(connection: Any, files: EventFiles) -> list[Column]:
    query = f"DESCRIBE SELECT * FROM {files.table_sql()}"  # noqa: S608 - quoted file names
    return [Column(name, kind) for name, kind, *_ in connection.execute(query).fetchall()]


def _check(counts: EventCounts, originals: EventFiles, files: EventFiles) -> None:
    total, unreadable, first, last = counts.connection.execute(
        "SELECT coalesce(sum(n), 0), coalesce(sum(n) FILTER (WHERE period IS NULL), 0), "
        "min(period), max(period) FROM counted"
    ).fetchone()
    if total == 0:
        raise EventsError("there is no event to count")
    if unreadable and not counts.request.skip_unreadable_dates:
        place = _first_unreadable(originals, counts.request, counts.folder)
        raise EventsError(
            f"{unreadable} of {total} events have no date that can be read, the first in {place}. "
            "Say how dates are written with --date-format, or leave such events out with "
            "--skip-unreadable-dates"
        )
    if first is None:
        raise EventsError("no event has a date that can be read")
    period = counts.request.period
    if counts.request.first_day:
        first = period.index(counts.request.first_day)
    if counts.request.last_day:
        last = period.index(counts.request.last_day)
    if last - first >= LONGEST_SERIES:
        days = period.first_day(first), period.first_day(last)
        raise EventsError(f"the events reach from {days[0]} to {days[1]}: set limits with --from")
    counts.n_events, counts.n_unreadable = int(total - unreadable), int(unreadable)
    counts.first_period, counts.last_period = first, last
    counts.last_event_on = _last_day(counts, files)


def _last_day(counts: EventCounts, files: EventFiles) -> date:
    connection = counts.connection
    names = [row[0] for row in connection.execute("DESCRIBE counted").fetchall()]
    if "last_day" in names:
        query = "SELECT max(last_day) FROM counted"
    else:
        columns = Columns(_describe(connection, files), counts.request.columns)
        day = _day_sql(columns, counts.request)
        where = _where(day, counts.request)
        query = f"SELECT max({day}) FROM {files.table_sql()}{where}"  # noqa: S608 - quoted names
    last_day: date = connection.execute(query).fetchone()[0]
    return last_day


def _first_unreadable(files: EventFiles, request: CountRequest, folder: Path) -> str:
    """The file and line of the first date that cannot be read, by one more pass in file order."""
    for original in files.one_by_one():
        one = readable(original, folder)
        with closing(connect(one, Resources(), folder, keeps_order=True)) as connection:
            day = _day_sql(Columns(_describe(connection, one), request.columns), request)
            found = connection.execute(
                f"SELECT min(line) FROM (SELECT row_number() OVER () AS line, {day} AS day "  # noqa: S608
                f"FROM {one.table_sql()}) WHERE day IS NULL"
            ).fetchone()[0]
        if found is not None and files.file_format is FileFormat.CSV:
            return f"{original.paths[0].name}, line {found + 1}"
        if found is not None:
            return f"{original.paths[0].name}, row {found}"
    return "a file that has changed since"
