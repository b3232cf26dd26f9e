"""A long Swedish title wraps at the size of a short one, on lines that do not collide."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from samverkan.documents.formats import Language
from samverkan.documents.pdf import pdf_of
from samverkan.documents.report import Paragraph, Report

SHORT = "Nytt avtal"
LONG = (
    "Samverkansöverenskommelse om lokalt brottsförebyggande arbete mellan Storfors, Kristinehamns "
    "och Filipstads kommuner och lokalpolisområdet Kristinehamn 2027–2030"
)
ONE_WORD = "Brottsförebyggandesamverkansöverenskommelseuppföljningsgruppen i Storfors"


def lines_of(title: str) -> list[tuple[float, float, str]]:
    """Size, height on the page and text of everything that is as large as the title."""
    report = Report(
        Language.SWEDISH, "Avtal", title, "", (), ("", ""), ("Sida", "av"), "Storfors kommun",
        (Paragraph("Text."),),
    )  # fmt: skip
    found: list[tuple[float, float, str]] = []

    def visit(text: str, _cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if text.strip() and abs(size * (tm[0] or 1)) > 15:
            found.append((round(abs(size * (tm[0] or 1)), 1), round(tm[5], 1), text.strip()))

    page = PdfReader(BytesIO(pdf_of(report, made_at=1))).pages[0]
    page.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize("title", [LONG, ONE_WORD])
def test_a_long_title_has_the_size_of_a_short_one(title: str) -> None:
    sizes = {size for size, _height, _text in lines_of(title)}
    assert sizes == {size for size, _height, _text in lines_of(SHORT)}
    assert len(sizes) == 1


def test_no_word_of_a_title_is_broken_that_fits_a_line() -> None:
    report_text = " ".join(text for _size, _height, text in lines_of(LONG))
    for word in LONG.split():
        assert word in report_text, word
