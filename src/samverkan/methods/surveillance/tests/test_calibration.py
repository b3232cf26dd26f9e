"""The promised share of false alarms, by a simulation small enough for every run."""

from __future__ import annotations

import math

import pytest

from benchmarks.calibration import (
    DEFAULT_RULE,
    DISPERSED,
    NOMINAL,
    PLAIN,
    POOL_SIZES,
    RULES,
    SEASONAL,
    SEASONAL_DISPERSED,
    VERY_DISPERSED,
    Cell,
    share_of_alarms,
    share_with_known_mean,
    shares_in_pools,
)

N_SERIES = 4_000
ALLOWED = 0.015
FOUR_STANDARD_ERRORS = 4 * math.sqrt(ALLOWED * (1 - ALLOWED) / N_SERIES)
CELLS = [
    pytest.param(cell, id=f"{kind} {cell.label}")
    for kind, cells in [
        ("poisson", PLAIN),
        ("size 5", DISPERSED),
        ("size 2", VERY_DISPERSED),
        ("seasonal", SEASONAL),
        ("seasonal, size 5", SEASONAL_DISPERSED),
    ]
    for cell in cells
]


@pytest.mark.parametrize("cell", CELLS)
def test_the_default_rule_raises_false_alarms_in_at_most_one_and_a_half_percent(
    cell: Cell,
) -> None:
    share = share_of_alarms(RULES[DEFAULT_RULE], cell, N_SERIES, seed=11)
    assert share <= ALLOWED + FOUR_STANDARD_ERRORS


@pytest.mark.parametrize("cell", [cell for cell in PLAIN if cell.mean >= 1], ids=lambda c: c.label)
def test_the_default_rule_is_near_what_the_known_mean_would_do(cell: Cell) -> None:
    share = share_of_alarms(RULES[DEFAULT_RULE], cell, N_SERIES, seed=12)
    assert abs(share - share_with_known_mean(cell)) < 0.005


def test_the_default_rule_notices_a_fourfold_month_at_two_a_month() -> None:
    two = next(cell for cell in PLAIN if cell.mean == 2.0)
    noticed = share_of_alarms(RULES[DEFAULT_RULE], two, N_SERIES, seed=13, times=4.0)
    three_standard_errors = 3 * math.sqrt(0.6 * 0.4 / N_SERIES)
    assert noticed >= 0.60 + three_standard_errors


def test_ears_is_no_rule_for_months_and_bayes_none_for_over_dispersed_counts() -> None:
    two = next(cell for cell in PLAIN if cell.mean == 2.0)
    dispersed = next(cell for cell in VERY_DISPERSED if cell.mean == 20.0)
    assert share_of_alarms(RULES["EARS C1"], two, N_SERIES) > 3 * NOMINAL
    assert share_of_alarms(RULES["Bayes (Poisson prediction)"], dispersed, N_SERIES) > 10 * NOMINAL


@pytest.mark.parametrize("name", POOL_SIZES)
@pytest.mark.parametrize("shared", [True, False], ids=["eight kinds", "one kind"])
def test_the_promise_holds_when_there_are_few_series_to_pool_over(name: str, shared: bool) -> None:
    shares = shares_in_pools(POOL_SIZES[name], N_SERIES // 8, shared=shared, seed=14)
    assert shares.mean() <= ALLOWED + FOUR_STANDARD_ERRORS
