"""No persons in EST: what in a text may not be sent, and what must be asked about first.

Pure. On top of the guard's findings: an address with a number is asked about, and a home's is
refused, because an address of a home points out whoever lives there.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from samverkan.swedish.guard import Severity, find_persons

ADDRESS = re.compile(
    r"(?<!\w)[A-ZÅÄÖÉ][\wåäöé-]*(?:gatan|vägen|gränd|stigen|allén|backen|gården|torp)\s+\d{1,3}"
    r"\s?[A-Za-z]?(?!\w)"
)


class Kind(StrEnum):
    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"
    PHONE = "phone"
    EMAIL = "email"
    PLATE = "plate"
    HANDLE = "handle"
    NAME = "name"
    INDIRECT = "indirect"
    ADDRESS = "address"


@dataclass(frozen=True)
class Found:
    """A part of the text; `is_refused` may not be sent, the others are asked about."""

    kind: Kind
    start: int
    end: int
    text: str
    is_refused: bool


def judge(text: str, *, is_home: bool = False) -> tuple[Found, ...]:
    """Everything in the text that points out a person or a home, from left to right."""
    found = [
        Found(
            Kind(each.kind.value), each.start, each.end, each.text, each.severity is Severity.HARD
        )
        for each in find_persons(text)
    ]
    for match in ADDRESS.finditer(text):
        if not any(each.start < match.end() and match.start() < each.end for each in found):
            found.append(Found(Kind.ADDRESS, match.start(), match.end(), match.group(), is_home))
    return tuple(sorted(found, key=lambda each: each.start))


def hindering(found: Collection[Found], confirmed: Collection[str]) -> tuple[Found, ...]:
    """What still stands in the way: everything refused, and what the writer has not answered."""
    return tuple(each for each in found if each.is_refused or each.text not in confirmed)
