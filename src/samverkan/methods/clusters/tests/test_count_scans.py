"""The Poisson and Bernoulli scans find the best window among places with a population."""

from __future__ import annotations

import numpy as np
import pytest

from samverkan.methods import clusters, compiled
from samverkan.methods.clusters.count_simulation import CountModel, count_ratio
from samverkan.methods.errors import MethodError


def towns(n_places: int = 25, n_periods: int = 1, seed: int = 3, *, raised: float = 4.0):
    """Places on a grid, people, and cases with a raised rate at three of them at the end."""
    generator = np.random.default_rng(seed)
    side = int(np.sqrt(n_places))
    east, north = (axis.ravel() * 100.0 for axis in np.indices((side, side)))
    people = generator.integers(500, 3000, n_places).astype(float)
    rate = np.full((n_places, n_periods), 0.004)
    rate[[0, 1, side], -2:] *= raised
    return east, north, generator.poisson(rate * people[:, None]), people


def poisson(*arguments, **more):
    return clusters.poisson_scan(*arguments, **{"n_simulations": 99, "seed": 1, **more})


def best_by_hand(east, north, cases, exposure, model, max_periods, *, prospective=False):
    best = 0.0
    all_cases, all_exposure = cases.sum(), exposure.sum()
    n_periods = cases.shape[1]
    for centre in range(len(east)):
        apart = np.round(np.hypot(east - east[centre], north - north[centre]), 6)
        for limit in np.unique(apart):
            inside = apart <= limit
            if exposure[inside].sum() > all_exposure / 2:
                break
            for first in range(n_periods):
                for last in range(first, min(first + max_periods, n_periods)):
                    if prospective and last < n_periods - 1:
                        continue
                    count = cases[inside, first : last + 1].sum()
                    exposed = exposure[inside, first : last + 1].sum()
                    if count < 2 or count / all_cases <= exposed / all_exposure:
                        continue
                    ratio = count_ratio(
                        np.array([float(count)]),
                        np.array([exposed]),
                        all_cases,
                        all_exposure,
                        model,
                    )
                    best = max(best, float(ratio[0]))
    return best


@pytest.mark.parametrize("prospective", [False, True])
def test_the_largest_poisson_ratio_is_that_of_every_window_one_by_one(prospective):
    east, north, cases, people = towns(n_periods=6)
    result = poisson(
        east, north, cases, people, max_periods=3, prospective=prospective, n_simulations=0
    )
    exposure = np.repeat(people[:, None], 6, axis=1) * cases.sum() / (6 * people.sum())
    expected = best_by_hand(
        east, north, cases, exposure, CountModel.POISSON, 3, prospective=prospective
    )
    assert result.clusters[0].log_likelihood_ratio == pytest.approx(expected, rel=1e-9)


def test_the_largest_bernoulli_ratio_is_that_of_every_window_one_by_one():
    east, north, cases, people = towns(n_periods=3)
    controls = np.repeat(people[:, None] // 100, 3, axis=1)
    result = clusters.bernoulli_scan(
        east, north, cases, controls, max_periods=2, n_simulations=0, seed=1
    )
    expected = best_by_hand(east, north, cases, cases + controls, CountModel.BERNOULLI, 2)
    assert result.clusters[0].log_likelihood_ratio == pytest.approx(expected, rel=1e-9)


def test_raised_towns_are_found_and_described():
    east, north, cases, people = towns(n_periods=6)
    result = poisson(east, north, cases, people, n_simulations=199)
    best = result.clusters[0]
    assert best.p_value == pytest.approx(0.005)
    assert {0, 1, 5} & set(best.location_indices)
    assert (best.first_day, best.last_day) == (4, 5)
    rows = best.location_indices
    assert best.observed == cases[rows, 4:6].sum()
    share = people[rows].sum() * 2 / (people.sum() * 6)
    assert best.expected == pytest.approx(cases.sum() * share)
    outside = (cases.sum() - best.observed) / (1 - share)
    assert best.relative_risk == pytest.approx(best.observed / share / outside)
    assert set(best.event_indices) == set(rows[cases[rows, 4:6].sum(axis=1) > 0])


def test_individuals_may_be_given_one_by_one():
    generator = np.random.default_rng(6)
    east, north = generator.uniform(0, 1000, (2, 120))
    is_case = (np.hypot(east - 300, north - 300) < 150) | (generator.random(120) < 0.1)
    result = clusters.bernoulli_scan(east, north, is_case, ~is_case, n_simulations=99, seed=1)
    best = result.clusters[0]
    assert best.p_value == pytest.approx(0.01)
    assert np.hypot(best.centre[0] - 300, best.centre[1] - 300) < 200


@pytest.mark.parametrize("many_cases", [False, True])
def test_neither_numba_nor_threads_change_the_answer(many_cases):
    east, north, cases, people = towns(n_periods=4)
    controls = np.repeat(people[:, None] // (2000 if many_cases else 50), 4, axis=1)
    calls = [
        lambda **more: poisson(east, north, cases, people, n_simulations=40, **more),
        lambda **more: clusters.bernoulli_scan(
            east, north, cases, controls, n_simulations=40, seed=1, prospective=True, **more
        ),
    ]
    for call in calls:
        expected = call()
        with compiled.without_numba():
            plain = call()
        for other in (plain, call(n_threads=1)):
            assert other.simulated_maxima == pytest.approx(expected.simulated_maxima, rel=1e-9)
            ours = [(c.p_value, tuple(c.location_indices)) for c in expected.clusters]
            assert ours == [(c.p_value, tuple(c.location_indices)) for c in other.clusters]


def test_rows_at_one_place_are_one_place_and_their_order_changes_nothing():
    east, north, cases, people = towns(n_periods=2)
    order = np.random.default_rng(2).permutation(50)
    halves = [
        np.concatenate([table, table])[order]
        for table in (east, north, np.zeros_like(cases), people / 2)
    ]
    halves[2][np.argsort(order)[:25]] = cases
    first, other = poisson(east, north, cases, people), poisson(*halves)
    assert other.simulated_maxima == pytest.approx(first.simulated_maxima)
    assert [c.observed for c in first.clusters] == [c.observed for c in other.clusters]


def test_false_alarms_of_both_models_are_as_rare_as_promised():
    p_values = []
    for seed in range(150):
        east, north, cases, people = towns(16, seed=seed, raised=1.0)
        settings = {"n_simulations": 19, "seed": seed}
        spatial = poisson(east, north, cases, people, **settings)
        others = clusters.bernoulli_scan(east, north, cases, people[:, None] // 40, **settings)
        p_values.append([r.clusters[0].p_value if r.clusters else 1.0 for r in (spatial, others)])
    shares = (np.array(p_values) <= 0.1).mean(axis=0)
    assert (shares <= 0.1 + 3 * np.sqrt(0.1 * 0.9 / 150)).all()


def test_no_cases_one_place_or_everyone_a_case_have_no_cluster():
    east, north, cases, people = towns()
    assert poisson(east, north, cases * 0, people).clusters == ()
    assert poisson([1.0], [1.0], [5], [100]).clusters == ()
    everyone = clusters.bernoulli_scan(east, north, people, people * 0, seed=1, n_simulations=9)
    assert everyone.clusters == ()


def test_expected_cases_follow_the_strata():
    cases = np.array([[3, 1], [1, 5]])
    population = np.array([[100, 50], [300, 50]])
    expected = clusters.expected_cases(cases, population)
    assert expected == pytest.approx([100 * 4 / 400 + 50 * 6 / 100, 300 * 4 / 400 + 50 * 6 / 100])
    assert expected.sum() == pytest.approx(cases.sum())


@pytest.mark.parametrize(
    ("cases", "population"),
    [
        ([[1, 2]], [[1, 2, 3]]),
        ([1, 2], [3, 4]),
        ([[1, -1]], [[1, 1]]),
        ([[np.nan, 1]], [[1, 1]]),
        ([[1, 1]], [[1, 0]]),
    ],
)
def test_strata_that_do_not_fit_are_refused(cases, population):
    with pytest.raises(MethodError):
        clusters.expected_cases(cases, population)


@pytest.mark.parametrize(
    "change",
    [
        {"cases": [1, 2]},
        {"cases": [1, 2, 0.5]},
        {"cases": [1, 2, np.nan]},
        {"cases": [1, -2, 3]},
        {"cases": ["a", "b", "c"]},
        {"cases": np.ones((3, 2, 2))},
        {"population": [1, 2]},
        {"population": [0, 5, 5]},
        {"population": [[1, 2]] * 3},
        {"cases": [0, 0, 0], "population": [0, 0, 0]},
        {"east": [1, 2]},
        {"max_periods": 0},
        {"min_cases": 0},
        {"max_share": 2},
    ],
)
def test_what_cannot_be_used_is_refused(change):
    arguments = {
        "east": [0, 1, 2],
        "north": [0, 1, 2],
        "cases": [1, 2, 3],
        "population": [5, 5, 5],
        **change,
    }
    with pytest.raises(MethodError):
        poisson(**arguments)


@pytest.mark.parametrize("controls", [[1, 2], [1, 2, 0.5], [[1], [2]]])
def test_controls_that_do_not_fit_are_refused(controls):
    with pytest.raises(MethodError):
        clusters.bernoulli_scan([0, 1, 2], [0, 1, 2], [1, 0, 1], controls, seed=1)


def test_a_bernoulli_scan_of_nobody_is_refused():
    with pytest.raises(MethodError):
        clusters.bernoulli_scan([0, 1], [0, 1], [0, 0], [0, 0], seed=1)
