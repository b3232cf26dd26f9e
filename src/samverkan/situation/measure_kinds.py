"""Which kind of measure a title and a description speak of: dated words, no field to fill in."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "measure_kinds.toml"
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class MeasureKind:
    key: str
    name_sv: str
    name_en: str
    stems: tuple[str, ...]

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_sv


@cache
def measure_kinds() -> tuple[MeasureKind, ...]:
    with DATA.open("rb") as file:
        found = tomllib.load(file)["kinds"]
    return tuple(
        MeasureKind(each["key"], each["name_sv"], each["name_en"], tuple(each["stems"]))
        for each in found
    )


def kind_of(title: str, description: str = "") -> MeasureKind | None:
    """By the title; only where it says nothing, by the description."""
    return _kind_in(title) or _kind_in(description)


def _kind_in(text: str) -> MeasureKind | None:
    words = WORD.findall(text.lower())
    for kind in measure_kinds():
        if any(word.startswith(kind.stems) for word in words):
            return kind
    return None
