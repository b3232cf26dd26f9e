"""The headings of an agreement as dated data: what the law and Brå ask for, and words to begin."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

DATA = Path(__file__).parent / "data" / "agreement_template.toml"
FRAME = "frame"
LAW, BRA = "law", "bra"
SEPARATOR = ":"


@dataclass(frozen=True)
class TemplateSection:
    """`demanded_by`: "law", "bra" (Brå's list of contents) or "" (the house's proposal)."""

    key: str
    demanded_by: str
    titles: Mapping[str, str]
    helps: Mapping[str, str]
    text: str

    @property
    def title(self) -> str:
        return self.titles[_language()]

    @property
    def help_text(self) -> str:
        return self.helps[_language()]


@dataclass(frozen=True)
class AgreementTemplate:
    valid_from: date
    source: str
    frame: tuple[TemplateSection, ...]
    annex: tuple[TemplateSection, ...]

    def of_part(self, part: str) -> tuple[TemplateSection, ...]:
        return self.frame if part == FRAME else self.annex

    def section(self, part: str, key: str) -> TemplateSection | None:
        return next((each for each in self.of_part(part) if each.key == key), None)


@cache
def agreement_template() -> AgreementTemplate:
    with DATA.open("rb") as file:
        content = tomllib.load(file)
    return AgreementTemplate(
        valid_from=content["valid_from"],
        source=content["source"],
        frame=tuple(_section(each) for each in content["frame"]),
        annex=tuple(_section(each) for each in content["annex"]),
    )


def text_key(part: str, section: str) -> str:
    return f"{part}{SEPARATOR}{section}"


def parts_of(codes: Iterable[str]) -> list[str]:
    """The frame, then one annex for each municipality."""
    return [FRAME, *codes]


def first_texts(codes: Iterable[str]) -> dict[str, str]:
    """The template's own words, by "part:section", for the parts of a new agreement."""
    template = agreement_template()
    return {
        text_key(part, section.key): section.text
        for part in parts_of(codes)
        for section in template.of_part(part)
        if section.text
    }


def lacking(texts: Mapping[str, str], codes: Iterable[str], demanded_by: str) -> list[str]:
    """Keys that the law, or Brå's list, asks for and that nobody has written."""
    template = agreement_template()
    return [
        text_key(part, section.key)
        for part in parts_of(codes)
        for section in template.of_part(part)
        if section.demanded_by == demanded_by
        and not texts.get(text_key(part, section.key), "").strip()
    ]


def _section(row: dict[str, str]) -> TemplateSection:
    return TemplateSection(
        key=row["key"],
        demanded_by=row["demanded_by"],
        titles={"sv": row["title_sv"], "en": row["title_en"]},
        helps={"sv": row["help_sv"], "en": row["help_en"]},
        text=row["text_sv"],
    )


def _language() -> str:
    return "en" if (get_language() or "sv").startswith("en") else "sv"
