"""Guards before anything compressed is unpacked: sizes are measured, never believed."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from .problems import UnreadableFileError

MEGABYTE = 1024 * 1024
# A sheet takes about one and a half times its unpacked size in memory.
MOST_UNPACKED = 120 * MEGABYTE
MOST_ENTRIES = 2000
# Honest workbooks shrink by 5 to 30 times; a bomb by a thousand.
MOST_RATIO = 200
RATIO_MATTERS_ABOVE = 16 * MEGABYTE
LOCAL_HEADER = 30


def check_workbook(path: Path) -> None:
    """Refuse a workbook that would not fit in memory, that lies about its size or is locked."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise UnreadableFileError(
            _("The workbook is broken and cannot be opened."),
            _("Open it in the spreadsheet program and save it again."),
        ) from None
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names and "xl/workbook.bin" not in names:
        raise UnreadableFileError(
            _("The file is a zip archive, not an Excel workbook."),
            _("Unpack it and put in the files one by one."),
        )
    if len(entries) > MOST_ENTRIES:
        raise _bomb()
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFileError(
            _("The workbook is protected with a password."), _("Save it without a password.")
        )
    _check_sizes(path, entries)


def _check_sizes(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    declared = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if declared > MOST_UNPACKED:
        raise _bomb()
    if declared > RATIO_MATTERS_ABOVE and declared / packed > MOST_RATIO:
        raise _bomb()
    left = MOST_UNPACKED
    with path.open("rb") as file:
        for entry in entries:
            left -= _measured(file, entry, left)


def _measured(file: BinaryIO, entry: zipfile.ZipInfo, most: int) -> int:
    """How many bytes the entry really unpacks to; more than `most` is refused on the way."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _bomb()
    file.seek(entry.header_offset)
    header = file.read(LOCAL_HEADER)
    names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    file.seek(entry.header_offset + LOCAL_HEADER + names)
    if entry.compress_type == zipfile.ZIP_STORED:
        return entry.compress_size
    return _inflated_size(file, entry.compress_size, most)


def _inflated_size(file: BinaryIO, packed: int, most: int) -> int:
    inflater = zlib.decompressobj(-15)
    size = 0
    pending = b""
    while not inflater.eof and (packed > 0 or pending):
        if not pending:
            pending = file.read(min(packed, MEGABYTE))
            packed -= len(pending)
            if not pending:
                break
        try:
            size += len(inflater.decompress(pending, MEGABYTE))
        except zlib.error:
            raise UnreadableFileError(
                _("The workbook is broken and cannot be opened."),
                _("Open it in the spreadsheet program and save it again."),
            ) from None
        pending = inflater.unconsumed_tail
        if size > most:
            raise _bomb()
    return size


def _bomb() -> UnreadableFileError:
    return UnreadableFileError(
        _("The workbook unpacks to more than %(megabytes)d MB and is not opened.")
        % {"megabytes": MOST_UNPACKED // MEGABYTE},
        _("Save the sheet as CSV, or divide it."),
    )
