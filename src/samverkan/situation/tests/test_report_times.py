"""The words for when, and clocks that are wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.situation.reporting_times import (
    When,
    clock_ahead,
    is_noticeable,
    may_still_come,
    period,
    written_at,
)

from .factories import SWEDEN


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SWEDEN)


@pytest.mark.parametrize(
    ("when", "written", "start", "end"),
    [
        (When.NOW, "2026-11-25T13:05", "2026-11-25T13:05", None),
        (When.TODAY, "2026-11-25T13:05", "2026-11-25T00:00", "2026-11-25T13:05"),
        (When.LAST_NIGHT, "2026-11-25T08:00", "2026-11-24T22:00", "2026-11-25T06:00"),
        (When.LAST_NIGHT, "2026-11-25T02:00", "2026-11-24T22:00", "2026-11-25T02:00"),
        (When.LAST_NIGHT, "2026-11-25T23:30", "2026-11-25T22:00", "2026-11-25T23:30"),
        (When.YESTERDAY_EVENING, "2026-11-25T08:00", "2026-11-24T18:00", "2026-11-25T00:00"),
        # A Wednesday, a Saturday, a Friday before and after six, and a Monday morning.
        (When.WEEKEND, "2026-11-25T08:00", "2026-11-20T18:00", "2026-11-23T00:00"),
        (When.WEEKEND, "2026-11-28T12:00", "2026-11-27T18:00", "2026-11-28T12:00"),
        (When.WEEKEND, "2026-11-27T12:00", "2026-11-20T18:00", "2026-11-23T00:00"),
        (When.WEEKEND, "2026-11-27T19:00", "2026-11-27T18:00", "2026-11-27T19:00"),
        (When.WEEKEND, "2026-11-23T07:00", "2026-11-20T18:00", "2026-11-23T00:00"),
    ],
)
def test_the_words_mean_a_period(when, written, start, end):
    assert period(when, at(written)) == (at(start), at(end) if end else None)


moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=SWEDEN)
)


@given(st.sampled_from(When), moments)
def test_no_period_is_turned_round_or_lies_ahead_of_the_writing(when, written):
    start, end = period(when, written)
    assert start <= written
    assert end is None or start <= end <= written


@given(
    moments,
    st.timedeltas(timedelta(days=-900), timedelta(days=900)),
    st.timedeltas(timedelta(), timedelta(days=30)),
)
def test_a_wrong_clock_does_not_change_when_it_was_written(received, wrong, waited):
    """The device's clock is wrong by the same at writing and at sending."""
    written, sent = received - waited + wrong, received + wrong
    ahead = clock_ahead(sent, received)
    assert ahead == wrong
    assert written_at(written, ahead, received) == received - waited


def test_a_small_difference_is_not_told():
    assert not is_noticeable(timedelta(minutes=-4))
    assert is_noticeable(timedelta(hours=-3))


def test_a_report_may_come_two_weeks_after_it_was_written():
    now = at("2026-11-25T12:00")
    assert may_still_come(now - timedelta(days=14), now)
    assert not may_still_come(now - timedelta(days=14, minutes=1), now)
