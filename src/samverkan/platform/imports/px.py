"""PX files, the statistics offices' text format: keywords over several lines, then the data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .cubes import Cube, Dimension
from .problems import UnreadableFileError

# KEYWORD[language]("variable")=value; where strings may hold semicolons and go on over lines.
STATEMENT = re.compile(
    r'\s*([A-Z][A-Z0-9-]*)(\[[a-z-]+\])?(?:\(("(?:[^"]*)")(?:,"[^"]*")*\))?\s*=\s*'
    r'((?:"[^"]*"|[^";])*);',
    re.DOTALL,
)
STRING = re.compile(r'"([^"]*)"')
GAPS = frozenset({"..", ".", "...", "....", ".....", "......", "-"})
MOST_CELLS = 1_000_000

Keywords = dict[tuple[str, str], str]


def read_px_cube(text: str) -> Cube:
    """The cube in the file's main language; other languages are left out."""
    head, found, data = text.partition("DATA=")
    if not found:
        raise UnreadableFileError(_("The PX file has no data."), _("Fetch it again."))
    keywords = dict(_keywords(head))
    names = _strings(keywords.get(("STUB", ""), "")) + _strings(keywords.get(("HEADING", ""), ""))
    dimensions = tuple(_dimension(keywords, name) for name in names)
    cells = _cells(data, dimensions)
    content = " ".join(_strings(keywords.get(("CONTENTS", ""), "")))
    return Cube(content, dimensions, dict(enumerate(cells)))


def _keywords(head: str) -> Iterator[tuple[tuple[str, str], str]]:
    position = 0
    while head[position:].strip():
        found = STATEMENT.match(head, position)
        if found is None:
            line = head.count("\n", 0, position) + 1
            raise UnreadableFileError(
                _("Line %(line)d of the PX file cannot be read.") % {"line": line},
                _("Fetch it again."),
            )
        keyword, language, variable, value = found.groups()
        position = found.end()
        if language is None:
            yield (keyword, (variable or "").strip('"')), value


def _strings(value: str) -> list[str]:
    """Strings of a list; one string cut over several lines is put together again."""
    joined = re.sub(r'"\s*\n\s*"', "", value)
    return STRING.findall(joined)


def _dimension(keywords: Keywords, name: str) -> Dimension:
    # A line break inside a list stands between strings, so the comma tells them apart.
    labels = STRING.findall(keywords.get(("VALUES", name), ""))
    codes = STRING.findall(keywords.get(("CODES", name), ""))
    if not labels:
        raise UnreadableFileError(
            _("The PX file has no values for “%(name)s”.") % {"name": name[:40]},
            _("Fetch it again."),
        )
    if len(codes) != len(labels):
        # Old files put the code first in the label: "1760 Storfors".
        codes = [label.split(" ", 1)[0] if label[:1].isdigit() else label for label in labels]
    return Dimension(name, tuple(codes), tuple(labels))


def _cells(data: str, dimensions: tuple[Dimension, ...]) -> list[float | None]:
    expected = 1
    for dimension in dimensions:
        expected *= len(dimension.codes)
    if expected > MOST_CELLS:
        raise UnreadableFileError(
            _("The table has %(cells)d cells, more than are read.") % {"cells": expected},
            _("Fetch fewer years or groups."),
        )
    words = data.rstrip().removesuffix(";").split()
    if len(words) != expected:
        raise UnreadableFileError(
            _("The PX file holds %(found)d numbers where %(expected)d belong.")
            % {"found": len(words), "expected": expected},
            _("The download was probably cut off: fetch it again."),
        )
    return [_number(word) for word in words]


def _number(word: str) -> float | None:
    bare = word.strip('"')
    if bare in GAPS:
        return None
    try:
        return float(bare)
    except ValueError:
        raise UnreadableFileError(
            _("“%(text)s” is not a number.") % {"text": bare[:40]}, _("Fetch it again.")
        ) from None
