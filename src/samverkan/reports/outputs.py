"""A situational picture as a file: PDF, Word or JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .content import PictureContent, to_json
from .kinds import FACTS, Kind
from .paper import report_of


class OutputFormat(StrEnum):
    PDF = "pdf"
    WORD = "docx"
    JSON = "json"

    @property
    def content_type(self) -> str:
        return {
            OutputFormat.PDF: "application/pdf",
            OutputFormat.WORD: (
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            ),
            OutputFormat.JSON: "application/json",
        }[self]

    @property
    def label(self) -> str:
        return {OutputFormat.PDF: "PDF", OutputFormat.WORD: "Word", OutputFormat.JSON: "JSON"}[self]


@dataclass(frozen=True)
class OutputFile:
    name: str
    content_type: str
    content: bytes


def output_file(content: PictureContent, output_format: OutputFormat) -> OutputFile:
    """The picture in the format; the typesetting programs are loaded here, not at start."""
    begins = FACTS[Kind(content.kind)].file_name
    name = f"{begins}-{content.municipality_code}-{content.period}-v{content.version}"
    language = "" if content.language == "sv" else f"-{content.language}"
    return OutputFile(
        name=f"{name}{language}.{output_format.value}",
        content_type=output_format.content_type,
        content=_bytes(content, output_format),
    )


def _bytes(content: PictureContent, output_format: OutputFormat) -> bytes:
    if output_format is OutputFormat.JSON:
        return json.dumps(to_json(content), ensure_ascii=False, indent=2).encode()
    if output_format is OutputFormat.WORD:
        from samverkan.documents.word import word_of

        return word_of(report_of(content))
    from samverkan.documents.pdf import pdf_of

    made_at = datetime.fromisoformat(content.composed_at)
    return pdf_of(report_of(content), made_at=int(made_at.timestamp()))
