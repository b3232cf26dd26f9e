"""The space-time permutation scan finds the best window, and says how surprising it is."""

from __future__ import annotations

import numpy as np
import pytest

from samverkan.methods import clusters, compiled
from samverkan.methods.clusters.tests.patterns import scattered, with_outbreak
from samverkan.methods.errors import MethodError


def scan(east, north, days, **more):
    settings = {"max_radius": 150, "max_days": 7, "n_simulations": 99, "seed": 1}
    return clusters.space_time_permutation_scan(east, north, days, **{**settings, **more})


def best_by_hand(east, north, days, radius, max_days, *, prospective=False):
    """Every circle around an event and every run of days, one by one."""
    n_events, best = len(east), 0.0
    for centre in range(n_events):
        apart = np.round(np.hypot(east - east[centre], north - north[centre]), 6)
        for limit in np.unique(apart[apart <= radius]):
            inside = apart <= limit
            if inside.sum() > n_events / 2:
                break
            for first in np.unique(days):
                for last in np.unique(days[(days >= first) & (days < first + max_days)]):
                    final = days.max() if prospective else last
                    if final - first >= max_days:
                        continue
                    window = (days >= first) & (days <= final)
                    count = (inside & window).sum()
                    expected = inside.sum() * window.sum() / n_events
                    if count < 2 or count <= expected:
                        continue
                    ratio = count * np.log(count / expected)
                    if count < n_events:
                        rest = n_events - count
                        ratio += rest * np.log(rest / (n_events - expected))
                    best = max(best, ratio)
    return best


@pytest.mark.parametrize("prospective", [False, True])
@pytest.mark.parametrize("max_days", [3, 20])
def test_the_largest_ratio_is_the_one_that_every_window_one_by_one_gives(prospective, max_days):
    events = scattered(60, n_days=40)
    result = scan(*events, max_days=max_days, prospective=prospective, n_simulations=0)
    expected = best_by_hand(*events, 150, max_days, prospective=prospective)
    assert result.clusters[0].log_likelihood_ratio == pytest.approx(expected, rel=1e-12)


def test_many_cases_at_few_places_are_searched_in_full():
    generator = np.random.default_rng(4)
    place = generator.integers(0, 8, 160)
    events = (place * 60.0, (place % 3) * 45.0, generator.integers(0, 12, 160))
    result = scan(*events, max_days=5, n_simulations=0)
    expected = best_by_hand(*events, 150, 5)
    assert result.clusters[0].log_likelihood_ratio == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("prospective", [False, True])
def test_a_planted_outbreak_is_found_with_its_events(prospective):
    result = scan(*with_outbreak(), prospective=prospective, n_simulations=199)
    best = result.clusters[0]
    assert best.p_value == pytest.approx(0.005)
    assert best.gumbel_p_value < 0.005
    assert set(best.event_indices) <= set(best.location_indices)
    assert len(set(best.event_indices) & set(range(150, 166))) >= 10
    assert best.observed == len(best.event_indices)
    assert np.hypot(best.centre[0] - 400_500, best.centre[1] - 6_600_500) < 150
    assert 48 <= best.first_day <= best.last_day <= 59
    assert best.ratio > 3
    assert best.relative_risk > best.ratio


def test_events_of_a_cluster_lie_in_its_circle_and_days():
    east, north, days = with_outbreak()
    for cluster in scan(east, north, days).clusters:
        rows = cluster.event_indices
        apart = np.hypot(east - cluster.centre[0], north - cluster.centre[1])
        is_inside = apart <= cluster.radius + 1e-6
        assert np.array_equal(np.flatnonzero(is_inside), cluster.location_indices)
        in_time = (days >= cluster.first_day) & (days <= cluster.last_day)
        assert np.array_equal(np.flatnonzero(is_inside & in_time), rows)
        assert cluster.expected == pytest.approx(is_inside.sum() * in_time.sum() / len(days))


def test_clusters_fall_in_ratio_and_none_meets_another_in_place_and_time():
    result = scan(*with_outbreak(), n_simulations=0)
    ratios = [cluster.log_likelihood_ratio for cluster in result.clusters]
    assert ratios == sorted(ratios, reverse=True)
    for number, cluster in enumerate(result.clusters):
        for other in result.clusters[:number]:
            apart = cluster.first_day > other.last_day or cluster.last_day < other.first_day
            assert apart or not set(cluster.location_indices) & set(other.location_indices)


@pytest.mark.parametrize("prospective", [False, True])
def test_neither_numba_nor_threads_change_the_answer(prospective):
    events = with_outbreak(60)
    settings = {"prospective": prospective, "n_simulations": 40}
    expected = scan(*events, **settings)
    one_thread = scan(*events, n_threads=1, **settings)
    with compiled.without_numba():
        plain = scan(*events, **settings)
    for other in (one_thread, plain):
        assert other.simulated_maxima == pytest.approx(expected.simulated_maxima, rel=1e-12)
        assert len(other.clusters) == len(expected.clusters)
        for ours, theirs in zip(expected.clusters, other.clusters, strict=True):
            assert ours.p_value == theirs.p_value
            assert ours.log_likelihood_ratio == pytest.approx(
                theirs.log_likelihood_ratio, rel=1e-12
            )
            assert np.array_equal(ours.event_indices, theirs.event_indices)


def test_equal_distances_enter_together_so_that_rows_may_come_in_any_order():
    east, north, days = scattered(150, side=200)
    order = np.random.default_rng(9).permutation(150)
    first, other = scan(east, north, days), scan(east[order], north[order], days[order])
    assert np.array_equal(first.simulated_maxima, other.simulated_maxima)
    for ours, theirs in zip(first.clusters, other.clusters, strict=True):
        assert ours.log_likelihood_ratio == theirs.log_likelihood_ratio
        assert np.array_equal(np.sort(order[theirs.event_indices]), ours.event_indices)


def test_one_by_one_the_order_of_rows_matters_as_in_the_reference_program():
    east, north, days = scattered(150, side=100)
    order = np.random.default_rng(9).permutation(150)
    settings = {"ties": "file_order", "n_simulations": 0}
    first = scan(east, north, days, **settings)
    other = scan(east[order], north[order], days[order], **settings)
    ratios = [[c.log_likelihood_ratio for c in result.clusters] for result in (first, other)]
    assert ratios[0] != ratios[1]
    by_place = [
        scan(*events, ties=clusters.Ties.COORDINATE_ORDER, n_simulations=0)
        for events in ((east, north, days), (east[order], north[order], days[order]))
    ]
    ratios = [[c.log_likelihood_ratio for c in result.clusters] for result in by_place]
    assert ratios[0] == ratios[1]


def test_false_alarms_are_as_rare_as_promised():
    smallest = [
        scan(*scattered(40, seed=seed, n_days=20), n_simulations=19, seed=seed)
        for seed in range(200)
    ]
    p_values = np.array([r.clusters[0].p_value if r.clusters else 1.0 for r in smallest])
    assert (p_values <= 0.1).mean() <= 0.1 + 3 * np.sqrt(0.1 * 0.9 / 200)


def test_periods_of_a_week_are_counted_back_from_the_end_of_the_study():
    result = scan(
        [0, 0, 0, 900, 900, 900],
        [0, 0, 0, 900, 900, 900],
        [1, 2, 20, 9, 10, 15],
        days_per_period=7,
        max_days=7,
        first_day=0,
        last_day=20,
        n_simulations=0,
    )
    assert [(c.first_day, c.last_day) for c in result.clusters] == [(0, 6), (7, 13)]
    assert (result.first_day, result.last_day, result.n_cases) == (0, 20, 6)


def test_centres_may_be_given():
    east, north, days = with_outbreak()
    result = scan(east, north, days, centres=([400_500], [6_600_500]))
    assert {cluster.centre for cluster in result.clusters} == {(400_500, 6_600_500)}
    assert result.clusters[0].p_value == pytest.approx(0.01)


def test_on_the_sphere_a_degree_of_longitude_is_shorter_in_the_north():
    settings = {"geometry": clusters.Geometry.SPHERE, "n_simulations": 0, "max_share": 1.0}
    for latitude, is_near in ((0.0, False), (60.0, True)):
        result = scan(
            [18.0, 19.0, 25.0, 28.0], [latitude] * 4, [1, 1, 9, 20], max_radius=60_000, **settings
        )
        assert bool(result.clusters) is is_near
    assert result.clusters[0].radius == pytest.approx(55_597, rel=1e-3)


@pytest.mark.parametrize(
    "events",
    [
        ([5.0], [5.0], [1]),
        ([5.0] * 30, [7.0] * 30, list(range(30))),
        (list(range(30)), [0.0] * 30, [4] * 30),
        ([1.0, 1.0], [2.0, 2.0], [3, 3]),
    ],
)
def test_one_event_one_place_or_one_day_has_no_cluster(events):
    for prospective in (False, True):
        result = scan(*events, prospective=prospective, n_simulations=19)
        assert result.clusters == ()
        assert (result.simulated_maxima == 0).all()


def test_duplicates_count_as_often_as_they_stand():
    east, north, days = with_outbreak(80)
    once = scan(east, north, days, n_simulations=0)
    twice = scan(*(np.tile(values, 2) for values in (east, north, days)), n_simulations=0)
    assert twice.clusters[0].observed == 2 * once.clusters[0].observed
    assert twice.clusters[0].log_likelihood_ratio == pytest.approx(
        2 * once.clusters[0].log_likelihood_ratio
    )


@pytest.mark.parametrize("prospective", [False, True])
def test_ten_million_periods_are_scanned_like_few(prospective):
    east, north, days = with_outbreak(20)
    shift = 9_999_940
    few = scan(east, north, days, prospective=prospective, n_simulations=3)
    many = scan(*(east, north, days + shift), first_day=0, prospective=prospective, n_simulations=3)
    assert np.array_equal(few.simulated_maxima, many.simulated_maxima)
    assert [c.first_day + shift for c in few.clusters] == [c.first_day for c in many.clusters]


def test_a_list_of_clusters_ends_where_asked_and_replicas_may_be_left_out():
    result = scan(*with_outbreak(), n_simulations=0, max_clusters=2)
    assert len(result.clusters) == 2
    assert result.clusters[0].p_value == 1
    assert np.isnan(result.clusters[0].gumbel_p_value)


@pytest.mark.parametrize(
    "change",
    [
        {"east": [np.nan, 1.0]},
        {"north": [1.0]},
        {"days": [1]},
        {"days": [np.inf, 1]},
        {"east": [], "north": [], "days": []},
        {"max_radius": -1},
        {"max_radius": np.nan},
        {"max_days": 0},
        {"days_per_period": 0},
        {"max_share": 0},
        {"max_share": 1.5},
        {"min_cases": 0},
        {"min_cases": 1.5},
        {"first_day": 2},
        {"last_day": 1},
        {"n_simulations": -1},
        {"centres": ([], [])},
        {"centres": ([1.0], [1.0, 2.0])},
        {"days": [0, 20_000_000]},
        {"geometry": clusters.Geometry.SPHERE, "north": [0.0, 95.0]},
    ],
)
def test_what_cannot_be_used_is_refused(change):
    arguments = {"east": [0.0, 1.0], "north": [0.0, 1.0], "days": [1, 2], **change}
    with pytest.raises(MethodError):
        scan(**arguments)
