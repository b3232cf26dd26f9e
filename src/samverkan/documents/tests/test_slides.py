"""Slides in PowerPoint and PDF: read back, titles, notes, charts, alternative texts, geometry."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import page
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

from samverkan.documents.charts import (
    Bar,
    Chart,
    FunnelChart,
    FunnelLimit,
    FunnelPoint,
    IntervalBars,
    Observation,
    SeriesChart,
    ShrinkageChart,
    ShrunkPlace,
)
from samverkan.documents.deck import Deck, Slide
from samverkan.documents.formats import Language, PeriodKind
from samverkan.documents.slide_pages import slides_pdf_of
from samverkan.documents.slides import HEIGHT, INCH, WIDTH, pptx_of, text_height

SV = Language.SWEDISH
HOSTILE = '<script>alert(1)</script> =1+1 #eval("x") $x$ *fet* \x07\x00 🙂 ' + "Långtord" * 20


def series() -> SeriesChart:
    observations = tuple(
        Observation(date(2026, month, 1), None if month == 3 else month % 4, 0, 5, month > 9)
        for month in range(1, 11)
    )
    return SeriesChart(
        "k", "Inom det vanliga", "Mellan 0 och 3", "u", PeriodKind.MONTH, observations, SV
    )


def funnel() -> FunnelChart:
    points = tuple(
        FunnelPoint(f"Kommun {at}", 3000 + at * 900, at, at / 2, 0.0, 6.0, at == 2, at == 9)
        for at in range(10)
    )
    limits = tuple(FunnelLimit(2500 + at * 1000, 0.5, 5.0, 0.2, 6.5) for at in range(10))
    return FunnelChart(
        "f", "Inom tratten", "Tio kommuner", "per 1 000", "inv", 2, points, limits, SV
    )


def shrinkage() -> ShrinkageChart:
    places = tuple(ShrunkPlace(f"Kommun {at}", at / 2, 2.0, 1.0, 3.0, at == 2) for at in range(10))
    return ShrinkageChart("s", "Utjämnat", "Tio kommuner", "per 1 000", 2.0, places, SV)


def bars() -> IntervalBars:
    found = (Bar("I hemmet", 32, 25, 38, True), Bar("Allmän plats", 5, 2, 11), Bar("Okänd", None))
    return IntervalBars("b", "De flesta i hemmet", "32 av 48", "brott", "Plats", found, SV)


CHARTS: list[Chart] = [series(), funnel(), shrinkage(), bars()]


def deck(*slides: Slide, title: str = "Inget sticker ut") -> Deck:
    return Deck(
        SV, title, "Storfors", "Allt är som vanligt.", "fot", "Storfors kommun", slides, "n"
    )


def opened(made: Deck) -> Any:
    return Presentation(BytesIO(pptx_of(made)))


def charts_of(slide: Any) -> list[Any]:
    return [shape for shape in slide.shapes if shape.has_chart]


def values_of(drawn: Any) -> dict[str, list[float | None]]:
    return {each.name: list(each.values) for each in drawn.plots[0].series}


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_a_chart_is_editable_and_says_what_it_shows(chart: Chart) -> None:
    slide = opened(deck(Slide("a", "En mening", ("Punkt",), chart, "Källa: Brå", "Not"))).slides[1]
    (frame,) = charts_of(slide)
    assert frame.chart.part.chart_workbook.xlsx_part is not None
    described = frame._element.nvGraphicFramePr.cNvPr.get("descr")
    assert chart.title in described
    assert chart.description in described


def test_the_values_of_a_chart_are_those_of_the_data() -> None:
    slides = opened(deck(*(Slide(each.key, "T", ("p",), each) for each in CHARTS))).slides
    shown = values_of(charts_of(slides[1])[0].chart)
    assert shown["Antal"] == [seen.value for seen in series().observations]
    assert shown["Väntat, högst"] == [5.0] * 10
    rates = dict(values_of(charts_of(slides[2])[0].chart).items())
    assert rates["Kommun 2"] == [1.0]
    assert len(rates["Kommuner"]) == 9
    assert values_of(charts_of(slides[4])[0].chart)["Antal"] == [None, 5.0, 32.0]


def test_every_slide_has_title_notes_number_and_language() -> None:
    made = opened(deck(Slide("a", "En mening", ("Punkt",), series(), "Källa", "Definition: x")))
    for at, slide in enumerate(made.slides, start=1):
        assert slide.shapes[0] == slide.shapes.title
        assert slide.shapes.title.text_frame.text
        assert slide.notes_slide.notes_text_frame.text
        xml = slide._element.xml
        assert f"<a:t>{at}</a:t>" in xml
        assert 'type="slidenum"' in xml
        assert xml.count("<a:r>") + xml.count("<a:fld ") == xml.count('lang="sv-SE"')
    assert made.core_properties.title == "Inget sticker ut"
    assert made.core_properties.language == "sv-SE"


@settings(max_examples=8, deadline=None)
@given(
    title=st.text(min_size=1, max_size=180),
    points=st.lists(st.text(min_size=1, max_size=220), max_size=6),
    has_chart=st.booleans(),
)
def test_nothing_overlaps_or_leaves_the_slide(
    title: str, points: list[str], has_chart: bool
) -> None:
    chart = series() if has_chart else None
    for slide in opened(deck(Slide("a", title, tuple(points), chart, "Källa: Brå", "n"))).slides:
        boxes = [
            (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
            for shape in slide.shapes
        ]
        for left, top, right, bottom in boxes:
            assert left >= 0
            assert top >= 0
            assert right <= WIDTH * INCH + 1
            assert bottom <= HEIGHT * INCH + 1
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                apart = (
                    one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1]
                    or other[3] <= one[1]
                )  # fmt: skip
                assert apart, (one, other)


def test_ordinary_text_fits_in_its_box() -> None:
    points = tuple(
        "Först vid 37 på ett år hade vi sagt att det är fler än vanligt." for _ in "1234"
    )
    title = "I genomsnitt 2,1 skadegörelsebrott i månaden det senaste året; inom normal variation"
    slide = opened(deck(Slide("a", title, points, series(), "Källa", "n"))).slides[1]
    for shape in (slide.shapes.title, slide.placeholders[1]):
        size = round(shape.text_frame.paragraphs[0].runs[0].font.size.pt)
        lines = tuple(paragraph.text for paragraph in shape.text_frame.paragraphs)
        assert text_height(lines, shape.width / INCH, size) <= shape.height / INCH


def test_the_pages_are_tagged_and_archivable() -> None:
    pdf = slides_pdf_of(deck(*(Slide(each.key, "T", ("p",), each, "Källa") for each in CHARTS)))
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        checked = page.validate_pdf_bytes(pdf, profile=profile)
        assert checked.is_compliant, [(each.rule_id, each.message) for each in checked.failures]


def test_whatever_stands_in_the_figures_stays_text() -> None:
    made = deck(Slide("a", HOSTILE, (HOSTILE,), None, HOSTILE, HOSTILE), title=HOSTILE)
    assert slides_pdf_of(made).startswith(b"%PDF")
    assert "<script>" in opened(made).slides[1].shapes.title.text_frame.text
