"""Control charts."""

import numpy as np
import pytest

from samverkan.methods import rates
from samverkan.methods.errors import MethodError


def test_exact_limits_let_out_no_more_than_they_say_where_three_sigma_do() -> None:
    random = np.random.default_rng(3)
    counts = random.poisson(0.5, (400, 200))
    exact = rates.u_chart(counts)
    usual = rates.u_chart(counts, limits="three-sigma")
    assert exact.is_outside.mean() <= 0.0027
    assert usual.is_outside.mean() > 0.01


def test_a_rate_chart_follows_the_exposure() -> None:
    found = rates.u_chart([10, 20, 40], exposure=[100, 200, 400])
    assert found.values[0].tolist() == [0.1, 0.1, 0.1]
    assert np.all(np.diff(found.upper[0]) < 0)
    assert not found.is_outside.any()


def test_a_lasting_shift_shows_as_a_run() -> None:
    steady = np.tile([3, 5], 12)
    shifted = np.concatenate([steady, np.tile([5, 6], 6)])
    found = rates.u_chart(np.stack([np.tile([3, 5], 18), shifted]), n_baseline=24)
    assert found.has_shift.tolist() == [False, True]
    assert found.longest_run[1] >= 12


def test_scaled_limits_are_wider_for_over_dispersed_counts() -> None:
    random = np.random.default_rng(4)
    counts = random.poisson(random.gamma(5, 4, (1, 120)))
    usual = rates.u_chart(counts, limits="three-sigma")
    scaled = rates.u_chart(counts, limits="scaled")
    assert usual.is_outside.sum() > scaled.is_outside.sum()


def test_rare_events_coming_closer_show_in_the_days_between() -> None:
    far, near = np.tile([30, 41, 28, 55], 5), np.tile([3, 4, 2, 5], 4)
    found = rates.g_chart(np.concatenate([far, near]), n_baseline=20)
    assert found.has_shift.tolist() == [True]
    assert rates.g_chart(far).has_shift.tolist() == [False]


@pytest.mark.parametrize("tail", [0.00135, 0.025])
def test_waiting_times_fall_outside_as_often_as_stated(tail: float) -> None:
    random = np.random.default_rng(6)
    found = rates.t_chart(random.exponential(9.0, (300, 400)), tail=tail)
    assert found.is_outside.mean() == pytest.approx(2 * tail, rel=0.12)
    whole = rates.g_chart(random.geometric(0.1, (300, 400)) - 1, tail=tail)
    assert whole.is_outside.mean() <= 2 * tail * 1.05


def test_three_sigma_waiting_times_are_limited_on_a_nearly_normal_scale() -> None:
    random = np.random.default_rng(7)
    found = rates.t_chart(random.exponential(9.0, (50, 400)), limits="three-sigma")
    assert found.is_outside.mean() < 0.005
    assert np.all(found.lower >= 0)


def test_a_single_measurement_far_away_is_outside() -> None:
    found = rates.individuals_chart([0.5, 0.52, 0.49, 0.51, 0.5, 0.48, 0.9], n_baseline=6)
    assert found.is_outside[0].tolist() == [False] * 6 + [True]


def test_missing_points_are_skipped_everywhere() -> None:
    holed = rates.u_chart([[2, np.nan, 3, 1, np.nan, 4, 2]], limits="scaled")
    assert holed.centre[0] == pytest.approx(12 / 5)
    assert np.isnan(holed.values[0, 1])
    assert not holed.is_outside[0, 1]
    nothing = rates.g_chart([[np.nan, np.nan]])
    assert np.isnan(nothing.centre[0])
    assert not nothing.is_outside.any()


def test_charts_refuse_what_they_cannot_draw() -> None:
    for wrong in ({"limits": "two-sigma"}, {"tail": 0.0}, {"n_baseline": 0}, {"n_baseline": 9}):
        with pytest.raises(MethodError):
            rates.u_chart([1, 2, 3], **wrong)
    with pytest.raises(MethodError, match="probability"):
        rates.g_chart([1, 2, 3], limits="scaled")
    with pytest.raises(MethodError):
        rates.t_chart([1.0, -2.0])
    with pytest.raises(MethodError):
        rates.individuals_chart([1.0, np.inf])
