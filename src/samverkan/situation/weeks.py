"""ISO weeks as the house writes them: year times 100 plus week, 202648."""

from __future__ import annotations

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
