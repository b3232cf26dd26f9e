"""The smallest change that could have been seen."""

import numpy as np
import pytest

from samverkan.methods import rates
from samverkan.methods.errors import MethodError


def test_four_a_month_for_a_year_shows_a_rise_of_three_fifths_at_best() -> None:
    found = rates.smallest_detectable_change(48, 12, 12)
    assert found.detectable_increase == pytest.approx(1.59, abs=0.01)
    assert found.detectable_decrease == pytest.approx(0.54, abs=0.01)
    assert found.power_to_see_doubling > 0.99


def test_flagged_counts_are_where_the_comparison_turns_significant() -> None:
    found = rates.smallest_detectable_change([5, 24, 130], 12, 3)
    high, low = found.smallest_count_flagged, found.largest_count_flagged
    for count, is_flagged in ((high, True), (high - 1, False), (low + 1, False)):
        p_value = rates.compare_rates(count, 3, [5, 24, 130], 12, method="midp").p_value
        assert ((p_value < 0.05) == is_flagged).all()
    some = low >= 0
    p_low = rates.compare_rates(low[some], 3, np.array([5, 24, 130])[some], 12, method="midp")
    assert (p_low.p_value < 0.05).all()


def test_the_power_is_what_simulation_finds() -> None:
    found = rates.smallest_detectable_change(48, 12, 12)
    random = np.random.default_rng(2)
    for ratio, wanted in (
        (found.detectable_increase, 0.8),
        (found.detectable_decrease, 0.8),
        (2.0, float(found.power_to_see_doubling)),
        (0.5, float(found.power_to_see_halving)),
    ):
        later = random.poisson(48.5 * ratio, 20_000)
        p_value = rates.compare_rates(later, 12, 48, 12, method="midp").p_value
        assert np.mean(p_value < 0.05) == pytest.approx(wanted, abs=0.01)


def test_after_no_crime_no_fall_can_be_seen() -> None:
    found = rates.smallest_detectable_change(0, 12, 12)
    assert found.detectable_decrease == 0
    assert found.largest_count_flagged == -1
    assert found.power_to_see_halving == 0


def test_over_dispersion_hides_changes() -> None:
    plain = rates.smallest_detectable_change(48, 12, 12)
    noisy = rates.smallest_detectable_change(48, 12, 12, dispersion_index=2.0)
    assert noisy.detectable_increase > plain.detectable_increase
    assert noisy.detectable_decrease < plain.detectable_decrease


def test_missing_and_nonsense() -> None:
    found = rates.smallest_detectable_change([np.nan, 3], 12, 12)
    assert np.isnan(found.detectable_increase).tolist() == [True, False]
    with pytest.raises(MethodError):
        rates.smallest_detectable_change(3, 12, 12, dispersion_index=0.5)
    with pytest.raises(MethodError):
        rates.smallest_detectable_change(3, 12, 12, power=1.0)
