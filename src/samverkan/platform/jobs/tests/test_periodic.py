"""Work that comes back is done once in its period, and one room's error stops no other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from samverkan.platform.jobs import periodic
from tests.world import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_these() -> Iterator[None]:
    kept = dict(periodic._registered)
    periodic._registered.clear()
    yield
    periodic._registered.clear()
    periodic._registered.update(kept)


def test_it_is_done_once_in_its_period() -> None:
    done: list[datetime] = []
    periodic.register("a", timedelta(minutes=10), done.append)
    for minutes in (0, 1, 9, 10, 11, 25):
        periodic.run_due(NOW + timedelta(minutes=minutes))
    assert [(each - NOW).seconds // 60 for each in done] == [0, 10, 25]


def test_what_fails_waits_for_its_next_turn_and_stops_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(_now: datetime) -> None:
        raise RuntimeError("no")

    done: list[datetime] = []
    periodic.register("bad", timedelta(minutes=1), fail)
    periodic.register("good", timedelta(minutes=1), done.append)
    assert periodic.run_due(NOW) == ["good"]
    assert "bad failed" in caplog.text
    assert periodic.run_due(NOW + timedelta(seconds=30)) == []
