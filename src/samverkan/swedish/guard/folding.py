"""One shape for every way to write the same letters, with the way back to the original.

A folded text has plain Latin letters with å, ä and ö kept, ordinary digits, spaces and dashes, and
nothing invisible. Look-alikes from Cyrillic and Greek become the Latin letters they imitate.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_ORDINARY = re.compile(r"[\n\t -~åäöÅÄÖéÉüÜèáàôÈÁÀ–—’”“§°\u00a0]*")
_ONE_TO_ONE = str.maketrans("éÉüÜèáàôÈÁÀ–—’”“\u00a0\t", 'eEuUeaaoEAA--\'""  ')
_LOOK_ALIKES = dict(
    zip(
        "авекмнорстухіјѕԁԛһӏьАВЕКМНОРСТУХІЈЅԌαεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "abekmhopctyxijsdqhlbABEKMHOPCTYXIJSGaeikvoptuxABEZHIKMNOPTYX",
        strict=True,
    )
)
_OWN_SHAPES = {
    "ı": "i", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "ø": "ö", "Ø": "Ö", "æ": "ä",
    "Æ": "Ä", "ß": "ss", "þ": "th", "Þ": "Th", "œ": "oe", "Œ": "Oe", "−": "-", "’": "'", "‘": "'",
    "”": '"', "“": '"', "\u2028": "\n", "\u2029": "\n", "\r": "\n", "\t": " ", "⁄": "/",
}  # fmt: skip
_RING, _DIAERESIS = "\u030a", "\u0308"
_INVISIBLE_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
# A single character may stand for eighteen (U+FDFA); no letter or digit needs more than four.
_LONGEST_EXPANSION = 4


@dataclass(frozen=True, slots=True)
class FoldedText:
    """`text` folded; `starts[i]` and `ends[i]` say where character i stood, None when in place."""

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> FoldedText:
    """`text` in its folded shape; in time proportional to its length."""
    if _ORDINARY.fullmatch(text):
        return FoldedText(text.translate(_ONE_TO_ONE))
    return _fold_by_character(text)


def _fold_by_character(text: str) -> FoldedText:
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for index, character in enumerate(text):
        for part in _decomposed(character):
            if part in (_RING, _DIAERESIS):
                _mark_letter(letters, ends, part, index)
            else:
                letters.append(part)
                starts.append(index)
                ends.append(index + 1)
    return FoldedText("".join(letters), starts, ends)


def _mark_letter(letters: list[str], ends: list[int], mark: str, index: int) -> None:
    """Put a ring or a diaeresis on the letter before, where that makes a Swedish letter."""
    marked = unicodedata.normalize("NFC", letters[-1] + mark) if letters else ""
    if marked in {"å", "ä", "ö", "Å", "Ä", "Ö"}:
        letters[-1] = marked
        ends[-1] = index + 1


@lru_cache(maxsize=4096)
def _decomposed(character: str) -> str:
    """The folded parts of one character: none for the invisible, marks kept apart."""
    if character in _OWN_SHAPES:
        return _OWN_SHAPES[character]
    if character == "\n" or character in _LOOK_ALIKES:
        return _LOOK_ALIKES.get(character, character)
    category = unicodedata.category(character)
    if category in {"Cf", "Cc", "Me"} or character in _INVISIBLE_LETTERS:
        return ""
    if category == "Pd":
        return "-"
    if category == "Zs":
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    parts = unicodedata.normalize("NFKD", character)
    if len(parts) > _LONGEST_EXPANSION:
        return character
    return "".join(
        _OWN_SHAPES.get(part, _LOOK_ALIKES.get(part, part))
        for part in parts
        if part in (_RING, _DIAERESIS) or unicodedata.category(part) != "Mn"
    )
