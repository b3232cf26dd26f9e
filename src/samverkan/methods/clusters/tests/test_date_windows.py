"""Events known only by a window of days count by the chance that they were close."""

from __future__ import annotations

import numpy as np
import pytest

from samverkan.methods import clusters, compiled
from samverkan.methods.clusters.tests.patterns import scattered
from samverkan.methods.clusters.time_labels import WINDOW_UNIT, window_shares
from samverkan.methods.errors import MethodError


def share_by_hand(one, other, limit):
    days = np.arange(one[0], one[0] + one[1])[:, None] - np.arange(other[0], other[0] + other[1])
    return (np.abs(days) <= limit).mean()


@pytest.mark.parametrize("limit", [0, 1, 6, 30])
def test_the_share_of_close_days_is_counted_day_by_day(limit):
    generator = np.random.default_rng(1)
    for _ in range(200):
        one, other = np.column_stack([generator.integers(0, 30, 2), generator.integers(1, 20, 2)])
        share = window_shares(one, other, limit) / WINDOW_UNIT
        assert share == pytest.approx(share_by_hand(one, other, limit), abs=1e-7)


def test_windows_of_one_day_are_exact_days():
    events = scattered(100)
    settings = {"space_threshold": 150, "time_threshold": 6, "n_simulations": 99, "seed": 1}
    exact = clusters.knox(*events, **settings)
    windows = clusters.knox(*events, last_days=events[2], **settings)
    assert windows.observed_pairs == exact.observed_pairs
    assert windows.expected_pairs == pytest.approx(exact.expected_pairs)
    assert windows.variance_pairs == pytest.approx(exact.variance_pairs)
    assert np.array_equal(windows.simulated_pairs, exact.simulated_pairs)


def test_a_pair_that_may_or_may_not_be_close_counts_in_part():
    answer = clusters.knox(
        [0, 0], [0, 0], [0, 5], last_days=[3, 5], space_threshold=1, time_threshold=3, seed=1
    )
    assert answer.observed_pairs == pytest.approx(0.5)


def test_moments_and_replicas_of_windows_agree():
    east, north, days = scattered(120)
    lengths = np.random.default_rng(5).integers(0, 9, 120)
    answer = clusters.knox(
        east,
        north,
        days,
        last_days=days + lengths,
        space_threshold=150,
        time_threshold=6,
        n_simulations=2000,
        seed=1,
    )
    error = np.sqrt(answer.variance_pairs / 2000)
    assert answer.simulated_pairs.mean() == pytest.approx(answer.expected_pairs, abs=4.5 * error)
    assert answer.simulated_pairs.var() == pytest.approx(answer.variance_pairs, rel=0.2)


def test_tables_of_windows_do_not_depend_on_numba_and_keep_all_pairs():
    east, north, days = scattered(80)
    last = days + np.random.default_rng(5).integers(0, 9, 80)
    settings = {"space_bands": [100, 300], "time_bands": [5, 200], "seed": 1, "n_simulations": 70}
    table = clusters.near_repeat(east, north, days, last_days=last, **settings)
    exact = clusters.near_repeat(east, north, days, **settings)
    assert table.observed.sum(axis=1) == pytest.approx(exact.observed.sum(axis=1))
    with compiled.without_numba():
        plain = clusters.near_repeat(east, north, days, last_days=last, **settings)
    assert np.array_equal(table.observed, plain.observed)
    assert np.array_equal(table.p_value, plain.p_value)


@pytest.mark.parametrize(
    ("first", "last"), [([0.5, 1], [1, 2]), ([0, 5], [1, 4]), ([0, 0], [20_000, 1])]
)
def test_windows_that_make_no_sense_are_refused(first, last):
    with pytest.raises(MethodError):
        clusters.knox(
            [0, 1], [0, 1], first, last_days=last, space_threshold=1, time_threshold=1, seed=1
        )
