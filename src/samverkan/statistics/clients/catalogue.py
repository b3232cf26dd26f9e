"""What can be fetched: addresses and rules as dated data, with settings in place of addresses."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from samverkan.platform.fetching.politeness import Rules

DATA = Path(__file__).parents[1] / "data" / "fetching.toml"


@dataclass(frozen=True)
class Fetchable:
    """One thing that can be fetched. Limits of 0 do not concern it."""

    code: str
    source: str
    import_kind: str
    title_sv: str
    title_en: str
    api: str
    default_every_days: int
    fresh_hours: int
    calls: int
    window_seconds: float
    rules_source: str
    addresses: Mapping[str, str]
    most_ids: int = 0
    per_page: int = 0
    most_cells: int = 0
    table_path: str = ""
    table_words: str = ""

    def title(self, language: str) -> str:
        return self.title_en if language == "en" else self.title_sv

    @property
    def rules(self) -> Rules:
        return Rules(calls=self.calls, window_seconds=self.window_seconds)

    def address(self, api: str = "") -> str:
        """Where the interface of the version is, without a slash at the end."""
        own: str = settings.FETCH_ADDRESSES.get(self.code, "")
        return (own or self.addresses[api or self.api]).rstrip("/")

    @property
    def host(self) -> str:
        return urlsplit(self.address()).hostname or ""


@dataclass(frozen=True)
class Question:
    """What is wanted: for which municipalities, from which year, of which version."""

    municipality_codes: tuple[str, ...]
    from_year: int
    to_year: int
    api: str = ""
    is_forced: bool = field(default=False)
    """Ask the publisher even if a fresh answer is kept."""


@cache
def fetchables() -> dict[str, Fetchable]:
    """Everything that can be fetched, by its code."""
    content = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {entry["code"]: Fetchable(**entry) for entry in content["fetch"]}
