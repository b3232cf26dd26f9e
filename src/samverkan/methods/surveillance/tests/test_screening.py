"""Alarms across many series."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from samverkan.methods.errors import MethodError
from samverkan.methods.surveillance import predictive, screen
from samverkan.methods.surveillance.tests.series import poisson_series

p_values = st.lists(st.floats(0, 1), min_size=1, max_size=40)


@given(p_values)
def test_benjamini_hochberg_is_that_of_scipy(values: list[float]) -> None:
    ours = screen(values, control="benjamini-hochberg", level=0.1)
    theirs = stats.false_discovery_control(values, method="bh")
    np.testing.assert_allclose(ours.adjusted_p_value, theirs, rtol=1e-12, atol=1e-300)
    np.testing.assert_array_equal(ours.is_alarm, ours.adjusted_p_value <= 0.1)


@given(p_values, st.randoms(use_true_random=False))
def test_the_order_of_series_does_not_matter(values: list[float], random: object) -> None:
    order = list(range(len(values)))
    random.shuffle(order)
    shuffled = [values[index] for index in order]
    for control, level in [("expected", 1.0), ("bonferroni", 0.05), ("benjamini-hochberg", 0.1)]:
        ours = screen(values, control=control, level=level).is_alarm[order]
        np.testing.assert_array_equal(ours, screen(shuffled, control=control, level=level).is_alarm)


def test_a_screen_raises_on_average_no_more_false_alarms_than_stated() -> None:
    generator = np.random.default_rng(1)
    weeks = generator.random((300, 2000))
    found = screen(weeks, control="expected", level=2.0)
    np.testing.assert_allclose(found.expected_false_alarms, 2.0)
    mean = found.is_alarm.sum(axis=0).mean()
    assert mean == pytest.approx(2.0, abs=4 * np.sqrt(2.0 / 2000))


def test_a_regions_weekly_screen_of_small_counts_keeps_its_promise() -> None:
    counts = poisson_series(2.0, 600, 133, seed=2)
    judged = predictive(counts, frequency=12, evaluate=np.arange(73, 133))
    found = screen(judged.p_value, level=1.0)
    a_month = found.is_alarm.sum(axis=0).mean()
    assert 0.1 < a_month <= 1.0
    assert (found.expected_false_alarms <= 1.0 + 1e-12).all()
    assert (found.n_tests == 600).all()


def test_bonferroni_rarely_raises_any() -> None:
    weeks = np.random.default_rng(3).random((300, 2000))
    found = screen(weeks, control="bonferroni", level=0.05)
    share = found.is_alarm.any(axis=0).mean()
    assert share == pytest.approx(0.05, abs=4 * np.sqrt(0.05 * 0.95 / 2000))


def test_series_without_a_statement_are_not_counted_as_tests() -> None:
    found = screen([0.02, np.nan, 0.5, np.nan], control="bonferroni", level=0.05)
    assert found.n_tests.tolist() == [2]
    assert found.is_alarm.tolist() == [True, False, False, False]
    assert np.isnan(found.adjusted_p_value[[1, 3]]).all()


def test_a_screen_without_any_statement_raises_nothing() -> None:
    for control in ("expected", "bonferroni", "benjamini-hochberg"):
        found = screen([np.nan, np.nan], control=control, level=0.5)
        assert not found.is_alarm.any()
        assert found.expected_false_alarms[0] == 0


@pytest.mark.parametrize(
    ("values", "settings", "words"),
    [
        ([1.2], {}, "between 0 and 1"),
        ([], {}, "one screen"),
        ([0.5], {"control": "luck"}, "control"),
        ([0.5], {"level": 0.0}, "level"),
        ([0.5], {"control": "bonferroni", "level": 1.0}, "level"),
    ],
)
def test_what_makes_no_sense_is_refused(values: list[float], settings: dict, words: str) -> None:
    with pytest.raises(MethodError, match=words):
        screen(values, **settings)
