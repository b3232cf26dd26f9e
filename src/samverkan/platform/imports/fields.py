"""What a kind of import needs from a file's columns, and guesses of which column holds it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from samverkan.swedish.sorting import search_key

# The field that a function with one municipality need not name.
MUNICIPALITY = "municipality"
NOT_A_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class ImportField:
    """One thing that a column can hold. `synonyms` are words of Swedish and English headers.

    A field that `may_be_given` can be said once for the whole file instead of in a column.
    """

    key: str
    label: str | Promise
    synonyms: tuple[str, ...]
    is_required: bool = False
    may_be_given: bool = False
    help: str | Promise = ""


def plain(header: str) -> str:
    """A header for comparison: case, punctuation and white space do not matter."""
    return NOT_A_WORD.sub(" ", search_key(header)).strip()


def guess_mapping(header: Sequence[str], fields: Sequence[ImportField]) -> dict[str, int]:
    """The most likely column of each field; no column is used twice.

    A header that is one of the field's words goes before a header that only begins with one.
    """
    plain_header = [plain(name) for name in header]
    taken: dict[str, int] = {}
    for fits in (_is_word, _begins_with_word):
        for field in fields:
            if field.key in taken:
                continue
            words = [plain(word) for word in (field.key, *field.synonyms)]
            for column, name in enumerate(plain_header):
                if column not in taken.values() and name and fits(name, words):
                    taken[field.key] = column
                    break
    return taken


def missing_fields(
    fields: Sequence[ImportField], mapping: Mapping[str, int], given: Mapping[str, str]
) -> list[ImportField]:
    """The required fields that neither a column nor the importer gives."""
    return [
        field
        for field in fields
        if field.is_required and field.key not in mapping and not given.get(field.key)
    ]


def _is_word(name: str, words: list[str]) -> bool:
    return name in words


def _begins_with_word(name: str, words: list[str]) -> bool:
    return any(name.startswith(f"{word} ") for word in words)
