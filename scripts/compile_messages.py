"""Compile every translation file of the product; needs no system package."""

from __future__ import annotations

from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parents[1] / "src" / "samverkan"


def compile_all() -> int:
    compiled = 0
    for text in sorted(SOURCE.rglob("locale/*/LC_MESSAGES/*.po")):
        binary = text.with_suffix(".mo")
        if not binary.exists() or binary.stat().st_mtime < text.stat().st_mtime:
            polib.pofile(str(text)).save_as_mofile(str(binary))
            compiled += 1
    return compiled


if __name__ == "__main__":
    compile_all()
