"""Read long JSON lists one item at a time, so that memory does not follow the file's size."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NoReturn, TextIO

from django.utils.translation import gettext as _

from .problems import UnreadableFileError

PIECE = 64 * 1024
# One item longer than this is no event and no figure.
LONGEST_ITEM = 4 * 1024 * 1024
WHITE = " \t\r\n"


def _no_constants(name: str) -> NoReturn:
    raise ValueError(name)


DECODER = json.JSONDecoder(parse_constant=_no_constants)


def list_items(text: TextIO) -> Iterator[Any]:
    """The items of one JSON list, in order; a broken list is refused where it breaks."""
    buffer, number = _begin(text), 0
    while True:
        buffer = _more(text, buffer.lstrip(WHITE + ",") if number else buffer.lstrip(WHITE))
        if buffer.startswith("]"):
            return
        item, buffer = _item(text, buffer, number + 1)
        number += 1
        yield item


def line_items(text: TextIO) -> Iterator[tuple[int, Any]]:
    """One JSON value on each line, with its line number; empty lines are left out."""
    number = 0
    while line := text.readline(LONGEST_ITEM + 1):
        number += 1
        if len(line) > LONGEST_ITEM:
            raise _broken(number)
        if line.strip():
            try:
                yield number, DECODER.decode(line.strip())
            except (ValueError, RecursionError):
                raise _broken(number) from None


def whole_document(text: TextIO, most: int) -> Any:
    """A JSON document that must be read as one piece, at most `most` characters long."""
    content = bounded(text, most)
    try:
        return DECODER.decode(content.strip())
    except (ValueError, RecursionError):
        raise UnreadableFileError(
            _("The file is not complete JSON."),
            _("The download was probably cut off: fetch it again."),
        ) from None


def bounded(text: TextIO, most: int) -> str:
    """The whole text, if it is at most `most` characters long."""
    content = text.read(most + 1)
    if len(content) > most:
        raise UnreadableFileError(
            _("The document is too long to be read in one piece."),
            _("Fetch it in smaller pieces, for example one key figure at a time."),
        )
    return content


def _begin(text: TextIO) -> str:
    start = text.read(PIECE).lstrip(WHITE)
    if not start.startswith("["):
        raise UnreadableFileError(_("The file is not a JSON list."), _("Fetch it again."))
    return start[1:]


def _more(text: TextIO, buffer: str) -> str:
    """At least one sign that is not white space, or the end of the text, which is an error."""
    while not buffer:
        piece = text.read(PIECE)
        if not piece:
            raise UnreadableFileError(
                _("The file is not complete JSON."),
                _("The download was probably cut off: fetch it again."),
            )
        buffer = piece.lstrip(WHITE + ",")
    return buffer


def _item(text: TextIO, buffer: str, number: int) -> tuple[Any, str]:
    while True:
        try:
            item, end = DECODER.raw_decode(buffer)
            # A bare number may go on in the next piece.
            if end < len(buffer) or not isinstance(item, int | float):
                return item, buffer[end:]
        except RecursionError:
            raise _broken(number) from None
        except ValueError:
            if len(buffer) > LONGEST_ITEM:
                raise _broken(number) from None
        piece = text.read(max(PIECE, len(buffer)))
        if not piece:
            raise _broken(number)
        buffer += piece


def _broken(number: int) -> UnreadableFileError:
    return UnreadableFileError(
        _("Item %(number)d of the JSON file is broken or cut off.") % {"number": number},
        _("Fetch the file again."),
    )
