from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, connections, transaction

from samverkan.platform.access.actor import system
from samverkan.platform.audit import triggers
from samverkan.platform.audit.models import AuditEntry, AuditHead
from samverkan.platform.audit.services import record
from samverkan.platform.audit.verification import Fault, verify
from tests.world import NOW

ACTOR = system("test", NOW)


def write(number: int, action: str = "thing.changed") -> None:
    with transaction.atomic():
        for each in range(number):
            record(ACTOR, action, "thing", f"ref{each}", details={"count": each, "å": "ö"})


def table() -> str:
    return AuditEntry._meta.db_table


def execute(statement: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def faults() -> list[tuple[Fault, int, int]]:
    found = verify(ACTOR).findings
    return [(finding.fault, finding.sequence, finding.last_sequence) for finding in found]


@pytest.mark.django_db
def test_an_untouched_chain_holds() -> None:
    assert verify(ACTOR).holds
    write(5)
    verdict = verify(ACTOR)
    assert verdict.holds
    assert verdict.entries == verdict.head_sequence == 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor_label", "somebody else"),
        ("action", "thing.read"),
        ("reason", "x"),
        ("details", "{}"),
    ],
)
def test_a_changed_entry_is_found_and_named(column: str, value: str) -> None:
    write(5)
    execute(f"UPDATE {table()} SET {column} = %s WHERE sequence = 3", value)
    assert faults() == [(Fault.CHANGED, 3, 3)]


@pytest.mark.django_db
def test_a_changed_moment_is_found() -> None:
    write(3)
    AuditEntry.objects.for_system("tamper").filter(sequence=2).update(at="2020-01-01T00:00:00Z")
    assert faults() == [(Fault.CHANGED, 2, 2)]


@pytest.mark.django_db
def test_removed_entries_are_found_in_the_middle_and_at_the_end() -> None:
    write(6)
    execute(f"DELETE FROM {table()} WHERE sequence IN (2, 3, 6)")
    assert faults() == [(Fault.REMOVED, 2, 3), (Fault.REMOVED, 6, 6)]


@pytest.mark.django_db
def test_a_removed_first_entry_is_found() -> None:
    write(3)
    execute(f"DELETE FROM {table()} WHERE sequence = 1")
    assert faults() == [(Fault.REMOVED, 1, 1)]


@pytest.mark.django_db
def test_reordered_entries_are_found() -> None:
    write(5)
    execute(f"UPDATE {table()} SET sequence = 99 WHERE sequence = 2")
    execute(f"UPDATE {table()} SET sequence = 2 WHERE sequence = 4")
    execute(f"UPDATE {table()} SET sequence = 4 WHERE sequence = 99")
    assert faults() == [(Fault.REORDERED, 2, 2), (Fault.REORDERED, 4, 4)]


@pytest.mark.django_db
def test_a_chain_that_was_rewritten_whole_is_found_by_a_head_kept_outside() -> None:
    write(4)
    kept = verify(ACTOR)
    execute(f"DELETE FROM {table()}")
    AuditHead.objects.all().delete()
    write(5, "thing.read")
    assert verify(ACTOR).holds
    anchored = verify(ACTOR, anchors={kept.head_sequence: kept.head_hash})
    assert [finding.fault for finding in anchored.findings] == [Fault.ANCHOR]


@pytest.mark.django_db
def test_a_head_that_was_set_back_is_found() -> None:
    write(4)
    AuditHead.objects.update(sequence=2)
    assert not verify(ACTOR).holds


@pytest.fixture
def append_only(transactional_db: None) -> Iterator[None]:
    triggers.install(connection)
    yield
    triggers.remove(connection)


@pytest.mark.usefixtures("append_only")
@pytest.mark.parametrize(
    "statement", ["UPDATE {table} SET action = 'x'", "DELETE FROM {table}", "TRUNCATE {table}"]
)
def test_the_database_refuses_to_change_or_remove_entries(statement: str) -> None:
    if "TRUNCATE" in statement and connection.vendor == "sqlite":
        statement = "DELETE FROM {table} WHERE 1 = 1"
    write(2)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        execute(statement.format(table=table()))
    assert verify(ACTOR).entries == 2


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_leaves_no_trace() -> None:
    def change_and_fail() -> None:
        with transaction.atomic():
            record(ACTOR, "thing.changed", "thing")
            raise RuntimeError

    write(1)
    with pytest.raises(RuntimeError):
        change_and_fail()
    assert verify(ACTOR).entries == 1
    assert verify(ACTOR).holds


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_cannot_fork_the_chain() -> None:
    errors: list[BaseException] = []

    def writer() -> None:
        try:
            for _each in range(10):
                write(1)
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    write(1)
    threads = [threading.Thread(target=writer) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    verdict = verify(ACTOR)
    assert verdict.holds
    assert verdict.entries == 41
