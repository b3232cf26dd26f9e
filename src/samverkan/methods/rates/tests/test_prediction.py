"""What the next period brings."""

import numpy as np
import pytest

from samverkan.methods import rates
from samverkan.methods.errors import MethodError


def test_two_a_month_for_a_year_predicts_none_to_six_next_month() -> None:
    found = rates.prediction_interval([2] * 12)
    assert found.lower.tolist() == [0]
    assert found.upper.tolist() == [5]
    assert found.expected == pytest.approx(24.5 / 12)


def test_a_history_of_zeros_still_has_an_upper_limit() -> None:
    found = rates.prediction_interval(np.zeros((1, 6)))
    assert found.lower.tolist() == [0]
    assert 1 <= found.upper[0] <= 2


def test_missing_periods_shorten_the_history() -> None:
    holed = rates.prediction_interval([[3, np.nan, 2, np.nan, 4, 1]])
    short = rates.prediction_interval([3, 2, 4, 1])
    assert tuple(holed.interval) == tuple(short.interval)


def test_a_series_without_any_period_gets_no_answer() -> None:
    for method in rates.PredictionMethod:
        found = rates.prediction_interval([[np.nan, np.nan], [1, 2]], method=method)
        assert np.isnan(found.lower).tolist() == [True, False]
        assert np.isnan(found.upper).tolist() == [True, False]


@pytest.mark.parametrize("mean", [0.2, 1.0, 5.0, 20.0])
@pytest.mark.parametrize("method", list(rates.PredictionMethod))
def test_covers_the_next_period_at_least_as_often_as_promised(
    mean: float, method: rates.PredictionMethod
) -> None:
    random = np.random.default_rng(11)
    history, future = random.poisson(mean, (20_000, 12)), random.poisson(mean, 20_000)
    found = rates.prediction_interval(history, method=method)
    coverage = np.mean((found.lower <= future) & (future <= found.upper))
    assert coverage >= 0.95 - 0.006


def test_over_dispersed_histories_get_wider_intervals_that_hold() -> None:
    random = np.random.default_rng(12)
    rate = random.gamma(4 / 2.0, 2.0, (20_000, 13))
    counts = random.poisson(rate)
    future = counts[:, -1]
    plain = rates.prediction_interval(counts[:, :-1])
    wide = rates.prediction_interval(counts[:, :-1], dispersion_index=3.0)
    assert np.mean((plain.lower <= future) & (future <= plain.upper)) < 0.85
    assert np.mean((wide.lower <= future) & (future <= wide.upper)) >= 0.94


def test_several_periods_ahead_are_about_their_total() -> None:
    found = rates.prediction_interval([4] * 24, n_ahead=12)
    assert found.expected == pytest.approx(96.5 / 2)
    assert found.lower < 48 < found.upper


def test_settings_that_mean_nothing_are_refused() -> None:
    for wrong in ({"n_ahead": 0}, {"confidence": 1.5}, {"dispersion_index": 0.5}):
        with pytest.raises(MethodError):
            rates.prediction_interval([1, 2], **wrong)
    with pytest.raises(MethodError, match="jeffreys"):
        rates.prediction_interval([1, 2], method="wald")
