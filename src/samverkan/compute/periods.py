"""Days, ISO weeks and months by Swedish time, as numbers that count up without a gap."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

TIME_ZONE = "Europe/Stockholm"
EPOCH_MONDAY = date(1, 1, 1)
"""Every date that Python knows lies after it: DuckDB rounds weeks before its start towards zero."""


class Period(Enum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    @property
    def frequency(self) -> int:
        """Periods in a year, as the methods of surveillance want it."""
        return {Period.DAY: 365, Period.WEEK: 52, Period.MONTH: 12}[self]

    def index_sql(self, day: str) -> str:
        """The number of the period that holds the local date `day` (an SQL expression)."""
        # DuckDB counts week boundaries on Mondays, as ISO 8601 does.
        return f"date_diff('{self.value}', DATE '{EPOCH_MONDAY}', {day})"

    def index(self, day: date) -> int:
        if self is Period.MONTH:
            return (day.year - EPOCH_MONDAY.year) * 12 + day.month - EPOCH_MONDAY.month
        days = (day - EPOCH_MONDAY).days
        return days if self is Period.DAY else days // 7

    def first_day(self, index: int) -> date:
        if self is Period.MONTH:
            years, month = divmod(index, 12)
            return date(EPOCH_MONDAY.year + years, month + 1, 1)
        return EPOCH_MONDAY + timedelta(days=index * (1 if self is Period.DAY else 7))

    def label(self, index: int) -> str:
        first = self.first_day(index)
        if self is Period.WEEK:
            year, week, _ = first.isocalendar()
            return f"{year}-W{week:02d}"
        return first.isoformat() if self is Period.DAY else f"{first:%Y-%m}"
