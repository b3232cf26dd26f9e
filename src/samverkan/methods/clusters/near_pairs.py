"""Pairs of events that are near each other, found once from a grid and handed out in blocks.

The grid's cells are as wide as the largest band, so every near pair lies in one cell or in two
that touch. Events are sorted by cell; each pair appears once, as positions in that order. Blocks
keep memory bounded whatever the number of pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samverkan.methods import compiled
from samverkan.methods.clusters.events import FloatArray, IntArray, Points
from samverkan.methods.errors import MethodError

CANDIDATES_PER_BLOCK = 1 << 22
CANDIDATES_KEPT_IN_MEMORY = 1 << 25
MOST_CANDIDATES = 1 << 36
FINEST_GRID = 1_000_000


@dataclass(frozen=True)
class PairBlock:
    """Some near pairs: positions of both events in grid order and the band of their distance."""

    first: npt.NDArray[np.int32]
    second: npt.NDArray[np.int32]
    band: npt.NDArray[np.uint8]


@dataclass(frozen=True)
class NearPairs:
    """All pairs within the largest limit, sorted into bands by distance."""

    order: IntArray
    """The events in grid order: ``order[position]`` is the event's index."""
    coordinates: FloatArray
    squared_limits: FloatArray
    starts: IntArray
    """Shape (n, 2): where an event's two runs of candidates begin."""
    stops: IntArray
    blocks: list[tuple[int, int]]
    kept: list[PairBlock] | None

    @property
    def n_bands(self) -> int:
        """How many bands of distance."""
        return len(self.squared_limits)

    def each_block(self) -> Iterator[PairBlock]:
        """All pairs, block by block, in the same order every time."""
        if self.kept is not None:
            yield from self.kept
            return
        for start, stop in self.blocks:
            yield _pairs_of(self, start, stop)


def find_near_pairs(points: Points, upper_limits: FloatArray) -> NearPairs:
    """All pairs at most the last limit apart; band k holds distances in (limit k-1, limit k]."""
    limits = upper_limits + points.tolerance
    order, starts, stops = _candidate_runs(points.coordinates, float(limits[-1]))
    candidates = (stops - starts).sum(axis=1)
    if candidates.sum() > MOST_CANDIDATES:
        raise MethodError("too many pairs of events are near each other: choose smaller bands")
    pairs = NearPairs(
        order=order,
        coordinates=np.ascontiguousarray(points.coordinates[order]),
        squared_limits=limits**2,
        starts=starts,
        stops=stops,
        blocks=_cut(candidates),
        kept=None,
    )
    if candidates.sum() > CANDIDATES_KEPT_IN_MEMORY:
        return pairs
    kept = compiled.map_chunks(lambda block: _pairs_of(pairs, *block), pairs.blocks)
    return NearPairs(order, pairs.coordinates, pairs.squared_limits, starts, stops, [], kept)


def _candidate_runs(coordinates: FloatArray, reach: float) -> tuple[IntArray, IntArray, IntArray]:
    low = coordinates.min(axis=0)
    extent = float((coordinates.max(axis=0) - low).max())
    width = max(reach, extent / FINEST_GRID, np.finfo(np.float64).tiny)
    cells = np.floor((coordinates - low) / width).astype(np.int64)
    n_rows = int(cells[:, 1].max()) + 3
    keys = cells[:, 0] * n_rows + cells[:, 1] + 1
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    occupied, place = np.unique(keys, return_inverse=True)
    own_stop = np.searchsorted(keys, occupied + 1, side="right")[place]
    next_start = np.searchsorted(keys, occupied + n_rows - 1, side="left")[place]
    next_stop = np.searchsorted(keys, occupied + n_rows + 1, side="right")[place]
    positions = np.arange(len(keys), dtype=np.int64)
    starts = np.column_stack([positions + 1, next_start]).astype(np.int64)
    return order, starts, np.column_stack([own_stop, next_stop]).astype(np.int64)


def _cut(candidates: IntArray) -> list[tuple[int, int]]:
    """Runs of events with at most a block's candidates each (one event may exceed it alone)."""
    total = np.concatenate([[0], np.cumsum(candidates)])
    blocks, start = [], 0
    while start < len(candidates):
        stop = int(np.searchsorted(total, total[start] + CANDIDATES_PER_BLOCK, side="right")) - 1
        stop = max(stop, start + 1)
        blocks.append((start, stop))
        start = stop
    return blocks


def _pairs_of(pairs: NearPairs, start: int, stop: int) -> PairBlock:
    room = int((pairs.stops[start:stop] - pairs.starts[start:stop]).sum())
    if not compiled.is_available():
        return _pairs_by_numpy(pairs, start, stop)
    from samverkan.methods.clusters import pair_kernels

    first, second = np.empty(room, np.int32), np.empty(room, np.int32)
    band = np.empty(room, np.uint8)
    n_found = pair_kernels.fill_pairs(
        pairs.coordinates,
        pairs.squared_limits,
        pairs.starts,
        pairs.stops,
        (start, stop),
        (first, second, band),
    )
    return PairBlock(first[:n_found].copy(), second[:n_found].copy(), band[:n_found].copy())


def _pairs_by_numpy(pairs: NearPairs, start: int, stop: int) -> PairBlock:
    starts = pairs.starts[start:stop].ravel()
    lengths = pairs.stops[start:stop].ravel() - starts
    first = np.repeat(np.repeat(np.arange(start, stop), 2), lengths)
    run_begins = np.cumsum(lengths) - lengths
    second = np.arange(int(lengths.sum())) + np.repeat(starts - run_begins, lengths)
    step = pairs.coordinates[first] - pairs.coordinates[second]
    squared = step[:, 0] * step[:, 0] + step[:, 1] * step[:, 1]
    near = squared <= pairs.squared_limits[-1]
    band = np.searchsorted(pairs.squared_limits, squared[near], side="left")
    return PairBlock(
        first[near].astype(np.int32), second[near].astype(np.int32), band.astype(np.uint8)
    )
