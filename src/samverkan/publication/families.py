"""Which series add up to which: dated reference data, read once and checked."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samverkan.statistics.definitions import series_definitions

DATA = Path(__file__).parent / "data" / "families.toml"


@dataclass(frozen=True)
class Family:
    """The parts do not overlap; what the total holds besides them is its rest.

    `is_whole`: by definition there is no rest, and every reader knows it.
    """

    total: str
    parts: tuple[str, ...]
    is_whole: bool = False


@cache
def families() -> tuple[Family, ...]:
    content = tomllib.loads(DATA.read_text(encoding="utf-8"))
    found = tuple(
        Family(each["total"], tuple(each["parts"]), each.get("is_whole", False))
        for each in content["family"]
    )
    known = series_definitions()
    for family in found:
        unknown = [code for code in (family.total, *family.parts) if code not in known]
        if unknown:
            raise ValueError(f"families.toml: no series {', '.join(unknown)}")
    return found
