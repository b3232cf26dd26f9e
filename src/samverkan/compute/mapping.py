"""One `map`, wherever the work is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sized
from contextlib import closing
from dataclasses import dataclass
from time import perf_counter
from typing import Generic, TypeVar

from samverkan.compute import cluster
from samverkan.compute.backends import Backend, DaskCluster, InProcess, ProcessPool
from samverkan.compute.batches import Batch, Batches
from samverkan.compute.pool import Pool, usable_processors
from samverkan.compute.work import Outcome, run_batch

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Progress:
    done: int
    total: int | None
    """None when the items come from an iterator of unknown length."""
    seconds: float
    workers_lost: int = 0
    """Workers of the pool that died and were replaced; a cluster counts its own."""


class _Gathered(Generic[Result]):
    """Results by the place of their batch, and the telling of progress."""

    def __init__(self, progress: Callable[[Progress], None] | None, total: int | None) -> None:
        self.total = total
        self._progress = progress
        self._start = perf_counter()
        self._done = 0
        self._results: dict[int, list[Result]] = {}

    def add(self, batch: Batch[Item], outcome: Outcome[Result], *, workers_lost: int = 0) -> None:
        if outcome.error is not None:
            outcome.error.add_note(f"raised by item {batch.start + len(outcome.results)} of map")
            raise outcome.error
        self._results[batch.start] = outcome.results
        self._done += len(outcome.results)
        if self._progress is not None:
            seconds = perf_counter() - self._start
            self._progress(Progress(self._done, self.total, seconds, workers_lost))

    def in_order(self) -> list[Result]:
        return [result for start in sorted(self._results) for result in self._results[start]]


def map(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    backend: Backend | None = None,
    progress: Callable[[Progress], None] | None = None,
    batch_seconds: float = 1.0,
    retries: int = 3,
) -> list[Result]:
    """`[function(item) for item in items]`, in this process, on a pool or on a Dask cluster.

    The results come in the items' order and are the same to the last bit on all three backends,
    on machines of one kind: items are copied into aligned, C-ordered arrays before the function
    sees them, and linear algebra runs on one thread. Random numbers must come from seeds within
    the items (see `seeds`). Items are read when needed, so an iterator may be larger than memory.

    `progress` is called in this thread after each batch. Batches aim at `batch_seconds`. An error
    in the function stops the work and is raised here, with a note about which item it was. An item
    whose worker is killed is done again, up to `retries` times on a pool and as often as the
    scheduler's `allowed-failures` says on a cluster; then `WorkerLostError`.
    """
    chosen = InProcess() if backend is None else backend
    total = len(items) if isinstance(items, Sized) else None
    gathered = _Gathered[Result](progress, total)
    if isinstance(chosen, InProcess):
        for index, item in enumerate(items):
            gathered.add(Batch(index, [item]), run_batch(function, [item]))
    elif isinstance(chosen, ProcessPool):
        size = chosen.workers or usable_processors()
        pool: Pool[Item, Result] = Pool(function, size, retries)
        batches = Batches(items, total=total, workers=size, seconds=batch_seconds)
        # Closed here and not by the garbage collector: no worker may outlive an error.
        with closing(pool.run(batches)) as arriving:
            for batch, outcome in arriving:
                batches.learn(len(batch.items), outcome.seconds)
                gathered.add(batch, outcome, workers_lost=pool.lost)
    else:
        _on_cluster(function, items, chosen, gathered, batch_seconds)
    return gathered.in_order()


def _on_cluster(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    chosen: DaskCluster,
    gathered: _Gathered[Result],
    batch_seconds: float,
) -> None:
    with cluster.connect(chosen) as client:
        threads = sum(client.nthreads().values())
        batches = Batches(items, total=gathered.total, workers=threads, seconds=batch_seconds)
        # Two batches for each thread, so that none waits for the next to arrive.
        running = cluster.run(client, function, batches, in_flight=2 * threads)
        with closing(running) as arriving:
            for batch, outcome in arriving:
                batches.learn(len(batch.items), outcome.seconds)
                gathered.add(batch, outcome)
