"""Days across which figures do not compare, and the codes that a series holds: dated data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from .reference import reference_data


class BreakScope(StrEnum):
    """Whose figures break: a municipality's, named series', or some groups not known which."""

    MUNICIPALITY = "municipality"
    SERIES = "series"
    CODES = "codes"


@dataclass(frozen=True)
class ComparabilityBreak:
    """A day across which figures are not comparable, why, and who says so."""

    on: date
    scope: BreakScope
    text_sv: str
    text_en: str
    source: str
    is_confirmed: bool
    read_on: date | None = None
    series: tuple[str, ...] = ()
    is_day_known: bool = True

    def text(self, language: str) -> str:
        return self.text_en if language == "en" else self.text_sv

    def concerns(self, series_code: str) -> bool:
        """Whether the series is known to break: what is not known is told, but not drawn."""
        if self.scope is BreakScope.SERIES:
            return series_code in self.series
        return self.scope is BreakScope.MUNICIPALITY


@dataclass(frozen=True)
class CodeList:
    """The offence codes of a series as far as they are known; never complete, never confirmed."""

    series: str
    codes: tuple[str, ...]
    text_sv: str
    text_en: str
    source: str
    read_on: date

    def text(self, language: str) -> str:
        return self.text_en if language == "en" else self.text_sv


@cache
def known_breaks() -> tuple[ComparabilityBreak, ...]:
    """Everything that is told of breaks, in time order, also those whose day is not known."""
    found = [
        ComparabilityBreak(
            **{
                **entry,
                "scope": BreakScope(entry["scope"]),
                "series": tuple(entry.get("series", ())),
            }
        )
        for entry in reference_data("breaks.toml")["breaks"]
    ]
    return tuple(sorted(found, key=lambda broken: broken.on))


@cache
def comparability_breaks() -> tuple[ComparabilityBreak, ...]:
    """The breaks on a known day, in time order."""
    return tuple(broken for broken in known_breaks() if broken.is_day_known)


@cache
def code_lists() -> dict[str, CodeList]:
    """The known codes by series."""
    return {
        entry["series"]: CodeList(**{**entry, "codes": tuple(entry["codes"])})
        for entry in reference_data("code_lists.toml")["code_list"]
    }


def breaks_between(first: date, end: date) -> tuple[ComparabilityBreak, ...]:
    """The breaks that a series over [first, end) runs across."""
    return tuple(broken for broken in comparability_breaks() if first < broken.on < end)


def breaks_of(series_code: str) -> tuple[ComparabilityBreak, ...]:
    """The breaks that the series is known to have, for charts."""
    return tuple(broken for broken in comparability_breaks() if broken.concerns(series_code))
