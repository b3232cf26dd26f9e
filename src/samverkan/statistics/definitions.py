"""The series and sources that figures belong to: dated reference data, read once and checked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from .comparability import (
    BreakScope,
    ComparabilityBreak,
    breaks_between,
    code_lists,
    comparability_breaks,
)
from .reference import reference_data

__all__ = [
    "BreakScope",
    "ComparabilityBreak",
    "DerivationRule",
    "Sensitivity",
    "SeriesDefinition",
    "SeriesSetting",
    "Source",
    "breaks_between",
    "comparability_breaks",
    "series_definitions",
    "sources",
]


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
class DerivationRule:
    """How a series is computed of others when nobody has delivered it: sums and differences."""

    plus: tuple[str, ...]
    minus: tuple[str, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        return self.plus + self.minus

    def words(self, language: str) -> str:
        """The rule as it stands on the page: "Stöld − Butiksstölder"."""
        known = series_definitions()
        added = " + ".join(known[code].name(language) for code in self.plus)
        return " − ".join([added, *(known[code].name(language) for code in self.minus)])


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
    rule: DerivationRule | None = None

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


@cache
def series_definitions() -> dict[str, SeriesDefinition]:
    """Every series by its code, in the order of presentation."""
    found = {entry["code"]: _series(entry) for entry in reference_data("series.toml")["series"]}
    known = sources()
    for definition in found.values():
        _check(definition, found, known)
    named = {code for broken in comparability_breaks() for code in broken.series} | set(
        code_lists()
    )
    if unknown := named - set(found):
        raise ValueError(f"breaks or code lists name no series: {sorted(unknown)}")
    return found


@cache
def sources() -> dict[str, Source]:
    """Every source by its code."""
    return {
        code: Source(code=code, **entry)
        for code, entry in reference_data("sources.toml").items()
        if isinstance(entry, dict)
    }


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
        rule=_rule(entry.get("rule")),
    )


def _rule(entry: dict[str, list[str]] | None) -> DerivationRule | None:
    return DerivationRule(tuple(entry["plus"]), tuple(entry["minus"])) if entry else None


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
    for code in definition.rule.parts if definition.rule else ():
        if code not in found or found[code].rule or found[code].unit != definition.unit:
            raise ValueError(f"series {definition.code}: cannot be computed from {code}")
        if definition.sensitivity is Sensitivity.ORDINARY and (
            found[code].sensitivity is Sensitivity.SENSITIVE
        ):
            raise ValueError(f"series {definition.code}: would tell of the sensitive {code}")
    for code in definition.source_codes:
        if code not in known:
            raise ValueError(f"series {definition.code}: no source {code}")
