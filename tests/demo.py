"""The demo world, built once for a whole run of tests and copied to every file that needs it."""

from __future__ import annotations

import fcntl
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction
from django.test import override_settings

from samverkan.config.demo.world import ensure
from samverkan.organisations.services import load_municipalities
from samverkan.platform.access.actor import system
from tests.world import NOW


def build_demo(files: Path) -> None:
    with override_settings(MEDIA_ROOT=str(files)):
        load_municipalities(system("test", NOW))
        ensure(NOW)


@contextmanager
def built_and_undone(files: Path) -> Iterator[None]:
    """The demo in a transaction that never ends well: for a database that is no file."""
    with transaction.atomic():
        build_demo(files)
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True)
class KeptDemo:
    """A folder that the processes of a run share: the database file, and the files beside it."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "world.sqlite3"

    def make(self) -> None:
        """Build the world unless another process has; the database is as it was afterwards."""
        self.folder.mkdir(exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self.database.exists():
                return
            with database_restored():
                build_demo(self.folder / "files")
                unfinished = self.folder / "unfinished.sqlite3"
                with closing(sqlite3.connect(unfinished)) as copy:
                    connection.connection.backup(copy)
                unfinished.rename(self.database)

    def bring_in(self) -> None:
        connection.ensure_connection()
        with closing(sqlite3.connect(self.database)) as kept:
            kept.backup(connection.connection)

    def copy_files(self, folder: Path) -> None:
        (self.folder / "files").mkdir(exist_ok=True)
        shutil.copytree(self.folder / "files", folder, dirs_exist_ok=True)


@contextmanager
def database_restored() -> Iterator[None]:
    """Whatever is done inside, the database is afterwards as it was."""
    connection.ensure_connection()
    with closing(sqlite3.connect(":memory:")) as before:
        connection.connection.backup(before)
        yield
        before.backup(connection.connection)
