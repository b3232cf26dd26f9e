"""Two counts compared."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.methods import rates
from samverkan.methods.errors import MethodError

METHODS = list(rates.ComparisonMethod)


def test_one_in_a_month_against_none_in_a_year_is_no_proof() -> None:
    exact = rates.compare_rates(1, 1, 0, 12)
    assert exact.ratio == np.inf
    assert exact.p_value == pytest.approx(2 / 13)
    assert rates.compare_rates(1, 1, 0, 12, method="minlike").p_value == pytest.approx(1 / 13)
    halved = rates.compare_rates(1, 1, 0, 12, method="minlike-midp")
    assert halved.p_value == pytest.approx(0.5 / 13)


@pytest.mark.parametrize("method", METHODS)
def test_no_events_at_all_say_nothing(method: rates.ComparisonMethod) -> None:
    found = rates.compare_rates(0, 1, 0, 12, method=method)
    assert np.isnan(found.ratio)
    assert tuple(found.interval) == (0, np.inf)
    if method is not rates.ComparisonMethod.MINLIKE_MID_P:
        assert found.p_value == 1


@pytest.mark.parametrize("method", METHODS)
def test_swapping_the_groups_turns_the_ratio_over(method: rates.ComparisonMethod) -> None:
    found = rates.compare_rates([3, 9, 40], 5, [11, 2, 31], 7, method=method)
    turned = rates.compare_rates([11, 2, 31], 7, [3, 9, 40], 5, method=method)
    assert turned.p_value == pytest.approx(found.p_value)
    assert 1 / turned.interval.lower == pytest.approx(found.interval.upper)
    assert 1 / turned.ratio == pytest.approx(found.ratio)


@settings(max_examples=40, deadline=None)
@given(
    count_a=st.integers(0, 300),
    count_b=st.integers(0, 300),
    exposure=st.floats(0.05, 20),
    method=st.sampled_from([rates.ComparisonMethod.EXACT, rates.ComparisonMethod.MID_P]),
)
def test_equal_rates_are_rejected_exactly_when_one_lies_outside(
    count_a: int, count_b: int, exposure: float, method: rates.ComparisonMethod
) -> None:
    found = rates.compare_rates(count_a, exposure, count_b, 1, method=method)
    is_outside = not found.interval.contains(1.0)
    if abs(found.p_value - 0.05) > 1e-9:
        assert is_outside == (found.p_value < 0.05)


@pytest.mark.parametrize("method", ["exact", "midp"])
def test_at_an_end_of_the_interval_the_p_value_is_alpha(method: str) -> None:
    found = rates.compare_rates(9, 12, 31, 60, method=method)
    for ratio in found.interval:
        shifted = rates.compare_rates(9, 12 * ratio, 31, 60, method=method)
        assert shifted.p_value == pytest.approx(0.05, rel=1e-8)


def test_many_pairs_in_one_call_give_what_each_gives_alone() -> None:
    random = np.random.default_rng(5)
    count_a, count_b = random.poisson(3, 500), random.poisson(30, 500)
    for method in METHODS:
        together = rates.compare_rates(count_a, 1, count_b, 12, method=method)
        for index in range(0, 500, 50):
            alone = rates.compare_rates(count_a[index], 1, count_b[index], 12, method=method)
            assert together.p_value[index] == pytest.approx(alone.p_value, rel=1e-10)
            assert together.interval.lower[index] == pytest.approx(alone.interval.lower, rel=1e-9)
            assert together.interval.upper[index] == pytest.approx(alone.interval.upper, rel=1e-9)


def test_missing_values_pass_through_without_touching_others() -> None:
    for method in METHODS:
        found = rates.compare_rates([1, np.nan, 4], 1, [2, 3, np.nan], 1, method=method)
        assert np.isnan(found.p_value).tolist() == [False, True, True]
        assert np.isnan(found.interval.lower).tolist() == [False, True, True]


@pytest.mark.parametrize("exposure_b", [1, 12])
@pytest.mark.parametrize(
    ("method", "limit"), [("exact", 0.05), ("minlike", 0.05), ("blaker", 0.05), ("midp", 0.056)]
)
def test_the_error_stays_within_what_each_method_promises(
    exposure_b: int, method: str, limit: float
) -> None:
    from scipy.stats import poisson

    count_a, count_b = np.meshgrid(np.arange(12), np.arange(50), indexing="ij")
    p_value = rates.compare_rates(count_a, 1, count_b, exposure_b, method=method).p_value
    for rate in (0.3, 1.0, 2.0):
        chance = poisson.pmf(count_a, rate) * poisson.pmf(count_b, rate * exposure_b)
        assert (chance * (p_value < 0.05)).sum() <= limit


def test_tables_and_scalars_keep_their_shapes() -> None:
    table = rates.compare_rates(np.ones((3, 4)), 1, np.ones(4), 1)
    assert table.p_value.shape == (3, 4)
    assert np.ndim(rates.compare_rates(1, 1, 2, 1).p_value) == 0
    assert rates.compare_rates([], 1, [], 1).p_value.shape == (0,)


def test_unknown_methods_and_broken_counts_are_refused() -> None:
    with pytest.raises(MethodError, match="etest"):
        rates.compare_rates(1, 1, 1, 1, method="wald")
    with pytest.raises(MethodError, match="count_b"):
        rates.compare_rates(1, 1, -1, 1)
    with pytest.raises(MethodError, match="exposure_a"):
        rates.compare_rates(1, 0, 1, 1)
