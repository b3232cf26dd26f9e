"""The statistics pages: what stands on them, and who is turned away."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.test import Client

from conftest import ClientIn
from samverkan.platform.access.capabilities import Detail, Information
from samverkan.statistics.exports import as_text
from tests.world import World

from .figures import TWO_A_MONTH, make_series

INDEX = "/statistik/"
MUNICIPALITY = "/statistik/1760/"
SERIES = "/statistik/1760/vandalism/"
SERIES_CSV = "/statistik/1760/vandalism/csv/"
ALL_CSV = "/statistik/1760/csv/"
EVERY = [INDEX, MUNICIPALITY, SERIES, SERIES_CSV, ALL_CSV]


@pytest.fixture
def figures(world: World) -> World:
    make_series(world, TWO_A_MONTH, preliminary=1)
    make_series(
        world,
        [15, 26, 40, 21, 24, 23, 21, 31, 26, 22, 22],
        kind="year",
        first=date(2015, 1, 1),
        source_code="bra",
        is_published=True,
    )
    make_series(world, [53, 74, 73, 63], code="total", kind="quarter", first=date(2025, 1, 1))
    return world


def body(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\u00a0", " ")


def test_the_index_says_each_series_in_a_sentence(figures: World, client_in: ClientIn) -> None:
    page = body(client_in("safety_coordinator"), INDEX)
    assert "I genomsnitt 2,1 skadegörelsebrott i månaden det senaste året" in page
    assert "normal variation" in page
    assert SERIES in page


def test_the_page_of_a_series_has_each_division_of_time_side_by_side(
    figures: World, client_in: ClientIn
) -> None:
    page = body(client_in("safety_coordinator"), SERIES)
    assert page.count("drawing--wide") == page.count("drawing--phone") == 2
    assert "Anmälda brott per månad." in page
    assert "Anmälda brott per år." in page


def test_each_figure_has_its_source_its_definition_and_its_table(
    figures: World, client_in: ClientIn
) -> None:
    page = body(client_in("safety_coordinator"), SERIES)
    assert "Källa: Polisen, fil manadsfil.csv" in page
    assert "Källa: Brå" in page
    assert "12 kap. brottsbalken" in page
    assert page.count("<table") == 3
    assert "preliminär" in page


def test_a_chart_brings_no_style_or_script_of_its_own(figures: World, client_in: ClientIn) -> None:
    page = body(client_in("safety_coordinator"), SERIES)
    assert "style=" not in page
    assert "<script>" not in page


def test_the_csv_has_one_line_a_figure_with_its_provenance(
    figures: World, client_in: ClientIn
) -> None:
    response = client_in("safety_coordinator").get(SERIES_CSV)
    content = response.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    assert response["Content-Disposition"].startswith("attachment;")
    assert len(rows) == len(TWO_A_MONTH) + 11
    october = next(row for row in rows if row["period"] == "2026-10-01")
    assert (october["value"], october["status"]) == ("3", "preliminary")
    assert (october["file"], october["sha256"]) == ("manadsfil.csv", "ab" * 32)


def test_no_cell_of_the_csv_is_a_formula(figures: World, client_in: ClientIn) -> None:
    assert as_text("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert as_text("@sum") == "'@sum"
    content = client_in("safety_coordinator").get(ALL_CSV).content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(content), delimiter=";") for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)


@pytest.mark.parametrize(
    "url", ["/statistik/0000/", "/statistik/1760/nothing/", "/statistik/0000/csv/"]
)
def test_an_unknown_municipality_or_series_is_not_found(
    figures: World, client_in: ClientIn, url: str
) -> None:
    assert client_in("safety_coordinator").get(url).status_code == 404


def test_a_series_without_figures_for_the_reader_is_not_found(
    figures: World, client_in: ClientIn
) -> None:
    assert client_in("safety_coordinator").get("/statistik/1760/burglary/").status_code == 404


def test_no_figures_at_all_says_why_and_what_to_do(world: World, client_in: ClientIn) -> None:
    page = body(client_in("safety_coordinator"), INDEX)
    assert "Inga siffror än" in page
    assert "Import" in page


@pytest.mark.parametrize("url", EVERY)
def test_nobody_is_sent_to_sign_in(figures: World, url: str) -> None:
    response = Client().get(url)
    assert response.status_code == 302
    assert response.url.startswith("/konto/")


@pytest.mark.parametrize("url", EVERY)
@pytest.mark.parametrize("kind", ["reporter", "auditor", "administrator"])
def test_functions_without_statistics_are_refused(
    figures: World, client_in: ClientIn, url: str, kind: str
) -> None:
    assert client_in(kind).get(url).status_code == 403


def test_the_neighbour_sees_published_figures_only(figures: World, client_in: ClientIn) -> None:
    neighbour = client_in("safety_coordinator", figures.kristinehamn)
    page = body(neighbour, SERIES)
    assert "Källa: Brå" in page
    assert "Polisen" not in page
    assert "manadsfil" in page
    rows = neighbour.get(SERIES_CSV).content.decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + 11


def test_the_neighbour_sees_the_polices_figures_by_clause_and_only_then(
    world: World, client_in: ClientIn
) -> None:
    make_series(world, TWO_A_MONTH, owner=world.police)
    neighbour = client_in("safety_coordinator", world.kristinehamn)
    assert neighbour.get(SERIES).status_code == 404
    clause = world.share(
        Information.POLICE_FIGURES,
        Detail.AGGREGATE,
        giver=world.police,
        receiver=world.kristinehamn,
    )
    assert neighbour.get(SERIES).status_code == 200
    clause.agreement.terminated_on = date(2021, 1, 1)
    clause.agreement.save()
    assert neighbour.get(SERIES).status_code == 404
