"""The categories of EST incidents: versioned reference data, a proposal until it is agreed on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from samverkan.swedish.sorting import search_key

DATA = Path(__file__).parent / "data" / "categories.toml"


@dataclass(frozen=True)
class Category:
    """One category; `E00` ("nothing to report") is a positive word, not an incident."""

    code: str
    name_sv: str
    name_en: str
    group: str
    is_incident: bool
    aliases: tuple[str, ...]

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_sv


@dataclass(frozen=True)
class CategoryList:
    """The list with its version and standing; `is_confirmed` is False for a proposal."""

    version: str
    is_confirmed: bool
    source: str
    categories: tuple[Category, ...]


@cache
def category_list() -> CategoryList:
    """The list in use."""
    content = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return CategoryList(
        version=content["version"],
        is_confirmed=content["status"] == "confirmed",
        source=content["source"],
        categories=tuple(_category(entry) for entry in content["categories"]),
    )


@cache
def categories() -> dict[str, Category]:
    """Every category by its code, in the list's order."""
    return {category.code: category for category in category_list().categories}


def incident_categories() -> tuple[Category, ...]:
    """The categories that an incident can have: all but `E00`."""
    return tuple(category for category in categories().values() if category.is_incident)


@cache
def codes_by_word() -> dict[str, str]:
    """Codes by every word that a file may use for them: the code, the names and the aliases."""
    return {
        search_key(word): category.code
        for category in categories().values()
        for word in (category.code, category.name_sv, category.name_en, *category.aliases)
    }


def _category(entry: dict[str, Any]) -> Category:
    return Category(
        code=entry["code"],
        name_sv=entry["name_sv"],
        name_en=entry["name_en"],
        group=entry["group"],
        is_incident=entry.get("is_incident", True),
        aliases=tuple(entry["aliases"]),
    )
