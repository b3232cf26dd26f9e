"""Farrington's methods: windows, trend, weights, bounds and refusals."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special

from samverkan.methods.errors import MethodError
from samverkan.methods.surveillance import farrington, farrington_flexible
from samverkan.methods.surveillance.reference_window import (
    WindowRule,
    as_dates,
    reference_window,
)
from samverkan.methods.surveillance.tests.series import poisson_series

MONTHLY = {"frequency": 12, "half_window": 1, "evaluate": [-1]}


def _weeks(first: str, n_weeks: int) -> np.ndarray:
    return np.datetime64(first) + 7 * np.arange(n_weeks)


def test_the_window_is_the_same_weeks_of_earlier_years() -> None:
    window = reference_window(300, WindowRule(52, 2, 1, 1, 1))
    assert window is not None
    assert window.columns.tolist() == [195, 196, 197, 247, 248, 249]
    assert (window.groups == 0).all()
    assert window.times.tolist() == [-105, -104, -103, -53, -52, -51]


def test_season_groups_share_the_rest_of_the_year_equally() -> None:
    window = reference_window(305, WindowRule(52, 5, 3, 10, 26))
    assert window is not None
    assert window.columns[0] == 305 - 5 * 52 - 3
    assert window.columns[-1] == 305 - 26 - 1
    assert np.bincount(window.groups).tolist() == [35, 25, 25, 25, 25, 22, 20, 20, 20, 20]


def test_dates_keep_the_season_in_years_of_53_weeks() -> None:
    dates = as_dates(_weeks("2004-01-05", 520), 520)
    rule = WindowRule(52, 5, 3, 1, 3)
    by_date, by_count = reference_window(510, rule, dates), reference_window(510, rule)
    assert by_date is not None
    assert by_count is not None
    centre = by_date.columns[3]
    assert abs((dates[centre] - dates[510]).astype(int) + 5 * 365.25) <= 4
    assert abs((dates[by_count.columns[3]] - dates[510]).astype(int) + 5 * 365.25) > 4


def test_the_day_of_the_leap_year_has_a_day_before() -> None:
    dates = as_dates(np.arange("2015-01", "2021-01", dtype="datetime64[M]"), 72)
    assert dates is not None
    shifted = dates.copy()
    shifted[61] = np.datetime64("2020-02-29")
    window = reference_window(61, WindowRule(12, 1, 0, 1, 0), shifted)
    assert window is not None
    assert window.columns.tolist() == [50]


def test_a_series_that_does_not_reach_back_gets_no_bound() -> None:
    counts = poisson_series(5.0, 1, 100, seed=1)
    found = farrington_flexible(counts, frequency=12, half_window=1, years_back=5)
    assert np.isnan(found.upper_bound[0, :61]).all()
    assert np.isfinite(found.upper_bound[0, 61:]).all()


def test_without_trend_or_weights_the_expected_count_is_the_mean_of_the_window() -> None:
    counts = poisson_series(8.0, 3, 80, seed=2)
    found = farrington_flexible(counts, **MONTHLY, trend=False, reweight=False)
    window = reference_window(79, WindowRule(12, 5, 1, 1, 1))
    assert window is not None
    np.testing.assert_allclose(found.expected[:, 0], counts[:, window.columns].mean(axis=1))


def test_population_scales_what_is_expected() -> None:
    counts = poisson_series(8.0, 3, 80, seed=3)
    people = np.ones(80)
    people[-1] = 2.0
    alone = farrington_flexible(counts, **MONTHLY, trend=False)
    grown = farrington_flexible(counts, **MONTHLY, trend=False, population=people)
    np.testing.assert_allclose(grown.expected, 2 * alone.expected)


def test_a_clear_trend_is_followed_but_not_beyond_what_was_seen() -> None:
    falling = np.round(60 * np.exp(-0.02 * np.arange(80)))
    followed = farrington_flexible(falling, **MONTHLY)
    flat = farrington_flexible(falling, **MONTHLY, trend=False)
    assert followed.expected[0, 0] == pytest.approx(60 * np.exp(-0.02 * 79), rel=0.1)
    assert flat.expected[0, 0] > 1.5 * followed.expected[0, 0]
    rising = np.round(5 * np.exp(0.03 * np.arange(80)))
    held = farrington_flexible(rising, **MONTHLY)
    assert held.expected[0, 0] <= rising[:-11].max()


def test_two_years_carry_no_trend() -> None:
    falling = np.round(60 * np.exp(-0.03 * np.arange(80)))
    settings = {**MONTHLY, "years_back": 2}
    with_trend = farrington_flexible(falling, **settings)
    without = farrington_flexible(falling, **settings, trend=False)
    assert with_trend.expected[0, 0] == without.expected[0, 0]


def test_a_past_outbreak_weighs_less_after_reweighting() -> None:
    counts = poisson_series(5.0, 1, 80, seed=4)
    counts[0, 67] = 60
    light = farrington_flexible(counts, **MONTHLY, weights_threshold=1.0)
    heavy = farrington_flexible(counts, **MONTHLY, reweight=False)
    assert light.expected[0, 0] < heavy.expected[0, 0]
    assert light.upper_bound[0, 0] < heavy.upper_bound[0, 0]


def test_too_few_recent_cases_get_no_bound() -> None:
    counts = poisson_series(5.0, 1, 80, seed=5)
    counts[0, -4:] = [1, 1, 1, 1]
    assert np.isnan(farrington_flexible(counts, **MONTHLY).upper_bound).all()
    said = farrington_flexible(counts, **MONTHLY, min_cases=4)
    assert np.isfinite(said.upper_bound).all()


@pytest.mark.parametrize("method", ["delta", "nbPlugin", "muan"])
def test_a_season_without_a_case_gets_no_bound(method: str) -> None:
    counts = np.tile([0.0, 0, 0, 4, 4, 4, 4, 4, 4, 4, 4, 4], 8)[:86]
    counts[-1] = 9
    found = farrington_flexible(
        counts,
        frequency=12,
        evaluate=[85],
        half_window=0,
        n_seasonal_periods=4,
        threshold_method=method,
        min_cases=0,
    )
    assert np.isnan(found.upper_bound).all()
    assert not found.is_alarm.any()


def test_a_smaller_alpha_gives_a_higher_bound_with_every_method() -> None:
    counts = poisson_series(10.0, 5, 80, seed=6)
    for method in ("delta", "nbPlugin", "muan"):
        wide = farrington_flexible(counts, **MONTHLY, threshold_method=method, alpha=0.001)
        narrow = farrington_flexible(counts, **MONTHLY, threshold_method=method, alpha=0.1)
        assert (wide.upper_bound > narrow.upper_bound).all()


@pytest.mark.parametrize("method", ["delta", "nbPlugin", "muan"])
def test_bound_and_p_value_are_dual(method: str) -> None:
    counts = poisson_series(6.0, 40, 80, seed=7)
    counts[:, -1] = np.arange(40)
    found = farrington_flexible(counts, **MONTHLY, threshold_method=method, alpha=0.02, min_cases=0)
    np.testing.assert_array_equal(found.p_value < 0.02, found.is_alarm)
    assert ((found.score > 1) == found.is_alarm).all()


def test_the_original_bound_is_two_sided_and_the_flexible_one_is_not() -> None:
    counts = poisson_series(20.0, 1, 80, seed=8)
    shared = {"frequency": 12, "half_window": 1, "evaluate": [-1], "reweight": False}
    original = farrington(counts, alpha=0.1, trend=False, **shared)
    flexible = farrington_flexible(counts, alpha=0.05, trend=False, **shared)
    np.testing.assert_allclose(original.upper_bound, flexible.upper_bound, rtol=1e-12)


def test_the_corrected_standard_error_uses_the_dispersion_of_the_threshold() -> None:
    counts = poisson_series(20.0, 1, 80, seed=9)
    found = farrington_flexible(counts, **MONTHLY, trend=False, power="none")
    window = reference_window(79, WindowRule(12, 5, 1, 1, 1))
    assert window is not None
    past = counts[0, window.columns]
    mean, n = past.mean(), past.size
    dispersion = max(1.0, ((past - mean) ** 2 / mean).sum() / (n - 1))
    if dispersion < 2:  # no count of this quiet series is down-weighted
        spread = np.sqrt(dispersion * mean * (1 + 1 / n))
        expected = mean + special.ndtri(0.95) * spread
        assert found.upper_bound[0, 0] == pytest.approx(expected, rel=1e-12)
    released = farrington_flexible(counts, **MONTHLY, trend=False, power="none", variant="released")
    assert released.upper_bound[0, 0] != pytest.approx(found.upper_bound[0, 0], rel=1e-6)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"frequency": 12, "half_window": 6}, "overlap"),
        ({"frequency": 12, "half_window": 1, "threshold_method": "sigma"}, "threshold_method"),
        ({"frequency": 12, "half_window": 1, "power": "3/4"}, "power"),
        ({"frequency": 12, "half_window": 1, "variant": "best"}, "variant"),
        ({"frequency": 12, "half_window": 1, "fitting": "fast"}, "fitting"),
        ({"frequency": 12, "half_window": 1, "trend_p_threshold": 0.0}, "trend_p_threshold"),
        ({"frequency": 12, "half_window": 1, "weights_threshold": -1.0}, "weights_threshold"),
        ({"frequency": 12, "half_window": 1, "n_seasonal_periods": 12}, "n_seasonal_periods"),
        ({"frequency": 12, "half_window": 1, "recent_excluded": -1}, "recent_excluded"),
        ({"frequency": 12, "half_window": 1, "min_cases_periods": 0}, "min_cases_periods"),
        ({"frequency": 12, "half_window": 1, "population": 0.0}, "population"),
        ({"frequency": 12, "half_window": 1, "dates": ["2020-01-01"]}, "dates"),
        ({"frequency": 12, "half_window": 1, "alpha": 1.0}, "alpha"),
    ],
)
def test_settings_that_make_no_sense_are_refused(settings: dict, words: str) -> None:
    with pytest.raises(MethodError, match=words):
        farrington_flexible(np.ones((1, 80)), **settings)


def test_dates_must_be_ascending_and_known() -> None:
    with pytest.raises(MethodError, match="ascending"):
        as_dates(["2020-02-01", "2020-01-01"], 2)
    with pytest.raises(MethodError, match="calendar"):
        as_dates(["yesterday", "today"], 2)
