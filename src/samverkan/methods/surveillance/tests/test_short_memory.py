"""EARS, CUSUM with its run lengths, GLR, Bayes and RKI."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from samverkan.methods.errors import MethodError
from samverkan.methods.surveillance import (
    bayes,
    cusum,
    ears,
    glr_negative_binomial,
    glr_poisson,
    normal_cusum_limits,
    poisson_cusum_limits,
    poisson_cusum_run_length,
    rki,
)
from samverkan.methods.surveillance.tests.series import poisson_series

WEEK = [3.0, 5.0, 4.0, 6.0, 2.0, 4.0, 4.0]


def test_c1_is_the_mean_and_spread_of_the_seven_days_before() -> None:
    found = ears([*WEEK, 9.0], alpha=0.01)
    spread = np.std(WEEK, ddof=1)
    assert found.expected[0, -1] == 4
    assert found.score[0, -1] == pytest.approx(5 / spread)
    assert found.upper_bound[0, -1] == pytest.approx(4 + stats.norm.ppf(0.99) * spread)
    assert found.is_alarm[0].tolist() == [False] * 7 + [True]


def test_c2_leaves_a_gap_so_that_a_growing_outbreak_does_not_hide_itself() -> None:
    growing = [*WEEK, 9.0, 10.0, 12.0]
    assert ears(growing, variant="C2", alpha=0.01).expected[0, -1] == 4
    assert ears(growing, variant="C1", alpha=0.01).expected[0, -1] > 4


def test_c3_adds_up_three_days_that_each_alone_are_no_alarm() -> None:
    slow = [*WEEK, 4.0, 4.0, 7.0, 7.0, 7.0]
    assert not ears(slow, variant="C2", alpha=0.001).is_alarm.any()
    third = ears(slow, variant="C3", alpha=0.02)
    assert third.is_alarm[0, -1]
    assert third.score[0, -1] > stats.norm.ppf(0.98)


def test_the_c3_bound_is_the_largest_count_without_alarm() -> None:
    counts = poisson_series(6.0, 60, 14, seed=1)
    found = ears(counts, variant="C3", alpha=0.02)
    bound = found.upper_bound[:, -1]
    limit = stats.norm.ppf(0.98)
    for shift, is_alarm in ((0, False), (1, True)):
        tried = counts.copy()
        tried[:, -1] = np.maximum(np.floor(bound) + shift, 0)
        again = ears(tried, variant="C3", alpha=0.02)
        usable = bound >= 0
        np.testing.assert_array_equal(again.is_alarm[usable, -1], is_alarm)
        np.testing.assert_array_equal(again.score[usable, -1] > limit, is_alarm)


def test_a_week_without_spread_flags_the_first_case_above_it() -> None:
    found = ears([2.0] * 7 + [2.0, 3.0])
    assert found.is_alarm[0].tolist() == [False] * 8 + [True]
    assert np.isinf(found.score[0, -1])
    assert not ears([2.0] * 7 + [2.0, 3.0], min_sigma=1.0).is_alarm.any()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"variant": "C4"}, "variant"),
        ({"baseline": 1}, "baseline"),
        ({"min_sigma": -1.0}, "min_sigma"),
        ({"c3_bound": "other"}, "c3_bound"),
    ],
)
def test_ears_refuses_settings_that_make_no_sense(settings: dict, words: str) -> None:
    with pytest.raises(MethodError, match=words):
        ears(WEEK, **settings)


def test_a_cusum_adds_excesses_and_forgets_deficits() -> None:
    found = cusum(
        [3, 1, 5, 6, 0, 0],
        expected=2.0,
        standardisation="none",
        reference_value=3.0,
        decision_limit=5.0,
    )
    assert found.score[0].tolist() == [0, 0, 2, 5, 2, 0]
    assert found.is_alarm[0].tolist() == [False, False, False, True, False, False]
    assert found.upper_bound[0].tolist() == [8, 8, 8, 6, 3, 6]


@pytest.mark.parametrize(
    "scale", ["standard", "rossi", "anscombe", "anscombe2nd", "pearsonNegBin", "none"]
)
def test_the_cusum_bound_is_the_smallest_count_that_alarms(scale: str) -> None:
    counts = poisson_series(4.0, 200, 20, seed=2)
    settings = {"expected": 4.0, "standardisation": scale, "overdispersion": 0.2}
    if scale == "none":
        settings |= {"reference_value": 5.0, "decision_limit": 6.0}
    bound = cusum(counts, **settings).upper_bound[:, -1]
    for shift, is_alarm in ((-1, False), (0, True)):
        tried = counts.copy()
        usable = bound + shift >= 0
        tried[usable, -1] = bound[usable] + shift
        again = cusum(tried, **settings)
        np.testing.assert_array_equal(again.is_alarm[usable, -1], is_alarm)


def test_a_missing_count_leaves_the_sum_as_it_was() -> None:
    shared = {
        "expected": 2.0,
        "standardisation": "none",
        "reference_value": 3.0,
        "decision_limit": 9.0,
    }
    found = cusum([5.0, np.nan, 4.0], **shared)
    assert found.score[0, [0, 2]].tolist() == [2, 3]
    assert np.isnan(found.score[0, 1])


def test_the_exact_run_length_is_what_simulation_finds() -> None:
    exact = poisson_cusum_run_length(2.0, reference_value=2.5, decision_limit=4.0)
    counts = poisson_series(2.0, 1000, 600, seed=3)
    alarms = cusum(
        counts, expected=2.0, standardisation="none", reference_value=2.5, decision_limit=4.0
    ).is_alarm
    assert alarms.any(axis=1).all()
    lengths = alarms.argmax(axis=1) + 1
    error = lengths.std() / np.sqrt(len(lengths))
    assert abs(lengths.mean() - exact) < 4 * error


def test_limits_run_at_least_as_long_as_asked_for_and_not_a_step_longer() -> None:
    limits = poisson_cusum_limits(2.0, shifted_mean=4.0, in_control_run_length=120.0)
    assert limits.in_control_run_length >= 120
    assert limits.out_of_control_run_length < 8
    lower = poisson_cusum_run_length(
        2.0,
        reference_value=limits.reference_value,
        decision_limit=limits.decision_limit - 1 / 9,
    )
    assert lower < 120


def test_over_dispersed_counts_alarm_sooner_with_the_same_limits() -> None:
    shared = {"reference_value": 3.0, "decision_limit": 6.0}
    poisson = poisson_cusum_run_length(2.0, **shared)
    dispersed = poisson_cusum_run_length(2.0, dispersion=2.0, **shared)
    assert dispersed < poisson / 2


@pytest.mark.parametrize(
    "call",
    [
        lambda: poisson_cusum_run_length(0.0, reference_value=1.0, decision_limit=2.0),
        lambda: poisson_cusum_run_length(1.0, reference_value=1.0, decision_limit=0.0),
        lambda: poisson_cusum_run_length(1.0, reference_value=1.0, decision_limit=1e6),
        lambda: poisson_cusum_run_length(
            1.0, reference_value=1.0, decision_limit=2.0, dispersion=0.5
        ),
        lambda: poisson_cusum_limits(2.0, shifted_mean=1.0, in_control_run_length=100.0),
        lambda: poisson_cusum_limits(2.0, shifted_mean=4.0, in_control_run_length=1.0),
        lambda: normal_cusum_limits(in_control_run_length=5.0, out_of_control_run_length=7.0),
        lambda: cusum(WEEK, decision_limit=0.0),
        lambda: cusum(WEEK, expected="median"),
        lambda: cusum(WEEK, expected=-1.0),
        lambda: cusum(WEEK, standardisation="log"),
        lambda: cusum(WEEK, evaluate=[2, 4]),
        lambda: glr_poisson(WEEK, expected=0.0),
        lambda: glr_poisson(WEEK, expected=2.0, direction="up"),
        lambda: glr_poisson(WEEK, expected=2.0, log_shift=-0.5),
        lambda: glr_poisson(WEEK, expected=2.0, shortest_window=0),
        lambda: glr_negative_binomial(WEEK, expected=2.0, overdispersion=-1.0),
        lambda: bayes(WEEK, frequency=12, years_back=0, use_recent=False),
        lambda: rki(WEEK, frequency=0),
    ],
)
def test_what_makes_no_sense_is_refused(call: object) -> None:
    with pytest.raises(MethodError):
        call()


def test_the_likelihood_ratio_of_one_window_is_the_textbook_one() -> None:
    found = glr_poisson([2.0, 2.0, 9.0], expected=2.0)
    assert found.score[0, 0] == 0
    assert found.score[0, 2] == pytest.approx(9 * np.log(9 / 2) - 7)


def test_a_small_over_dispersion_is_nearly_poisson_and_a_large_one_less_alarmed() -> None:
    counts = poisson_series(5.0, 5, 40, seed=4)
    counts[:, -5:] += 6
    poisson = glr_poisson(counts, expected=5.0, longest_window=10).score
    near = glr_negative_binomial(counts, expected=5.0, overdispersion=1e-7, longest_window=10)
    far = glr_negative_binomial(counts, expected=5.0, overdispersion=0.5, longest_window=10)
    np.testing.assert_allclose(near.score, poisson, rtol=1e-4, atol=1e-6)
    assert (far.score[:, -4] < poisson[:, -4]).all()


@pytest.mark.parametrize("direction", ["inc", "dec"])
@pytest.mark.parametrize("overdispersion", [0.0, 0.3])
def test_the_likelihood_ratio_bound_is_where_alarms_begin(
    direction: str, overdispersion: float
) -> None:
    counts = poisson_series(12.0, 30, 15, seed=5)
    shared = {
        "expected": 12.0,
        "direction": direction,
        "overdispersion": overdispersion,
        "longest_window": 4,
    }
    bound = glr_negative_binomial(counts, **shared).upper_bound[:, -1]
    outward = 1 if direction == "dec" else -1
    for shift, is_alarm in ((0, True), (outward, False)):
        tried = counts.copy()
        usable = ~np.isnan(bound) & (bound + shift >= 0)
        tried[usable, -1] = bound[usable] + shift
        again = glr_negative_binomial(tried, **shared)
        assert (again.is_alarm[usable, -1] == is_alarm).all()


def test_after_an_alarm_the_search_starts_anew() -> None:
    found = glr_poisson([2.0, 30.0, 2.0], expected=2.0)
    assert found.is_alarm[0].tolist() == [False, True, False]
    assert found.score[0, 2] == 0


def test_bayes_is_the_negative_binomial_prediction() -> None:
    found = bayes([1, 2, 3, 9], frequency=12, years_back=0, half_window=3, evaluate=[-1])
    assert found.p_value[0, 0] == pytest.approx(stats.nbinom.sf(8, 6.5, 3 / 4), rel=1e-12)
    assert found.upper_bound[0, 0] == stats.nbinom.ppf(0.95, 6.5, 3 / 4)
    assert found.is_alarm[0, 0]


def test_rki_uses_the_table_for_small_means_and_two_deviations_for_large() -> None:
    small = rki([2, 2, 2, 3], frequency=12, years_back=0, half_window=3, evaluate=[-1])
    assert small.upper_bound[0, 0] == 6.686
    large = rki([28, 30, 32, 40], frequency=12, years_back=0, half_window=3, evaluate=[-1])
    assert large.upper_bound[0, 0] == pytest.approx(30 + 2 * 2)
    assert large.is_alarm[0, 0]
