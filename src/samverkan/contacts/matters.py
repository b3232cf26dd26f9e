"""What one calls somebody about: dated data, read and checked once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "matters.toml"


@dataclass(frozen=True)
class Matter:
    key: str
    name_sv: str
    name_en: str
    advice_sv: str
    advice_en: str

    def name(self, language: str) -> str:
        return self.name_en if language.startswith("en") else self.name_sv

    def advice(self, language: str) -> str:
        return self.advice_en if language.startswith("en") else self.advice_sv


@cache
def matters() -> dict[str, Matter]:
    """Every matter by its key, in the order of the file; ValueError when one stands twice."""
    with FILE.open("rb") as file:
        found = [Matter(**each) for each in tomllib.load(file)["matter"]]
    by_key = {matter.key: matter for matter in found}
    if len(by_key) != len(found):
        raise ValueError("a matter stands twice in matters.toml")
    return by_key
