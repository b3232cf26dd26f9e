"""A process that dies in the middle of an import leaves all of it or nothing of it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

ROWS = 20_000
CHILD = Path(__file__).with_name("import_process.py")


def write_list(path: Path) -> None:
    lines = ["datum;kategori;plats;beskrivning"]
    for number in range(ROWS):
        day, minute = 1 + number % 28, number % 1440
        moment = f"2025-{1 + number % 12:02}-{day:02} {minute // 60:02}:{minute % 60:02}"
        lines.append(f"{moment};E10;Plats {number % 40};Händelse nummer {number} i listan")
    path.write_text("\n".join(lines), encoding="utf-8")


@dataclass(frozen=True)
class Store:
    """A database of the test's own: beside the PostgreSQL of the run, or a SQLite file."""

    folder: Path
    url: str

    def rows(self, question: str) -> list[tuple[object, ...]]:
        if self.url:
            with psycopg.connect(self.url) as connection:
                return connection.execute(question).fetchall()
        with closing(sqlite3.connect(self.folder / "samverkan.sqlite3")) as file:
            return file.execute(question).fetchall()

    def count(self, table: str) -> object:
        return self.rows(f"SELECT COUNT(*) FROM {table}")[0][0]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    folder = tmp_path / "data"
    folder.mkdir()
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        yield Store(folder, "")
        return
    name = f"killed_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield Store(folder, f"{server.rsplit('/', 1)[0]}/{name}")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def start(path: Path, store: Store) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "SAMVERKAN_DATA": str(store.folder),
        "DATABASE_URL": store.url,
        "DJANGO_SETTINGS_MODULE": "samverkan.config.settings.embedded",
    }
    command = [sys.executable, str(CHILD), str(path)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_an_import_that_is_killed_leaves_nothing_and_can_be_done_again(
    tmp_path: Path, store: Store
) -> None:
    path = tmp_path / "est.csv"
    write_list(path)

    killed = start(path, store)
    assert killed.stdout is not None
    assert killed.stdout.readline().strip() == "half of the rows are written"
    os.kill(killed.pid, signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL
    killed.stdout.close()

    for table in ("situation_incident", "situation_incidentcount", "situation_place"):
        assert store.count(table) == 0
    assert store.rows("SELECT state FROM imports_importbatch") == [("uploaded",)]

    again = start(path, store)
    assert again.stdout is not None
    assert again.stdout.readline().strip() == "half of the rows are written"
    assert store.count("situation_incident") == 0
    output, _errors = again.communicate(timeout=120)
    assert again.returncode == 0
    assert output.splitlines()[-1] == f"imported {ROWS}"
    assert store.count("situation_incident") == ROWS
    assert store.rows("SELECT SUM(incidents) FROM situation_incidentcount") == [(ROWS,)]
    done = "SELECT COUNT(*) FROM audit_auditentry WHERE action = 'import.done'"
    assert store.rows(done) == [(1,)]
