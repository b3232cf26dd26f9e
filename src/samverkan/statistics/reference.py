"""The dated data files of this room."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def reference_data(name: str) -> dict[str, Any]:
    """The whole content of one file."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
