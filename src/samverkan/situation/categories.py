"""The categories of EST incidents: versioned reference data, a proposal until it is agreed on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from samverkan.swedish.sorting import search_key

FOLDER = Path(__file__).parent / "data"
DATA = FOLDER / "categories.toml"
# Lists that were in use before: the same form, each under its version.
EARLIER = "categories_*.toml"


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
    valid_from: date | None = None


@cache
def category_list() -> CategoryList:
    """The list in use."""
    return read_list(DATA)


def read_list(path: Path) -> CategoryList:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return CategoryList(
        version=content["version"],
        is_confirmed=content["status"] == "confirmed",
        source=content["source"],
        categories=tuple(_category(entry) for entry in content["categories"]),
        valid_from=content["valid_from"],
    )


def lists_in(folder: Path) -> dict[str, CategoryList]:
    """Every list of the folder by its version: the one in use and those that were before it."""
    found = (read_list(path) for path in (folder / DATA.name, *folder.glob(EARLIER)))
    return {each.version: each for each in found}


@cache
def category_lists() -> dict[str, CategoryList]:
    return lists_in(FOLDER)


def label_in(lists: dict[str, CategoryList], code: str, version: str, language: str) -> str:
    """What the code was called in the list of that version; the list in use where it is silent."""
    for name in (version, next(iter(lists))):
        for category in lists[name].categories if name in lists else ():
            if category.code == code:
                return category.name(language)
    return code


def category_label(code: str, version: str, language: str) -> str:
    """The category's name as it was when it was chosen."""
    return label_in(category_lists(), code, version, language)


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
