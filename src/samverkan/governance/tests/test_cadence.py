"""When a group meets: weeks, months, quarters, summers, and years of 53 weeks."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.governance.cadence import (
    Cadence,
    Rhythm,
    SummerMode,
    days,
    days_of_week,
    next_days,
    week_of,
)

WEDNESDAY = date(2026, 11, 25)
NINE = time(9)


def cadence(rhythm=Rhythm.WEEKLY, first_on=WEDNESDAY, summer=None):
    return Cadence(rhythm, first_on, NINE, summer=summer)


def test_a_weekly_group_meets_in_every_week():
    found = days(cadence(), WEDNESDAY, WEDNESDAY + timedelta(days=28))
    assert found == [WEDNESDAY + timedelta(weeks=step) for step in range(4)]


def test_every_second_week_goes_on_evenly_over_a_year_of_53_weeks():
    found = days(cadence(Rhythm.EVERY_SECOND_WEEK), WEDNESDAY, date(2027, 2, 1))
    assert [week_of(day) for day in found] == [202648, 202650, 202652, 202701, 202703]
    gaps = {after - before for before, after in pairwise(found)}
    assert gaps == {timedelta(days=14)}


def test_a_monthly_group_keeps_its_weekday_of_the_month():
    found = days(cadence(Rhythm.MONTHLY, date(2026, 1, 14)), date(2026, 1, 1), date(2026, 6, 1))
    assert found == [
        date(2026, month, day) for month, day in ((1, 14), (2, 11), (3, 11), (4, 8), (5, 13))
    ]


def test_a_group_of_the_fifth_weekday_meets_on_the_last_one():
    found = days(cadence(Rhythm.MONTHLY, date(2026, 4, 29)), date(2026, 4, 1), date(2026, 8, 1))
    assert found == [date(2026, 4, 29), date(2026, 5, 27), date(2026, 6, 24), date(2026, 7, 29)]


def test_a_quarterly_group_meets_every_third_month():
    found = days(cadence(Rhythm.QUARTERLY, date(2026, 2, 4)), date(2026, 1, 1), date(2027, 3, 1))
    assert [(day.year, day.month) for day in found] == [
        (2026, 2), (2026, 5), (2026, 8), (2026, 11), (2027, 2),
    ]  # fmt: skip


def test_summer_has_its_own_rhythm_and_autumn_goes_on_as_before():
    summer = SummerMode(Rhythm.MONTHLY, (6, 22), (8, 10))
    usual = cadence(Rhythm.WEEKLY, date(2026, 6, 3), summer)
    found = days(usual, date(2026, 6, 1), date(2026, 9, 1))
    in_summer = [day for day in found if summer.holds_on(day)]
    assert in_summer == [date(2026, 7, 1), date(2026, 8, 5)]
    assert date(2026, 6, 17) in found
    assert date(2026, 8, 12) in found


def test_a_summer_over_new_year_is_understood_as_well():
    winter = SummerMode(Rhythm.WHEN_NEEDED, (12, 20), (1, 7))
    assert winter.holds_on(date(2026, 12, 30))
    assert winter.holds_on(date(2027, 1, 6))
    assert not winter.holds_on(date(2027, 1, 7))


def test_the_next_days_come_after_the_day_and_none_when_needed():
    assert next_days(cadence(), WEDNESDAY, 2) == [date(2026, 12, 2), date(2026, 12, 9)]
    assert next_days(cadence(Rhythm.WHEN_NEEDED), WEDNESDAY, 3) == []


def test_a_week_without_a_meeting_says_so():
    every_second = cadence(Rhythm.EVERY_SECOND_WEEK)
    assert every_second.meets_in_week(202648)
    assert not every_second.meets_in_week(202649)
    assert days_of_week(every_second, 202650) == [date(2026, 12, 9)]


@given(
    rhythm=st.sampled_from(Rhythm),
    first_on=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    start=st.integers(-400, 800),
    length=st.integers(0, 800),
    cut=st.integers(0, 800),
)
def test_days_come_in_order_once_on_the_weekday_and_cut_anywhere(
    rhythm, first_on, start, length, cut
):
    one = cadence(rhythm, first_on)
    begin = first_on + timedelta(days=start)
    after = begin + timedelta(days=length)
    found = days(one, begin, after)
    assert found == sorted(set(found))
    assert all(begin <= day < after for day in found)
    assert {day.isoweekday() for day in found} <= {first_on.isoweekday()}
    middle = begin + timedelta(days=min(cut, length))
    assert days(one, begin, middle) + days(one, middle, after) == found


@pytest.mark.parametrize("rhythm", [Rhythm.WEEKLY, Rhythm.MONTHLY, Rhythm.QUARTERLY])
def test_the_first_meeting_is_the_first(rhythm):
    assert days(cadence(rhythm), date(2020, 1, 1), date(2027, 1, 1))[0] == WEDNESDAY
