"""Stable, higher, lower or too few to tell."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from samverkan.methods import rates
from samverkan.methods.errors import MethodError
from samverkan.methods.rates import LevelVerdict

STEADY = np.random.default_rng(1).poisson(4, (1, 72))


def test_four_a_month_as_before_is_stable() -> None:
    found = rates.assess_level(STEADY, frequency=12)
    assert found.verdict.tolist() == [LevelVerdict.STABLE]
    assert found.interval.contains(1.0).all()
    assert 1.2 < found.detectable_ratio[0] < 1.7
    assert found.power_to_see_doubling[0] > 0.95


def test_a_doubled_year_is_higher_and_a_halved_one_lower() -> None:
    doubled, halved = STEADY.copy(), STEADY.copy()
    doubled[:, -12:] *= 2
    halved[:, -12:] //= 3
    found = rates.assess_level(np.vstack([doubled, halved]), frequency=12)
    assert found.verdict.tolist() == [LevelVerdict.HIGHER, LevelVerdict.LOWER]
    assert found.interval.lower[0] > 1 > found.interval.upper[1]


def test_a_handful_of_events_cannot_say() -> None:
    counts = np.zeros((1, 36), dtype=int)
    counts[0, [3, 20, 30]] = 1
    found = rates.assess_level(counts, frequency=12)
    assert found.verdict.tolist() == [LevelVerdict.CANNOT_SAY]
    assert found.power_to_see_doubling[0] < 0.2
    assert found.detectable_ratio[0] > 3


def test_without_earlier_years_nothing_is_compared() -> None:
    found = rates.assess_level([3, 4, 5], frequency=12)
    assert found.verdict.tolist() == [LevelVerdict.CANNOT_SAY]
    assert np.isnan(found.p_value[0])
    assert np.isnan(found.ratio[0])
    assert found.recent_total.tolist() == [12]


def test_zeros_only_cannot_say_and_raise_no_error() -> None:
    found = rates.assess_level(np.zeros((2, 48)), frequency=12)
    assert found.verdict.tolist() == [LevelVerdict.CANNOT_SAY] * 2
    assert found.p_value.tolist() == [1, 1]


def test_only_missing_periods_cannot_say() -> None:
    found = rates.assess_level([[np.nan] * 36], frequency=12)
    assert found.verdict.tolist() == [LevelVerdict.CANNOT_SAY]


def test_a_missing_summer_is_compared_without_the_summers() -> None:
    season = np.tile([2, 2, 2, 2, 2, 20, 20, 20, 2, 2, 2, 2], 6).astype(float)
    season[-7:-4] = np.nan
    found = rates.assess_level(season, frequency=12)
    assert found.verdict.tolist() == [LevelVerdict.STABLE]
    assert found.ratio == pytest.approx(1.0)


def test_the_flagged_counts_are_where_the_verdict_turns() -> None:
    found = rates.assess_level(STEADY, frequency=12, dispersion=1.0)
    recent = STEADY.copy()
    for total, verdict in (
        (found.smallest_count_flagged[0], LevelVerdict.HIGHER),
        (found.smallest_count_flagged[0] - 1, LevelVerdict.STABLE),
        (found.largest_count_flagged[0], LevelVerdict.LOWER),
        (found.largest_count_flagged[0] + 1, LevelVerdict.STABLE),
    ):
        recent[0, -12:] = 0
        recent[0, -1] = total
        judged = rates.assess_level(recent, frequency=12, dispersion=1.0)
        assert judged.verdict.tolist() == [verdict]


def test_the_detectable_ratio_is_detected_as_often_as_said() -> None:
    random = np.random.default_rng(8)
    earlier = random.poisson(4, 60)
    found = rates.assess_level(
        np.concatenate([earlier, np.full(12, 4)]), frequency=12, dispersion=1.0
    )
    level = (earlier.sum() + 0.5) / 60 * found.detectable_ratio[0]
    later = random.poisson(level, (4000, 12))
    counts = np.hstack([np.tile(earlier, (4000, 1)), later])
    again = rates.assess_level(counts, frequency=12, dispersion=1.0)
    assert np.mean(again.verdict == LevelVerdict.HIGHER) == pytest.approx(0.8, abs=0.02)


@pytest.mark.parametrize("mean", [0.2, 0.5, 1, 2, 5, 20])
@pytest.mark.parametrize("frequency", [12, 4, 1])
def test_chance_alone_is_called_a_change_at_most_as_often_as_promised(
    mean: float, frequency: int
) -> None:
    random = np.random.default_rng(21)
    season = 1 + 0.5 * np.sin(2 * np.pi * np.arange(6 * frequency) / frequency)
    counts = random.poisson(mean * 12 / frequency * season, (2000, 6 * frequency))
    found = rates.assess_level(counts, frequency=frequency)
    assert np.mean(found.p_value < 0.05) <= 0.05 + 0.01


@pytest.mark.parametrize("mean", [0.5, 2, 20])
def test_over_dispersed_months_are_called_a_change_no_more_often(mean: float) -> None:
    random = np.random.default_rng(22)
    counts = random.poisson(random.gamma(mean, 1.0, (1500, 72)))
    found = rates.assess_level(counts, frequency=12)
    assert np.mean(found.p_value < 0.05) <= 0.05 + 0.01
    assert found.dispersion_index.mean() > 1.7
    plain = rates.assess_level(counts, frequency=12, dispersion=1.0)
    assert np.mean(plain.p_value < 0.05) > 0.1


def test_population_growth_is_not_taken_for_crime_growth() -> None:
    population = np.concatenate([np.full(60, 4000.0), np.full(12, 8000.0)])
    counts = np.concatenate([np.full(60, 4), np.full(12, 8)])
    assert rates.assess_level(counts, frequency=12).verdict[0] is LevelVerdict.HIGHER
    found = rates.assess_level(counts, frequency=12, exposure=population)
    assert found.verdict[0] is LevelVerdict.STABLE
    assert found.ratio == pytest.approx(1.0)


@settings(max_examples=25, deadline=None)
@given(counts=arrays(np.int64, (3, 30), elements=st.integers(0, 12)), constant=st.integers(0, 50))
def test_series_are_judged_alone_and_in_any_order(counts: np.ndarray, constant: int) -> None:
    found = rates.assess_level(counts, frequency=12)
    order = np.array([2, 0, 1])
    shuffled = rates.assess_level(counts[order], frequency=12)
    assert shuffled.p_value.tolist() == found.p_value[order].tolist()
    more = rates.assess_level(np.vstack([counts, np.full(30, constant)]), frequency=12)
    assert more.p_value[:3].tolist() == found.p_value.tolist()
    assert more.verdict[:3].tolist() == found.verdict.tolist()


@settings(max_examples=25, deadline=None)
@given(counts=arrays(np.int64, (4, 36), elements=st.integers(0, 9)))
def test_a_verdict_of_change_and_an_interval_without_one_go_together(counts: np.ndarray) -> None:
    found = rates.assess_level(counts, frequency=12)
    is_changed = np.isin(found.verdict, [LevelVerdict.HIGHER, LevelVerdict.LOWER])
    is_clear = np.abs(found.p_value - 0.05) > 1e-9
    assert ((~found.interval.contains(1.0)) == is_changed)[is_clear].all()


def test_settings_that_mean_nothing_are_refused() -> None:
    for wrong in (
        {"frequency": 0},
        {"frequency": 12, "alpha": 5},
        {"frequency": 12, "earlier_years": 0},
    ):
        with pytest.raises(MethodError):
            rates.assess_level(STEADY, **wrong)
    with pytest.raises(MethodError, match="dispersion"):
        rates.assess_level(STEADY, frequency=12, dispersion=0.5)


def test_the_expected_band_holds_most_months_and_follows_the_season() -> None:
    random = np.random.default_rng(4)
    season = 1 + 0.6 * np.sin(2 * np.pi * np.arange(72) / 12)
    counts = random.poisson(6 * season, (300, 72))
    band = rates.expected_band(counts, frequency=12)
    inside = (band.lower <= counts) & (counts <= band.upper)
    assert inside.mean() >= 0.95
    assert band.expected.mean(axis=0)[3] > 2 * band.expected.mean(axis=0)[9]


def test_the_band_of_a_judged_year_comes_from_the_years_before() -> None:
    counts = STEADY.copy()
    counts[:, -12:] *= 5
    band = rates.expected_band(counts, frequency=12, recent_excluded=12)
    before = rates.expected_band(STEADY, frequency=12, recent_excluded=12)
    assert band.upper.shape == counts.shape
    assert band.upper.tolist() == before.upper.tolist()
    assert (counts[0, -12:] > band.upper[0, -12:]).sum() >= 7


def test_a_band_without_any_known_period_is_missing() -> None:
    band = rates.expected_band([[np.nan, np.nan], [1, 2]], frequency=1)
    assert np.isnan(band.upper[0]).all()
    assert np.isfinite(band.upper[1]).all()


def test_ten_million_periods_are_judged_like_any_others() -> None:
    counts = np.tile(np.array([1.0, 3.0, 2.0, 0.0]), 2_500_000)
    found = rates.assess_level(counts, frequency=4)
    assert found.verdict.tolist() == [LevelVerdict.STABLE]
    assert found.ratio == pytest.approx(1.0)
    assert rates.prediction_interval(counts).upper[0] == 4


def test_fifty_thousand_years_can_all_be_compared_with() -> None:
    counts = np.tile(np.array([1.0, 3.0, 2.0, 0.0]), 50_000)
    found = rates.assess_level(counts, frequency=4, earlier_years=None)
    assert found.verdict.tolist() == [LevelVerdict.STABLE]
    band = rates.expected_band(counts, frequency=4)
    assert band.expected[0, :4] == pytest.approx([1.0, 3.0, 2.0, 0.0], abs=1e-3)
    assert rates.u_chart(counts).upper[0, -1] == 6


def test_huge_counts_are_judged_without_overflow() -> None:
    counts = np.full((1, 72), 10.0**11)
    counts[0, -12:] += 10.0**8
    found = rates.assess_level(counts, frequency=12)
    assert found.verdict.tolist() == [LevelVerdict.HIGHER]
    assert 1 < found.detectable_ratio[0] < 1.0001
