"""The PDF is tagged and archivable, whatever it is made from."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import page
import pytest
from pypdf import PdfReader

from samverkan.documents.charts import PAGE, PAPER, Observation, SeriesChart, draw
from samverkan.documents.formats import Language, PeriodKind
from samverkan.documents.pdf import images_of, pdf_of
from samverkan.documents.plain_text import blocks_of
from samverkan.documents.report import (
    Block,
    Bullets,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Report,
    Table,
)

HOSTILE = (
    '#eval("1+1") #import "/etc/passwd" $x^2$ *fet* _kursiv_ @ref <etikett> `kod` // /* */ \\ '
    "<script>alert(1)</script> ]]> &amp; \x07\x00 🙂 漢字 \u202e omvänt \ud83d "
    + "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"
    * 6
)


def svg() -> str:
    observations = tuple(
        Observation(date(2026, month, 1), month % 4, 0, 5) for month in range(1, 11)
    )
    chart = SeriesChart(
        "k", "Titel", "Beskrivning", "u", PeriodKind.MONTH, observations, Language.SWEDISH
    )
    return draw(chart, PAGE, PAPER)


def report(*blocks: Block, title: str = "Inget sticker ut", lead: str = "") -> Report:
    return Report(
        language=Language.SWEDISH,
        kicker="Lägesbild",
        title=title,
        lead=lead,
        meta=("Utkast",),
        running_head=("Lägesbild Storfors", "oktober 2026, version 1"),
        page_words=("Sida", "av"),
        author="Storfors kommun",
        blocks=blocks,
    )


def assert_valid(pdf: bytes) -> None:
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        checked = page.validate_pdf_bytes(pdf, profile=profile)
        assert checked.is_compliant, [(each.rule_id, each.message) for each in checked.failures]


def every_block(text: str) -> list[Block]:
    return [
        Heading(1, text, "1"),
        Heading(2, text, "1.1"),
        Paragraph(text),
        Paragraph(text, is_quiet=True),
        Bullets((text, text)),
        Notice(text),
        Figure(text, text, svg(), text, (text,), text, text),
        Table(text, (text, "b"), ((text, "1"), ("c", "2")), is_numeric=True),
        Table("", ("Vad", "Hur"), (("a", text),)),
    ]


def test_every_kind_of_block_is_tagged_and_archivable() -> None:
    assert_valid(pdf_of(report(*every_block("Skadegörelsebrottsligheten i Storfors"))))


def test_hostile_text_is_printed_as_text() -> None:
    pdf = pdf_of(report(*every_block(HOSTILE), title=HOSTILE, lead=HOSTILE))
    assert_valid(pdf)


def test_a_report_without_any_block_is_still_a_document() -> None:
    assert_valid(pdf_of(report()))


def test_a_hundred_thousand_letters_fit() -> None:
    text = "\n\n".join(["Kommunens analys av läget. " * 40] * 95)
    assert len(text) > 100_000
    assert_valid(pdf_of(report(Heading(1, "Analys", "8"), *blocks_of(text))))


def test_the_same_report_gives_the_same_file() -> None:
    made = report(Paragraph("Samma"))
    assert pdf_of(made, made_at=1_700_000_000) == pdf_of(made, made_at=1_700_000_000)


def test_long_swedish_words_are_hyphenated_not_cut() -> None:
    text = "brottsförebyggandesamordningsfunktionsbeskrivningar " * 40
    pdf = pdf_of(report(Paragraph(text)))
    checked = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert checked.document.page_count == 1


@pytest.mark.parametrize("word", ["2026–2028", "trygghetssamordnare@storfors.example"])
def test_a_span_of_years_and_an_address_stay_whole_wherever_the_line_ends(word: str) -> None:
    lines = [Paragraph(f"{'i' * number} {word} eftertext") for number in range(60, 160)]
    pdf = pdf_of(report(*lines))
    text = "".join(each.extract_text() for each in PdfReader(BytesIO(pdf)).pages)
    assert text.count(word) == len(lines)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_each_drawing_becomes_one_image(count: int) -> None:
    images = images_of([svg()] * count)
    assert len(images) == count
    assert all(image.startswith(b"\x89PNG") for image in images)
