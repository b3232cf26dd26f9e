"""Many figures at once: compared with those that stand and written in a few statements.

Rows go past the ORM (SQLite: prepared statements; PostgreSQL: COPY) but through every constraint.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection

from samverkan.platform.imports.models import ImportBatch

from .figure_rows import WITHDRAWN, FigureCounts, FigureRow

TABLE = "statistics_figure"
INCOMING = "incoming_figure"
IMPORT_CACHE_KIBIBYTES = 160_000
ORDINARY_CACHE_KIBIBYTES = 32_000
# The columns of a row, in its own order.
ROW = (
    "line",
    "municipality_id",
    "series_code",
    "subgroup",
    "unit",
    "period_kind",
    "period_start",
    "value",
    "missing_reason",
    "is_preliminary",
    "margin",
    "sample_size",
    "area_name",
)
KEY = ("municipality_id", "series_code", "subgroup", "unit", "period_kind", "period_start")
CONTENT = ("value", "missing_reason", "is_preliminary", "margin", "sample_size", "area_name")
NAMES = ", ".join(ROW)
# What holds for the whole import, in the order of the parameters.
OWN = "owner_id, source_code, batch_id, fetched_at, is_published, is_current"

CREATE = (
    f"CREATE TEMPORARY TABLE {INCOMING} AS SELECT {NAMES}, replaces_id, "  # noqa: S608
    f"missing_reason AS verdict FROM {TABLE} WHERE 1 = 0"
)
MEETS = " AND ".join(f"standing.{name} = {INCOMING}.{name}" for name in KEY)
FIND = (
    f"UPDATE {INCOMING} SET replaces_id = (SELECT id FROM {TABLE} AS standing "  # noqa: S608
    f"WHERE standing.is_current AND standing.owner_id = %s AND standing.source_code = %s "
    f"AND {MEETS})"
)
SAME = " AND ".join(f"standing.{name} IS NOT DISTINCT FROM {INCOMING}.{name}" for name in CONTENT)
GONE = f"{INCOMING}.missing_reason = '{WITHDRAWN}'"
# A withdrawal is a withdrawal whatever else the row says.
JUDGE = (
    f"UPDATE {INCOMING} SET verdict = CASE "  # noqa: S608
    f"WHEN {GONE} AND standing.missing_reason = '{WITHDRAWN}' THEN 'same' "
    f"WHEN {GONE} THEN 'withdrawn' "
    f"WHEN {SAME} THEN 'same' "
    f"WHEN {INCOMING}.is_preliminary AND NOT standing.is_preliminary "
    f"AND standing.missing_reason <> '{WITHDRAWN}' THEN 'outdated' "
    f"ELSE 'revised' END "
    f"FROM {TABLE} AS standing WHERE standing.id = {INCOMING}.replaces_id"
)
JUDGE_REST = (
    f"UPDATE {INCOMING} SET verdict = CASE WHEN {GONE} THEN 'nothing' ELSE 'new' END "  # noqa: S608
    "WHERE replaces_id IS NULL"
)
STEP_DOWN = (
    f"UPDATE {TABLE} SET is_current = %s WHERE id IN (SELECT replaces_id "  # noqa: S608
    f"FROM {INCOMING} WHERE verdict IN ('revised', 'withdrawn'))"
)
WRITE = (
    f"INSERT INTO {TABLE} ({NAMES}, replaces_id, {OWN}) "  # noqa: S608
    f"SELECT {NAMES}, replaces_id, %s, %s, %s, %s, %s, %s FROM {INCOMING} "
    "WHERE verdict IN ('new', 'revised', 'withdrawn')"
)
COUNT = f"SELECT verdict, COUNT(*) FROM {INCOMING} GROUP BY verdict"  # noqa: S608


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


def write_figures(
    batch: ImportBatch, owner_id: int, is_published: bool, rows: Sequence[FigureRow]
) -> FigureCounts:
    """Write what is new or different, step down what it supersedes, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(CREATE)
        _send(rows)
        cursor.execute(FIND, [owner_id, batch.source_code])
        cursor.execute(JUDGE)
        cursor.execute(JUDGE_REST)
        # The old ones step down first: only one figure may be current.
        cursor.execute(STEP_DOWN, [False])
        fetched_at = connection.ops.adapt_datetimefield_value(batch.fetched_at)
        own: list[Any] = [owner_id, batch.source_code, batch.pk, fetched_at, is_published, True]
        cursor.execute(WRITE, own)
        cursor.execute(COUNT)
        counted: dict[str, int] = dict(cursor.fetchall())
        cursor.execute(f"DROP TABLE {INCOMING}")
    return FigureCounts(
        added=counted.get("new", 0),
        revised=counted.get("revised", 0),
        unchanged=counted.get("same", 0) + counted.get("nothing", 0),
        outdated=counted.get("outdated", 0),
        withdrawn=counted.get("withdrawn", 0),
    )


def remove_figures(batch: ImportBatch) -> int:
    """Delete an import's figures, which nothing has superseded; how many they were."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE batch_id = %s", [batch.pk])  # noqa: S608
        removed: int = cursor.rowcount
    return removed


def _send(rows: Sequence[FigureRow]) -> None:
    if connection.vendor == "sqlite":
        marks = ", ".join("?" * len(ROW))
        statement = f"INSERT INTO {INCOMING} ({NAMES}) VALUES ({marks})"  # noqa: S608
        connection.connection.executemany(statement, map(_as_text, rows))
        return
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {INCOMING} ({NAMES}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


_DAYS: dict[date, str] = {}


def _as_text(row: FigureRow) -> tuple[object, ...]:
    """SQLite keeps days as texts; the same few days come again and again."""
    day = row[6]
    text = _DAYS.get(day)
    if text is None:
        text = _DAYS[day] = day.isoformat()
    return (*row[:6], text, *row[7:])
