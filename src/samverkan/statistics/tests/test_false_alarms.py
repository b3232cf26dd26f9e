"""On series whose level never changes, at most five months in a hundred are called unusual."""

from __future__ import annotations

import pytest

from benchmarks.unusual_months import MEANS, PROMISED, measure

REPLICATIONS = 150


@pytest.mark.parametrize("mean", MEANS)
@pytest.mark.parametrize("world", ["stable", "seasonal", "overdispersed"])
def test_hardly_any_month_of_a_steady_series_is_called_unusual(world: str, mean: float) -> None:
    measured = measure(world, mean, REPLICATIONS)
    assert measured.months == REPLICATIONS * 12
    assert measured.share <= PROMISED


def test_looking_at_many_series_together_raises_no_more_alarms() -> None:
    assert measure("stable", 2.0, REPLICATIONS, together=10).share <= 0.01
