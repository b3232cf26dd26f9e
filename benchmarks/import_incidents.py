"""Import 1,000,000 EST incidents, beside SQLite's own CSV import of the same file.

    .venv/bin/python -m benchmarks.import_incidents [--rows 1000000] [--folder /tmp/bench]

The import runs in a process of its own, through the service that the command uses, so that its
peak memory is its own. SQLite's `.import --csv` fills a typed table with as many indexes.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

SEED = 1760
HEADER = [
    "Referens",
    "Datum",
    "Kategori",
    "Plats",
    "Kommun",
    "Beskrivning",
    "Allvar",
    "Polisanmäld",
]
CATEGORIES = ["Skadegörelse", "E11", "E20", "E30", "Hot", "E41", "E50", "E51", "E60", "E70"]
TEXTS = [
    "",
    "Krossad ruta vid entrén",
    "Samling sent på kvällen",
    "Klotter på väggen",
    "Mörkt i gången",
]
PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; "
    "PRAGMA cache_size=-160000;"
)
# The same number of indexes as the incidents have: two unique ones and six others.
TABLE = """
CREATE TABLE est (referens TEXT NOT NULL UNIQUE, datum TEXT NOT NULL, kategori TEXT NOT NULL,
  plats TEXT, kommun TEXT NOT NULL, beskrivning TEXT, allvar INTEGER, polisanmald TEXT);
CREATE UNIQUE INDEX once ON est (kommun, referens);
CREATE INDEX by_category ON est (kategori);
CREATE INDEX by_place ON est (plats);
CREATE INDEX by_municipality ON est (kommun);
CREATE INDEX by_grade ON est (allvar);
CREATE INDEX by_report ON est (polisanmald);
CREATE INDEX newest ON est (kommun, datum DESC);
"""


def rows(count: int) -> Iterator[list[str]]:
    """Two years of incidents at 60 places; the same for the same count."""
    chance = random.Random(SEED)
    start = datetime(2024, 1, 1)  # noqa: DTZ001 - local time, as in the lists
    minutes = 2 * 365 * 24 * 60
    for number in range(count):
        moment = start + timedelta(minutes=chance.randrange(minutes))
        yield [
            f"{chance.getrandbits(32):08x}{number:08x}",
            moment.strftime("%Y-%m-%d %H:%M"),
            chance.choice(CATEGORIES),
            f"Plats {chance.randrange(60)}",
            "1760",
            chance.choice(TEXTS),
            chance.choice(["", "1", "2", "3", "4"]),
            chance.choice(["ja", "nej", ""]),
        ]


def write_file(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(rows(count))


def import_in_house(path: Path) -> None:
    """Runs in the child: a fresh database, then the import as `samverkan import` does it."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from samverkan.organisations.models import Function, Municipality, Organisation
    from samverkan.organisations.selectors import actor_in_function
    from samverkan.organisations.services import load_municipalities
    from samverkan.platform.access.actor import system
    from samverkan.platform.imports.reception import FileRequest, receive
    from samverkan.platform.imports.services import commit_import

    call_command("migrate", verbosity=0)
    now = timezone.now()
    load_municipalities(system("benchmark", now))
    place = Municipality.objects.for_system("benchmark").get(code="1760")
    party = Organisation.objects.create(
        name="Storfors kommun", kind="municipal_administration", municipality=place
    )
    function = Function.objects.create(
        kind="safety_coordinator", title="Säkerhetssamordnare", organisation=party
    )
    Function.municipalities.through.objects.create(function=function, municipality=place)
    actor = actor_in_function(function.ref, "benchmark", now)
    before = _peak_megabytes()
    started, worked = time.perf_counter(), time.process_time()
    request = FileRequest(path, kind_code="incidents", creates_places=True)
    result = commit_import(actor, receive(actor, request).ref)
    seconds = time.perf_counter() - started
    if not result.is_done:
        sys.exit(f"not imported: {result.problems[:3]}")
    work = time.process_time() - worked
    print(f"{seconds:.3f} {work:.3f} {_peak_megabytes():.0f} {before:.0f} {result.outcome.added}")


@dataclass(frozen=True)
class OwnImport:
    """SQLite's own import: seconds on the wall, seconds of processor, and which program."""

    seconds: float
    processor_seconds: float
    program: str


def import_by_sqlite(path: Path, database: Path) -> OwnImport:
    program = shutil.which("sqlite3")
    before, started = _processor_seconds(), time.perf_counter()
    if program:
        commands = f"{PRAGMAS}\n{TABLE}\n.import --csv --skip 1 {path} est\n"
        subprocess.run([program, str(database)], input=commands, text=True, check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
    else:
        connection = sqlite3.connect(database)
        connection.executescript(PRAGMAS + TABLE)
        with path.open(encoding="utf-8", newline="") as file, connection:
            reader = csv.reader(file)
            next(reader)
            connection.executemany("INSERT INTO est VALUES (?,?,?,?,?,?,?,?)", reader)
        connection.close()
    name = "sqlite3 .import" if program else "Python's sqlite3 and csv"
    return OwnImport(time.perf_counter() - started, _processor_seconds() - before, name)


def _processor_seconds() -> float:
    """Of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        import_in_house(arguments.child)
        return 0
    folder = Path(tempfile.mkdtemp(prefix="import-bench-", dir=arguments.folder))
    try:
        _measure(folder, arguments.rows)
    finally:
        shutil.rmtree(folder)
    return 0


def _measure(folder: Path, count: int) -> None:
    path = folder / "est.csv"
    write_file(path, count)
    environment = {
        **os.environ,
        "SAMVERKAN_DATA": str(folder / "data"),
        "DJANGO_SETTINGS_MODULE": "samverkan.config.settings.embedded",
    }
    (folder / "data").mkdir()
    command = [sys.executable, "-m", "benchmarks.import_incidents", "--child", str(path)]
    answer = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    seconds, work, peak, before, added = answer.stdout.split()
    own = import_by_sqlite(path, folder / "own.sqlite3")
    print(
        f"| {int(added):,} rows, {path.stat().st_size / 1e6:.0f} MB "
        f"| {float(seconds):.1f} s ({float(work):.1f} s of processor), "
        f"{int(added) / float(seconds):,.0f} rows/s "
        f"| {own.program}: {own.seconds:.1f} s ({own.processor_seconds:.1f} s of processor) "
        f"| {float(seconds) / own.seconds:.1f}x "
        f"({float(work) / own.processor_seconds:.1f}x of processor) "
        f"| {peak} MB ({before} MB before) |"
    )


if __name__ == "__main__":
    sys.exit(main())
