"""Replicas of the space-time permutation scan: compiled loops, or NumPy over many replicas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from samverkan.methods import compiled
from samverkan.methods.clusters import scan_loops
from samverkan.methods.clusters.events import FloatArray, IntArray
from samverkan.methods.clusters.zones import Circles

REPLICAS_PER_CHUNK = 8
REPLICAS_PER_BATCH = 128

Periods = npt.NDArray[np.int32]


@dataclass(frozen=True)
class EventScan:
    """A prepared space-time permutation scan; members of circles are events."""

    circles: Circles
    periods: Periods
    running_totals: IntArray
    max_periods: int
    min_cases: int
    is_prospective: bool

    def largest(self, periods: Periods, taken: tuple[IntArray, IntArray], where: IntArray) -> float:
        """The largest ratio among windows that touch nothing taken; ``where`` says which."""
        return float(
            self._loop()(
                (self.circles.step_start, self.circles.member_start, self.circles.members),
                periods,
                self.running_totals,
                self.max_periods,
                self.min_cases,
                taken,
                where,
            )
        )

    def _loop(self) -> Callable[..., float]:
        if not compiled.is_available():
            alive, anywhere = scan_loops.largest_alive_ratio, scan_loops.largest_ratio
        else:
            from samverkan.methods.clusters import scan_kernels

            alive, anywhere = scan_kernels.largest_alive_ratio, scan_kernels.largest_ratio
        return alive if self.is_prospective else anywhere


def nothing_taken(n_centres: int) -> tuple[IntArray, IntArray]:
    """No cluster to stay clear of."""
    return np.empty((0, n_centres), np.int64), np.empty((0, 2), np.int64)


def permuted_maxima(
    scan: EventScan, n_simulations: int, key: np.uint64, n_threads: int | None
) -> FloatArray:
    """The largest ratio of each replica, in which the periods are shuffled over the events."""
    if n_simulations == 0:
        return np.empty(0)
    ordered = np.sort(scan.periods)
    keys = compiled.stream_keys(key, np.arange(n_simulations))
    if not compiled.is_available():
        run = _batch_runner(scan, ordered, keys)
        size = REPLICAS_PER_BATCH
    else:
        run = _chunk_runner(scan, ordered, keys)
        size = REPLICAS_PER_CHUNK
    chunks = compiled.split_range(n_simulations, size)
    return np.concatenate(compiled.map_chunks(run, chunks, n_threads=n_threads))


Runner = Callable[[tuple[int, int]], FloatArray]


def _chunk_runner(scan: EventScan, ordered: Periods, keys: npt.NDArray[np.uint64]) -> Runner:
    from samverkan.methods.compiled_random import shuffle

    free = nothing_taken(scan.circles.n_centres)

    def run(replicas: tuple[int, int]) -> FloatArray:
        maxima, where = np.empty(replicas[1] - replicas[0]), np.zeros(5, np.int64)
        for place, key in enumerate(keys[replicas[0] : replicas[1]]):
            drawn = ordered.copy()
            shuffle(drawn, key)
            maxima[place] = scan.largest(drawn, free, where)
        return maxima

    return run


def _batch_runner(scan: EventScan, ordered: Periods, keys: npt.NDArray[np.uint64]) -> Runner:
    evaluate = _alive_by_numpy if scan.is_prospective else _anywhere_by_numpy

    def run(replicas: tuple[int, int]) -> FloatArray:
        rows = compiled.permutations(len(ordered), keys[replicas[0] : replicas[1]])
        return evaluate(scan, ordered[rows].T)

    return run


def _anywhere_by_numpy(scan: EventScan, drawn: Periods) -> FloatArray:
    """All replicas (columns of ``drawn``) side by side: the windows around each added case."""
    width, n_events, n_lanes = scan.max_periods, len(scan.periods), drawn.shape[1]
    totals = np.pad(scan.running_totals, width, mode="edge")
    lanes = np.arange(n_lanes)
    firsts, lasts = np.nonzero(np.tri(width, dtype=bool))
    around = np.arange(1 - width, width + 1)
    best = np.zeros(n_lanes)
    for members, added, is_new_centre in each_step(scan.circles):
        if is_new_centre:
            counts = np.zeros((n_lanes, len(totals) + 1), np.int64)
        for member in added:
            counts[lanes, drawn[member] + width] += 1
        for member in added:
            columns = drawn[member][:, None] + width + around
            before = np.cumsum(counts[lanes[:, None], columns], axis=1)
            before -= counts[lanes[:, None], columns]
            in_time = totals[columns[:, lasts + width]] - totals[columns[:, firsts]]
            cases = before[:, lasts + width] - before[:, firsts]
            update_best(best, cases, members * in_time, n_events, scan.min_cases)
    return best


def _alive_by_numpy(scan: EventScan, drawn: Periods) -> FloatArray:
    n_events, n_lanes = len(scan.periods), drawn.shape[1]
    n_periods = len(scan.running_totals) - 1
    earliest = max(n_periods - scan.max_periods, 0)
    in_time = n_events - scan.running_totals[earliest:n_periods]
    best = np.zeros(n_lanes)
    for members, added, is_new_centre in each_step(scan.circles):
        if is_new_centre:
            since = np.zeros((n_lanes, n_periods - earliest), np.int64)
        news = drawn[added].T - earliest
        if (news >= 0).any():
            starts = np.arange(n_periods - earliest)
            since += (news[:, :, None] >= starts).sum(axis=1)
            update_best(best, since, members * in_time[None, :], n_events, scan.min_cases)
    return best


def each_step(circles: Circles) -> Any:
    """Members of the circle after each step, the members added, whether the centre is new."""
    for centre in range(circles.n_centres):
        begin = circles.member_start[circles.step_start[centre]]
        for step in range(circles.step_start[centre], circles.step_start[centre + 1]):
            start, stop = circles.member_start[step], circles.member_start[step + 1]
            is_new_centre = step == circles.step_start[centre]
            yield int(stop - begin), circles.members[start:stop], is_new_centre


def update_best(
    best: FloatArray, cases: IntArray, product: IntArray, n_events: int, min_cases: int
) -> None:
    """Raise ``best`` where a row's windows beat it; ``product`` is expected cases x events."""
    lane, window = np.nonzero((cases >= min_cases) & (cases * n_events > product))
    inside = cases[lane, window].astype(np.float64)
    expected = np.broadcast_to(product, cases.shape)[lane, window] / n_events
    rest = n_events - inside
    ratio = inside * np.log(inside / expected)
    ratio += rest * np.log(
        np.where(rest > 0, rest, 1.0) / np.where(rest > 0, n_events - expected, 1.0)
    )
    np.maximum.at(best, lane, ratio)
