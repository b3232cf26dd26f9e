"""The kinds of document that are written here, and the period that each is about.

One machinery writes, compares, shares, decides and prints them all: the situational picture of a
month, and the EST analysis of a quarter or a year.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samverkan.documents.formats import Language, month_name

FIRST_YEAR, LAST_YEAR = 1996, 2200


class Kind(StrEnum):
    PICTURE = "picture"
    EST_QUARTER = "est_quarter"
    EST_YEAR = "est_year"


@dataclass(frozen=True)
class KindFacts:
    """What the kind is called, how many months its period has, how its files and codes look."""

    document: Promise
    choice: Promise
    months: int
    file_name: str
    pattern: re.Pattern[str]
    code: Callable[[date], str]


def _quarter(start: date) -> int:
    return (start.month - 1) // 3 + 1


FACTS: dict[Kind, KindFacts] = {
    Kind.PICTURE: KindFacts(
        _("Situational picture"),
        _("Situational picture of a month"),
        1,
        "lagesbild",
        re.compile(r"(?P<year>[0-9]{4})-(?P<part>0[1-9]|1[0-2])"),
        lambda start: f"{start:%Y-%m}",
    ),
    Kind.EST_QUARTER: KindFacts(
        _("EST analysis"),
        _("EST analysis of a quarter"),
        3,
        "est-analys",
        re.compile(r"(?P<year>[0-9]{4})-(?:kv|q|k)(?P<part>[1-4])"),
        lambda start: f"{start.year}-kv{_quarter(start)}",
    ),
    Kind.EST_YEAR: KindFacts(
        _("EST analysis"),
        _("EST analysis of a year"),
        12,
        "est-analys",
        re.compile(r"(?P<year>[0-9]{4})(?P<part>)"),
        lambda start: f"{start.year}",
    ),
}


def read_period(kind: Kind, text: str) -> date | None:
    """The first day of `2026-10`, `2026-kv3` or `2026`; None for what is no period of the kind."""
    found = FACTS[kind].pattern.fullmatch(text.strip().lower())
    if found is None or not FIRST_YEAR <= int(found["year"]) <= LAST_YEAR:
        return None
    part = int(found["part"] or 1)
    return date(int(found["year"]), (part - 1) * FACTS[kind].months + 1, 1)


def end_of_period(kind: Kind, start: date) -> date:
    """The first day after the period that begins on `start`."""
    year, month = divmod(start.year * 12 + start.month - 1 + FACTS[kind].months, 12)
    return date(year, month + 1, 1)


def earlier_start(kind: Kind, start: date, *, by_years: int = 0) -> date:
    """Where the period just before begins, or the same period `by_years` years earlier."""
    months = 12 * by_years or FACTS[kind].months
    year, month = divmod(start.year * 12 + start.month - 1 - months, 12)
    return date(year, month + 1, 1)


def period_words(kind: Kind, start: date, language: Language) -> str:
    """`oktober 2026`, `tredje kvartalet 2026`, `2026`."""
    if kind is Kind.PICTURE:
        return month_name(start, language)
    if kind is Kind.EST_YEAR:
        return f"{start.year}"
    ordinals = {
        Language.SWEDISH: ("första", "andra", "tredje", "fjärde"),
        Language.ENGLISH: ("first", "second", "third", "fourth"),
    }
    ordinal = ordinals[language][_quarter(start) - 1]
    if language is Language.SWEDISH:
        return f"{ordinal} kvartalet {start.year}"
    return f"{ordinal} quarter of {start.year}"
