"""Single cells: numbers, days and times as Swedish and English files write them."""

from __future__ import annotations

import re
from datetime import date, datetime

SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009'"))
NUMBER = re.compile(r"[-+−–]?\d+(\.\d+)?([eE][-+]?\d{1,2})?\Z")
DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?:[ T](.*))?\Z")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
SHORT_TIME = re.compile(r"(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?\Z")


def parse_number(text: str) -> float:
    """A number with decimal comma or point and thousands parted by spaces.

    Raises ValueError for anything else, also for "NaN" and "inf" and for 1.234,5.
    """
    plain = text.translate(SPACES).replace(",", ".").replace("−", "-").replace("–", "-")
    if not NUMBER.match(plain):
        raise ValueError(text)
    return float(plain)


def parse_whole(text: str) -> int:
    """A whole number; 12,0 is one, 12,5 is not."""
    number = parse_number(text)
    if not number.is_integer():
        raise ValueError(text)
    return int(number)


def parse_moment(text: str) -> tuple[datetime, bool]:
    """A local moment without zone, and whether a time of day was given.

    Takes 2026-10-03, 2026-10-03 14:30, 2026-10-03T9.05, 20261003, 3/10/2026 and 3.10.2026 14:30.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _unusual_moment(text)
    if moment.tzinfo is not None:
        raise ValueError(text)
    return moment, len(text) > 10


def _unusual_moment(text: str) -> tuple[datetime, bool]:
    day_first = DAY_FIRST.match(text)
    if day_first:
        day, month, year, time = day_first.groups()
        return _at(date(int(year), int(month), int(day)), time or "")
    compact = COMPACT.match(text)
    if compact:
        return _at(date(*map(int, compact.groups())), "")
    return _at(date.fromisoformat(text[:10]), text[10:].lstrip(" T").removeprefix("kl").strip())


def parse_time(text: str) -> tuple[int, int]:
    """Hour and minute of 14:30, 14.30, 9:05 or 14:30:00."""
    found = SHORT_TIME.match(text.strip().lower().removeprefix("kl").strip(". "))
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError(text)
    return int(found[1]), int(found[2])


def _at(day: date, time: str) -> tuple[datetime, bool]:
    hour, minute = parse_time(time) if time else (0, 0)
    return datetime(day.year, day.month, day.day, hour, minute), bool(time)  # noqa: DTZ001


def looks_like_formula(text: str) -> bool:
    """Text that a spreadsheet would run: never a name, a code or a place."""
    return text[:1] in "=+-@\t\r" and len(text) > 1 and not NUMBER.match(text.replace(",", "."))
