"""Swedish alphabetical order and case, which SQLite does not know."""

from __future__ import annotations

import unicodedata

# A to Z, then å, ä, ö; w sorts as its own letter (SAOL since 2006), accents are ignored.
_LAST = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"}


def sort_key(text: str) -> str:
    """A string whose plain binary order is the Swedish order of `text`, upper and lower alike."""
    return "".join(_LAST.get(letter) or _plain(letter) for letter in _folded(text))


def search_key(text: str) -> str:
    """`text` case-folded with å, ä and ö kept, other accents dropped and white space joined."""
    return "".join(
        letter if letter in _LAST else _plain(letter) for letter in " ".join(_folded(text).split())
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _plain(letter: str) -> str:
    return "".join(
        part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part)
    )
