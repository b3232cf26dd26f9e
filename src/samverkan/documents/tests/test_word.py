"""The Word file has real headings, alternative texts and table headers."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.oxml.ns import qn

from samverkan.documents.report import Bullets, Figure, Heading, Notice, Paragraph, Table
from samverkan.documents.tests.test_pdf import HOSTILE, report, svg
from samverkan.documents.word import word_of


def opened(content: bytes) -> object:
    return Document(BytesIO(content))


def test_headings_use_the_styles_that_a_contents_list_is_made_from() -> None:
    document = opened(word_of(report(Heading(1, "Kartläggning", "4"), Heading(2, "EST", "4.2"))))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styles["4 Kartläggning"] == "Heading 1"
    assert styles["4.2 EST"] == "Heading 2"
    assert styles["Inget sticker ut"] == "Title"


def test_a_figure_carries_its_alternative_text() -> None:
    figure = Figure("Titel", "Under", svg(), "Mellan 0 och 5", ("Anm.",), "Källa: Brå", "Def.")
    document = opened(word_of(report(figure)))
    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert described == ["Mellan 0 och 5"]


def test_a_tables_first_row_is_its_header() -> None:
    table = Table("Siffror", ("År", "Antal"), (("2025", "22"),), is_numeric=True)
    document = opened(word_of(report(table)))
    first = document.tables[0].rows[0]
    assert [cell.text for cell in first.cells] == ["År", "Antal"]
    assert first._tr.trPr.find(qn("w:tblHeader")) is not None


def test_hostile_text_is_written_as_text() -> None:
    document = opened(
        word_of(report(Paragraph(HOSTILE), Bullets((HOSTILE,)), Notice(HOSTILE), title=HOSTILE))
    )
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert sum("<script>alert(1)</script>" in text for text in texts) == 4
    assert not any("\x07" in text for text in texts)


def test_the_language_is_said_so_that_the_proofing_is_right() -> None:
    document = opened(word_of(report(Paragraph("text"))))
    normal = document.styles["Normal"].element.rPr
    assert normal.find(qn("w:lang")).get(qn("w:val")) == "sv-SE"
