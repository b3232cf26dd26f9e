"""Counting very many events, beside DuckDB alone."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import duckdb

from benchmarks.methods.case import Case
from samverkan.compute.counting import count_events
from samverkan.compute.event_counts import CountRequest
from samverkan.compute.event_files import find_events
from samverkan.compute.periods import Period

N_EVENTS = 100_000_000
N_EVENTS_QUICK = 5_000_000
CELL = 1000
BARE = f"""
    SELECT CAST(floor(east / {CELL}) AS BIGINT) * {CELL} * 10000000
           + CAST(floor(north / {CELL}) AS BIGINT) * {CELL} AS cell,
           kind, date_diff('week', DATE '0001-01-01', date) AS period, count(*) AS n
    FROM read_parquet('{{path}}') GROUP BY ALL
"""


def write_events(path: Path, n_events: int) -> None:
    """Five years of events over 2,500 squares and 8 kinds, by DuckDB alone."""
    with duckdb.connect(config={"memory_limit": "4GB"}) as connection:
        connection.execute(
            f"""COPY (
                SELECT DATE '2021-01-04' + CAST(hash(i) % 1820 AS INTEGER) AS date,
                       CAST(400000 + hash(i + 1000000007) % 50000 AS INTEGER) AS east,
                       CAST(6580000 + hash(i + 3000000019) % 50000 AS INTEGER) AS north,
                       'kind ' || (hash(i + 7000000001) % 8) AS kind
                FROM range({n_events}) t(i)
            ) TO '{path}' (FORMAT parquet)"""
        )


def ours(path: Path) -> tuple[int, int]:
    """Events and groups, by the function that `samverkan analyse` counts with."""
    request = CountRequest(("cell", "kind"), Period.WEEK, cell_size=CELL)
    with count_events(find_events(str(path)), request) as counts:
        return counts.n_events, counts.n_groups


def bare(path: Path) -> tuple[int, int]:
    """The same table by one query, with nothing checked."""
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TEMP TABLE counted AS {BARE.format(path=path)}")
        found: tuple[int, int] = connection.execute(
            "SELECT CAST(sum(n) AS BIGINT), count(*) FROM counted"
        ).fetchone()
        return found


def agree(mine: object, theirs: object) -> str:
    if mine != theirs:
        raise AssertionError(f"{mine} events and groups, DuckDB alone has {theirs}")
    return "same events, same groups"


def counting_case(name: str, n_events: int, *, is_slow: bool) -> Case:
    folder = Path(tempfile.gettempdir()) / f"samverkan-benchmark-{n_events}"
    path = folder / "events.parquet"

    def prepare() -> None:
        folder.mkdir(exist_ok=True)
        write_events(path, n_events)

    def remove() -> None:
        shutil.rmtree(folder, ignore_errors=True)

    return Case(
        name=name,
        work=f"counts of {n_events // 10**6} million events per cell, week and kind",
        ours=lambda: ours(path),
        peer=lambda: bare(path),
        peer_name=f"DuckDB {duckdb.__version__} alone",
        aim=1 / 1.5,
        check=agree,
        before=prepare,
        after=remove,
        is_slow=is_slow,
    )


def cases() -> list[Case]:
    return [
        counting_case("count_events", N_EVENTS, is_slow=True),
        counting_case("count_events_quick", N_EVENTS_QUICK, is_slow=False),
    ]
