"""Items in batches of about a second, so that sending them costs little beside doing them."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from samverkan.compute.errors import WorkerLostError

Item = TypeVar("Item")
GROWTH = 8
SMALLEST_SHARE = 8
"""Towards the end batches shrink to an eighth; smaller ones cost more than they even out."""


@dataclass(frozen=True)
class Batch(Generic[Item]):
    start: int
    items: list[Item]
    losses: int = 0

    @property
    def stop(self) -> int:
        return self.start + len(self.items)


class Batches(Generic[Item]):
    """Hands out the items in order. The first batch is one item; later ones are sized by how long
    the last one took, and shrink towards the end, so that no worker waits long for the others."""

    def __init__(
        self, items: Iterable[Item], *, total: int | None, workers: int, seconds: float
    ) -> None:
        self._items: Iterator[Item] = iter(items)
        self._total = total
        self._workers = workers
        self._seconds = seconds
        self._size = 1
        self._taken = 0
        self._again: deque[Batch[Item]] = deque()

    def take(self) -> Batch[Item] | None:
        if self._again:
            return self._again.popleft()
        size = self._size
        if self._total is not None:
            left = math.ceil((self._total - self._taken) / self._workers)
            size = min(size, max(1, left, size // SMALLEST_SHARE))
        items = list(islice(self._items, size))
        if not items:
            return None
        batch = Batch(self._taken, items)
        self._taken = batch.stop
        return batch

    def learn(self, n_items: int, seconds: float) -> None:
        wanted = math.ceil(self._seconds * n_items / max(seconds, 1e-9))
        self._size = max(1, min(wanted, self._size * GROWTH))

    def give_back(self, batch: Batch[Item], *, retries: int) -> None:
        """A worker died over this batch: halve it, so that one bad item is soon found alone."""
        if len(batch.items) > 1:
            middle = len(batch.items) // 2
            self._again.append(Batch(batch.start, batch.items[:middle]))
            self._again.append(Batch(batch.start + middle, batch.items[middle:]))
            return
        if batch.losses >= retries:
            raise WorkerLostError(
                f"{batch.losses + 1} workers died over item {batch.start}; it may need more memory "
                "than a worker has, or crash a compiled library"
            )
        self._again.append(Batch(batch.start, batch.items, batch.losses + 1))
