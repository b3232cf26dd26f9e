"""When a group meets: a rhythm keyed on ISO weeks, and another one in summer. No ORM, no clock.

Question answered: on which days of [first, after) does the group meet?
Guarantee: days come in order and once; every second week goes on evenly over a year of 53 weeks,
because the weeks are counted from the first meeting and not by their number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

WEEK = timedelta(weeks=1)
LAST_OF_MONTH = 5


class Rhythm(StrEnum):
    WEEKLY = "weekly"
    EVERY_SECOND_WEEK = "every_second_week"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    WHEN_NEEDED = "when_needed"


@dataclass(frozen=True)
class SummerMode:
    """Another rhythm between two days of the year, [first, after) as (month, day)."""

    rhythm: Rhythm
    first: tuple[int, int]
    after: tuple[int, int]

    def holds_on(self, day: date) -> bool:
        here = (day.month, day.day)
        if self.first <= self.after:
            return self.first <= here < self.after
        return here >= self.first or here < self.after


@dataclass(frozen=True)
class Cadence:
    """`first_on` is a day when the group meets: it gives the weekday and where in the rhythm."""

    rhythm: Rhythm
    first_on: date
    starts_at: time
    minutes_long: int = 60
    summer: SummerMode | None = None

    def rhythm_on(self, day: date) -> Rhythm:
        if self.summer is not None and self.summer.holds_on(day):
            return self.summer.rhythm
        return self.rhythm

    def meets_on(self, day: date) -> bool:
        return day >= self.first_on and _falls_on(self.rhythm_on(day), self.first_on, day)

    def meets_in_week(self, week: int) -> bool:
        """Whether the group meets in the ISO week (202648)."""
        return bool(days_of_week(self, week))


def days(cadence: Cadence, first: date, after: date) -> list[date]:
    """The days in [first, after) on which the group meets."""
    start = max(first, cadence.first_on)
    start += timedelta(days=(cadence.first_on.isoweekday() - start.isoweekday()) % 7)
    weeks = max(0, -((start - after) // WEEK))
    return [day for step in range(weeks) if cadence.meets_on(day := start + WEEK * step)]


def next_days(cadence: Cadence, after: date, count: int) -> list[date]:
    """The `count` first days later than `after`; none when the group meets when needed."""
    found: list[date] = []
    start = after + timedelta(days=1)
    for year in range(10):
        begin = start + timedelta(days=366 * year)
        found += days(cadence, begin, begin + timedelta(days=366))
        if len(found) >= count:
            break
    return found[:count]


def days_of_week(cadence: Cadence, week: int) -> list[date]:
    monday = date.fromisocalendar(week // 100, week % 100, 1)
    return days(cadence, monday, monday + WEEK)


def week_of(day: date) -> int:
    """The ISO week as a number, 202648."""
    year, week, _ = day.isocalendar()
    return year * 100 + week


def _falls_on(rhythm: Rhythm, first_on: date, day: date) -> bool:
    if day.isoweekday() != first_on.isoweekday() or rhythm is Rhythm.WHEN_NEEDED:
        return False
    weeks_between = (day - first_on).days // 7
    if rhythm is Rhythm.WEEKLY:
        return True
    if rhythm is Rhythm.EVERY_SECOND_WEEK:
        return weeks_between % 2 == 0
    is_turn = _occurrence(day) == _occurrence(first_on) or _is_last_instead(first_on, day)
    if rhythm is Rhythm.MONTHLY:
        return is_turn
    return is_turn and (day.month - first_on.month) % 3 == 0


def _occurrence(day: date) -> int:
    """The third Wednesday of its month is 3."""
    return (day.day - 1) // 7 + 1


def _is_last_instead(first_on: date, day: date) -> bool:
    """A group of the fifth Wednesday meets on the last one in months with four."""
    is_last = (day + WEEK).month != day.month
    return _occurrence(first_on) == LAST_OF_MONTH and is_last
