"""A process that dies in the middle of an import leaves all of it or nothing of it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

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


def start(path: Path, folder: Path) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "SAMVERKAN_DATA": str(folder),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "samverkan.config.settings.embedded",
    }
    command = [sys.executable, str(CHILD), str(path)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def read(folder: Path, question: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / "samverkan.sqlite3")
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


@pytest.mark.slow
def test_an_import_that_is_killed_leaves_nothing_and_can_be_done_again(tmp_path: Path) -> None:
    path, folder = tmp_path / "est.csv", tmp_path / "data"
    folder.mkdir()
    write_list(path)

    killed = start(path, folder)
    assert killed.stdout is not None
    assert killed.stdout.readline().strip() == "half of the rows are written"
    os.kill(killed.pid, signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL
    killed.stdout.close()

    assert read(folder, "SELECT COUNT(*) FROM situation_incident") == [(0,)]
    assert read(folder, "SELECT COUNT(*) FROM situation_incidentcount") == [(0,)]
    assert read(folder, "SELECT COUNT(*) FROM situation_place") == [(0,)]
    assert read(folder, "SELECT state FROM imports_importbatch") == [("uploaded",)]

    again = start(path, folder)
    assert again.stdout is not None
    assert again.stdout.readline().strip() == "half of the rows are written"
    assert read(folder, "SELECT COUNT(*) FROM situation_incident") == [(0,)]
    output, _errors = again.communicate(timeout=120)
    assert again.returncode == 0
    assert output.splitlines()[-1] == f"imported {ROWS}"
    assert read(folder, "SELECT COUNT(*) FROM situation_incident") == [(ROWS,)]
    assert read(folder, "SELECT SUM(incidents) FROM situation_incidentcount") == [(ROWS,)]
    done = "SELECT COUNT(*) FROM audit_auditentry WHERE action = 'import.done'"
    assert read(folder, done) == [(1,)]
