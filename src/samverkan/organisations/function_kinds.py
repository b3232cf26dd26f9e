"""The kinds of functions and their capabilities: reviewed data, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samverkan.platform.access.capabilities import Capability

DATA = Path(__file__).parent / "data" / "function_kinds.toml"


@dataclass(frozen=True)
class FunctionKind:
    code: str
    title_sv: str
    title_en: str
    capabilities: frozenset[Capability]

    def title(self, language: str) -> str:
        return self.title_en if language == "en" else self.title_sv


@cache
def function_kinds() -> dict[str, FunctionKind]:
    """Every kind by its code; an unknown capability in the data stops the start."""
    content = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {
        code: FunctionKind(
            code=code,
            title_sv=entry["title_sv"],
            title_en=entry["title_en"],
            capabilities=frozenset(Capability(name) for name in entry["capabilities"]),
        )
        for code, entry in content.items()
        if isinstance(entry, dict)
    }
