"""Reports as tagged, archivable PDF, by Typst. Imported only where a PDF is made.

Data enters as JSON in `sys.inputs`, never as template text: whatever somebody has typed is a
string to Typst, not markup.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from samverkan.documents.plain_text import breakable, clean
from samverkan.documents.report import Block, Report
from samverkan.documents.typefaces import FOLDER, writable

TEMPLATES = Path(__file__).parent / "typst"
# A report's images in Word are read on paper: more would only make the file larger.
DOTS_PER_INCH = 192.0


class LayoutError(RuntimeError):
    """Typst could not lay out the document."""


def pdf_of(report: Report, *, made_at: int | None = None) -> bytes:
    """The report as PDF/UA-1 and PDF/A-2a. `made_at` (seconds) is the date in the file's data."""
    import typst

    try:
        return typst.compile(
            TEMPLATES / "report.typ",
            root=TEMPLATES,
            font_paths=[FOLDER],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"report": json.dumps(_payload(report))},
            pdf_standards=["ua-1", "a-2a"],
            timestamp=made_at,
        )
    except typst.TypstError as error:
        raise LayoutError(str(error)) from error


def images_of(drawings: list[str]) -> list[bytes]:
    """SVG drawings as PNG images, for formats that cannot hold SVG."""
    if not drawings:
        return []
    import typst

    try:
        pages: bytes | list[bytes] = typst.compile(
            TEMPLATES / "drawings.typ",
            root=TEMPLATES,
            font_paths=[FOLDER],
            ignore_system_fonts=True,
            format="png",
            ppi=DOTS_PER_INCH,
            sys_inputs={"report": json.dumps({"drawings": drawings})},
        )
    except typst.TypstError as error:
        raise LayoutError(str(error)) from error
    return [pages] if isinstance(pages, bytes) else pages


def _payload(report: Report) -> dict[str, Any]:
    content = asdict(report)
    content["blocks"] = [_block(block) for block in report.blocks]
    made: dict[str, Any] = prepared(content)
    return made


def _block(block: Block) -> dict[str, Any]:
    return {"kind": type(block).__name__.lower(), **asdict(block)}


def prepared(value: Any, key: str = "") -> Any:
    """Every text cleaned and made writable; drawings are ours and stay as they are."""
    if isinstance(value, dict):
        return {name: prepared(each, name) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [prepared(each, key) for each in value]
    if not isinstance(value, str):
        return value
    if key == "svg":
        return writable(value)
    return breakable(writable(clean(value)))
