"""Season, calendar and dispersion."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from samverkan.methods import rates
from samverkan.methods.errors import MethodError

YEAR = np.arange(12)


def test_a_known_season_is_recovered() -> None:
    random = np.random.default_rng(1)
    factor = np.exp(0.5 * np.sin(2 * np.pi * (YEAR + 1) / 12))
    counts = random.poisson(40 * np.tile(factor, 20), (30, 240))
    for model in rates.SeasonalModel:
        found = rates.seasonal_fit(counts, frequency=12, model=model)
        assert found.has_converged.all()
        assert found.factors.mean(axis=0) == pytest.approx(factor, rel=0.03)
        assert found.dispersion_index.mean() == pytest.approx(1.0, abs=0.05)


def test_a_trend_is_told_per_year() -> None:
    random = np.random.default_rng(2)
    counts = random.poisson(50 * np.exp(0.1 * np.arange(120) / 12), (20, 120))
    found = rates.seasonal_fit(counts, frequency=12)
    assert found.terms[:2] == ("level", "trend")
    assert found.coefficients[:, 1].mean() == pytest.approx(0.1, abs=0.01)
    assert rates.seasonal_fit(counts, frequency=12, has_trend=False).terms[1] == "sine_1"


def test_factors_of_a_flat_series_are_one_and_missing_months_do_not_matter() -> None:
    counts = np.full(48, 6.0)
    counts[[3, 20, 21]] = np.nan
    found = rates.seasonal_fit(counts, frequency=12, model="factor")
    assert found.factors[0] == pytest.approx(np.ones(12))
    assert found.fitted[0] == pytest.approx(np.full(48, 6.0))


def test_a_month_without_any_crime_is_fitted_as_nearly_none() -> None:
    counts = np.tile(np.where(YEAR == 4, 0, 5), 6)
    found = rates.seasonal_fit(counts, frequency=12, model="factor")
    assert found.fitted[0, 4] < 1e-4
    assert found.fitted[0, 5] == pytest.approx(5.0)


def test_series_without_events_do_not_disturb_the_others() -> None:
    random = np.random.default_rng(3)
    counts = random.poisson(3, (2, 60))
    together = rates.seasonal_fit(np.vstack([counts, np.zeros(60)]), frequency=12)
    alone = rates.seasonal_fit(counts, frequency=12)
    assert together.fitted[:2] == pytest.approx(alone.fitted, rel=1e-9)
    assert together.fitted[2].max() < 1e-3


@settings(max_examples=15, deadline=None)
@given(counts=arrays(np.int64, (3, 36), elements=st.integers(0, 20)))
def test_the_order_of_series_does_not_matter(counts: np.ndarray) -> None:
    counts[:, 0] += 1
    found = rates.seasonal_fit(counts, frequency=12)
    turned = rates.seasonal_fit(counts[::-1], frequency=12)
    # Months without events fit towards nothing; there the absolute difference is what matters.
    assert turned.fitted[::-1] == pytest.approx(found.fitted, rel=1e-6, abs=1e-6)


def test_adjusted_counts_are_level() -> None:
    factor = 1 + 0.5 * np.sin(2 * np.pi * (YEAR + 1) / 12)
    counts = np.round(np.tile(400 * factor, 4))
    flat = rates.seasonally_adjusted(counts, frequency=12, model="factor")
    assert np.ptp(flat) < 0.02 * flat.mean()


def test_february_is_no_safer_for_being_short() -> None:
    days = rates.days_in_months(2024, 1, 14)
    assert days[:3].tolist() == [31, 29, 31]
    assert days[13] == 28
    adjusted = rates.calendar_adjusted(days, days)
    assert adjusted[0] == pytest.approx(np.full(14, days.mean()))


def test_season_and_calendar_refuse_nonsense() -> None:
    with pytest.raises(MethodError):
        rates.seasonal_fit([1, 2, 3], frequency=1)
    with pytest.raises(MethodError, match="terms"):
        rates.seasonal_fit([1, 2, 3], frequency=12)
    with pytest.raises(MethodError, match="one-harmonic"):
        rates.seasonal_fit(np.ones(24), frequency=12, model="stl")
    with pytest.raises(MethodError):
        rates.days_in_months(2024, 13, 1)
    with pytest.raises(MethodError):
        rates.calendar_adjusted([1, 2], [30, 0])


def test_poisson_counts_pass_the_dispersion_test_and_clustered_ones_do_not() -> None:
    random = np.random.default_rng(5)
    plain = rates.dispersion_test(random.poisson(2, (4000, 60)))
    assert np.mean(plain.p_value < 0.05) == pytest.approx(0.05, abs=0.012)
    clustered = rates.dispersion_test(random.poisson(random.gamma(1, 4, (200, 60))))
    assert np.mean(clustered.p_value < 0.05) > 0.95
    assert clustered.index.mean() == pytest.approx(5, rel=0.1)


def test_dispersion_allows_for_exposure_and_for_nothing_to_test() -> None:
    found = rates.dispersion_test([10, 20, 40], exposure=[1, 2, 4])
    assert found.chi_square[0] == pytest.approx(0.0)
    empty = rates.dispersion_test([[0, 0, 0], [np.nan, np.nan, 3]])
    assert np.isnan(empty.index).all()
    assert empty.p_value[0] == 1
    assert np.isnan(empty.p_value[1])


def test_a_known_dispersion_is_recovered_around_a_season() -> None:
    random = np.random.default_rng(8)
    mean = 20 * np.exp(0.4 * np.sin(2 * np.pi * np.arange(1, 241) / 12))
    counts = random.poisson(mean * random.gamma(1 / 0.3, 0.3, (40, 240)))
    found = rates.negative_binomial_dispersion(counts, frequency=12)
    assert found.dispersion.mean() == pytest.approx(0.3, rel=0.06)
    plain = rates.negative_binomial_dispersion(random.poisson(mean, (40, 240)), frequency=12)
    assert plain.dispersion.mean() < 0.01
    assert (plain.dispersion == 0).any()


def test_dispersion_of_nothing_is_unknown_and_disturbs_no_other() -> None:
    random = np.random.default_rng(9)
    counts = random.poisson(random.gamma(2, 2, (1, 60))).astype(float)
    counts[0, 7] = np.nan
    found = rates.negative_binomial_dispersion(np.vstack([counts, np.zeros(60)]), frequency=12)
    alone = rates.negative_binomial_dispersion(counts, frequency=12)
    assert found.dispersion[0] == pytest.approx(alone.dispersion[0], rel=1e-8)
    assert np.isnan(found.dispersion[1])
    with pytest.raises(MethodError):
        rates.negative_binomial_dispersion([1, 2, 3], frequency=12)
