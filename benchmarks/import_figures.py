"""Import the whole country's monthly figures, beside DuckDB's reading and SQLite's own insertion.

    python -m benchmarks.import_figures [--folder /tmp/bench]

835,200 figures: 290 municipalities, 20 crime groups, 12 years by the month. The import runs in a
process of its own, through the service that the command uses; then a second file with one figure in
twenty changed, and the undoing of that one.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.national_figures import HEADER, rows, write_file

# The same number of indexes as the figures have: the unique one of eight columns and five others.
TABLE = """
PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;
PRAGMA cache_size=-160000;
CREATE TABLE figure (id INTEGER PRIMARY KEY, owner INTEGER NOT NULL, municipality TEXT NOT NULL,
  period TEXT NOT NULL, series TEXT NOT NULL, value REAL, preliminary INTEGER, batch INTEGER,
  unit TEXT, kind TEXT, subgroup TEXT, source TEXT, replaces INTEGER UNIQUE, is_current INTEGER);
CREATE UNIQUE INDEX once ON figure
  (municipality, series, kind, period, unit, subgroup, source, owner) WHERE is_current;
CREATE INDEX by_owner ON figure (owner);
CREATE INDEX by_municipality ON figure (municipality);
CREATE INDEX by_batch ON figure (batch);
"""
INSERT = (
    "INSERT INTO figure (owner, municipality, period, series, value, preliminary, batch, unit, "
    "kind, subgroup, source, is_current) "
    "VALUES (1, ?, ?, ?, ?, ?, 1, 'count', 'month', '', 'police', 1)"
)


def write_revised(path: Path) -> None:
    """The same country with every twentieth figure one higher."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(HEADER)
        for number, row in enumerate(rows()):
            code, period, series, count, mark = row
            writer.writerow([code, period, series, count + (number % 20 == 0), mark])


def import_in_house(folder: Path) -> None:
    """Runs in the child: a fresh database, the import, the revision, the undoing."""
    import django

    django.setup()
    from django.utils import timezone

    from samverkan.platform.imports.services import undo_import

    actor = _actor(timezone.now())
    before, told = _peak_megabytes(), {}
    told["first"], _batch, added = _import(actor, folder / "riket.csv")
    told["peak"] = [before, _peak_megabytes()]
    told["again"], batch, revised = _import(actor, folder / "riket-2.csv")
    told["undo"] = _timed(lambda: undo_import(actor, batch))
    print(json.dumps({**told, "added": added, "revised": revised}))


def _actor(now: object) -> object:
    from django.core.management import call_command

    from samverkan.organisations.models import Function, Municipality, Organisation
    from samverkan.organisations.selectors import actor_in_function
    from samverkan.organisations.services import load_municipalities
    from samverkan.platform.access.actor import system

    call_command("migrate", verbosity=0)
    load_municipalities(system("benchmark", now))
    place = Municipality.objects.for_system("benchmark").get(code="1760")
    party = Organisation.objects.create(
        name="Storfors kommun", kind="municipal_administration", municipality=place
    )
    function = Function.objects.create(
        kind="safety_coordinator", title="Säkerhetssamordnare", organisation=party
    )
    return actor_in_function(function.ref, "benchmark", now)


def _import(actor: object, path: Path) -> tuple[list[float], str, int]:
    from samverkan.platform.imports.reception import FileRequest, receive
    from samverkan.platform.imports.services import commit_import

    results = []

    def work() -> None:
        batch = receive(actor, FileRequest(path, kind_code="statistics", source_code="bra"))
        results.append(commit_import(actor, batch.ref))

    seconds = _timed(work)
    result = results[0]
    if not result.is_done:
        sys.exit(f"not imported: {result.problems[:3]}")
    return seconds, result.batch.ref, result.outcome.added or result.outcome.revised


def insert_by_sqlite(path: Path, database: Path) -> list[float]:
    """Python's csv and sqlite3 alone: nothing is checked, nothing compared."""

    def wanted(reader: Iterator[list[str]]) -> Iterator[tuple[str, str, str, float, int]]:
        next(reader)
        for code, period, series, count, mark in reader:
            yield code, f"{period}-01", series, float(count), mark == "1"

    def work() -> None:
        connection = sqlite3.connect(database)
        connection.executescript(TABLE)
        with path.open(encoding="utf-8", newline="") as file, connection:
            connection.executemany(INSERT, wanted(csv.reader(file, delimiter=";")))
        connection.close()

    return _timed(work)


def read_by_duckdb(path: Path) -> list[float]:
    """DuckDB reads and types the file into memory, with two threads."""
    import duckdb

    def work() -> None:
        connection = duckdb.connect(config={"threads": 2})
        connection.execute("CREATE TABLE figure AS SELECT * FROM read_csv(?)", [str(path)])
        connection.close()

    return _timed(work)


def _timed(work: Callable[[], object]) -> list[float]:
    """Seconds on the clock, and of the processor."""
    started, worked = time.perf_counter(), time.process_time()
    work()
    return [time.perf_counter() - started, time.process_time() - worked]


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _shown(name: str, seconds: list[float]) -> str:
    return f"| {name} | {seconds[0]:.1f} s | {seconds[1]:.1f} s |"


def _measure(folder: Path) -> None:
    figures = write_file(folder / "riket.csv")
    write_revised(folder / "riket-2.csv")
    environment = {
        **os.environ,
        "SAMVERKAN_DATA": str(folder / "data"),
        "DJANGO_SETTINGS_MODULE": "samverkan.config.settings.embedded",
    }
    (folder / "data").mkdir()
    command = [sys.executable, "-m", "benchmarks.import_figures", "--child", str(folder)]
    answer = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    told = json.loads(answer.stdout)
    size = (folder / "riket.csv").stat().st_size / 1e6
    before, peak = told["peak"]
    load = os.getloadavg()[0]
    print(
        f"{figures:,} figures, {size:.0f} MB; load {load:.1f}; memory {peak:.0f} MB ({before:.0f})"
    )
    print("| what | on the clock | of the processor |\n|---|---|---|")
    print(_shown(f"samverkan import, {told['added']:,} new", told["first"]))
    print(_shown(f"samverkan import again, {told['revised']:,} revised", told["again"]))
    print(_shown("undoing the second", told["undo"]))
    print(_shown("SQLite alone", insert_by_sqlite(folder / "riket.csv", folder / "own.sqlite3")))
    print(_shown("DuckDB reads the file", read_by_duckdb(folder / "riket.csv")))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        import_in_house(arguments.child)
        return 0
    folder = Path(tempfile.mkdtemp(prefix="figures-bench-", dir=arguments.folder))
    try:
        _measure(folder)
    finally:
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
