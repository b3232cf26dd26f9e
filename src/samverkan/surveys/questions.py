"""The questions on perceived safety and the groups that answers are divided by: dated data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from samverkan.statistics.definitions import series_definitions

DATA = Path(__file__).parent / "data" / "questions.toml"

GROUPS = {
    "girl": _("Girl or woman"),
    "boy": _("Boy or man"),
    "other": _("Other, or do not want to say"),
}


@dataclass(frozen=True)
class Option:
    code: str
    label_sv: str
    label_en: str

    def label(self, language: str) -> str:
        return self.label_en if language == "en" else self.label_sv


@dataclass(frozen=True)
class Question:
    """`unsafe` names the answers that count as fear; `subject` the crime series of like subject."""

    code: str
    text_sv: str
    text_en: str
    measured_sv: str
    measured_en: str
    source: str
    subject: str
    unsafe: frozenset[str]
    options: tuple[Option, ...]

    def text(self, language: str) -> str:
        return self.text_en if language == "en" else self.text_sv

    def measured(self, language: str) -> str:
        """What the percentage counts: "per cent ... unsafe alone outdoors"."""
        return self.measured_en if language == "en" else self.measured_sv


@cache
def questions() -> dict[str, Question]:
    """Every question by its code, in the order of the file, checked at the first use."""
    content = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {entry["code"]: _question(entry) for entry in content["question"]}


def _question(entry: dict) -> Question:  # type: ignore[type-arg]
    options = tuple(Option(code, *labels) for code, labels in entry["options"].items())
    unsafe = frozenset(entry["unsafe"])
    if not unsafe <= {option.code for option in options}:
        raise ValueError(f"question {entry['code']}: unsafe answers that are no options")
    if entry["subject"] and entry["subject"] not in series_definitions():
        raise ValueError(f"question {entry['code']}: no series {entry['subject']}")
    plain = {key: entry[key] for key in entry if key not in {"options", "unsafe"}}
    return Question(**plain, unsafe=unsafe, options=options)
