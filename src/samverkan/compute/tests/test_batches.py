from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from samverkan.compute.batches import Batches
from samverkan.compute.errors import WorkerLostError


@given(
    count=some.integers(0, 60),
    workers=some.integers(1, 5),
    seconds=some.lists(some.floats(0, 10), min_size=60, max_size=60),
    dies=some.lists(some.booleans(), min_size=200, max_size=200),
)
def test_every_item_is_done_exactly_once_whatever_the_speed_and_whoever_dies(
    count: int, workers: int, seconds: list[float], dies: list[bool]
) -> None:
    batches = Batches(range(count), total=count, workers=workers, seconds=1.0)
    done, turn = [], 0
    while (batch := batches.take()) is not None:
        turn += 1
        if batch.losses < 2 and turn < len(dies) and dies[turn]:
            batches.give_back(batch, retries=3)
            continue
        done += batch.items
        batches.learn(len(batch.items), seconds[turn % len(seconds)])
    assert sorted(done) == list(range(count))


def test_quick_items_travel_many_together_and_slow_ones_alone() -> None:
    batches = Batches(range(10_000), total=None, workers=2, seconds=1.0)
    sizes = []
    for seconds in (0.001, 0.001, 0.001, 10.0, 10.0):
        batch = batches.take()
        assert batch is not None
        sizes.append(len(batch.items))
        batches.learn(len(batch.items), seconds)
    assert sizes == [1, 8, 64, 512, 52]


def test_batches_shrink_towards_the_end_so_that_all_workers_finish_together() -> None:
    batches = Batches(range(1000), total=1000, workers=4, seconds=1.0)
    sizes = []
    while (batch := batches.take()) is not None:
        sizes.append(len(batch.items))
        batches.learn(len(batch.items), 0.005 * len(batch.items))
    assert max(sizes) == 200
    assert sizes[-8:] == sorted(sizes[-8:], reverse=True)
    assert sizes[-2] == 200 // 8


def test_an_item_that_kills_every_worker_is_named() -> None:
    batches = Batches([5, 6], total=2, workers=1, seconds=1.0)
    batches.take()
    for _ in range(2):
        batch = batches.take()
        assert batch is not None
        batches.give_back(batch, retries=2)
    last = batches.take()
    assert last is not None
    with pytest.raises(WorkerLostError, match="3 workers died over item 1;"):
        batches.give_back(last, retries=2)
