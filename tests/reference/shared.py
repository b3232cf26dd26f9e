"""Where the real files and reference results lie, on machines that have them."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"


def shared_path(relative: str) -> Path:
    """The path below ../shared; the calling test is skipped in one line where it is absent."""
    path = SHARED / relative
    if not path.exists():
        pytest.skip(f"no ../shared/{relative} on this machine")
    return path
