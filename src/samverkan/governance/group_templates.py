"""The kinds of groups: one reviewed file a kind, read at start. A new file is a new kind."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

from samverkan.platform.access.capabilities import InformationClass

from .agenda_sources import AgendaPart
from .cadence import Rhythm, SummerMode

FOLDER = Path(__file__).parent / "data" / "group_templates"


@dataclass(frozen=True)
class Words:
    """One text in both languages."""

    sv: str
    en: str

    def to(self, language: str) -> str:
        return self.en if language == "en" else self.sv


@dataclass(frozen=True)
class LegalGround:
    law: str
    words: Words
    source: str
    read_on: date


@dataclass(frozen=True)
class PlannedSeat:
    """A seat as the template wants it: which kinds of functions may fill it."""

    words: Words
    function_kinds: tuple[str, ...]
    role: str
    is_chair: bool
    is_leading_position: bool
    is_required: bool


@dataclass(frozen=True)
class PlannedPoint:
    """A part of the agenda; with words it is a fixed point of its own."""

    part: AgendaPart
    words: Words | None


class Quorum:
    MORE_THAN_HALF = "more_than_half"
    HALF = "half"
    NONE = ""
    ALL = (NONE, HALF, MORE_THAN_HALF)


@dataclass(frozen=True)
class GroupTemplate:
    key: str
    name: Words
    purpose: Words
    legal_frame: tuple[LegalGround, ...]
    seats: tuple[PlannedSeat, ...]
    rhythm: Rhythm
    weekday: int
    starts_at: time
    minutes_long: int
    summer: SummerMode | None
    agenda: tuple[PlannedPoint, ...]
    forms: tuple[str, ...]
    decision_kinds: tuple[str, ...]
    information_class: InformationClass
    retention: str
    guards_texts: bool
    escalates_to: tuple[str, ...]
    quorum: str
    is_chaired_by_municipality: bool
    chair_rule: Words
    notice_days: int
    adjustment_days: int
    adjusters: int
    reviewed_on: date
    source: str

    @property
    def parts(self) -> frozenset[AgendaPart]:
        return frozenset(point.part for point in self.agenda)


@cache
def templates() -> dict[str, GroupTemplate]:
    """Every kind by its key, in the order of the files."""
    return {path.stem: read_template(path) for path in sorted(FOLDER.glob("*.toml"))}


def template_of(kind: str) -> GroupTemplate | None:
    """The template of a group's kind; None when its file has been taken away."""
    return templates().get(kind)


def kind_label(kind: str, language: str) -> str:
    found = template_of(kind)
    return found.name.to(language) if found else kind


def read_template(path: Path) -> GroupTemplate:
    """The file as a template. Raises ValueError, KeyError or TypeError for what does not hold."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    cadence, chair, quorum = raw["cadence"], raw["chair"], raw["quorum"]
    weekday = int(cadence["weekday"])
    if not 1 <= weekday <= 7:
        raise ValueError("cadence.weekday is 1 (Monday) to 7")
    if quorum["rule"] not in Quorum.ALL:
        raise ValueError(f"quorum.rule {quorum['rule']!r} is unknown")
    return GroupTemplate(
        key=path.stem,
        name=_words(raw["name"]),
        purpose=_words(raw["purpose"]),
        legal_frame=tuple(_ground(each) for each in raw["legal_frame"]),
        seats=tuple(_seat(each) for each in raw["seats"]),
        rhythm=Rhythm(cadence["rhythm"]),
        weekday=weekday,
        starts_at=time.fromisoformat(cadence["time"]),
        minutes_long=int(cadence["minutes"]),
        summer=summer_mode(
            cadence.get("summer_rhythm", ""),
            cadence.get("summer_from", ""),
            cadence.get("summer_to", ""),
        ),
        agenda=tuple(_point(each) for each in raw["agenda"]),
        forms=tuple(raw["forms"]),
        decision_kinds=tuple(raw["decision_kinds"]),
        information_class=InformationClass(raw["information_class"]),
        retention=raw["retention"],
        guards_texts=bool(raw["guards_texts"]),
        escalates_to=tuple(raw["escalates_to"]),
        quorum=quorum["rule"],
        is_chaired_by_municipality=bool(chair["from_municipality"]),
        chair_rule=_words(chair),
        notice_days=int(raw["notice_days"]),
        adjustment_days=int(raw["adjustment_days"]),
        adjusters=int(raw["adjusters"]),
        reviewed_on=_date(raw["reviewed_on"]),
        source=raw["source"],
    )


def summer_mode(rhythm: str, first: str, after: str) -> SummerMode | None:
    """From "06-15" and "08-15"; None when there is no other rhythm in summer."""
    if not rhythm:
        return None
    return SummerMode(Rhythm(rhythm), _day_of_year(first), _day_of_year(after))


def _day_of_year(text: str) -> tuple[int, int]:
    month, day = (int(part) for part in text.split("-"))
    date(2028, month, day)
    return month, day


def _words(raw: dict[str, Any]) -> Words:
    return Words(sv=raw["sv"].strip(), en=raw["en"].strip())


def _ground(raw: dict[str, Any]) -> LegalGround:
    return LegalGround(raw["law"], _words(raw), raw["source"], _date(raw["read_on"]))


def _seat(raw: dict[str, Any]) -> PlannedSeat:
    return PlannedSeat(
        words=_words(raw),
        function_kinds=tuple(raw["function_kinds"]),
        role=raw["role"],
        is_chair=bool(raw.get("chair", False)),
        is_leading_position=bool(raw.get("leading", False)),
        is_required=bool(raw.get("required", False)),
    )


def _point(raw: dict[str, Any]) -> PlannedPoint:
    words = _words(raw) if "sv" in raw else None
    return PlannedPoint(AgendaPart[raw["part"].upper()], words)


def _date(value: Any) -> date:
    if not isinstance(value, date):
        raise TypeError(f"{value!r} is not a date")
    return value
