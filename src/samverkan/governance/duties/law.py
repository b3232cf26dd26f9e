"""The law as dated data: which duties hold on a day."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "law_2023_196.toml"


@dataclass(frozen=True)
class Duty:
    """One duty as it stands from one day to another; a change of law is another row."""

    key: str
    paragraph: str
    order: int
    valid_from: date
    title_sv: str
    title_en: str
    text_sv: str
    text_en: str
    evidence: tuple[str, ...]
    months: int
    soon: int
    valid_to: date | None = None
    is_our_interval: bool = False

    def title(self, language: str) -> str:
        return self.title_en if language.startswith("en") else self.title_sv

    def text(self, language: str) -> str:
        return self.text_en if language.startswith("en") else self.text_sv


@dataclass(frozen=True)
class Law:
    source: str
    source_url: str
    read_on: date
    rows: tuple[Duty, ...]

    def on(self, day: date) -> tuple[Duty, ...]:
        """The duties that hold on the day, in the order of the law."""
        held = [
            row
            for row in self.rows
            if row.valid_from <= day and (row.valid_to is None or row.valid_to > day)
        ]
        return tuple(sorted(held, key=lambda row: row.order))


@cache
def law() -> Law:
    """The law as the file has it; ValueError when two rows of a key hold at the same time."""
    with FILE.open("rb") as file:
        content = tomllib.load(file)
    rows = tuple(Duty(**{**row, "evidence": tuple(row["evidence"])}) for row in content["duty"])
    for row in rows:
        for other in rows:
            if row is not other and row.key == other.key and _overlap(row, other):
                raise ValueError(f"two rows of {row.key} hold at the same time")
    return Law(content["source"], content["source_url"], content["read_on"], rows)


def _overlap(one: Duty, other: Duty) -> bool:
    return (one.valid_to is None or one.valid_to > other.valid_from) and (
        other.valid_to is None or other.valid_to > one.valid_from
    )
