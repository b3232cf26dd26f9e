"""The Knox test counts near pairs, knows their exact moments, and never depends on how it ran."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from samverkan.methods import clusters, compiled
from samverkan.methods.clusters import near_pairs
from samverkan.methods.clusters.tests.patterns import scattered
from samverkan.methods.errors import MethodError


def knox(east, north, days, **more):
    settings = {"space_threshold": 100, "time_threshold": 5, "n_simulations": 99, "seed": 1}
    return clusters.knox(east, north, days, **{**settings, **more})


def pairs_by_hand(east, north, days, space, time):
    apart = np.hypot(east[:, None] - east, north[:, None] - north) <= space + 1e-9
    soon = np.abs(days[:, None] - days) <= time + 1e-9
    return int(np.triu(apart & soon, 1).sum())


def test_pairs_at_exactly_the_thresholds_are_near():
    answer = knox([0, 100, 200.1], [0, 0, 0], [1, 6, 6])
    assert (answer.observed_pairs, answer.pairs_in_space, answer.pairs_in_time) == (1, 1, 3)


@pytest.mark.parametrize("scale", [1.0, 0.1])
def test_pairs_are_those_that_a_full_table_of_distances_gives(scale):
    east, north, days = scattered(200)
    answer = knox(east, north, days * scale, time_threshold=5 * scale)
    assert answer.observed_pairs == pairs_by_hand(east, north, days * scale, 100, 5 * scale)


def test_mean_variance_and_p_value_are_those_of_all_permutations():
    east, north, days = scattered(6, seed=8, n_days=8, side=200)
    counts = np.array(
        [
            pairs_by_hand(east, north, np.array(order), 100, 2)
            for order in itertools.permutations(days)
        ]
    )
    answer = knox(east, north, days, time_threshold=2, n_simulations=9999)
    assert answer.expected_pairs == pytest.approx(counts.mean())
    assert answer.variance_pairs == pytest.approx(counts.var())
    exact = (counts >= answer.observed_pairs).mean()
    assert answer.p_value == pytest.approx(exact, abs=4.5 * np.sqrt(exact * (1 - exact) / 9999))


def test_simulated_pairs_have_the_exact_mean_and_variance():
    east, north, days = scattered(300)
    answer = knox(east, north, days, n_simulations=2000)
    spread = np.sqrt(answer.variance_pairs / 2000)
    assert answer.simulated_pairs.mean() == pytest.approx(answer.expected_pairs, abs=4.5 * spread)
    assert answer.simulated_pairs.var() == pytest.approx(answer.variance_pairs, rel=0.2)


def test_repeated_events_are_noticed_and_scattered_ones_are_not():
    east, north, days = scattered(150)
    again = [np.append(values, values[:40]) for values in (east, north)]
    answer = knox(*again, np.append(days, days[:40] + 1), n_simulations=999)
    assert answer.p_value == pytest.approx(0.001)
    assert answer.ratio > 1.5
    assert answer.standardised > 5
    assert knox(*scattered(150, seed=3)).p_value > 0.05


@pytest.mark.parametrize("scale", [1, 0.5])
def test_neither_numba_nor_threads_nor_blocks_change_the_answer(scale, monkeypatch):
    east, north, days = scattered(120)
    settings = {"time_threshold": 5 * scale, "n_simulations": 150}
    expected = knox(east, north, days * scale, **settings).simulated_pairs
    one_thread = knox(east, north, days * scale, n_threads=1, **settings)
    assert np.array_equal(one_thread.simulated_pairs, expected)
    with compiled.without_numba():
        plain = knox(east, north, days * scale, **settings)
    assert np.array_equal(plain.simulated_pairs, expected)
    monkeypatch.setattr(near_pairs, "CANDIDATES_PER_BLOCK", 50)
    monkeypatch.setattr(near_pairs, "CANDIDATES_KEPT_IN_MEMORY", 100)
    streamed = knox(east, north, days * scale, **settings)
    assert np.array_equal(streamed.simulated_pairs, expected)


def test_a_seed_repeats_and_another_seed_differs():
    east, north, days = scattered(120)
    first = knox(east, north, days).simulated_pairs
    assert np.array_equal(first, knox(east, north, days).simulated_pairs)
    assert not np.array_equal(first, knox(east, north, days, seed=2).simulated_pairs)
    generator = knox(east, north, days, seed=np.random.default_rng(7)).simulated_pairs
    again = knox(east, north, days, seed=np.random.default_rng(7)).simulated_pairs
    assert np.array_equal(generator, again)


def test_one_event_has_no_pairs_and_a_p_value_of_one():
    answer = knox([5.0], [5.0], [1])
    assert (answer.observed_pairs, answer.expected_pairs, answer.p_value) == (0, 0, 1)
    assert np.isnan(answer.ratio)
    assert np.isnan(answer.standardised)


@pytest.mark.parametrize("n_events", [2, 3, 40])
def test_all_events_in_one_place_can_never_surprise(n_events):
    answer = knox(np.full(n_events, 7.0), np.full(n_events, 9.0), np.arange(n_events))
    assert answer.observed_pairs == answer.expected_pairs == answer.pairs_in_time
    assert (answer.variance_pairs, answer.p_value) == (0, 1)


def test_without_replicas_the_p_value_is_one_and_the_moments_stand():
    east, north, days = scattered(50)
    answer = knox(east, north, days, n_simulations=0)
    assert (answer.p_value, answer.n_simulations) == (1, 0)
    assert answer.expected_pairs > 0


def test_dates_of_numpy_are_days():
    east, north, days = scattered(60)
    dates = np.datetime64("2025-03-01") + days.astype("timedelta64[D]")
    assert knox(east, north, dates).p_value == knox(east, north, days).p_value


def test_long_spans_count_as_short_ones():
    east, north, days = scattered(80)
    answer = knox(east, north, np.append(days[:-1], 60_000))
    by_hand = pairs_by_hand(east, north, np.append(days[:-1], 60_000), 100, 5)
    assert answer.observed_pairs == by_hand


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"east": [1.0, np.nan]}, "east"),
        ({"north": [1.0, np.inf]}, "north"),
        ({"days": [1.0, np.nan]}, "days"),
        ({"days": np.array(["2025-01-01", "NaT"], "datetime64[D]")}, "days"),
        ({"east": [1.0]}, "equal length"),
        ({"days": [1, 2, 3]}, "days"),
        ({"east": ["a", "b"]}, "numbers"),
        ({"east": [[1.0, 2.0]]}, "one dimension"),
        ({"east": [], "north": [], "days": []}, "at least one event"),
        ({"space_threshold": -1}, "space_threshold"),
        ({"time_threshold": np.nan}, "time_threshold"),
        ({"n_simulations": 2.5}, "n_simulations"),
        ({"n_simulations": -1}, "n_simulations"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_name(change, complaint):
    arguments = {"east": [0.0, 1.0], "north": [0.0, 1.0], "days": [1, 2], **change}
    with pytest.raises(MethodError, match=complaint):
        knox(**arguments)


def test_a_crowd_too_dense_to_pair_is_refused(monkeypatch):
    monkeypatch.setattr(near_pairs, "MOST_CANDIDATES", 10)
    with pytest.raises(MethodError, match="smaller bands"):
        knox(np.zeros(20), np.zeros(20), np.zeros(20))


def test_the_poisson_approximation_counts_the_observed_value_itself():
    answer = knox([0, 1, 5000], [0, 0, 0], [1, 2, 50])
    assert answer.observed_pairs == 1
    mean = answer.expected_pairs
    assert answer.poisson_p_value == pytest.approx(1 - np.exp(-mean))
    assert answer.poisson_p_value_as_released == pytest.approx(1 - np.exp(-mean) * (1 + mean))
    assert knox([0, 5000], [0, 0], [1, 2]).poisson_p_value == 1
