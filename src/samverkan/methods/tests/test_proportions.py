"""Shares with their intervals, beside statsmodels, and what they promise in the long run."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from samverkan.methods.errors import MethodError
from samverkan.methods.proportions import ShareMethod, design_effect, share_interval


@pytest.mark.parametrize(("hits", "base"), [(3, 40), (120, 400), (0, 25), (25, 25), (1, 1)])
@pytest.mark.parametrize(
    ("method", "name"), [(ShareMethod.WILSON, "wilson"), (ShareMethod.EXACT, "beta")]
)
def test_the_intervals_are_those_of_statsmodels(
    hits: int, base: int, method: ShareMethod, name: str
) -> None:
    expected = proportion_confint(hits, base, method=name)
    found = share_interval(hits / base, base, method=method)
    assert (found.lower, found.upper) == pytest.approx(expected, abs=1e-9)


def test_few_of_a_kind_are_taken_exactly() -> None:
    assert share_interval(0.02, 100).method is ShareMethod.EXACT
    assert share_interval(0.4, 100).method is ShareMethod.WILSON


def test_equal_weights_cost_nothing_and_unequal_ones_do() -> None:
    assert design_effect([2, 2, 2]) == pytest.approx(1)
    assert design_effect([1, 1, 4]) == pytest.approx(3 * 18 / 36)


def test_a_design_effect_widens_and_a_small_population_narrows() -> None:
    plain = share_interval(0.3, 400)
    assert share_interval(0.3, 400, effect=1.6).margin > plain.margin
    assert share_interval(0.3, 400, population=1000).margin < plain.margin
    assert share_interval(0.3, 400, population=400).margin == 0


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    generator = np.random.default_rng(20261125)
    truth, base = 0.22, 380
    hits = generator.binomial(base, truth, 4000)
    inside = [
        found.lower <= truth <= found.upper
        for found in (share_interval(hit / base, base) for hit in hits)
    ]
    assert 0.94 <= np.mean(inside) <= 0.965


@given(st.floats(0, 1), st.integers(1, 5000), st.floats(0.5, 4))
def test_the_share_lies_in_its_interval_and_the_interval_in_0_to_1(
    share: float, base: int, effect: float
) -> None:
    found = share_interval(share, base, effect=effect)
    assert 0 <= found.lower <= share <= found.upper <= 1


@pytest.mark.parametrize(
    "arguments",
    [
        {"share": 1.2, "base": 10},
        {"share": 0.2, "base": 0},
        {"share": 0.2, "base": 10, "effect": 0.0},
        {"share": 0.2, "base": 10, "population": 9},
        {"share": float("nan"), "base": 10},
        {"share": 0.2, "base": 10, "confidence": 1.0},
    ],
)
def test_broken_input_is_refused(arguments: dict) -> None:
    with pytest.raises(MethodError):
        share_interval(**arguments)


@pytest.mark.parametrize("weights", [[], [0, 0], [-1, 2], [float("inf")], [[1]]])
def test_broken_weights_are_refused(weights: list) -> None:
    with pytest.raises(MethodError):
        design_effect(weights)
