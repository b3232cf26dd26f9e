"""Chains of near repeats: events linked, one to the next, by nearness in space and time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from samverkan.methods.clusters.events import IntArray, as_days, as_points, as_threshold
from samverkan.methods.clusters.near_pairs import find_near_pairs
from samverkan.methods.clusters.time_labels import exact_times


def near_repeat_chains(
    east: npt.ArrayLike,
    north: npt.ArrayLike,
    days: npt.ArrayLike,
    *,
    space_threshold: float,
    time_threshold: float,
) -> IntArray:
    """Number the chain that each event belongs to.

    Question answered: which events hang together, each near another of them in space and time?
    Shapes and units: as `knox`; the answer is (n,), chains numbered from 0 by their first row.
    Guarantees: an event near no other is a chain of its own. Not a test: chains also arise by
    chance; `knox` and `near_repeat` say whether there are more than that.
    Errors: as `knox`.
    Source: Haberman and Ratcliffe (2012), The predictive policing challenges of near repeat
    armed street robberies, Policing 6.
    """
    points = as_points(east, north)
    n_events = len(points.coordinates)
    limit = as_threshold(space_threshold, "space_threshold")
    limits = np.array([as_threshold(time_threshold, "time_threshold")])
    times = exact_times(as_days(days, n_events), limits)
    pairs = find_near_pairs(points, np.array([limit]))
    values, allowed = times.values.astype(np.float64)[pairs.order], float(times.limits[0])
    ends = [
        np.stack([block.first, block.second])[
            :, np.abs(values[block.first] - values[block.second]) <= allowed
        ]
        for block in pairs.each_block()
    ]
    first, second = pairs.order[np.concatenate(ends, axis=1)]
    links = coo_array((np.ones(len(first), bool), (first, second)), shape=(n_events, n_events))
    _, chain = connected_components(links, directed=False)
    _, first_row, number = np.unique(chain, return_index=True, return_inverse=True)
    rank = np.empty(len(first_row), np.int64)
    rank[np.argsort(first_row)] = np.arange(len(first_row))
    return rank[number.reshape(-1)]
