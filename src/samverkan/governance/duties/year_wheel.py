"""The year wheel: what comes back every year, when, and for which kind of function."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "year_wheel.toml"


class WheelGroup(StrEnum):
    """Whose round the item belongs to: a ring of the wheel."""

    LAW = "law"
    COUNCIL = "council"
    EST = "est"
    STATISTICS = "statistics"
    INHABITANTS = "inhabitants"
    CONTINUITY = "continuity"


@dataclass(frozen=True)
class WheelItem:
    """An item as the data has it: due on the day of the month, every year unless said."""

    key: str
    month: int
    day: int
    kind: str
    title_sv: str
    title_en: str
    group: str
    every_years: int = 1
    first_year: int = 2026
    is_unconfirmed: bool = False

    def title(self, language: str) -> str:
        return self.title_en if language.startswith("en") else self.title_sv

    def falls_in(self, year: int) -> bool:
        return year >= self.first_year and (year - self.first_year) % self.every_years == 0

    def due_on(self, year: int) -> date:
        return date(year, self.month, self.day)


@cache
def wheel_items() -> tuple[WheelItem, ...]:
    """Every item in the order of the year; ValueError when one is wrong."""
    with FILE.open("rb") as file:
        items = [WheelItem(**each) for each in tomllib.load(file)["item"]]
    if len({item.key for item in items}) != len(items):
        raise ValueError("an item stands twice in year_wheel.toml")
    for item in items:
        item.due_on(2027)
        WheelGroup(item.group)
    return tuple(sorted(items, key=lambda item: (item.month, item.day, item.key)))


@dataclass(frozen=True)
class WheelEntry:
    """One thing in one year of the wheel, from the data, the law or a group's cadence.

    `places` names the municipalities that share it: shared by several, it stands once.
    """

    key: str
    title: str
    due_on: date
    group: WheelGroup
    url: str = ""
    places: tuple[str, ...] = ()
    is_done: bool = False
    is_unconfirmed: bool = False


def merged(entries: Collection[WheelEntry]) -> list[WheelEntry]:
    """Entries that are the same thing on the same day in several municipalities become one.

    It is done when it is done in all of them.
    """
    found: dict[tuple[str, date], WheelEntry] = {}
    for entry in entries:
        key = (entry.key, entry.due_on)
        other = found.get(key)
        if other is None:
            found[key] = entry
            continue
        found[key] = WheelEntry(
            entry.key,
            entry.title,
            entry.due_on,
            entry.group,
            other.url or entry.url,
            tuple(dict.fromkeys((*other.places, *entry.places))),
            other.is_done and entry.is_done,
            entry.is_unconfirmed,
        )
    return sorted(found.values(), key=lambda entry: (entry.due_on, entry.key))
