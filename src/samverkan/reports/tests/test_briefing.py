"""What politicians are shown: slides and page from the selectors, or an honest nothing."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from typing import Any

import page
import pytest
from pptx import Presentation
from pypdf import PdfReader

from conftest import ClientIn
from samverkan.documents.charts import IntervalBars
from samverkan.documents.formats import Language
from samverkan.platform.access.actor import Actor
from samverkan.reports.briefing.compose import (
    NoFiguresError,
    UnknownMunicipalityError,
    compose,
)
from samverkan.reports.briefing.content import Briefing
from samverkan.reports.briefing.outputs import BriefingFormat, briefing_file
from samverkan.statistics.selectors import figure_series
from samverkan.statistics.tests.figures import TWO_A_MONTH, make_series
from tests.world import World

OCTOBER = date(2026, 10, 1)
SHARED = {"violence": 4, "violence_home": 3, "violence_public": 1}
PAGE_URL = "/presentation/1760/2026-10/"


@pytest.fixture
def figures(world: World) -> World:
    make_series(world, TWO_A_MONTH, preliminary=1)
    make_series(world, [(at * 7) % 11 for at in range(60)], code="theft_excluding_shoplifting")
    for code, count in SHARED.items():
        make_series(world, [count] * 60, code=code)
    return world


def composed(actor: Actor, language: Language = Language.SWEDISH) -> Briefing:
    return compose(actor, "1760", OCTOBER, language)


def slides_of(content: Briefing) -> list[Any]:
    made = briefing_file(content, BriefingFormat.POWERPOINT)
    return list(Presentation(BytesIO(made.content)).slides)


def test_there_are_five_to_eight_slides_with_sentences_as_titles(figures: World) -> None:
    content = composed(figures.actor("safety_coordinator"))
    titles = [slide.shapes.title.text_frame.text for slide in slides_of(content)]
    assert 5 <= len(titles) <= 8
    assert titles[0] == content.title
    assert all(len(title.split()) >= 4 for title in titles)


def test_the_charts_of_the_slides_hold_the_figures_of_the_selectors(figures: World) -> None:
    actor = figures.actor("safety_coordinator")
    content = composed(actor)
    shown = {
        slide.key: drawn.chart
        for slide, made in zip(content.slides, slides_of(content)[1:], strict=True)
        for drawn in made.shapes
        if drawn.has_chart
    }
    for series in figure_series(actor, "1760"):
        key = f"series-{series.definition.code}"
        if key not in shown or series.period_kind.value != "month":
            continue
        values = list(shown[key].plots[0].series[0].values)
        assert values == [figure.value for figure in series.figures][-len(values) :]
    assert {"series-violence", "series-vandalism"} <= set(shown)


def test_every_slide_has_notes_and_every_picture_an_alternative(figures: World) -> None:
    content = composed(figures.actor("safety_coordinator"))
    for slide in slides_of(content):
        assert slide.notes_slide.notes_text_frame.text.strip()
        for shape in slide.shapes:
            if shape.has_chart:
                assert len(shape._element.nvGraphicFramePr.cNvPr.get("descr")) > 20
    notes = slides_of(content)[1].notes_slide.notes_text_frame.text
    assert "Definition: " in notes
    assert "Källa: " in notes
    assert "Exakt betingat test" in notes


def test_where_the_violence_takes_place_has_its_slide(figures: World) -> None:
    content = composed(figures.actor("safety_coordinator"))
    (places,) = [slide for slide in content.slides if slide.key.startswith("places")]
    assert places.title == "De flesta var våldsbrott i hemmet: 36 av 48"
    assert "36 av 48" in places.points[0]


def test_the_bars_of_the_places_show_the_time_that_the_title_tells_of(world: World) -> None:
    """The last year is too short to tell, five years are not: title and bars tell of the five."""
    make_series(world, [2] * 60, code="violence")
    make_series(world, [2, 2, 2, 1] * 12 + [1, 1, 1, 1, 1, 2] * 2, code="violence_home")
    content = composed(world.actor("safety_coordinator"))
    (places,) = [slide for slide in content.slides if slide.key.startswith("places")]
    assert places.title == "De senaste 5 åren: de flesta var våldsbrott i hemmet: 98 av 120"
    assert isinstance(places.chart, IntervalBars)
    assert places.chart.unit == "Anmälda brott de senaste 5 åren"
    assert [bar.value for bar in places.chart.bars] == [98, 22]
    assert "98 av 120" in places.chart.description
    made = slides_of(content)[1 + list(content.slides).index(places)]
    (chart,) = [shape.chart for shape in made.shapes if shape.has_chart]
    assert sum(chart.plots[0].series[0].values) == 120


def test_no_percentage_of_crime_and_no_rank_stands_anywhere(figures: World) -> None:
    content = composed(figures.actor("safety_coordinator"))
    said = [*content.plain, *content.not_said, content.title, content.lead]
    said += [slide.title for slide in content.slides]
    assert not any("%" in words for words in said)


def test_the_page_is_one_page_tagged_and_archivable(figures: World) -> None:
    content = composed(figures.actor("safety_coordinator"))
    made = briefing_file(content, BriefingFormat.PAGE)
    assert len(PdfReader(BytesIO(made.content)).pages) == 1
    for wanted in (BriefingFormat.PAGE, BriefingFormat.SLIDES):
        pdf = briefing_file(content, wanted).content
        for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
            checked = page.validate_pdf_bytes(pdf, profile=profile)
            assert checked.is_compliant, [each.message for each in checked.failures]


def test_the_slides_as_pages_are_as_many_as_in_powerpoint(figures: World) -> None:
    content = composed(figures.actor("safety_coordinator"))
    made = briefing_file(content, BriefingFormat.SLIDES)
    assert len(PdfReader(BytesIO(made.content)).pages) == len(slides_of(content))


def test_the_basis_changes_when_a_figure_does_and_only_then(figures: World) -> None:
    actor = figures.actor("safety_coordinator")
    before = composed(actor).basis_version
    assert composed(actor).basis_version == before
    from samverkan.statistics.models import Figure

    Figure.objects.for_system("test").filter(series_code="vandalism", period_start=OCTOBER).update(
        value=9
    )
    assert composed(actor).basis_version != before


def test_the_basis_names_files_and_every_value(figures: World) -> None:
    content = composed(figures.actor("safety_coordinator"))
    written = json.loads(briefing_file(content, BriefingFormat.BASIS).content)
    row = next(row for row in written["basis"] if row["series"] == "Skadegörelsebrott")
    assert row["files"][0]["name"] == "manadsfil.csv"
    assert [value for _start, value in row["values"]] == list(TWO_A_MONTH)


def test_one_series_alone_makes_an_honest_short_presentation(world: World) -> None:
    make_series(world, TWO_A_MONTH)
    content = composed(world.actor("safety_coordinator"))
    assert 5 <= len(content.slides) + 1 <= 8
    assert "Små förändringar syns inte" in content.slides[1].title


def test_it_is_made_in_english_too(figures: World) -> None:
    content = composed(figures.actor("safety_coordinator"), Language.ENGLISH)
    assert "On average" in content.plain[0]
    assert 'lang="en-GB"' in slides_of(content)[1]._element.xml


def test_nothing_is_made_of_nothing(world: World) -> None:
    actor = world.actor("safety_coordinator")
    with pytest.raises(NoFiguresError):
        composed(actor)
    with pytest.raises(UnknownMunicipalityError):
        compose(actor, "0000", OCTOBER, Language.SWEDISH)


def test_figures_that_end_before_the_month_are_told(world: World) -> None:
    make_series(world, TWO_A_MONTH[:-2])
    content = composed(world.actor("safety_coordinator"))
    assert any("augusti" in words for words in content.not_said)


def test_the_page_in_the_web_gives_every_file(figures: World, client_in: ClientIn) -> None:
    client = client_in("safety_coordinator")
    shown = client.get(PAGE_URL).content.decode()
    assert "Det här säger siffrorna" in shown
    for wanted in BriefingFormat:
        answer = client.get(f"{PAGE_URL}{wanted.value}/")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == wanted.content_type
        assert "presentation-1760-2026-10" in answer.headers["Content-Disposition"]


def test_the_month_is_chosen_and_wrong_ones_are_told(figures: World, client_in: ClientIn) -> None:
    client = client_in("safety_coordinator")
    assert 'value="2026-10"' in client.get("/presentation/").content.decode()
    sent = client.get("/presentation/?municipality=1760&period=2026-10")
    assert sent.headers["Location"] == PAGE_URL
    wrong = client.get("/presentation/?municipality=1760&period=oktober").content.decode()
    assert "Skriv månaden som i 2026-10" in wrong


@pytest.mark.parametrize(
    "url",
    [
        "/presentation/0000/2026-10/",
        "/presentation/1760/2199-01/",
        "/presentation/1760/2026-13/",
        f"{PAGE_URL}doc/",
        "/presentation/1760/oktober/",
    ],
)
def test_what_does_not_exist_is_not_found(figures: World, client_in: ClientIn, url: str) -> None:
    assert client_in("safety_coordinator").get(url).status_code == 404


def test_another_municipality_is_shown_nothing_of_the_polices_figures(
    figures: World, client_in: ClientIn
) -> None:
    neighbour = client_in("safety_coordinator", figures.kristinehamn)
    shown = neighbour.get(PAGE_URL).content.decode()
    assert "Det finns inget att visa för Storfors" in shown
    assert "skadegörelsebrott" not in shown
    assert neighbour.get(f"{PAGE_URL}pptx/").status_code == 404


def test_a_reporter_may_not_open_it(figures: World, client_in: ClientIn) -> None:
    client = client_in("reporter", figures.school)
    for url in (PAGE_URL, "/presentation/", f"{PAGE_URL}sida/"):
        assert client.get(url).status_code == 403
