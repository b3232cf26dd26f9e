"""Holidays and school breaks: dated data, each with where it comes from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "calendar.toml"


@dataclass(frozen=True)
class CalendarSpan:
    """One holiday, or one break; `starts_on` and `ends_on` are both counted."""

    name_sv: str
    name_en: str
    starts_on: date
    ends_on: date
    source: str
    is_school_break: bool

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_sv


@cache
def calendar() -> tuple[CalendarSpan, ...]:
    """Everything that the file knows, the earliest first."""
    content = tomllib.loads(DATA.read_text(encoding="utf-8"))
    days = [
        CalendarSpan(each["name_sv"], each["name_en"], day, day, each["source"], False)
        for each in content["days"]
        for day in each["dates"]
    ]
    breaks = [
        CalendarSpan(
            each["name_sv"], each["name_en"], each["from"], each["to"], each["source"], True
        )
        for each in content["breaks"]
    ]
    return tuple(sorted([*days, *breaks], key=lambda span: (span.starts_on, span.name_sv)))


def calendar_between(first: date, after: date) -> tuple[CalendarSpan, ...]:
    """Holidays and breaks that touch the days [first, after)."""
    return tuple(span for span in calendar() if span.starts_on < after and span.ends_on >= first)
