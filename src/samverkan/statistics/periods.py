"""The periods of statistics as files write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from .models import Figure

PeriodKind = Figure.PeriodKind

MONTHS = {
    "jan": 1, "januari": 1, "january": 1,
    "feb": 2, "februari": 2, "february": 2,
    "mar": 3, "mars": 3, "march": 3,
    "apr": 4, "april": 4,
    "maj": 5, "may": 5,
    "jun": 6, "juni": 6, "june": 6,
    "jul": 7, "juli": 7, "july": 7,
    "aug": 8, "augusti": 8, "august": 8,
    "sep": 9, "sept": 9, "september": 9,
    "okt": 10, "oct": 10, "oktober": 10, "october": 10,
    "nov": 11, "november": 11,
    "dec": 12, "december": 12,
}  # fmt: skip
YEAR = re.compile(r"(\d{4})\Z")
QUARTER = re.compile(r"(\d{4})[ \-]?[KkQq]v?(?:artal)?[ ]?([1-4])\Z")
QUARTER_FIRST = re.compile(r"[KkQq]v?(?:artal)?[ ]?([1-4])[ \-/]+(\d{4})\Z")
MONTH = re.compile(r"(\d{4})(?:[\-/. ]?[Mm]|[\-/.])(\d{1,2})\Z")
COMPACT = re.compile(r"(\d{4})(\d{2})\Z")
MONTH_FIRST = re.compile(r"(\d{1,2})[/\-.](\d{4})\Z")
FIRST_DAY = re.compile(r"(\d{4})-(\d{2})-01(?:[ T]00:00(?::00)?)?\Z")
NAMED = re.compile(r"([^\W\d]+)\.?[ \-']+(\d{4}|\d{2})\Z")
NAMED_LAST = re.compile(r"(\d{4})[ \-]+([^\W\d]+)\.?\Z")

EARLIEST_YEAR = 1950


@dataclass(frozen=True)
class StatisticsPeriod:
    """A year, quarter or month by its first day."""

    kind: PeriodKind
    start: date

    @property
    def label(self) -> str:
        """Short and unlike any other period's: "month 2026-10-01"."""
        return f"{self.kind} {self.start}"


def parse_period(text: str) -> StatisticsPeriod:
    """Read 2025, 2025K3, Q3 2025, 2026-10, 2026M10, 202610, okt 2026, oktober 2026, 10/2026.

    A month may also be written as its first day (spreadsheets do so). Raises ValueError.
    """
    word = " ".join(text.replace("\u00a0", " ").split())
    if found := YEAR.match(word):
        return _year(found[1])
    if found := QUARTER.match(word):
        return _quarter(found[1], found[2])
    if found := QUARTER_FIRST.match(word):
        return _quarter(found[2], found[1])
    for pattern in (FIRST_DAY, MONTH, COMPACT):
        if found := pattern.match(word):
            return month_period(int(found[1]), int(found[2]))
    if found := MONTH_FIRST.match(word):
        return month_period(int(found[2]), int(found[1]))
    return _named(word)


def month_period(year: int, month: int) -> StatisticsPeriod:
    return StatisticsPeriod(PeriodKind.MONTH, date(_checked(year), month, 1))


def parse_month(text: str) -> int:
    """A month by number or name."""
    word = text.strip().rstrip(".").lower()
    number = MONTHS.get(word) or (int(word) if word.isdigit() else 0)
    if not 1 <= number <= 12:
        raise ValueError(text)
    return number


def _year(year: str) -> StatisticsPeriod:
    return StatisticsPeriod(PeriodKind.YEAR, date(_checked(int(year)), 1, 1))


def _quarter(year: str, quarter: str) -> StatisticsPeriod:
    return StatisticsPeriod(PeriodKind.QUARTER, date(_checked(int(year)), 3 * int(quarter) - 2, 1))


def _named(word: str) -> StatisticsPeriod:
    if found := NAMED.match(word):
        name, year = found[1], found[2]
    elif found := NAMED_LAST.match(word):
        name, year = found[2], found[1]
    else:
        raise ValueError(word)
    full_year = int(year) if len(year) == 4 else 2000 + int(year)
    return month_period(full_year, parse_month(name))


def _checked(year: int) -> int:
    if year < EARLIEST_YEAR:
        raise ValueError(year)
    return year
