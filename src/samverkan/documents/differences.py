"""What changed between two texts, word by word, so that a person can read it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

WORDS = re.compile(r"\s+|\S+")
# Beyond this the comparison word by word takes longer than anybody waits: whole lines then.
MOST_WORDS = 4000


class ChangeKind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Change:
    kind: ChangeKind
    text: str


def differences(before: str, after: str) -> list[Change]:
    """The pieces of both texts in reading order."""
    old, new = _pieces(before, after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    changes: list[Change] = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        removed, added = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if tag == "equal":
            changes.append(Change(ChangeKind.SAME, added))
            continue
        if removed:
            changes.append(Change(ChangeKind.REMOVED, removed))
        if added:
            changes.append(Change(ChangeKind.ADDED, added))
    return changes


def _pieces(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    if max(len(old), len(new)) <= MOST_WORDS:
        return old, new
    return before.splitlines(keepends=True), after.splitlines(keepends=True)
