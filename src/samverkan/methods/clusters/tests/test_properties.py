"""What must hold for any events: moving and reordering them change nothing they should not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.methods import clusters

PLACES = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 15)), min_size=1, max_size=25
)
SHIFTS = st.tuples(
    st.floats(-7e6, 7e6, allow_nan=False),
    st.floats(-7e6, 7e6, allow_nan=False),
    st.integers(-900, 900),
)


def columns(events):
    table = np.array(events, dtype=float)
    return table[:, 0] * 10.0, table[:, 1] * 10.0, table[:, 2]


def moved(events, shift):
    return tuple(values + by for values, by in zip(columns(events), shift, strict=True))


def knox(*events):
    return clusters.knox(*events, space_threshold=20, time_threshold=3, n_simulations=19, seed=1)


def scan(*events):
    return clusters.space_time_permutation_scan(
        *events, max_radius=30, max_days=4, n_simulations=9, seed=1
    )


@settings(max_examples=60, deadline=None)
@given(PLACES, SHIFTS)
def test_moving_everything_changes_no_pair_and_no_p_value(events, shift):
    first, other = knox(*columns(events)), knox(*moved(events, shift))
    assert first.observed_pairs == other.observed_pairs
    assert np.array_equal(first.simulated_pairs, other.simulated_pairs)


@settings(max_examples=40, deadline=None)
@given(PLACES, SHIFTS)
def test_moving_everything_moves_the_clusters_and_nothing_else(events, shift):
    first, other = scan(*columns(events)), scan(*moved(events, shift))
    assert np.array_equal(first.simulated_maxima, other.simulated_maxima)
    assert len(first.clusters) == len(other.clusters)
    for ours, theirs in zip(first.clusters, other.clusters, strict=True):
        assert ours.log_likelihood_ratio == theirs.log_likelihood_ratio
        assert np.array_equal(ours.event_indices, theirs.event_indices)
        assert theirs.first_day - ours.first_day == shift[2]
        assert theirs.centre[0] - ours.centre[0] == pytest.approx(shift[0], abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(PLACES, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(events, random):
    shuffled = list(events)
    random.shuffle(shuffled)
    assert np.array_equal(
        knox(*columns(events)).simulated_pairs, knox(*columns(shuffled)).simulated_pairs
    )
    first, other = scan(*columns(events)), scan(*columns(shuffled))
    assert np.array_equal(first.simulated_maxima, other.simulated_maxima)
    assert [c.log_likelihood_ratio for c in first.clusters] == [
        c.log_likelihood_ratio for c in other.clusters
    ]


@settings(max_examples=40, deadline=None)
@given(PLACES)
def test_wider_limits_never_lose_a_pair_and_moments_stay_possible(events):
    east, north, days = columns(events)
    counts = []
    for space, time in ((10, 2), (20, 2), (20, 5), (500, 100)):
        answer = clusters.knox(
            east, north, days, space_threshold=space, time_threshold=time, n_simulations=0, seed=1
        )
        counts.append(answer.observed_pairs)
        assert answer.variance_pairs >= 0
        assert answer.observed_pairs <= min(answer.pairs_in_space, answer.pairs_in_time)
    assert counts == sorted(counts)
    n_events = len(events)
    assert counts[-1] == n_events * (n_events - 1) / 2


@settings(max_examples=40, deadline=None)
@given(PLACES)
def test_a_ratio_is_never_above_what_all_its_cases_could_give(events):
    result = scan(*columns(events))
    for cluster in result.clusters:
        bound = cluster.observed * np.log(cluster.observed / cluster.expected)
        assert 0 < cluster.log_likelihood_ratio <= bound + 1e-9
        assert cluster.expected < cluster.observed
