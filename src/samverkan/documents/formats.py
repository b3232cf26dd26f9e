"""Numbers, months and weeks as they are written in Swedish and in English."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

NO_BREAK_SPACE = "\u00a0"
NARROW_RANGE = "\u2013"


class Language(StrEnum):
    SWEDISH = "sv"
    ENGLISH = "en"

    @classmethod
    def of(cls, code: str) -> Language:
        """The language of a code such as `sv`, `sv-se` or `en-gb`; Swedish when unknown."""
        return cls.ENGLISH if code.lower().startswith("en") else cls.SWEDISH


class PeriodKind(StrEnum):
    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"

    @property
    def per_year(self) -> int:
        return {PeriodKind.YEAR: 1, PeriodKind.QUARTER: 4, PeriodKind.MONTH: 12}[self]

    @property
    def months(self) -> int:
        return 12 // self.per_year


_SWEDISH_MONTHS = (
    ("januari", "jan"),
    ("februari", "feb"),
    ("mars", "mars"),
    ("april", "apr"),
    ("maj", "maj"),
    ("juni", "juni"),
    ("juli", "juli"),
    ("augusti", "aug"),
    ("september", "sep"),
    ("oktober", "okt"),
    ("november", "nov"),
    ("december", "dec"),
)
_ENGLISH_MONTHS = (
    ("January", "Jan"),
    ("February", "Feb"),
    ("March", "Mar"),
    ("April", "Apr"),
    ("May", "May"),
    ("June", "Jun"),
    ("July", "Jul"),
    ("August", "Aug"),
    ("September", "Sep"),
    ("October", "Oct"),
    ("November", "Nov"),
    ("December", "Dec"),
)
_MONTHS = {Language.SWEDISH: _SWEDISH_MONTHS, Language.ENGLISH: _ENGLISH_MONTHS}


def number(value: float, language: Language, decimals: int = 0) -> str:
    """`1 234,5` in Swedish (no-break space), `1,234.5` in English."""
    text = f"{value:,.{decimals}f}"
    if text.startswith("-") and not text.strip("-0.,"):
        text = text[1:]
    if language is Language.ENGLISH:
        return text.replace("-", "\u2212")
    swapped = text.replace(",", NO_BREAK_SPACE).replace(".", ",")
    return swapped.replace("-", "\u2212")


def plain(value: float, language: Language, most_decimals: int = 1) -> str:
    """Whole numbers without decimals, others with as few as they need."""
    rounded = round(value, most_decimals)
    return number(value, language, 0 if rounded == int(rounded) else most_decimals)


def month_name(start: date, language: Language, *, with_year: bool = True) -> str:
    """`oktober 2026`."""
    name = _MONTHS[language][start.month - 1][0]
    return f"{name}{NO_BREAK_SPACE}{start.year}" if with_year else name


def short_month(start: date, language: Language, *, with_year: bool = True) -> str:
    """`okt 2026`."""
    name = _MONTHS[language][start.month - 1][1]
    return f"{name}{NO_BREAK_SPACE}{start.year}" if with_year else name


def quarter_of(start: date) -> int:
    return (start.month - 1) // 3 + 1


def period_label(kind: PeriodKind, start: date, language: Language) -> str:
    """`2025`, `kvartal 3 2026` or `oktober 2026`."""
    if kind is PeriodKind.YEAR:
        return str(start.year)
    if kind is PeriodKind.QUARTER:
        word = "quarter" if language is Language.ENGLISH else "kvartal"
        return NO_BREAK_SPACE.join((word, str(quarter_of(start)), str(start.year)))
    return month_name(start, language)


def short_period(kind: PeriodKind, start: date, language: Language) -> str:
    """`2025`, `kv 3 2026` or `okt 2026`."""
    if kind is PeriodKind.YEAR:
        return str(start.year)
    if kind is PeriodKind.QUARTER:
        number_of = quarter_of(start)
        word = f"Q{number_of}" if language is Language.ENGLISH else f"kv{NO_BREAK_SPACE}{number_of}"
        return f"{word}{NO_BREAK_SPACE}{start.year}"
    return short_month(start, language)


def week_label(week: int, language: Language) -> str:
    """`vecka 48` of a week written as ISO year times 100 plus week."""
    word = "week" if language is Language.ENGLISH else "vecka"
    return f"{word}{NO_BREAK_SPACE}{week % 100}"


def span(lower: float, upper: float, language: Language, decimals: int = 0) -> str:
    """`0–5`."""
    return f"{number(lower, language, decimals)}{NARROW_RANGE}{number(upper, language, decimals)}"
