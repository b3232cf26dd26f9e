"""Tables of near pairs by band of space and band of time, as observed and as permuted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from samverkan.methods import compiled
from samverkan.methods.clusters.events import FloatArray, IntArray
from samverkan.methods.clusters.moments import permutation_mean, permutation_variance
from samverkan.methods.clusters.near_pairs import NearPairs
from samverkan.methods.clusters.time_labels import DayWindows, Labels, TimeLabels, window_shares

REPLICAS_PER_BATCH = 64


@dataclass(frozen=True)
class PairTable:
    """Counts by band of space (rows) and band of time (columns), and what chance gives."""

    observed: FloatArray
    expected: FloatArray
    variance: FloatArray
    simulated: FloatArray
    """Shape (n_simulations, n_space, n_time)."""
    pairs_in_space: FloatArray
    pairs_in_time: FloatArray


def tabulate(
    pairs: NearPairs, labels: TimeLabels, n_simulations: int, key: np.uint64, n_threads: int | None
) -> PairTable:
    """Count the observed table and its permutations; bands of time are differences of limits."""
    n_events = len(pairs.order)
    space_neighbours = np.zeros((pairs.n_bands, n_events))
    cumulative = np.zeros((pairs.n_bands, len(labels.limits), 1), dtype=np.int64)
    in_grid_order = labels.values[pairs.order][:, None]
    for block in pairs.each_block():
        labels.count(block, in_grid_order, cumulative)
        for band in range(pairs.n_bands):
            inside = block.band == band
            for ends in (block.first[inside], block.second[inside]):
                space_neighbours[band] += np.bincount(ends, minlength=n_events)
    time_neighbours = _differences(labels.close_to_each(), axis=0)
    in_space, in_time = space_neighbours.sum(axis=1) / 2.0, time_neighbours.sum(axis=1) / 2.0
    simulated = _permuted(pairs, labels, n_simulations, key, n_threads)
    return PairTable(
        observed=_differences(cumulative[:, :, 0], axis=1) / labels.unit,
        expected=permutation_mean(in_space, in_time, n_events),
        variance=permutation_variance(
            space_neighbours, time_neighbours, _squared_closeness(labels, in_time), n_events
        ),
        simulated=_differences(simulated, axis=2) / labels.unit,
        pairs_in_space=in_space,
        pairs_in_time=in_time,
    )


def _differences(cumulative: FloatArray | IntArray, *, axis: int) -> FloatArray:
    return np.diff(cumulative, axis=axis, prepend=0).astype(np.float64)


def _squared_closeness(labels: TimeLabels, in_time: FloatArray) -> FloatArray:
    if not isinstance(labels, DayWindows):
        return in_time
    kinds = np.bincount(labels.values, minlength=len(labels.windows)).astype(np.float64)
    sums = np.zeros(len(labels.limits))
    for row, window in enumerate(labels.windows):
        shares = [window_shares(window, labels.windows, int(limit)) for limit in labels.limits]
        squares = (_differences(np.array(shares), axis=0) / labels.unit) ** 2
        sums += kinds[row] * (squares @ kinds - squares[:, row])
    return sums / 2.0


def _permuted(
    pairs: NearPairs, labels: TimeLabels, n_simulations: int, key: np.uint64, n_threads: int | None
) -> IntArray:
    shape = (pairs.n_bands, len(labels.limits))
    if n_simulations == 0:
        return np.zeros((0, *shape), dtype=np.int64)
    ordered = np.ascontiguousarray(labels.values[labels.order()])
    places = canonical_places(pairs)

    def run(replicas: tuple[int, int]) -> IntArray:
        lanes = _shuffled(ordered, places, key, replicas)
        table = np.zeros((*shape, lanes.shape[1]), dtype=np.int64)
        for block in pairs.each_block():
            labels.count(block, lanes, table)
        return np.moveaxis(table, 2, 0)

    batches = compiled.split_range(n_simulations, REPLICAS_PER_BATCH)
    return np.concatenate(compiled.map_chunks(run, batches, n_threads=n_threads))


def canonical_places(pairs: NearPairs) -> IntArray:
    """The rank of each grid position by east, then north: the same however rows are ordered."""
    ranks = np.empty(len(pairs.order), dtype=np.int64)
    by_place = np.lexsort((pairs.coordinates[:, 1], pairs.coordinates[:, 0]))
    ranks[by_place] = np.arange(len(ranks))
    return ranks


def _shuffled(
    ordered: Labels, places: IntArray, key: np.uint64, replicas: tuple[int, int]
) -> Labels:
    n_lanes = replicas[1] - replicas[0]
    if not compiled.is_available():
        keys = compiled.stream_keys(key, np.arange(*replicas))
        rows = compiled.permutations(len(ordered), keys)
        return np.ascontiguousarray(ordered[rows.T[places]])
    from samverkan.methods.clusters import pair_kernels

    lanes = np.empty((len(ordered), n_lanes), ordered.dtype)
    pair_kernels.shuffled_lanes(ordered, places, key, replicas, lanes)
    return lanes
