"""The labelled texts: `{name|Anna Testsson}` marks what the guard should find.

The texts are written for this project. Identities are invented: personnummer from Skatteverket's
test series (birth numbers 980 to 999) or with impossible dates, phone numbers from the series PTS
keeps for fiction, addresses under example.com, names put together from common ones.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from enum import Enum
from importlib.resources import files

from samverkan.swedish.guard.findings import FindingKind

_MARK = re.compile(r"\{(\w+)\|([^}]*)\}")
_ESCAPE = re.compile(r"\\(n|u[0-9a-f]{4})")


class Part(Enum):
    """What the rules were made by, and what only measures them.

    The mistakes in DEVELOPMENT may be looked at while rules are made. HELD_OUT was written before
    the first rule and CONFIRMATION after the last; of these two only the counts are looked at.
    """

    DEVELOPMENT = "development"
    HELD_OUT = "held_out"
    CONFIRMATION = "confirmation"


@dataclass(frozen=True, slots=True)
class Mark:
    kind: FindingKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LabelledText:
    number: int
    text: str
    marks: tuple[Mark, ...]

    @property
    def is_clean(self) -> bool:
        return not self.marks


def labelled_texts(part: Part) -> tuple[LabelledText, ...]:
    """The texts of one part, in the order of the file; ValueError for a mark of no known kind."""
    source = files(__package__).joinpath("labelled", f"{part.value}.csv")
    lines = source.read_text(encoding="utf-8").splitlines()
    return tuple(parse_marked(int(row["number"]), row["text"]) for row in csv.DictReader(lines))


def parse_marked(number: int, marked: str) -> LabelledText:
    written = _ESCAPE.sub(_unescaped, marked)
    text = ""
    marks: list[Mark] = []
    position = 0
    for match in _MARK.finditer(written):
        text += written[position : match.start()]
        marks.append(Mark(FindingKind(match[1]), len(text), len(text) + len(match[2])))
        text += match[2]
        position = match.end()
    return LabelledText(number, text + written[position:], tuple(marks))


def _unescaped(match: re.Match[str]) -> str:
    return "\n" if match[1] == "n" else chr(int(match[1][1:], 16))
