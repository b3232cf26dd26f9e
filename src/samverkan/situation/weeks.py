"""ISO weeks as the house writes them: year times 100 plus week, 202648."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


def week_of(day: date) -> int:
    """The ISO week that the day lies in."""
    year, week, _weekday = day.isocalendar()
    return year * 100 + week


def monday_of(week: int) -> date:
    """The week's first day; ValueError for a week that the year does not have."""
    return date.fromisocalendar(week // 100, week % 100, 1)


def is_week(week: int) -> bool:
    try:
        monday_of(week)
    except ValueError:
        return False
    return True


def weeks_later(week: int, number: int) -> int:
    """The week `number` weeks after (before, when negative)."""
    return week_of(monday_of(week) + timedelta(weeks=number))


def weeks_from_to(first: int, last: int) -> tuple[int, ...]:
    """Every week from the first to the last, both counted; nothing when they stand reversed."""
    monday, end = monday_of(first), monday_of(last)
    weeks = []
    while monday <= end:
        weeks.append(week_of(monday))
        monday += timedelta(weeks=1)
    return tuple(weeks)


def read_week(text: str) -> int | None:
    """A week as a browser's week field or a person writes it: "2026-W48", "202648"."""
    digits = "".join(character for character in text if character.isdigit())
    if len(digits) != 6:
        return None
    week = int(digits)
    return week if is_week(week) else None


@dataclass(frozen=True)
class Cadence:
    """How often a group looks at its situation.

    `weeks_a_period` is 1 or 2. Two-week periods are counted from `anchor_week`, over New Year and
    through years of 53 weeks. In summer, from week `summer[0]` to week `summer[1]` (both counted),
    one period covers all of the weeks; None means that summer is as the rest of the year.
    """

    weeks_a_period: int = 1
    anchor_week: int = 202601
    summer: tuple[int, int] | None = None

    def is_summer(self, week: int) -> bool:
        return self.summer is not None and self.summer[0] <= week % 100 <= self.summer[1]


@dataclass(frozen=True)
class Period:
    """The weeks that a group looks at together, both counted."""

    first_week: int
    last_week: int

    @property
    def weeks(self) -> tuple[int, ...]:
        return weeks_from_to(self.first_week, self.last_week)

    @property
    def first_day(self) -> date:
        return monday_of(self.first_week)

    @property
    def day_after(self) -> date:
        return monday_of(self.last_week) + timedelta(weeks=1)


def period_of(week: int, cadence: Cadence) -> Period:
    """The period of the cadence that the week lies in."""
    year = week // 100
    if cadence.summer is not None and cadence.is_summer(week):
        return Period(year * 100 + cadence.summer[0], year * 100 + cadence.summer[1])
    behind = (monday_of(week) - monday_of(cadence.anchor_week)).days // 7
    first = weeks_later(week, -(behind % cadence.weeks_a_period))
    inside = [
        each
        for each in weeks_from_to(first, weeks_later(first, cadence.weeks_a_period - 1))
        if not cadence.is_summer(each)
    ]
    return Period(inside[0], inside[-1])


def period_before(period: Period, cadence: Cadence) -> Period:
    return period_of(weeks_later(period.first_week, -1), cadence)


def period_after(period: Period, cadence: Cadence) -> Period:
    return period_of(weeks_later(period.last_week, 1), cadence)


def read_address(text: str) -> int | None:
    """A week as it stands in an address: "2026-v48"."""
    year, _mark, number = text.partition("-v")
    if len(year) != 4 or not (year + number).isascii() or not (year + number).isdigit():
        return None
    week = int(year) * 100 + int(number) if 1 <= len(number) <= 2 else 0
    return week if is_week(week) else None


def address_of(week: int) -> str:
    """202648 as "2026-v48"."""
    return f"{week // 100:04d}-v{week % 100}"
