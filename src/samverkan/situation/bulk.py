"""Many incidents at once, with their counts in step: the way in for imports.

Rows go past the ORM (SQLite: prepared statements; PostgreSQL: COPY) but through every constraint.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from django.db import connection
from django.db.models import Count

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
CELL = (
    "owner_id",
    "reporting_organisation_id",
    "municipality_id",
    "place_id",
    "category",
    "week",
)
CountCell = tuple[int, int, int, int | None, str, int]

TABLE = "situation_incident"
INTO = f"INSERT INTO {TABLE} ({', '.join(COLUMNS)})"
ONCE = "ON CONFLICT (owner_id, fingerprint) WHERE fingerprint > '' DO NOTHING"
IMPORT_CACHE_KIBIBYTES = 160_000
ORDINARY_CACHE_KIBIBYTES = 32_000
CHUNK = 2000

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
    _change_counts(_cells_of(batch), sign=1)


def remove_batch(batch: ImportBatch) -> int:
    """Remove an import's incidents and take them out of the counts; how many they were."""
    _change_counts(_cells_of(batch), sign=-1)
    incidents = Incident.objects.for_system("undo an import").filter(batch=batch)
    removed: int = incidents.delete()[1].get(Incident._meta.label, 0)
    return removed


def _insert_sqlite(rows: Sequence[IncidentTuple]) -> int:
    marks = ", ".join("?" * len(COLUMNS))
    raw = connection.connection
    before: int = raw.total_changes
    raw.executemany(f"{INTO} VALUES ({marks}) {ONCE}", rows)
    after: int = raw.total_changes
    return after - before


def _insert_postgresql(rows: Sequence[IncidentTuple]) -> int:
    names = ", ".join(COLUMNS)
    zone = frozenset(COLUMNS.index(name) for name in COLUMNS if name in _MOMENTS)
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


_MOMENTS = frozenset({"occurred_from", "occurred_to", "reported_at"})


def _cells_of(batch: ImportBatch) -> Iterator[tuple[CountCell, int]]:
    grouped = (
        Incident.objects.for_system("keep the counts in step")
        .filter(batch=batch)
        .order_by()
        .values_list(*CELL)
        .annotate(incidents=Count("pk"))
    )
    for row in grouped.iterator(chunk_size=CHUNK):
        yield row[:-1], row[-1]


def _change_counts(cells: Iterator[tuple[CountCell, int]], *, sign: int) -> None:
    changes = dict(cells)
    if not changes:
        return
    standing = _standing_counts(changes)
    fresh = (
        IncidentCount(**dict(zip(CELL, cell, strict=True)), incidents=sign * number)
        for cell, number in changes.items()
        if cell not in standing
    )
    while chunk := list(islice(fresh, CHUNK)):
        IncidentCount.objects.bulk_create(chunk)
    changed = [
        (sign * number, standing[cell]) for cell, number in changes.items() if cell in standing
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE situation_incidentcount SET incidents = incidents + %s WHERE id = %s", changed
        )
    IncidentCount.objects.for_system("no cell is kept empty").filter(incidents=0).delete()


def _standing_counts(changes: dict[CountCell, int]) -> dict[CountCell, int]:
    """The row ids of the counts that exist in the owners and weeks concerned."""
    weeks = [cell[5] for cell in changes]
    found = IncidentCount.objects.for_system("keep the counts in step").filter(
        owner_id__in={cell[0] for cell in changes}, week__gte=min(weeks), week__lte=max(weeks)
    )
    return {
        row[:6]: row[6]
        for row in found.values_list(*CELL, "pk").iterator(chunk_size=CHUNK)
        if row[:6] in changes
    }
