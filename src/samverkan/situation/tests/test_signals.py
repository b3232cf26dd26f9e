"""Signals: words before numbers, and no more false ones than promised."""

from __future__ import annotations

import math

import numpy as np
import pytest
from django.utils import translation

from samverkan.situation.signals import (
    NearEvents,
    Series,
    SignalKind,
    Strength,
    SubjectKind,
    judge,
)
from samverkan.situation.signals.judging import LEVEL

PLACES = np.array([0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.9, 1.2, 2.0])


def series_of(table, kind=SubjectKind.PLACE):
    return [
        Series(kind, f"{kind}{row}", f"Plats {row}", tuple(int(count) for count in counts))
        for row, counts in enumerate(table)
    ]


def with_total(table):
    return [
        Series(SubjectKind.ALL, "", "", tuple(int(count) for count in table.sum(axis=0))),
        *series_of(table),
    ]


@pytest.mark.parametrize(("weeks", "replicas"), [(30, 200), (110, 200), (160, 200)])
def test_stable_series_give_no_more_false_signals_than_promised(weeks, replicas):
    """At most one quiet week in ten has any signal at all, whatever the history's length."""
    dice = np.random.default_rng(1760)
    false = sum(
        bool(judge(with_total(dice.poisson(PLACES[:, None], (10, weeks)))).signals)
        for _each in range(replicas)
    )
    error = math.sqrt(LEVEL * (1 - LEVEL) / replicas)
    assert false / replicas <= LEVEL + 2 * error


def test_over_dispersed_stable_series_keep_the_promise_too():
    dice = np.random.default_rng(1781)
    shape = 4.0
    false = 0
    for _each in range(150):
        means = dice.gamma(shape, PLACES[:, None] / shape, (10, 160))
        false += bool(judge(with_total(dice.poisson(means))).signals)
    assert false / 150 <= LEVEL + 2 * math.sqrt(LEVEL * (1 - LEVEL) / 150)


def test_a_place_with_many_times_its_usual_number_is_signalled():
    dice = np.random.default_rng(7)
    table = dice.poisson(PLACES[:, None], (10, 120))
    table[4, -1] = 7
    (signal,) = judge(series_of(table)).signals
    assert (signal.kind, signal.key) == (SignalKind.UNUSUAL, "place4")
    assert signal.strength is Strength.CLEAR
    assert signal.usual_at_most < 7


@pytest.mark.parametrize(("language", "words"), [("sv", "fler än väntat"), ("en", "more than")])
def test_a_signal_is_a_sentence_with_counts_and_never_a_percentage(language, words):
    table = np.zeros((2, 60), dtype=int)
    table[0, ::6] = 1
    table[0, -1] = 9
    (signal,) = judge(series_of(table)).signals
    with translation.override(language):
        assert words in signal.sentence
        assert "9" in signal.sentence
        assert "%" not in signal.sentence


def test_a_short_history_says_that_it_cannot_tell():
    report = judge(series_of(np.ones((3, 5), dtype=int)))
    assert not report.can_say
    with translation.override("sv"):
        assert "För få veckor" in report.sentence


def test_what_could_not_have_been_seen_is_said():
    dice = np.random.default_rng(11)
    report = judge(series_of(dice.poisson(0.05, (5, 160))))
    assert report.unseen == report.judged == 5
    with translation.override("sv"):
        assert "inte ens en fördubbling" in report.limits


def test_a_slow_rise_of_everything_is_seen_though_no_week_stands_out():
    dice = np.random.default_rng(3)
    table = dice.poisson(0.4, (10, 130))
    table[:, -12:] = dice.poisson(0.75, (10, 12))
    kinds = {signal.kind for signal in judge(with_total(table)).signals}
    assert SignalKind.CREEPING in kinds


def test_what_comes_back_to_the_same_place_within_a_week_is_seen():
    dice = np.random.default_rng(5)
    starts = dice.integers(0, 180, 30)
    days = np.concatenate([starts, starts + dice.integers(1, 6, 30)])
    east = np.tile(dice.integers(0, 12, 30) * 500, 2)
    near = NearEvents(tuple(east.tolist()), (0.0,) * 60, tuple(days.tolist()))
    quiet = series_of(dice.poisson(0.5, (4, 120)))
    kinds = [signal.kind for signal in judge(quiet, near=near).signals]
    assert kinds == [SignalKind.NEAR_REPEAT]


def test_two_week_periods_are_judged_by_their_own_season():
    dice = np.random.default_rng(17)
    table = dice.poisson(1.0, (6, 60))
    table[2, -1] = 12
    (signal,) = judge(series_of(table), weeks_a_period=2).signals
    assert signal.key == "place2"


def test_nothing_to_look_at_is_no_signal():
    assert judge([]).signals == ()
