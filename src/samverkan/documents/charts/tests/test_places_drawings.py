"""The funnel and the evened rates: what is drawn, said and tabled."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from samverkan.documents.charts import (
    PAGE,
    PAPER,
    PHONE,
    SCREEN,
    SLIDE,
    WIDE,
    Chart,
    FunnelChart,
    FunnelLimit,
    FunnelPoint,
    Palette,
    ShrinkageChart,
    ShrunkPlace,
    Size,
    draw,
    table_of,
)
from samverkan.documents.charts.codec import chart_from_json, chart_to_json
from samverkan.documents.formats import Language

SV = Language.SWEDISH


def funnel(**changed: object) -> FunnelChart:
    points = (
        FunnelPoint("Aneby <b>", 6800, 40, 5.9, 2.0, 9.0),
        FunnelPoint("Storfors", 3799, 0, 0.0, 1.0, 11.0, is_own=True),
        FunnelPoint("Utanför", 9000, 300, 33.3, 3.0, 8.0, is_outside=True),
        FunnelPoint("Saknas", 5000, None, None, 2.0, 9.0),
    )
    limits = tuple(FunnelLimit(3000 + at * 800, 1, 9, 0.2, 12) for at in range(10))
    given: dict[str, object] = {
        "key": "f",
        "title": "Storfors ligger inom",
        "description": "Fyra kommuner",
        "unit": "per 1 000",
        "size_unit": "invånare",
        "average": 6.0,
        "points": points,
        "limits": limits,
        "language": SV,
    }
    return FunnelChart(**{**given, **changed})  # type: ignore[arg-type]


def shrinkage() -> ShrinkageChart:
    places = (
        ShrunkPlace("Aneby", 5.9, 6.0, 4.0, 8.0),
        ShrunkPlace("Storfors", 0.0, 4.0, 2.0, 7.0, is_own=True),
    )
    return ShrinkageChart("s", "Utjämnat", "Två kommuner", "per 1 000", 6.0, places, SV)


@pytest.mark.parametrize("palette", [SCREEN, PAPER], ids=["screen", "paper"])
@pytest.mark.parametrize("size", [WIDE, PHONE, PAGE, SLIDE], ids=lambda size: size.name)
@pytest.mark.parametrize("chart", [funnel(), shrinkage()], ids=lambda chart: chart.key)
def test_a_drawing_is_whole_and_says_what_it_shows(
    chart: Chart, size: Size, palette: Palette
) -> None:
    drawn = draw(chart, size, palette)
    root = ElementTree.fromstring(drawn)
    width = float(root.get("viewBox", "0 0 0 0").split()[2])
    assert chart.title in drawn
    assert chart.description in drawn
    for dot in root.iter("{http://www.w3.org/2000/svg}circle"):
        assert 0 <= float(dot.get("cx", "-1")) <= width
    if palette is SCREEN:
        assert "#" not in drawn.split("<desc")[1].split("</desc>")[1]


def test_names_are_text_whatever_they_hold() -> None:
    points = (FunnelPoint("<script>", 5000, 3, 1.0, 0.1, 2.0, is_own=True),)
    assert "<script>" not in draw(funnel(points=points), WIDE, SCREEN)


def test_the_table_has_every_place_in_the_order_given() -> None:
    table = table_of(funnel())
    assert [row[0] for row in table.rows] == ["Aneby <b>", "Storfors", "Utanför", "Saknas"]
    assert table.rows[1][2:4] == ("0", "0,0")
    assert table.rows[2][-1] == "utanför det slumpen ger"
    assert table.rows[3][2] == "saknas"
    assert table_of(shrinkage()).rows[1] == ("Storfors", "0,0", "4,0", "2,0–7,0")


@pytest.mark.parametrize("chart", [funnel(), shrinkage()], ids=lambda chart: chart.key)
def test_a_chart_comes_back_from_json_as_it_was(chart: Chart) -> None:
    assert chart_from_json(chart_to_json(chart)) == chart


def test_no_places_make_an_empty_drawing() -> None:
    assert draw(funnel(points=(), limits=()), WIDE, SCREEN).startswith("<svg")
