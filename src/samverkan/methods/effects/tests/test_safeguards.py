"""Regression to the mean, placebo tests, and comparisons put together from a pool."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.methods import effects
from samverkan.methods.errors import MethodError

POOL = [5, 8, 3, 9, 12, 4, 7, 6, 2, 10]


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 200), st.lists(st.integers(0, 60), min_size=5, max_size=30))
def test_the_usual_level_lies_between_the_count_and_the_pools_mean(before, pool):
    made = effects.regression_to_mean(before, pool)
    low, high = sorted((float(before), made.pool_mean))
    assert low - 1e-9 <= made.expected_before <= high + 1e-9
    assert 0 <= made.own_weight <= 1


def test_a_pool_that_varies_as_chance_does_believes_itself_and_a_wide_one_the_count():
    same = effects.regression_to_mean(20, [5, 5, 6, 4, 5, 5])
    assert same.expected_before == pytest.approx(5)
    assert same.is_likely
    wide = effects.regression_to_mean(200, [5, 500, 60, 900, 20, 300, 1])
    assert wide.own_weight > 0.98
    assert not wide.is_likely


def test_places_chosen_for_their_worst_year_fall_back_about_as_foretold():
    generator = np.random.default_rng(3)
    usual = generator.gamma(4, 2, 2000)
    before, after = generator.poisson(usual), generator.poisson(usual)
    worst = np.argsort(before)[-100:]
    pool = np.delete(before, worst)
    everyone = [effects.regression_to_mean(int(before[place]), before) for place in worst]
    foretold = sum(answer.expected_before for answer in everyone)
    assert foretold == pytest.approx(after[worst].sum(), rel=0.05)
    assert before[worst].sum() > 1.15 * after[worst].sum()
    assert effects.regression_to_mean(40, pool).share_of_pool_below == 1


def test_exposure_scales_the_pool():
    made = effects.regression_to_mean(10, POOL, exposure=2.0, pool_exposure=np.ones(10))
    assert made.pool_mean == pytest.approx(2 * np.mean(POOL))


@pytest.mark.parametrize(
    ("pool", "settings_"),
    [([1, 2, 3, 4], {}), ([1, 2, 3, 4, np.nan], {}), ([1, 2, 3, 4, -1], {}),
     (POOL, {"pool_exposure": [1.0]}), (POOL, {"exposure": 0.0})],
)  # fmt: skip
def test_pools_that_say_nothing_are_refused(pool, settings_):
    with pytest.raises(MethodError):
        effects.regression_to_mean(5, pool, **settings_)


def test_no_events_before_cannot_fall():
    assert effects.regression_to_mean(0, POOL).expected_fall == 0


def two_series(ratio=0.5, drift=0.0, seed=1):
    generator = np.random.default_rng(seed)
    time = np.arange(60)
    other = generator.poisson(np.full(60, 30.0))
    mean = 15 * np.exp(drift * time) * np.where(time >= 48, ratio, 1)
    return generator.poisson(mean), other


def test_made_up_starts_find_nothing_and_the_real_one_stands_out():
    target, comparison = two_series(seed=2)
    made = effects.placebo_in_time(target, comparison, intervention_at=48)
    assert made.is_trustworthy
    assert made.p_value == pytest.approx(1 / (1 + len(made.starts)))
    assert made.starts[0] == 6
    assert made.starts[-1] == 48 - 12


def test_areas_on_different_courses_are_found_out():
    target, comparison = two_series(ratio=1.0, drift=-0.04)
    made = effects.placebo_in_time(target, comparison, intervention_at=48)
    assert not made.is_trustworthy
    assert made.actual.p_value < 0.05


def test_a_series_alone_can_be_asked_too_and_a_short_one_cannot():
    target, _ = two_series()
    assert len(effects.placebo_in_time(target, intervention_at=48, n_after=6).starts) == 37
    with pytest.raises(MethodError, match="short"):
        effects.placebo_in_time(target[:12], intervention_at=6)
    with pytest.raises(MethodError):
        effects.placebo_in_time(target, target[:-1], intervention_at=48)
    with pytest.raises(MethodError):
        effects.placebo_in_time(target, intervention_at=48, n_after=0)


def test_treated_areas_stand_out_among_all_choices_of_areas():
    generator = np.random.default_rng(2)
    before, after = generator.poisson(50, 12), generator.poisson(50, 12)
    after[:2] = [20, 22]
    treated = np.arange(12) < 2
    made = effects.placebo_in_space(before, after, treated)
    assert made.is_complete
    assert made.n_choices == 65
    assert made.p_value == pytest.approx(1 / 66)
    drawn = effects.placebo_in_space(before, after, treated, n_simulations=50, seed=1)
    assert not drawn.is_complete
    assert drawn.ratio == pytest.approx(made.ratio)
    again = effects.placebo_in_space(before, after, treated, n_simulations=50, seed=1)
    assert np.array_equal(drawn.ratios, again.ratios)


def test_with_four_areas_no_placebo_can_be_convincing():
    made = effects.placebo_in_space([50, 50, 50, 50], [0, 50, 50, 50], [True, False, False, False])
    assert made.p_value == 0.25


@pytest.mark.parametrize("treated", [[True, True], [False, False], [True], [True, False, True]])
def test_choices_without_both_kinds_of_areas_are_refused(treated):
    with pytest.raises(MethodError):
        effects.placebo_in_space([1, 2], [1, 2], treated)


def pool_of(n_areas=24, seed=4, n_periods=48):
    generator = np.random.default_rng(seed)
    factors = 1 + 0.3 * np.sin(np.arange(n_periods)[None] / generator.uniform(2, 9, (3, 1)))
    mix = generator.dirichlet(np.ones(3), n_areas)
    return generator.poisson(60 * mix @ factors), mix, factors


def test_a_mix_of_areas_imitates_the_target_and_finds_what_was_done():
    pool, _, factors = pool_of()
    generator = np.random.default_rng(9)
    mean = 60 * np.array([0.5, 0.3, 0.2]) @ factors
    mean[36:] *= 0.55
    made = effects.synthetic_comparison(generator.poisson(mean), pool, intervention_at=36)
    assert made.weights.sum() == pytest.approx(1)
    assert (made.weights >= 0).all()
    assert made.ratio == pytest.approx(0.55, rel=0.15)
    assert made.p_value == pytest.approx(1 / 25)
    assert made.verdict is effects.Verdict.SIGN_OF_DECREASE
    assert made.interval[0] < 0.55 < made.interval[1] < 1


def test_the_order_of_the_pool_does_not_matter():
    pool, _, _ = pool_of(n_areas=8)
    target = pool[0]
    one = effects.synthetic_comparison(target, pool[1:], intervention_at=30)
    two = effects.synthetic_comparison(target, pool[:0:-1], intervention_at=30)
    assert np.allclose(one.expected, two.expected, rtol=1e-5)
    assert one.p_value == two.p_value


def test_a_target_that_is_one_of_the_pool_twice_is_imitated_by_it():
    pool, _, _ = pool_of(n_areas=6)
    made = effects.synthetic_comparison(pool[2], pool, intervention_at=30)
    assert made.weights[2] == pytest.approx(1, abs=1e-5)
    assert made.ratio == pytest.approx(1, abs=1e-4)
    assert made.error_before == pytest.approx(0, abs=1e-2)


def test_populations_turn_counts_into_rates():
    pool, _, _ = pool_of(n_areas=6)
    plain = effects.synthetic_comparison(pool[0], pool[1:], intervention_at=30)
    scaled = effects.synthetic_comparison(
        pool[0] * 3, pool[1:], intervention_at=30, exposure=3000.0,
        pool_exposure=np.full((5, 1), 1000.0),
    )  # fmt: skip
    assert scaled.weights == pytest.approx(plain.weights, abs=1e-5)
    assert scaled.expected == pytest.approx(3 * plain.expected, rel=1e-5)


def test_few_areas_are_too_few_to_tell_however_large_the_change():
    pool, _, _ = pool_of(n_areas=8)
    target = pool[0].copy()
    target[30:] = 0
    made = effects.synthetic_comparison(target, pool[1:], intervention_at=30)
    assert made.verdict is effects.Verdict.TOO_FEW_TO_TELL
    assert made.power == 0


@pytest.mark.parametrize(
    ("target", "pool", "settings_"),
    [
        (np.ones(10), np.ones((2, 10)), {}),
        (np.ones(10), np.ones((4, 9)), {}),
        (np.zeros(10), np.zeros((4, 10)), {}),
        (np.full(10, np.nan), np.ones((4, 10)), {}),
        (np.ones((2, 10)), np.ones((4, 10)), {}),
        (np.ones(10), np.ones((4, 10)), {"exposure": 1000.0}),
        (np.ones(10), np.ones((4, 10)), {"intervention_at": 1}),
    ],
)
def test_pools_that_cannot_imitate_are_refused(target, pool, settings_):
    with pytest.raises(MethodError):
        effects.synthetic_comparison(target, pool, **{"intervention_at": 5, **settings_})
