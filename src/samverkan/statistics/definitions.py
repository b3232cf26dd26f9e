"""The series and sources that figures belong to: dated reference data, read once and checked."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


class Sensitivity(StrEnum):
    """Sensitive series have small cells suppressed outside the closed group."""

    ORDINARY = "ordinary"
    SENSITIVE = "sensitive"


class SeriesSetting(StrEnum):
    """Where the offences of a series take place, when the series itself says so."""

    ANY = "any"
    HOME = "home"
    PUBLIC = "public"
    SEMI_PUBLIC = "semi_public"
    DIGITAL = "digital"


@dataclass(frozen=True)
class SeriesDefinition:
    """What a series counts, in words for sentences and for the line under a figure."""

    code: str
    name_sv: str
    name_en: str
    noun_sv: tuple[str, str]
    noun_en: tuple[str, str]
    definition_sv: str
    definition_en: str
    source_codes: tuple[str, ...]
    unit: str
    sensitivity: Sensitivity
    setting: SeriesSetting
    is_crime: bool
    part_of: str
    same_subject_as: str
    aliases: tuple[str, ...]

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_sv

    def definition(self, language: str) -> str:
        return self.definition_en if language == "en" else self.definition_sv

    def noun(self, language: str, *, is_plural: bool) -> str:
        """The noun of a sentence: "skadegörelsebrott", "butiksstölder"."""
        singular, plural = self.noun_en if language == "en" else self.noun_sv
        return plural if is_plural else singular


@dataclass(frozen=True)
class Source:
    """A publisher of figures: how to cite it, and whether what it gives is public."""

    code: str
    name_sv: str
    name_en: str
    citation_sv: str
    citation_en: str
    licence: str
    url: str
    is_published: bool

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_sv

    def citation(self, language: str) -> str:
        return self.citation_en if language == "en" else self.citation_sv


@dataclass(frozen=True)
class ComparabilityBreak:
    """A day across which figures are not comparable, and why.

    `scope` is "municipality" (only figures of single municipalities) or "codes" (all groups).
    """

    on: date
    scope: str
    text_sv: str
    text_en: str
    source: str

    def text(self, language: str) -> str:
        return self.text_en if language == "en" else self.text_sv


@cache
def series_definitions() -> dict[str, SeriesDefinition]:
    """Every series by its code, in the order of presentation."""
    found = {entry["code"]: _series(entry) for entry in _content("series.toml")["series"]}
    known = sources()
    for definition in found.values():
        _check(definition, found, known)
    return found


@cache
def sources() -> dict[str, Source]:
    """Every source by its code."""
    return {
        code: Source(code=code, **entry)
        for code, entry in _content("sources.toml").items()
        if isinstance(entry, dict)
    }


@cache
def comparability_breaks() -> tuple[ComparabilityBreak, ...]:
    """The breaks in time order."""
    entries = _content("series.toml")["comparability_breaks"]
    return tuple(sorted((ComparabilityBreak(**entry) for entry in entries), key=_day))


def breaks_between(first: date, end: date) -> tuple[ComparabilityBreak, ...]:
    """The breaks that a series over [first, end) runs across."""
    return tuple(broken for broken in comparability_breaks() if first < broken.on < end)


def _day(broken: ComparabilityBreak) -> date:
    return broken.on


def _content(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _series(entry: dict[str, Any]) -> SeriesDefinition:
    return SeriesDefinition(
        code=entry["code"],
        name_sv=entry["name_sv"],
        name_en=entry["name_en"],
        noun_sv=_pair(entry["noun_sv"]),
        noun_en=_pair(entry["noun_en"]),
        definition_sv=entry["definition_sv"],
        definition_en=entry["definition_en"],
        source_codes=tuple(entry["sources"]),
        unit=entry.get("unit", "count"),
        sensitivity=Sensitivity(entry.get("sensitivity", "ordinary")),
        setting=SeriesSetting(entry.get("setting", "any")),
        is_crime=entry.get("is_crime", True),
        part_of=entry.get("part_of", ""),
        same_subject_as=entry.get("same_subject_as", ""),
        aliases=tuple(entry.get("aliases", ())),
    )


def _pair(words: list[str]) -> tuple[str, str]:
    singular, plural = words
    return singular, plural


def _check(
    definition: SeriesDefinition,
    found: dict[str, SeriesDefinition],
    known: dict[str, Source],
) -> None:
    """Stop the start when the reference data names a series or a source that it does not hold."""
    for code in (definition.part_of, definition.same_subject_as):
        if code and code not in found:
            raise ValueError(f"series {definition.code}: no series {code}")
    for code in definition.source_codes:
        if code not in known:
            raise ValueError(f"series {definition.code}: no source {code}")
