"""A pool of spawned processes that survives the death of any of them.

`concurrent.futures` gives up the whole pool when one worker is killed. Here every worker has its
own pipe: a dead one is noticed by its closed pipe, its batch goes back in the queue, a fresh
process takes its place, and the others never notice.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, Generic, TypeVar, cast

from samverkan.compute.algebra import single_threaded
from samverkan.compute.batches import Batch, Batches
from samverkan.compute.errors import ComputeError
from samverkan.compute.work import Outcome, pickled, run_batch

Item = TypeVar("Item")
Result = TypeVar("Result")

GUARD = (
    "a worker could not start. A script that uses a pool must keep its own work below "
    '`if __name__ == "__main__":`, and the function must be importable by the worker'
)


def usable_processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def serve(connection: Connection, function_bytes: bytes) -> None:
    """The life of a worker: one batch after the other until the parent hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        function = pickle.loads(function_bytes)  # noqa: S301 - from our own parent process
        connection.send_bytes(b"ready")
        while True:
            items = pickle.loads(connection.recv_bytes())  # noqa: S301 - from our own parent
            connection.send_bytes(pickled(run_batch(function, items)))


@dataclass
class _Worker(Generic[Item]):
    process: SpawnProcess
    connection: Connection
    batch: Batch[Item] | None = None
    is_ready: bool = False

    def stop(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()
        self.process.close()


@dataclass
class Pool(Generic[Item, Result]):
    function: Callable[[Item], Result]
    size: int
    retries: int
    lost: int = 0
    _workers: list[_Worker[Item]] = field(default_factory=list)
    _failed_starts: int = 0

    def run(self, batches: Batches[Item]) -> Generator[tuple[Batch[Item], Outcome[Result]]]:
        """Batches with their outcomes in the order in which they finish."""
        function_bytes = _function_bytes(self.function)
        try:
            while True:
                has_more = self._hand_out(batches)
                if not has_more and not any(worker.batch for worker in self._workers):
                    return
                if has_more:
                    self._fill(function_bytes)
                yield from self._listen(batches)
        finally:
            for worker in self._workers:
                worker.stop()
            self._workers = []

    def _fill(self, function_bytes: bytes) -> None:
        """As many workers as asked for; all start at the same time."""
        context = multiprocessing.get_context("spawn")
        while len(self._workers) < self.size:
            ours, theirs = context.Pipe()
            process = context.Process(target=serve, args=(theirs, function_bytes), daemon=True)
            with single_threaded():
                process.start()
            theirs.close()
            self._workers.append(_Worker(process, ours))

    def _hand_out(self, batches: Batches[Item]) -> bool:
        """A batch for every idle worker; False when there is none left to hand out."""
        for worker in list(self._workers):
            if not worker.is_ready or worker.batch is not None:
                continue
            batch = batches.take()
            if batch is None:
                return False
            worker.batch = batch
            payload = pickle.dumps(batch.items, protocol=pickle.HIGHEST_PROTOCOL)
            try:
                worker.connection.send_bytes(payload)
            except (BrokenPipeError, ConnectionResetError):
                self._bury(worker, batches)
        return True

    def _listen(self, batches: Batches[Item]) -> Generator[tuple[Batch[Item], Outcome[Result]]]:
        by_connection = {worker.connection: worker for worker in self._workers}
        for connection in wait(list(by_connection)):
            worker = by_connection[cast(Connection, connection)]
            try:
                message = worker.connection.recv_bytes()
            except (EOFError, ConnectionResetError):
                self._bury(worker, batches)
                continue
            if worker.batch is None:
                worker.is_ready = True
                self._failed_starts = 0
                continue
            batch, worker.batch = worker.batch, None
            outcome: Outcome[Result] = pickle.loads(message)  # noqa: S301 - from our own worker
            yield batch, outcome

    def _bury(self, worker: _Worker[Item], batches: Batches[Item]) -> None:
        self._workers.remove(worker)
        worker.stop()
        self.lost += 1
        if worker.batch is not None:
            batches.give_back(worker.batch, retries=self.retries)
        elif not worker.is_ready:
            self._failed_starts += 1
            if self._failed_starts > self.retries:
                raise ComputeError(GUARD)


def _function_bytes(function: Callable[..., Any]) -> bytes:
    try:
        return pickle.dumps(function, protocol=pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        raise ComputeError(
            f"{function!r} cannot be sent to another process: define it at the top level of a "
            f"module ({error})"
        ) from error
