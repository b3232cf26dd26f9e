from __future__ import annotations

from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as some

from samverkan.compute.periods import Period

days = some.dates(date(1950, 1, 1), date(2100, 12, 31))


@given(day=days, period=some.sampled_from(Period))
def test_a_day_lies_in_its_own_period_and_in_no_other(day: date, period: Period) -> None:
    index = period.index(day)
    assert period.first_day(index) <= day < period.first_day(index + 1)


@pytest.mark.parametrize("period", Period)
def test_duckdb_numbers_the_periods_of_a_century_as_python_does(period: Period) -> None:
    first = date(1950, 1, 1)
    found = duckdb.execute(
        f"SELECT {period.index_sql('day')} FROM (SELECT i, DATE '{first}' + CAST(i AS INTEGER) "
        "AS day FROM range(55000) t(i)) ORDER BY i"
    ).fetchnumpy()
    expected = [period.index(first + timedelta(days=i)) for i in range(55000)]
    assert next(iter(found.values())).tolist() == expected


def test_weeks_are_those_of_iso_8601() -> None:
    week = Period.WEEK
    assert week.label(week.index(date(2027, 1, 3))) == "2026-W53"
    assert week.label(week.index(date(2027, 1, 4))) == "2027-W01"


def test_months_and_days_are_labelled_as_they_are_written() -> None:
    assert Period.MONTH.label(Period.MONTH.index(date(1969, 12, 31))) == "1969-12"
    assert Period.DAY.label(Period.DAY.index(date(2026, 2, 3))) == "2026-02-03"
