"""The fonts that ship with the product, and which letters they can write."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
FAMILY = "Source Sans 3"
REGULAR = FOLDER / "SourceSans3-Regular.ttf"
# They print nothing, so no font needs a letter for them.
INVISIBLE = frozenset("\n\u00ad\u200b\u200c\u200d\ufe0e\ufe0f")


@cache
def letters() -> frozenset[int]:
    """The code points that the text font has a letter for."""
    return frozenset(_code_points(REGULAR.read_bytes()))


def writable(text: str) -> str:
    """The text with letters that the font lacks written as their code: nothing is lost.

    An archive PDF may not hold a letter without a shape.
    """
    if text.isascii():
        return text
    known = letters()
    return "".join(
        letter
        if ord(letter) in known
        else ""
        if letter in INVISIBLE and letter not in "\n\u00ad"
        else letter
        if letter in INVISIBLE
        else f"[U+{ord(letter):04X}]"
        for letter in text
    )


def _code_points(font: bytes) -> Iterator[int]:
    """The characters of the font's character map (OpenType `cmap`, formats 4 and 12)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    offsets = {}
    for at in range(tables):
        tag, _checksum, offset, _length = struct.unpack_from(">4sLLL", font, 12 + 16 * at)
        offsets[tag] = offset
    start = offsets[b"cmap"]
    (subtables,) = struct.unpack_from(">H", font, start + 2)
    for at in range(subtables):
        _platform, _encoding, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * at)
        (layout,) = struct.unpack_from(">H", font, start + offset)
        if layout == 4:
            yield from _segments(font, start + offset)
        elif layout == 12:
            yield from _groups(font, start + offset)


def _segments(font: bytes, at: int) -> Iterator[int]:
    (twice,) = struct.unpack_from(">H", font, at + 6)
    ends = struct.unpack_from(f">{twice // 2}H", font, at + 14)
    starts = struct.unpack_from(f">{twice // 2}H", font, at + 16 + twice)
    for first, last in zip(starts, ends, strict=True):
        yield from range(first, min(last, 0xFFFE) + 1)


def _groups(font: bytes, at: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">L", font, at + 12)
    for group in range(count):
        first, last, _glyph = struct.unpack_from(">LLL", font, at + 16 + 12 * group)
        yield from range(first, last + 1)
