"""Every string has its Swedish, and one only: the sources held against the translation files.

Reads the sources with GNU gettext's own extractor (system package gettext) into a folder of its
own; the translation files are only read. Exit 1 names every string that lacks its Swedish.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parents[1] / "src" / "samverkan"


def rooms() -> list[Path]:
    """Every folder with translations of its own: nearest to its strings."""
    return sorted(path.parent for path in SOURCE.rglob("locale") if path.is_dir())


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.config.settings.testing")
    missing = [line for room in rooms() for line in _missing(room)]
    missing += _strays() + _two_minded()
    print("\n".join(missing) if missing else f"{len(rooms())} rooms, every string has its Swedish")
    return 1 if missing else 0


def _missing(room: Path) -> list[str]:
    """Strings of the room that its Swedish file does not translate."""
    translated = polib.pofile(str(room / "locale" / "sv" / "LC_MESSAGES" / "django.po"))
    known = {
        (entry.msgctxt, entry.msgid)
        for entry in translated
        if entry.translated() and not entry.fuzzy and not entry.obsolete
    }
    name = room.relative_to(SOURCE)
    return [
        f"{name}: {entry.msgid!r} has no Swedish"
        for entry in _extracted(room)
        if (entry.msgctxt, entry.msgid) not in known
    ]


def _extracted(room: Path) -> polib.POFile:
    from django.core.management import call_command

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "room"
        others = [path for path in rooms() if path != room and room in path.parents]
        shutil.copytree(
            room,
            copy,
            ignore=lambda place, names: [
                name
                for name in names
                if name in {"locale", "tests", "__pycache__"} or Path(place) / name in others
            ],
        )
        (copy / "locale").mkdir()
        here = Path.cwd()
        os.chdir(copy)
        try:
            call_command("makemessages", locale=["sv"], verbosity=0, no_location=True)
        finally:
            os.chdir(here)
        made = copy / "locale" / "sv" / "LC_MESSAGES" / "django.po"
        return polib.pofile(str(made)) if made.exists() else polib.POFile()


def _two_minded() -> list[str]:
    """Django puts every room's words in one table: the same source has one Swedish everywhere."""
    found: dict[tuple[str | None, str], dict[str, list[str]]] = {}
    for room in rooms():
        name = str(room.relative_to(SOURCE))
        for entry in polib.pofile(str(room / "locale" / "sv" / "LC_MESSAGES" / "django.po")):
            if entry.translated() and not entry.obsolete:
                words = str(list(entry.msgstr_plural.values()) or entry.msgstr)
                said = found.setdefault((entry.msgctxt, entry.msgid), {})
                said.setdefault(words, []).append(name)
    return [
        f"{key[1]!r} has more than one Swedish, give one of them a context: {said}"
        for key, said in found.items()
        if len(said) > 1
    ]


def _strays() -> list[str]:
    """Sources with strings to translate that lie in no room."""
    marks = ("{% translate", "{% blocktranslate", "{% trans ", "gettext")
    covered = rooms()
    return [
        f"{path.relative_to(SOURCE)}: no locale folder at or above it"
        for ending in ("*.py", "*.html")
        for path in sorted(SOURCE.rglob(ending))
        if "tests" not in path.parts
        and any(mark in path.read_text(encoding="utf-8") for mark in marks)
        and not any(room in path.parents for room in covered)
    ]


if __name__ == "__main__":
    sys.path.insert(0, str(SOURCE.parent))
    sys.exit(main())
