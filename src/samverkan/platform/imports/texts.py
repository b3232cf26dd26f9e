"""Text files are walked through once before they are read: encoding, endless lines, NUL bytes."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.utils.translation import gettext as _

from .problems import UnreadableFileError

CHUNK = 1024 * 1024
GZIP = b"\x1f\x8b"
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What å, ä, ö and the like become when UTF-8 is read as Windows-1252 and saved again.
ENCODED_TWICE = ("Ã¥", "Ã¤", "Ã¶", "Ã…", "Ã„", "Ã–")


@dataclass(frozen=True)
class TextFacts:
    """What the walk found. `longest_run` is at least as long as the longest line."""

    encoding: str
    lines: int
    is_gzip: bool
    has_endless_line: bool
    sample: str


def inspect_text(path: Path) -> TextFacts:
    """Walk through the file once in small pieces; refuse what no text file holds."""
    with path.open("rb") as raw:
        start = raw.read(4)
    is_gzip = start.startswith(GZIP)
    encoding = "utf-16" if start[:2] in UTF_16 else "utf-8-sig"
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines, sample, has_endless_line = 0, b"", False
    for chunk in _chunks(path, is_gzip):
        if encoding == "utf-8-sig":
            encoding = _still_utf8(decoder, chunk, encoding)
        if encoding != "utf-16" and b"\x00" in chunk:
            raise _nul_bytes(lines + chunk[: chunk.index(b"\x00")].count(b"\n") + 1)
        lines += chunk.count(b"\n")
        has_endless_line |= len(chunk) == CHUNK and b"\n" not in chunk and b"\r" not in chunk
        if len(sample) < CHUNK // 8:
            sample += chunk[: CHUNK // 8]
    if not sample.strip():
        raise UnreadableFileError(_("The file holds nothing."), _("Fetch or export it again."))
    if encoding == "utf-8-sig":
        encoding = _ended_utf8(decoder, encoding)
    return TextFacts(encoding, lines + 1, is_gzip, has_endless_line, _decoded(sample, encoding))


def open_text(path: Path, facts: TextFacts) -> io.TextIOWrapper:
    """The text itself, unpacked and decoded on the way."""
    # Closed with the wrapper that is returned.
    raw = cast(BinaryIO, gzip.open(path, "rb")) if facts.is_gzip else path.open("rb")  # noqa: SIM115
    return io.TextIOWrapper(raw, encoding=facts.encoding, newline="")


def _chunks(path: Path, is_gzip: bool) -> Iterator[bytes]:
    most = settings.IMPORT_MAX_BYTES
    read = 0
    try:
        with gzip.open(path, "rb") if is_gzip else path.open("rb") as file:
            while chunk := file.read(CHUNK):
                read += len(chunk)
                if read > most:
                    raise UnreadableFileError(
                        _("The file unpacks to more than %(megabytes)d MB and is not read.")
                        % {"megabytes": most // CHUNK},
                        _("Divide it into smaller files."),
                    )
                yield chunk
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise UnreadableFileError(
            _("The compressed file is broken."), _("Fetch it again.")
        ) from None


def _still_utf8(decoder: codecs.IncrementalDecoder, chunk: bytes, encoding: str) -> str:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return "cp1252"
    return encoding


def _ended_utf8(decoder: codecs.IncrementalDecoder, encoding: str) -> str:
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return encoding


def _decoded(sample: bytes, encoding: str) -> str:
    try:
        text = sample.decode(encoding, errors="ignore" if encoding == "utf-8-sig" else "strict")
    except UnicodeDecodeError:
        raise UnreadableFileError(
            _("The file is neither UTF-8 nor Windows-1252: its letters cannot be read."),
            _("Export it again as “CSV UTF-8”."),
        ) from None
    if "\ufffd" in text or any(mark in text for mark in ENCODED_TWICE):
        raise UnreadableFileError(
            _("The letters å, ä and ö were destroyed before the file came here."),
            _("Export it again from the source as “CSV UTF-8”."),
        )
    return text


def _nul_bytes(line: int) -> UnreadableFileError:
    return UnreadableFileError(
        _("Line %(line)d holds NUL bytes: this is not a text file.") % {"line": line},
        _("Export it again as CSV or XLSX."),
    )
