"""What counts as counts."""

from __future__ import annotations

import numpy as np
import pytest

from samverkan.methods.errors import MethodError
from samverkan.methods.series import (
    as_counts,
    as_evaluated_periods,
    as_fraction,
    as_population,
)


def test_one_dimension_becomes_one_series() -> None:
    assert as_counts([1, 0, 3]).shape == (1, 3)


def test_whole_numbers_become_doubles() -> None:
    counts = as_counts(np.array([[1, 2], [3, 4]], dtype=np.int32))
    assert counts.dtype == np.float64
    assert counts.tolist() == [[1.0, 2.0], [3.0, 4.0]]


def test_missing_periods_are_nan_and_kept() -> None:
    counts = as_counts([1.0, np.nan, 2.0])
    assert np.isnan(counts).tolist() == [[False, True, False]]


def test_none_means_missing() -> None:
    assert np.isnan(as_counts([1, None, 2])).tolist() == [[False, True, False]]


def test_a_masked_period_is_missing_even_among_whole_numbers() -> None:
    counts = as_counts(np.ma.masked_array([1, 2, 3], mask=[False, True, False]))
    assert np.isnan(counts).tolist() == [[False, True, False]]


def test_a_series_of_nothing_but_missing_periods_is_accepted() -> None:
    assert np.isnan(as_counts([np.nan, np.nan])).all()


def test_the_largest_exact_count_is_accepted() -> None:
    assert as_counts([2.0**53]).item() == 2.0**53


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([1, -1], "negative"),
        ([0.5, 1.0], "whole"),
        ([np.nan, 0.5], "whole"),
        ([1.0, np.inf], "finite"),
        ([2.0**54], "2\\*\\*53"),
        ([], "at least one"),
        (np.zeros((0, 3)), "at least one"),
        (np.zeros((2, 2, 2)), "dimension"),
        (5, "dimension"),
        (["two", "three"], "numbers"),
        ([[1, 2], [3]], "equal length"),
        ([1 + 2j], "numbers"),
        ([object()], "numbers"),
    ],
)
def test_what_is_not_a_count_is_refused_with_a_reason(counts: object, words: str) -> None:
    with pytest.raises(MethodError, match=words):
        as_counts(counts)


def test_the_error_names_the_argument_and_not_the_data() -> None:
    with pytest.raises(MethodError) as raised:
        as_counts([3.25], name="exposed")
    assert "exposed" in str(raised.value)
    assert "3.25" not in str(raised.value)


def test_a_method_error_is_a_value_error() -> None:
    assert issubclass(MethodError, ValueError)


def test_population_is_spread_over_series_and_periods() -> None:
    per_period = as_population([10.0, 20.0], (3, 2))
    per_series = as_population([[1.0], [2.0], [3.0]], (3, 2))
    assert per_period is not None
    assert per_series is not None
    assert per_period.tolist() == [[10.0, 20.0]] * 3
    assert per_series[:, 0].tolist() == [1.0, 2.0, 3.0]
    assert as_population(None, (3, 2)) is None


@pytest.mark.parametrize("population", [0.0, -1.0, np.nan, np.inf, [1.0, 2.0, 3.0]])
def test_a_population_that_is_not_positive_or_does_not_fit_is_refused(population: object) -> None:
    with pytest.raises(MethodError, match="population"):
        as_population(population, (1, 2))


def test_all_periods_are_evaluated_unless_some_are_named() -> None:
    assert as_evaluated_periods(None, 3).tolist() == [0, 1, 2]
    assert as_evaluated_periods(-1, 3).tolist() == [2]
    assert as_evaluated_periods([0, -1], 3).tolist() == [0, 2]


@pytest.mark.parametrize("evaluate", [3, -4, [], [0.5], [[0]]])
def test_periods_outside_the_series_are_refused(evaluate: object) -> None:
    with pytest.raises(MethodError, match="evaluate"):
        as_evaluated_periods(evaluate, 3)


@pytest.mark.parametrize("value", [0.0, 1.0, -0.1, float("nan")])
def test_a_probability_outside_its_range_is_refused(value: float) -> None:
    with pytest.raises(MethodError, match="alpha"):
        as_fraction(value, name="alpha")
    assert as_fraction(0.5, name="alpha") == 0.5
