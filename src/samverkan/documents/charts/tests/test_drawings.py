"""Drawings say what the figures say, to the eye and to the ear, and run nothing."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.documents.charts import (
    PAGE,
    PAPER,
    PHONE,
    SCREEN,
    WIDE,
    Bar,
    Break,
    Chart,
    HeatRow,
    HeatStrip,
    IntervalBars,
    Observation,
    SeriesChart,
    draw,
    table_of,
)
from samverkan.documents.charts.codec import chart_from_json, chart_to_json
from samverkan.documents.formats import Language, PeriodKind

SVG = "{http://www.w3.org/2000/svg}"
SMALLEST_LETTERS = 12
NARROWEST_SCREEN = 320 - 2 * 16
# Below it the page's container query takes the other drawing (statistics/figures.css).
NARROWEST_WIDE_COLUMN = 39 * 16


def months(values: list[float | None], **options: object) -> SeriesChart:
    observations = tuple(
        Observation(
            date(2024 + at // 12, at % 12 + 1, 1),
            value,
            0,
            5,
            is_preliminary=at >= len(values) - 2,
        )
        for at, value in enumerate(values)
    )
    return SeriesChart(
        **{
            "key": "vandalism",
            "title": "I genomsnitt 2,1",
            "description": "Mellan 0 och 5",
            "unit": "brott",
            "period_kind": PeriodKind.MONTH,
            "observations": observations,
            "language": Language.SWEDISH,
            **options,
        }
    )


def strip(rows: int = 2, weeks: int = 8) -> HeatStrip:
    return HeatStrip(
        key="est",
        title="Biblioteket återkommer",
        description="9 rapporter",
        unit="rapporter",
        row_heading="Plats",
        columns=tuple(str(40 + week) for week in range(weeks)),
        rows=tuple(
            HeatRow(f"Plats {row}", tuple((row + week) % 4 for week in range(weeks)), "9 rapporter")
            for row in range(rows)
        ),
        language=Language.SWEDISH,
    )


def bars() -> IntervalBars:
    return IntervalBars(
        key="safety",
        title="Sex av tio känner sig trygga",
        description="Storfors 60, Kristinehamn 62",
        unit="procent",
        row_heading="Kommun",
        bars=(Bar("Storfors", 60, 49, 70, True), Bar("Kristinehamn", 62), Bar("Filipstad", None)),
        language=Language.SWEDISH,
    )


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("chart", [months([2, 1, None, 3]), strip(), bars()])
@pytest.mark.parametrize("size", [WIDE, PHONE, PAGE])
def test_a_listener_gets_title_and_description(chart: Chart, size: object) -> None:
    root = ElementTree.fromstring(draw(chart, size, SCREEN))
    names = root.attrib["aria-labelledby"].split()
    said = {each.attrib.get("id"): each.text for each in root}
    assert root.attrib["role"] == "img"
    assert [said[name] for name in names] == [chart.title, chart.description]


@pytest.mark.parametrize("chart", [months([2, 1, None, 3]), strip(), bars()])
def test_the_two_drawings_of_a_page_have_names_of_their_own(chart: Chart) -> None:
    found = re.findall(r'id="([^"]+)"', draw(chart, WIDE, SCREEN) + draw(chart, PHONE, SCREEN))
    assert len(found) == len(set(found)) == 4


def test_letters_never_shrink_below_twelve_pixels() -> None:
    assert PHONE.text * NARROWEST_SCREEN / PHONE.width >= SMALLEST_LETTERS
    assert WIDE.text * NARROWEST_WIDE_COLUMN / WIDE.width >= SMALLEST_LETTERS


@pytest.mark.parametrize("chart", [months([2, 1, None, 3]), strip(), bars()])
def test_colours_come_from_the_page_on_screen_and_are_fixed_on_paper(chart: Chart) -> None:
    screen, paper = draw(chart, WIDE, SCREEN), draw(chart, PAGE, PAPER)
    assert "#" not in re.sub(r"&#\w+;", "", screen)
    assert "var(" not in paper


@pytest.mark.parametrize("chart", [months([2]), strip(), bars()])
def test_no_drawing_carries_style_or_script(chart: Chart) -> None:
    drawn = draw(chart, WIDE, SCREEN)
    assert "style=" not in drawn
    assert "<script" not in drawn


def test_hostile_labels_are_escaped() -> None:
    evil = '"><script>alert(1)</script>'
    chart = months([1, 2], title=evil, description=evil, key='k" onload="x')
    drawn = draw(chart, WIDE, SCREEN)
    assert "<script" not in drawn
    assert ElementTree.fromstring(drawn).attrib.keys() >= {"viewBox"}
    assert "onload" not in ElementTree.fromstring(drawn).attrib


def test_the_last_value_and_its_band_stand_beside_it() -> None:
    assert {"3", "väntat\u00a00–5"} <= set(texts(draw(months([2, 1, 3]), WIDE, SCREEN)))


def test_a_missing_month_is_marked_as_missing_not_as_nought() -> None:
    drawn = draw(months([2, None, None, None, 3]), WIDE, SCREEN)
    assert "saknas" in texts(drawn)
    assert drawn.count("<circle") == 2


def test_a_preliminary_figure_is_hollow() -> None:
    dots = ElementTree.fromstring(draw(months([2, 1, 3, 4]), WIDE, SCREEN)).iter(f"{SVG}circle")
    fills = [dot.attrib["fill"] for dot in dots]
    assert fills == [SCREEN.police, SCREEN.police, SCREEN.paper, SCREEN.paper]


def test_a_break_is_drawn_where_comparison_ends() -> None:
    chart = months([2] * 24, breaks=(Break(date(2025, 1, 1), "jämför inte bakåt"),))
    assert "jämför inte bakåt" in texts(draw(chart, WIDE, SCREEN))


def test_a_line_never_crosses_a_break_or_a_gap() -> None:
    years = tuple(
        Observation(date(2010 + at, 1, 1), None if at == 3 else 20 + at) for at in range(10)
    )
    chart = months(
        [],
        observations=years,
        period_kind=PeriodKind.YEAR,
        breaks=(Break(date(2017, 1, 1), "jämför inte bakåt"),),
    )
    assert draw(chart, WIDE, SCREEN).count('fill="none"') == 3


def test_no_figures_at_all_says_so() -> None:
    assert "Inga uppgifter" in texts(draw(months([]), WIDE, SCREEN))


def test_a_heat_cell_shows_its_count_not_its_colour_alone() -> None:
    assert {"1", "2", "3"} <= set(texts(draw(strip(), WIDE, SCREEN)))


def test_the_table_has_every_observation_the_latest_first() -> None:
    table = table_of(months([2, None, 3]))
    assert [row[:2] for row in table.rows] == [
        ("mars\u00a02024", "3"),
        ("februari\u00a02024", "saknas"),
        ("januari\u00a02024", "2"),
    ]
    assert table.rows[0][3] == "preliminär"


def test_the_table_of_a_strip_sums_each_place() -> None:
    table = table_of(strip(rows=1, weeks=3))
    assert table.header == ("Plats", "40", "41", "42", "Summa")
    assert table.rows == (("Plats 0", "0", "1", "2", "3"),)


@pytest.mark.parametrize("chart", [months([2, None, 3]), strip(), bars()])
def test_a_chart_survives_the_way_through_json(chart: Chart) -> None:
    assert chart_from_json(chart_to_json(chart)) == chart


counts = st.lists(st.none() | st.integers(0, 10**6).map(float), max_size=60)


@settings(max_examples=60, deadline=None)
@given(counts, st.sampled_from([WIDE, PHONE, PAGE]), st.sampled_from(list(PeriodKind)))
def test_whatever_the_counts_everything_is_drawn_inside_the_picture(
    values: list[float | None], size: object, kind: PeriodKind
) -> None:
    step = kind.months
    observations = tuple(
        Observation(date(1996 + at * step // 12, at * step % 12 + 1, 1), value, 0, value)
        for at, value in enumerate(values)
    )
    chart = months([], observations=observations, period_kind=kind)
    root = ElementTree.fromstring(draw(chart, size, SCREEN))
    _left, _top, width, height = map(float, root.attrib["viewBox"].split())
    for dot in root.iter(f"{SVG}circle"):
        assert 0 <= float(dot.attrib["cx"]) <= width
        assert 0 <= float(dot.attrib["cy"]) <= height
    for label in root.iter(f"{SVG}text"):
        assert -1 <= float(label.attrib["y"]) <= height + 1
