"""Exact mean and variance of the number of pairs near in space and time, over all permutations.

Source: Mantel (1967), The detection of disease clustering and a generalized regression approach,
Cancer Research 27; for two graphs on the same events as in Barton and David (1966).
"""

from __future__ import annotations

import numpy as np

from samverkan.methods.clusters.events import FloatArray


def permutation_mean(pairs_in_space: FloatArray, pairs_in_time: FloatArray, n: int) -> FloatArray:
    """Expected joint pairs, shape (n_space, n_time), when times are shuffled over events."""
    if n < 2:
        return np.zeros((len(pairs_in_space), len(pairs_in_time)))
    return np.outer(pairs_in_space, pairs_in_time) / (n * (n - 1) / 2.0)


def permutation_variance(
    space_neighbours: FloatArray,
    time_neighbours: FloatArray,
    squared_closeness: FloatArray,
    n: int,
) -> FloatArray:
    """Variance of the joint pairs, shape (n_space, n_time).

    ``space_neighbours`` (n_space, n) and ``time_neighbours`` (n_time, n) say how many others each
    event is near; ``squared_closeness`` (n_time,) is the sum over pairs of the square of their
    closeness in time (for exact times simply the number of close pairs).

    A product of two pairs is the same pair twice, two pairs that share an event, or two that
    share none; each kind is averaged over all places that a permutation can put it.
    """
    shape = (len(space_neighbours), len(time_neighbours))
    if n < 2:
        return np.zeros(shape)
    in_space, in_time = space_neighbours.sum(axis=1) / 2.0, time_neighbours.sum(axis=1) / 2.0
    mean = permutation_mean(in_space, in_time, n)
    same = permutation_mean(in_space, squared_closeness, n)
    joined_space = (space_neighbours**2).sum(axis=1) - 2.0 * in_space
    joined_time = (time_neighbours**2).sum(axis=1) - 2.0 * squared_closeness
    joined = np.outer(joined_space, joined_time) / max(n * (n - 1.0) * (n - 2.0), 1.0)
    apart_space = in_space**2 - in_space - joined_space
    apart_time = in_time**2 - squared_closeness - joined_time
    places = n * (n - 1.0) * (n - 2.0) * (n - 3.0) / 4.0
    apart = np.outer(apart_space, apart_time) / max(places, 1.0)
    return np.maximum(same + joined + apart - mean**2, 0.0)
