"""Many incidents at once, with their counts in step: the way in for imports.

Rows go past the ORM (SQLite: prepared statements; PostgreSQL: COPY) but through every constraint.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper

from samverkan.platform.imports.models import ImportBatch
from samverkan.platform.refs import ALPHABET, LENGTH

from .models import Incident, IncidentCount

COLUMNS = (
    "ref",
    "owner_id",
    "reporting_organisation_id",
    "municipality_id",
    "category",
    "place_id",
    "occurred_from",
    "occurred_to",
    "reported_at",
    "week",
    "text",
    "severity",
    "effect_on_safety",
    "certainty",
    "setting",
    "police_report_made",
    "batch_id",
    "fingerprint",
)
IncidentTuple = tuple[object, ...]
TABLE = "situation_incident"
INTO = f"INSERT INTO {TABLE} ({', '.join(COLUMNS)})"
ONCE = "ON CONFLICT (owner_id, fingerprint) WHERE fingerprint > '' DO NOTHING"
IMPORT_CACHE_KIBIBYTES = 160_000
ORDINARY_CACHE_KIBIBYTES = 32_000
MOMENTS = frozenset({"occurred_from", "occurred_to", "reported_at"})

CELL = "owner_id, week, municipality_id, reporting_organisation_id, category, place_id"
IS_REVIEWED = "(review = 'reviewed') AS is_reviewed"
COUNTED = "review IN ('pending', 'returned', 'reviewed')"
COUNTS = "situation_incidentcount"
FOUND = "cells_of_an_import"
GROUPED = (
    f"CREATE TEMPORARY TABLE {FOUND} AS SELECT {CELL}, {IS_REVIEWED}, "  # noqa: S608
    f"COUNT(*) AS number FROM {TABLE} WHERE batch_id = %s AND {COUNTED} "
    f"GROUP BY {CELL}, (review = 'reviewed')"
)
# Incidents without a place share a cell, which plain equality would not see.
SAME_CELL = (
    "standing.owner_id = found.owner_id AND standing.week = found.week "
    "AND standing.municipality_id = found.municipality_id "
    "AND standing.reporting_organisation_id = found.reporting_organisation_id "
    "AND standing.category = found.category AND standing.is_reviewed = found.is_reviewed "
    "AND COALESCE(standing.place_id, 0) = COALESCE(found.place_id, 0)"
)
NEW_CELLS = (
    f"INSERT INTO {COUNTS} ({CELL}, is_reviewed, incidents) "  # noqa: S608
    f"SELECT {CELL}, is_reviewed, 0 FROM {FOUND} AS found "
    f"WHERE NOT EXISTS (SELECT 1 FROM {COUNTS} AS standing WHERE {SAME_CELL})"
)
CHANGE_CELLS = (
    f"UPDATE {COUNTS} AS standing SET incidents = incidents {{sign}} found.number "  # noqa: S608
    f"FROM {FOUND} AS found WHERE {SAME_CELL}"
)

# Bytes that would favour some letters are left out before the rest is folded to the alphabet.
_FAIR = 256 - 256 % len(ALPHABET)
_LETTERS = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))
_UNFAIR = bytes(range(_FAIR, 256))


def new_refs(count: int) -> list[str]:
    """As many fresh public identifiers as wanted, each as random as `new_ref`'s."""
    letters = b""
    wanted = count * LENGTH
    while len(letters) < wanted:
        letters += secrets.token_bytes(wanted + 64).translate(_LETTERS, _UNFAIR)
    text = letters.decode("ascii")
    return [text[start : start + LENGTH] for start in range(0, wanted, LENGTH)]


@contextmanager
def roomy_cache() -> Iterator[None]:
    """SQLite keeps more of its indexes in memory while many rows go in."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA cache_size=-{IMPORT_CACHE_KIBIBYTES}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size=-{ORDINARY_CACHE_KIBIBYTES}")


def insert_incidents(rows: Sequence[IncidentTuple]) -> int:
    """Insert rows in the order of COLUMNS; how many were new.

    Times are UTC, written "2026-10-03 12:30:00". A row whose owner already has its fingerprint is
    left out. The caller holds a transaction and brings the counts in step afterwards.
    """
    if connection.vendor == "sqlite":
        return _insert_sqlite(rows)
    return _insert_postgresql(rows)


def add_batch_to_counts(batch: ImportBatch) -> None:
    """Bring the weekly counts in step with the incidents that the import has put in."""
    with _cells_of(batch) as cursor:
        cursor.execute(NEW_CELLS)
        cursor.execute(CHANGE_CELLS.format(sign="+"))


def remove_batch(batch: ImportBatch) -> int:
    """Remove an import's incidents and take them out of the counts; how many they were."""
    with _cells_of(batch) as cursor:
        cursor.execute(CHANGE_CELLS.format(sign="-"))
    IncidentCount.objects.for_system("no cell is kept empty").filter(incidents=0).delete()
    incidents = Incident.objects.for_system("undo an import").filter(batch=batch)
    removed: int = incidents.delete()[1].get(Incident._meta.label, 0)
    return removed


@contextmanager
def _cells_of(batch: ImportBatch) -> Iterator[CursorWrapper]:
    """A cursor beside which the import's incidents stand counted in a table of their own."""
    with connection.cursor() as cursor:
        cursor.execute(GROUPED, [batch.pk])
        yield cursor
        cursor.execute(f"DROP TABLE {FOUND}")


def _insert_sqlite(rows: Sequence[IncidentTuple]) -> int:
    marks = ", ".join("?" * len(COLUMNS))
    raw = connection.connection
    before: int = raw.total_changes
    raw.executemany(f"{INTO} VALUES ({marks}) {ONCE}", rows)
    after: int = raw.total_changes
    return after - before


def _insert_postgresql(rows: Sequence[IncidentTuple]) -> int:
    names = ", ".join(COLUMNS)
    zone = frozenset(COLUMNS.index(name) for name in COLUMNS if name in MOMENTS)
    with connection.cursor() as cursor:
        select = f"SELECT {names} FROM {TABLE} WITH NO DATA"  # noqa: S608 - our own names
        cursor.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS incoming_incident AS {select}")
        cursor.execute("TRUNCATE incoming_incident")
        with cursor.copy(f"COPY incoming_incident ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(
                    [
                        f"{value}+00" if place in zone and value else value
                        for place, value in enumerate(row)
                    ]
                )
        cursor.execute(f"{INTO} SELECT {names} FROM incoming_incident {ONCE}")  # noqa: S608
        inserted: int = cursor.rowcount
        return inserted
