"""Put files in from tests, the way the command and the pages do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from samverkan.platform.access.actor import Actor
from samverkan.platform.imports.reception import FileRequest, receive
from samverkan.platform.imports.results import ImportResult
from samverkan.platform.imports.services import check_import, commit_import


def put_in(actor: Actor, path: Path, **said: object) -> ImportResult:
    """Import the file in one step."""
    return commit_import(actor, receive(actor, FileRequest(path, **said)).ref)  # type: ignore[arg-type]


def put_in_text(
    actor: Actor,
    folder: Path,
    text: str,
    *,
    encoding: str = "utf-8",
    name: str = "",
    **said: object,
) -> ImportResult:
    """Import a text as a file; files of different texts get different names."""
    path = folder / (name or f"fil-{abs(hash(text))}.csv")
    path.write_bytes(text.encode(encoding))
    return put_in(actor, path, **said)


def try_text(actor: Actor, folder: Path, text: str, **said: object) -> ImportResult:
    """Only check what the text would bring."""
    path = folder / "prov.csv"
    path.write_text(text, encoding="utf-8")
    return check_import(actor, receive(actor, FileRequest(path, **said)).ref)  # type: ignore[arg-type]


def put_in_rows(
    actor: Actor, folder: Path, rows: Sequence[Sequence[object]], **said: object
) -> ImportResult:
    """Import rows as a workbook."""
    path = folder / "bok.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return put_in(actor, path, **said)
