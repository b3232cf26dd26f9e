"""The real files of ../shared/data, put in the way a user puts them in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samverkan.organisations.models import Population
from samverkan.organisations.services import load_municipalities
from samverkan.platform.access.actor import Actor, system
from samverkan.platform.imports.models import ImportBatch
from samverkan.platform.imports.problems import UnreadableFileError
from samverkan.platform.imports.reception import FileRequest, receive
from samverkan.platform.imports.results import AlreadyImportedError, ImportResult
from samverkan.platform.imports.services import commit_import
from samverkan.situation.models import NewsEvent
from samverkan.statistics.models import Figure
from tests.reference.shared import shared_path
from tests.world import World


@pytest.fixture
def coordinator(world: World, settings: object, tmp_path: Path) -> Actor:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]
    actor = world.actor("safety_coordinator")
    load_municipalities(system("tests need all municipalities", actor.at))
    return actor


def put_in(actor: Actor, relative: str, **said: object) -> ImportResult:
    path = shared_path(f"data/{relative}")
    return commit_import(actor, receive(actor, FileRequest(path, **said)).ref)  # type: ignore[arg-type]


def values(actor: Actor, series: str, kind: str, **wanted: object) -> dict[int, list[float]]:
    found = Figure.objects.visible_to(actor).current().for_municipality("1760")
    rows = found.filter(series_code=series, period_kind=kind, unit="count", **wanted)
    by_year: dict[int, list[float]] = {}
    for start, value in rows.order_by("period_start").values_list("period_start", "value"):
        by_year.setdefault(start.year, []).append(value)
    return by_year


def test_the_years_and_quarters_of_bra_agree_with_each_other(coordinator: Actor) -> None:
    yearly = put_in(coordinator, "bra/bra_crime_annual_1760_1781.csv")
    quarterly = put_in(coordinator, "bra/bra_crime_quarterly_1760_1780_1781.csv")
    assert (yearly.is_done, yearly.outcome.read, yearly.error_count) == (True, 360, 0)
    assert (quarterly.is_done, quarterly.outcome.read) == (True, 144)
    years = values(coordinator, "total", "year")
    quarters = values(coordinator, "total", "quarter")
    assert years[2025] == [278.0]
    assert len(years) == 30
    for year in range(2015, 2026):
        assert sum(quarters[year]) == years[year][0]


def test_what_bra_leaves_out_stays_left_out(coordinator: Actor) -> None:
    put_in(coordinator, "bra/bra_crime_quarterly_1760_1780_1781.csv")
    assert len(values(coordinator, "total", "quarter")[2014]) == 2
    assert values(coordinator, "burglary", "quarter") == {}
    assert not Figure.objects.visible_to(coordinator).filter(value=0.0).exists()


def test_preliminary_quarters_say_so_and_carry_their_provenance(coordinator: Actor) -> None:
    batch = put_in(coordinator, "bra/bra_crime_quarterly_1760_1780_1781.csv").batch
    figures = Figure.objects.visible_to(coordinator).for_municipality("1760")
    preliminary = figures.filter(is_preliminary=True, unit="count")
    assert [str(figure.period_start) for figure in preliminary.order_by("period_start")] == [
        "2026-01-01",
        "2026-04-01",
    ]
    assert {figure.source_code for figure in figures} == {"bra"}
    assert all(figure.is_published for figure in figures)
    assert figures.first().batch.sha256 == batch.sha256
    assert batch.file_name == "bra_crime_quarterly_1760_1780_1781.csv"


def test_the_same_file_again_changes_nothing(coordinator: Actor) -> None:
    put_in(coordinator, "bra/bra_crime_annual_1760_1781.csv")
    with pytest.raises(AlreadyImportedError):
        put_in(coordinator, "bra/bra_crime_annual_1760_1781.csv")


def test_koladas_values_are_taken_and_its_lists_refused(coordinator: Actor) -> None:
    result = put_in(coordinator, "bra/kolada_data_N00945_N_reshaped.json")
    assert result.is_done
    assert result.outcome.added + result.note_count == result.outcome.read == 63
    figure = Figure.objects.visible_to(coordinator).filter(series_code="N00945").first()
    assert (figure.unit, figure.source_code, figure.subgroup) == ("percent", "kolada", "")
    refused = put_in(coordinator, "bra/kolada_kpi_metadata_6099.json")
    assert not refused.is_done
    assert refused.problems[0].message


def test_the_inhabitants_of_all_municipalities(coordinator: Actor) -> None:
    Population.objects.for_system("only what the file brings").delete()
    result = put_in(coordinator, "scb/population_municipality_2024.csv")
    assert (result.is_done, result.outcome.added) == (True, 290)
    everybody = Population.objects.visible_to(coordinator).filter(year=2024)
    assert sum(entry.inhabitants for entry in everybody) == 10_587_140
    assert everybody.get(municipality__code="1760").inhabitants < 5_000


@pytest.mark.parametrize(
    "name",
    [
        "BE0101D1.px",
        "BE101ACE.px",
        "TAB002.px",
        "pxwebapi2_metadata_tab003_jsonstat2.json",
        "pxweb_v1_query_example.json",
    ],
)
def test_tables_that_do_not_hold_inhabitants_per_municipality_are_refused(
    coordinator: Actor, name: str
) -> None:
    before = list(Population.objects.visible_to(coordinator).values_list("pk", "inhabitants"))
    result = put_in(coordinator, f"scb/{name}", kind_code="population")
    assert not result.is_done
    assert result.problems[0].message
    assert before == list(
        Population.objects.visible_to(coordinator).values_list("pk", "inhabitants")
    )


@pytest.mark.parametrize("name", ["deso_stockholm_boende.csv", "swedish_admin_areas.csv"])
def test_files_of_no_known_kind_say_so(coordinator: Actor, name: str) -> None:
    with pytest.raises(UnreadableFileError):
        put_in(coordinator, f"scb/{name}")


def test_the_polices_events_before_and_after_the_change_of_2026(coordinator: Actor) -> None:
    before = put_in(coordinator, "polisen/raw_events_2025-01-01_b5052499.json")
    after = put_in(coordinator, "polisen/raw_events_2026-02-15_14920c2c.json")
    assert before.outcome.added == after.outcome.added == 500
    news = NewsEvent.objects.visible_to(coordinator)
    early = news.get(police_id=564008)
    assert (early.municipality.code, early.county_code) == ("1280", "12")
    late = news.get(police_id=624602)
    assert (late.municipality.code, late.published_at.isoformat()) == (
        "0380",
        "2026-02-15T06:25:21+00:00",
    )


@pytest.mark.slow
def test_an_archive_of_years_and_its_edits(coordinator: Actor) -> None:
    archive = put_in(coordinator, "polisen/events_2022-2023.json.gz")
    assert (archive.is_done, archive.outcome.added, archive.error_count) == (True, 20_469, 0)
    news = NewsEvent.objects.visible_to(coordinator)
    digests = news.filter(is_digest=True)
    assert digests.exists()
    assert not digests.exclude(event_type__startswith="Sammanfattning").exists()
    assert not news.filter(event_type__endswith=" ").exists()
    edits = put_in(coordinator, "polisen/revisions_2023-2025H1.ndjson.gz")
    assert (edits.is_done, edits.outcome.read, edits.error_count) == (True, 1_704, 0)
    assert news.get(police_id=411393).revision == 2
    assert news.get(police_id=411393).summary.endswith("Bergvik")
    assert news.filter(municipality__code="1781").exists()


def test_the_web_puts_in_what_the_command_puts_in(
    coordinator: Actor, client_in: Callable[..., Client]
) -> None:
    path = shared_path("data/bra/bra_crime_annual_1760_1781.csv")
    browser = client_in("safety_coordinator")
    file = SimpleUploadedFile(path.name, path.read_bytes(), content_type="text/csv")
    browser.post(reverse("imports:upload"), {"file": file})
    batch = ImportBatch.objects.visible_to(coordinator).get()
    assert (batch.state, batch.kind, batch.source_code) == ("checked", "statistics", "bra")
    browser.post(reverse("imports:confirm", args=[batch.ref]))
    assert values(coordinator, "total", "year")[2025] == [278.0]
    with pytest.raises(AlreadyImportedError):
        put_in(coordinator, "bra/bra_crime_annual_1760_1781.csv")


@pytest.mark.parametrize(
    ("name", "kind", "rows"),
    [
        ("bra/bra_crime_quarterly_1760_1780_1781.csv", "statistics", 144),
        ("bra/kolada_data_N00945_N_reshaped.json", "statistics", 63),
        ("scb/population_municipality_2024.csv", "population", 290),
        ("polisen/raw_events_2026-02-15_14920c2c.json", "news", 500),
        ("polisen/raw_events_short_2023-03-26_38616017.json", "news", 256),
        ("polisen/events_2025H1.json.gz", "news", 12_851),
    ],
)
def test_every_kind_of_real_file_goes_in_through_the_web(
    coordinator: Actor, client_in: Callable[..., Client], name: str, kind: str, rows: int
) -> None:
    path = shared_path(f"data/{name}")
    browser = client_in("safety_coordinator")
    browser.post(
        reverse("imports:upload"), {"file": SimpleUploadedFile(path.name, path.read_bytes())}
    )
    batch = ImportBatch.objects.visible_to(coordinator).get()
    assert (batch.state, batch.kind) == ("checked", kind)
    browser.post(reverse("imports:confirm", args=[batch.ref]))
    batch.refresh_from_db()
    assert (batch.state, batch.rows_read) == ("done", rows)
    page = browser.get(reverse("imports:detail", args=[batch.ref])).content.decode()
    assert batch.sha256[:12] in page
