"""A file that is to be put in: what it is, and the ways to read it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .archives import check_workbook
from .jsonstream import bounded, line_items, list_items, whole_document
from .problems import UnreadableFileError
from .tables import Row, Table, csv_table, guess_delimiter, workbook_table
from .texts import TextFacts, inspect_text, open_text

PREVIEW_ROWS = 8
LONGEST_DOCUMENT = 48 * 1024 * 1024


class FileFormat(StrEnum):
    CSV = "csv"
    WORKBOOK = "xlsx"
    JSON = "json"
    JSON_LINES = "json_lines"
    PX = "px"


@dataclass(frozen=True)
class Sample:
    """The beginning of a file: enough to guess what it is and to show it."""

    file_name: str
    format: FileFormat
    text: str
    header: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class ImportFile:
    """An inspected file. Every way of reading gives a fresh pass over it."""

    path: Path
    name: str
    format: FileFormat
    facts: TextFacts | None = None
    delimiter: str = ""
    sheet: str = field(default="")

    @property
    def lines(self) -> int | None:
        """About how many lines there are to read; unknown for workbooks."""
        return self.facts.lines if self.facts else None

    @property
    def encoding(self) -> str:
        return self.facts.encoding if self.facts else ""

    @contextmanager
    def table(self) -> Iterator[Table]:
        """The file as a table."""
        if self.format is FileFormat.WORKBOOK:
            yield workbook_table(self.path, self.sheet)
            return
        if self.format is not FileFormat.CSV:
            raise UnreadableFileError(_("This kind of data is read from CSV or XLSX files."))
        with self.text() as text:
            yield csv_table(text, self.delimiter)

    @contextmanager
    def text(self) -> Iterator[io.TextIOWrapper]:
        """The file as text."""
        if self.facts is None:
            raise UnreadableFileError(_("This kind of data is not read from workbooks."))
        with open_text(self.path, self.facts) as text:
            yield text

    def items(self) -> Iterator[tuple[int, Any]]:
        """The items of a JSON list or of JSON lines, numbered from 1."""
        with self.text() as text:
            if self.format is FileFormat.JSON_LINES:
                yield from line_items(text)
            else:
                yield from enumerate(list_items(text), start=1)

    def document(self) -> Any:
        """The file as one JSON value."""
        with self.text() as text:
            return whole_document(text, LONGEST_DOCUMENT)

    def whole_text(self) -> str:
        """The file as one text, of a length that fits in memory."""
        with self.text() as text:
            return bounded(text, LONGEST_DOCUMENT)

    def sample(self) -> Sample:
        """The beginning; a table's header and first rows."""
        text = self.facts.sample[:4000] if self.facts else ""
        if self.format not in (FileFormat.CSV, FileFormat.WORKBOOK):
            return Sample(self.name, self.format, text)
        with self.table() as table:
            rows = tuple(islice(table.rows, PREVIEW_ROWS))
        return Sample(self.name, self.format, text, table.header, rows)


def inspect_file(path: Path, name: str) -> ImportFile:
    """Say what the file is, or refuse it with a message that says what it is not."""
    if path.stat().st_size == 0:
        raise UnreadableFileError(
            _("The file is empty (0 bytes)."),
            _("Some services answer with nothing now and then: fetch it again."),
        )
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"PK"):
        check_workbook(path)
        return ImportFile(path, name, FileFormat.WORKBOOK)
    _refuse_other_kinds(start)
    facts = inspect_text(path)
    found = _text_format(facts.sample)
    if facts.has_endless_line and found in (FileFormat.CSV, FileFormat.JSON_LINES):
        raise UnreadableFileError(
            _("A line is longer than a million characters: this is not a table."),
            _("Check how the file was exported."),
        )
    delimiter = guess_delimiter(facts.sample) if found is FileFormat.CSV else ""
    return ImportFile(path, name, found, facts, delimiter)


def _refuse_other_kinds(start: bytes) -> None:
    remedy = _("Save or export it as CSV or XLSX.")
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFileError(_("The file is an old Excel workbook (.xls)."), remedy)
    if start.startswith(b"%PDF"):
        raise UnreadableFileError(_("The file is a PDF; figures cannot be read from it."), remedy)


def _text_format(sample: str) -> FileFormat:
    start = sample.lstrip("\ufeff \t\r\n")
    if start[:1] in "[{":
        first, _separator, rest = start.partition("\n")
        closed = {"[": "]", "{": "}"}[first[0]]
        is_one_a_line = first.rstrip().endswith(closed) and rest.lstrip()[:1] == first[0]
        return FileFormat.JSON_LINES if is_one_a_line else FileFormat.JSON
    if start[:400].startswith(("CHARSET=", "AXIS-VERSION=")) or "\nMATRIX=" in start[:4000]:
        return FileFormat.PX
    return FileFormat.CSV
