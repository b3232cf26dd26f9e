"""The near-repeat table sorts pairs into bands and judges each of them and all together."""

from __future__ import annotations

import numpy as np
import pytest

from samverkan.methods import clusters, compiled
from samverkan.methods.clusters import BandEnd
from samverkan.methods.clusters.tests.patterns import scattered
from samverkan.methods.errors import MethodError


def table_of(east, north, days, **more):
    settings = {
        "space_bands": [100, 200],
        "time_bands": [7, 14, 28],
        "n_simulations": 99,
        "seed": 1,
    }
    return clusters.near_repeat(east, north, days, **{**settings, **more})


def test_repeats_at_the_same_place_are_a_row_of_their_own():
    table = table_of([0, 0, 60, 180], [0, 0, 0, 0], [1, 3, 10, 30])
    assert table.observed.tolist() == [[1, 0, 0], [1, 1, 0], [0, 0, 2]]
    assert table.space_bands.tolist() == [[0, 0], [0, 100], [100, 200]]
    assert table.time_bands.tolist() == [[0, 7], [7, 14], [14, 28]]


def test_a_wider_same_place_takes_the_near_ones_with_it():
    table = table_of([0, 0, 60, 180], [0, 0, 0, 0], [1, 3, 10, 30], same_place_distance=60)
    assert table.observed[:2].tolist() == [[2, 1, 0], [0, 0, 0]]


def test_a_limit_belongs_to_the_band_that_it_ends_unless_asked_otherwise():
    east, north, days = [0.0, 100.0], [0.0, 0.0], [0, 7]
    assert table_of(east, north, days).observed.tolist() == [[0, 0, 0], [1, 0, 0], [0, 0, 0]]
    lower = table_of(east, north, days, space_end=BandEnd.LOWER, time_end=BandEnd.LOWER)
    assert lower.observed.tolist() == [[0, 0, 0], [0, 0, 0], [0, 1, 0]]


def test_a_leading_zero_among_the_limits_means_nothing():
    events = scattered(80)
    plain = table_of(*events)
    zeros = table_of(*events, space_bands=[0, 100, 200], time_bands=[0, 7, 14, 28])
    assert np.array_equal(plain.observed, zeros.observed)
    assert np.array_equal(plain.p_value, zeros.p_value)


def test_cells_add_up_to_the_knox_counts():
    events = scattered(200)
    table = table_of(*events)
    knox = clusters.knox(*events, space_threshold=200, time_threshold=28, seed=1)
    assert table.observed.sum() == knox.observed_pairs
    assert table.expected.sum() == pytest.approx(knox.expected_pairs)


def test_a_single_cell_has_the_moments_of_the_knox_test():
    events = scattered(150)
    table = table_of(*events, space_bands=[150], time_bands=[10])
    knox = clusters.knox(*events, space_threshold=150, time_threshold=10, seed=1)
    both = table.observed.sum()
    assert both == knox.observed_pairs
    only = table_of(*events, space_bands=[5000], same_place_distance=150, time_bands=[10])
    assert only.variance[0, 0] == pytest.approx(knox.variance_pairs)


def test_planted_near_repeats_raise_the_near_cells_only():
    east, north, days = scattered(300, n_days=300, side=3000)
    again = (np.append(east, east[:60] + 50), np.append(north, north[:60]))
    table = table_of(*again, np.append(days, days[:60] + 3), n_simulations=499)
    assert table.p_value[1, 0] == table.adjusted_p_value[1, 0] == pytest.approx(0.002)
    assert table.ratio[1, 0] > 3
    assert table.ratio_to_median[1, 0] > 3
    assert (table.adjusted_p_value[:, 1:] > 0.05).all()
    assert (table.adjusted_p_value >= table.p_value - 1e-12).sum() >= 8


def test_ties_count_in_both_tails():
    table = table_of([0.0, 5000.0], [0.0, 0.0], [0, 1])
    assert (table.p_value == 1).all()
    assert (table.lower_p_value == 1).all()
    assert np.isnan(table.ratio).all()


def test_neither_numba_nor_threads_change_the_table():
    events = scattered(120)
    expected = table_of(*events)
    with compiled.without_numba():
        plain = table_of(*events)
    single = table_of(*events, n_threads=1)
    for other in (plain, single):
        for name in ("observed", "p_value", "lower_p_value", "adjusted_p_value"):
            assert np.array_equal(getattr(expected, name), getattr(other, name))


def test_one_event_and_no_replicas_give_an_empty_table():
    table = table_of([1.0], [1.0], [1], n_simulations=0)
    assert table.observed.sum() == table.expected.sum() == 0
    assert (table.p_value == 1).all()
    assert np.isnan(table.ratio_to_median).all()


@pytest.mark.parametrize(
    "change",
    [
        {"space_bands": [200, 100]},
        {"space_bands": []},
        {"time_bands": [-1, 7]},
        {"time_bands": [7, np.nan]},
        {"space_bands": [50, 100], "same_place_distance": 50},
        {"same_place_distance": -1},
    ],
)
def test_bands_that_make_no_sense_are_refused(change):
    with pytest.raises(MethodError):
        table_of([0.0, 1.0], [0.0, 1.0], [0, 1], **change)


def test_the_adjusted_p_value_keeps_its_promise_for_the_whole_table():
    smallest = [
        table_of(*scattered(60, seed=seed), n_simulations=39, seed=seed).adjusted_p_value.min()
        for seed in range(200)
    ]
    share = np.mean(np.array(smallest) <= 0.1)
    assert share <= 0.1 + 3 * np.sqrt(0.1 * 0.9 / 200)
