"""The prediction for small counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from samverkan.methods.errors import MethodError
from samverkan.methods.surveillance import bayes, predictive
from samverkan.methods.surveillance.tests.series import (
    negative_binomial_series,
    poisson_series,
)


def _two_a_month(last: float = 2.0) -> np.ndarray:
    months = np.tile([2.0, 1.0, 3.0, 2.0, 2.0, 2.0], 13)[:73]
    months[-1] = last
    return months


def test_two_vandalism_crimes_a_month_are_within_what_chance_gives() -> None:
    found = predictive(_two_a_month(), frequency=12, evaluate=[-1])
    assert not found.is_alarm[0, 0]
    assert found.smallest_flagged[0, 0] in (7, 8)
    assert found.smallest_flagged[0, 0] == found.upper_bound[0, 0] + 1


def test_ten_in_a_month_of_two_are_noticed() -> None:
    found = predictive(_two_a_month(10), frequency=12, evaluate=[-1])
    assert found.is_alarm[0, 0]
    assert found.score[0, 0] > 1
    assert found.p_value[0, 0] < 0.01


def test_a_doubling_of_half_a_crime_a_month_is_too_little_to_tell() -> None:
    counts = poisson_series(0.5, 20, 73, seed=3)
    found = predictive(counts, frequency=12, evaluate=[-1])
    assert (found.chance_of_noticing_double < 0.2).all()


def test_a_doubling_of_sixty_a_month_would_be_noticed() -> None:
    counts = poisson_series(60.0, 20, 73, seed=4)
    found = predictive(counts, frequency=12, evaluate=[-1])
    assert (found.chance_of_noticing_double > 0.9).all()


def test_without_over_dispersion_or_season_it_is_the_exact_bayesian_prediction() -> None:
    # Every calendar month has the same past, so no season can be seen.
    years = np.repeat([4.0, 2.0, 3.0, 1.0, 5.0], 12)
    counts = np.concatenate([[3.0], years, [6.0]])
    ours = predictive(counts, frequency=12, evaluate=[-1], dispersion=1.0)
    theirs = bayes(
        counts, frequency=12, years_back=5, half_window=1, use_recent=False, alpha=0.01, evaluate=-1
    )
    assert ours.p_value == pytest.approx(theirs.p_value, rel=1e-12)
    assert ours.upper_bound == theirs.upper_bound


@settings(max_examples=60, deadline=None)
@given(
    past=st.lists(st.integers(0, 12), min_size=36, max_size=36),
    now=st.integers(0, 40),
    alpha=st.floats(0.001, 0.2),
)
def test_an_alarm_and_a_small_p_value_are_the_same_thing(
    past: list[int], now: int, alpha: float
) -> None:
    found = predictive([*past, now], frequency=12, evaluate=[-1], alpha=alpha, years_back=3)
    p_value, alarm = found.p_value[0, 0], found.is_alarm[0, 0]
    if abs(p_value - alpha) > 1e-9:
        assert alarm == (p_value < alpha)
        assert alarm == (found.score[0, 0] > 1)


def test_a_larger_population_now_raises_what_is_expected() -> None:
    counts = poisson_series(4.0, 1, 73, seed=5)
    population = np.ones(73)
    population[-1] = 2.0
    alone = predictive(counts, frequency=12, evaluate=[-1])
    grown = predictive(counts, frequency=12, evaluate=[-1], population=population)
    assert grown.expected == pytest.approx(2 * alone.expected)


def test_the_unit_of_population_does_not_matter() -> None:
    counts = poisson_series(4.0, 3, 73, seed=6)
    people = np.linspace(1000.0, 1200.0, 73)
    one = predictive(counts, frequency=12, population=people)
    other = predictive(counts, frequency=12, population=people / 1000)
    np.testing.assert_allclose(one.p_value, other.p_value, rtol=1e-12)


def test_series_of_one_pool_share_their_over_dispersion() -> None:
    lively = negative_binomial_series(8.0, 2.0, 30, 73, seed=7)
    calm = poisson_series(8.0, 30, 73, seed=8)
    both = np.vstack([lively, calm])
    pools = np.repeat(["lively", "calm"], 30)
    found = predictive(both, frequency=12, evaluate=[-1], pool=pools)
    assert np.median(found.dispersion[:30]) > 2.5
    assert np.median(found.dispersion[30:]) < 1.3
    alone = predictive(calm, frequency=12, evaluate=[-1])
    np.testing.assert_array_equal(found.upper_bound[30:], alone.upper_bound)


def test_the_dispersion_of_a_pool_is_recovered() -> None:
    counts = negative_binomial_series(6.0, 3.0, 400, 73, seed=9)
    found = predictive(counts, frequency=12, evaluate=[-1])
    assert np.mean(found.dispersion) == pytest.approx(1 + 6 / 3, rel=0.06)


def test_a_seasonal_peak_is_expected_to_lie_above_its_neighbours() -> None:
    generator = np.random.default_rng(10)
    wave = 30 * np.exp(0.5 * np.cos(2 * np.pi * (np.arange(73) - 72) / 12))
    counts = generator.poisson(wave, (500, 73))
    found = predictive(counts, frequency=12, evaluate=[-1])
    assert found.expected.mean() == pytest.approx(wave[-1], rel=0.02)


def test_the_prediction_is_negative_binomial_with_the_stated_variance() -> None:
    counts = np.full((1, 62), 3.0)
    counts[0, -1] = 7.0
    found = predictive(counts, frequency=12, evaluate=[-1], dispersion=1.0)
    exact = stats.nbinom.sf(6, 45.5, 15 / 16)
    assert found.p_value[0, 0] == pytest.approx(exact, rel=1e-12)
    assert found.upper_bound[0, 0] == stats.nbinom.ppf(0.99, 45.5, 15 / 16)


def test_two_years_are_used_where_five_do_not_exist_and_one_is_not_enough() -> None:
    counts = poisson_series(5.0, 2, 40, seed=11)
    found = predictive(counts, frequency=12)
    can_say = ~np.isnan(found.upper_bound[0])
    assert not can_say[:25].any()
    assert can_say[25:].all()


@pytest.mark.parametrize(
    ("settings_", "words"),
    [
        ({"frequency": 0}, "years_back"),
        ({"frequency": 12, "alpha": 0.0}, "alpha"),
        ({"frequency": 12, "half_window": 6}, "overlap"),
        ({"frequency": 12, "dispersion": 0.5}, "at least 1"),
        ({"frequency": 12, "dispersion": [1.0, 2.0]}, "one for each"),
        ({"frequency": 12, "pool": ["a"]}, "pool"),
        ({"frequency": 12, "fewest_years": 6}, "fewest_years"),
        ({"frequency": 12, "evaluate": [99]}, "evaluate"),
    ],
)
def test_settings_that_make_no_sense_are_refused(settings_: dict, words: str) -> None:
    with pytest.raises(MethodError, match=words):
        predictive(np.ones((3, 73)), **settings_)
