"""Many places beside each other: funnels, shrinkage and harm."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.methods import rates
from samverkan.methods.errors import MethodError

RANDOM = np.random.default_rng(9)
EXPECTED = np.exp(RANDOM.uniform(0, 5, 300))


def test_places_that_differ_by_chance_fall_outside_at_most_as_often_as_said() -> None:
    outside = [
        rates.funnel_limits(RANDOM.poisson(EXPECTED), EXPECTED).is_outside.mean(axis=1)
        for _ in range(40)
    ]
    within95, within998 = np.mean(outside, axis=0)
    assert within95 <= 0.06
    assert within998 <= 0.004


@pytest.mark.parametrize("dispersion", ["additive", "multiplicative"])
def test_places_that_differ_by_nature_get_wider_limits(dispersion: str) -> None:
    observed = RANDOM.poisson(EXPECTED * RANDOM.gamma(10, 0.1, 300))
    plain = rates.funnel_limits(observed, EXPECTED)
    wide = rates.funnel_limits(observed, EXPECTED, dispersion=dispersion)
    assert wide.dispersion_ratio > 1.5
    assert np.all(wide.upper >= plain.upper)
    assert np.all(wide.lower <= plain.lower)
    assert wide.is_outside[0].mean() < plain.is_outside[0].mean()


def test_a_few_extreme_places_do_not_hide_themselves() -> None:
    observed = RANDOM.poisson(EXPECTED).astype(float)
    biggest = np.argsort(EXPECTED)[-5:]
    observed[biggest] *= 3
    found = rates.funnel_limits(observed, EXPECTED, dispersion="additive")
    assert found.is_outside[1][biggest].all()
    hidden = rates.funnel_limits(observed, EXPECTED, dispersion="additive", winsorised_part=0)
    assert found.between_variance < hidden.between_variance / 3


def test_places_without_events_are_judged_but_not_on_the_logarithmic_scale() -> None:
    found = rates.funnel_limits([0, 3, 5], [2.0, 3.0, 4.0])
    assert np.isfinite(found.z_score).all()
    assert found.lower[0, 0] == 0
    logs = rates.funnel_limits([0, 3, 5], [2.0, 3.0, 4.0], scale="logarithm")
    assert np.isnan(logs.z_score).tolist() == [True, False, False]


def test_normal_limits_are_near_the_exact_ones_for_many_events() -> None:
    exact = rates.funnel_limits([1000], [1000.0])
    normal = rates.funnel_limits([1000], [1000.0], kind="normal")
    assert normal.upper == pytest.approx(exact.upper, rel=0.005)
    assert normal.lower == pytest.approx(exact.lower, rel=0.005)


def test_small_places_are_pulled_most_and_never_past_the_middle() -> None:
    population = np.array([100.0, 1000.0, 10_000.0, 100_000.0] * 20)
    counts = RANDOM.poisson(population * RANDOM.gamma(6, 0.01 / 6, 80))
    for method in ("gamma-poisson", "clayton-kaldor", "global"):
        found = rates.shrink(counts, population, method=method)
        pull = np.abs(found.shrunk - found.rate)
        assert np.all(pull <= np.abs(found.prior_mean - found.rate) + 1e-12)
        assert pull[population == 100].mean() > 5 * pull[population == 100_000].mean()


def test_shrunken_rates_are_nearer_the_truth_and_intervals_hold_it() -> None:
    truth = RANDOM.gamma(8, 1 / 8, 300)
    expected = np.exp(RANDOM.uniform(0, 4, 300))
    found = rates.shrink(RANDOM.poisson(truth * expected), expected)
    assert np.mean((found.shrunk - truth) ** 2) < 0.5 * np.mean((found.rate - truth) ** 2)
    assert found.interval.contains(truth).mean() == pytest.approx(0.95, abs=0.035)


def test_places_that_do_not_differ_are_pulled_together_wholly() -> None:
    found = rates.shrink([10, 10, 10, 10], [5.0, 5.0, 5.0, 5.0])
    assert found.shrunk == pytest.approx(np.full(4, 2.0))
    assert found.prior_variance == pytest.approx(np.zeros(4), abs=1e-6)
    nobody = rates.shrink([0, 0, 0], [5.0, 1.0, 2.0])
    assert nobody.shrunk.tolist() == [0, 0, 0]


def test_local_shrinkage_looks_at_the_neighbours_only() -> None:
    counts, exposure = [1, 2, 3, 40, 50, 60], np.ones(6) * 10
    chain = [[1], [0, 2], [1], [4], [3, 5], [4]]
    found = rates.shrink(counts, exposure, method="local", neighbours=chain)
    assert found.prior_mean[0] == pytest.approx(0.15)
    assert found.prior_mean[4] == pytest.approx(5.0)
    alone = rates.shrink(counts, exposure, method="local", neighbours=[[]] * 6)
    assert alone.shrunk == pytest.approx(alone.rate)


def test_a_missing_place_stays_missing_and_leaves_the_others_alone() -> None:
    for method in ("gamma-poisson", "global"):
        holed = rates.shrink([3, np.nan, 9, 4], [1.0, 2.0, 3.0, 2.0], method=method)
        whole = rates.shrink([3, 9, 4], [1.0, 3.0, 2.0], method=method)
        assert np.isnan(holed.shrunk[1])
        assert holed.shrunk[[0, 2, 3]] == pytest.approx(whole.shrunk)


@settings(max_examples=20, deadline=None)
@given(counts=st.lists(st.integers(0, 200), min_size=4, max_size=12))
def test_the_order_of_places_does_not_matter(counts: list[int]) -> None:
    exposure = np.arange(1.0, len(counts) + 1)
    found = rates.shrink(counts, exposure)
    turned = rates.shrink(counts[::-1], exposure[::-1])
    assert turned.shrunk[::-1] == pytest.approx(found.shrunk, rel=1e-6, abs=1e-9)


def test_harm_with_equal_weights_is_the_exact_interval_of_the_total() -> None:
    exact = rates.poisson_rate_interval(7)
    for method in rates.HarmIntervalMethod:
        found = rates.harm_weighted_sum([3, 4], [2, 2], method=method)
        assert found.harm == 14
        assert found.interval.lower == pytest.approx(2 * exact.lower)
        assert found.interval.upper == pytest.approx(2 * exact.upper)


@pytest.mark.parametrize("weights", [[1, 1, 1], [1, 5, 20], [1, 10, 300]])
def test_harm_intervals_hold_the_truth_as_promised(weights: list[int]) -> None:
    means = np.array([6.0, 2.0, 0.3])
    counts = RANDOM.poisson(means, (20_000, 3))
    truth = float(means @ weights)
    found = rates.harm_weighted_sum(counts, weights)
    assert found.interval.contains(truth).mean() >= 0.95


def test_no_crime_does_no_harm_but_might() -> None:
    found = rates.harm_weighted_sum([[0, 0], [2, 0]], [1, 10], exposure=[1.0, 2.0])
    assert found.harm.tolist() == [0, 1]
    assert found.interval.lower[0] == 0
    assert found.interval.upper[0] > 10
    assert np.isnan(found.share_of_heaviest[0])
    assert np.isnan(rates.harm_weighted_sum([np.nan, 1], [1, 2]).harm)


def test_places_and_harm_refuse_nonsense() -> None:
    with pytest.raises(MethodError):
        rates.funnel_limits([1, 2], [1.0, 0.0])
    with pytest.raises(MethodError, match="gamma"):
        rates.funnel_limits([1, 2], [1.0, 2.0], kind="beta")
    with pytest.raises(MethodError):
        rates.funnel_limits([1, 2], [1.0, 2.0], winsorised_part=0.5)
    with pytest.raises(MethodError, match="two places"):
        rates.shrink([1], [1.0])
    with pytest.raises(MethodError, match="neighbours"):
        rates.shrink([1, 2], [1.0, 1.0], method="local")
    with pytest.raises(MethodError, match="numbers of places"):
        rates.shrink([1, 2], [1.0, 1.0], method="local", neighbours=[[5], [0]])
    for counts, weights in (([1, 2], [1]), ([1, 2], [1, -1]), ([1, 2], [0, 0]), (3, [1])):
        with pytest.raises(MethodError):
            rates.harm_weighted_sum(counts, weights)
