from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.urls import reverse

from conftest import ClientIn
from samverkan.organisations.services import load_municipalities
from samverkan.platform.access.actor import Actor, system
from samverkan.platform.imports.results import ImportResult
from samverkan.platform.imports.services import undo_import
from samverkan.statistics.definitions import series_definitions
from samverkan.statistics.findings import series_findings
from samverkan.statistics.models import Figure
from samverkan.statistics.selectors import figure_series
from samverkan.statistics.tests.figures import make_series
from tests.importing import put_in, put_in_rows, put_in_text
from tests.world import World

NBSP = "\u00a0"
HEADING = [
    "K-kod",
    "Kommun",
    f"Anmälda våldsbrott per 1{NBSP}000 inv, 2025",
    "Anmälda stöld- och tillgreppsbrott per 1 000 inv, 2025",
    f"Anmälda skadegörelsebrott per 1{NBSP}000{NBSP}inv, 2025",
    "Räddningstjänstens responstid, minuter",
]
SURVEY = "Område;År;Fråga;Andel;Felmarginal;Antal svar\n"


@pytest.fixture
def actor(world: World, settings: Any, tmp_path: Path) -> Actor:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return world.actor("safety_coordinator")


def workbook(
    folder: Path, heading: list[str] = HEADING, sheet: str = "Indikatorer i bostavsordning"
) -> Path:
    """As SKR lays it out: another sheet first, the heading on row 3, figures from row 8."""
    path = folder / "oppna-jamforelser-trygghet.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Läs mig").write_row(0, 0, ["Öppna jämförelser", "Trygghet"])
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, ["Öppna jämförelser", "Trygghet och säkerhet"])
        page.write_row(2, 0, heading)
        page.write_row(3, 0, ["", "Enhet", "antal", "antal", "antal", "minuter"])
        page.write_row(7, 0, [1760, "Storfors", 11.5, 17.2, 6.9, 12])
        page.write_row(8, 0, ["1781", "Kristinehamn", "9,8", "..", 7, 10])
        page.write_row(9, 0, ["", "Medel", 8.0, 20.1, 9.9, 13])
    return path


def shares() -> list[tuple[Any, ...]]:
    found = Figure.objects.for_system("a test looks").current().order_by("series_code")
    columns = ("series_code", "value", "margin", "sample_size", "area_name")
    return list(found.values_list(*columns))


def rates() -> dict[tuple[str, str], float | None]:
    found = Figure.objects.for_system("a test looks").current()
    rows = found.values_list("municipality__code", "series_code", "value")
    return {(code, series): value for code, series, value in rows}


def test_the_workbook_of_open_comparisons_is_recognised_and_read(
    actor: Actor, tmp_path: Path
) -> None:
    result = put_in(actor, workbook(tmp_path))
    assert result.is_done, result.problems
    assert (result.batch.kind, result.batch.source_code) == ("open_comparisons", "skr")
    assert rates() == {
        ("1760", "oj_violence"): 11.5,
        ("1760", "oj_theft"): 17.2,
        ("1760", "oj_vandalism"): 6.9,
        ("1781", "oj_violence"): 9.8,
        ("1781", "oj_theft"): None,
        ("1781", "oj_vandalism"): 7.0,
    }
    assert undo_import(actor, result.batch.ref) == 6


def test_the_sentence_of_an_open_comparison_is_per_1000_and_never_per_cent(
    actor: Actor, tmp_path: Path, client_in: ClientIn
) -> None:
    put_in(actor, workbook(tmp_path))
    address = reverse("statistics:series", args=["1760", "oj_violence"])
    page = client_in("safety_coordinator").get(address).content.decode()
    sentence = page.split("<h1>")[1].split("</h1>")[0].replace(NBSP, " ")
    assert sentence == "Anmälda våldsbrott per 1 000 invånare (SKR): 11,5 (2025)"
    for code in ("oj_violence", "oj_theft", "oj_vandalism"):
        definition = series_definitions()[code]
        for language, words in (("sv", "per 1 000 invånare"), ("en", "per 1,000 inhabitants")):
            for is_plural in (True, False):
                assert definition.noun(language, is_plural=is_plural).endswith(words)


def test_a_rate_says_what_it_is_per_once_and_no_more(world: World) -> None:
    for code in ("N07403", "total"):
        make_series(world, [1237.2], code=code, kind="year", first=date(2025, 1, 1),
                    unit="per_100000", source_code="kolada", is_published=True)  # fmt: skip
    actor = world.actor("safety_coordinator")
    for code in ("N07403", "total"):
        group = series_findings(actor, "1760", code)
        assert group is not None
        for said in (group.leading.sentence, group.leading.counted):
            assert said.replace(NBSP, " ").count("100 000") == 1


def test_only_shares_are_called_per_cent() -> None:
    for definition in series_definitions().values():
        is_share = definition.noun("sv", is_plural=True) == "procent"
        assert is_share == (definition.unit == "percent"), definition.code


def test_a_renamed_column_is_named_and_nothing_is_put_in(actor: Actor, tmp_path: Path) -> None:
    heading = [*HEADING]
    heading[3] = "Tillit, index"
    result = put_in(actor, workbook(tmp_path, heading))
    assert not result.is_done
    assert "stöld" in result.problems[0].message
    assert rates() == {}


def test_another_sheet_is_told_with_the_names_that_there_are(actor: Actor, tmp_path: Path) -> None:
    result = put_in(actor, workbook(tmp_path, sheet="Indikatorer"), kind_code="open_comparisons")
    assert not result.is_done
    assert "Läs mig" in result.problems[0].remedy


def test_a_workbook_without_a_year_asks_for_it(actor: Actor, tmp_path: Path) -> None:
    heading = [name.replace(", 2025", "") for name in HEADING]
    assert not put_in(actor, workbook(tmp_path, heading)).is_done
    said = put_in(actor, workbook(tmp_path, heading), given={"period": "2024"})
    assert said.is_done, said.problems


def test_a_share_comes_with_its_margin_its_number_and_its_area(
    actor: Actor, tmp_path: Path
) -> None:
    text = f"{SURVEY}LPO Östra Värmland;2025;Otrygghet;24,5 %;± 3,1;742\n"
    result = put_in_text(actor, tmp_path, text, source_code="ntu")
    assert result.is_done, result.problems
    assert result.batch.kind == "safety_surveys"
    assert shares() == [("ntu_unsafe", 24.5, 3.1, 742, "LPO Östra Värmland")]


def test_the_share_is_shown_with_its_area_margin_and_number(
    actor: Actor, tmp_path: Path, client_in: ClientIn
) -> None:
    text = f"{SURVEY}LPO Östra Värmland;2025;Otrygghet;24,5 %;± 3,1;742\n"
    put_in_text(actor, tmp_path, text, source_code="ntu")
    address = reverse("statistics:definition", args=["ntu_unsafe"])
    page = client_in("safety_coordinator").get(address).content.decode()
    for shown in ("LPO Östra Värmland", "24,5", "± 3,1", "742"):
        assert shown in page


def test_the_page_of_a_survey_series_says_how_sure_it_is_and_leads_to_its_definition(
    actor: Actor, tmp_path: Path, client_in: ClientIn
) -> None:
    text = f"{SURVEY}LPO Östra Värmland;2025;Otrygghet;24,5 %;± 3,1;742\n"
    put_in_text(actor, tmp_path, text, source_code="ntu")
    address = reverse("statistics:series", args=["1760", "ntu_unsafe"])
    page = client_in("safety_coordinator").get(address).content.decode()
    for shown in ("LPO Östra Värmland", "± 3,1", "742", "Felmarginal", "Antal svar"):
        assert shown in page
    assert f'href="{reverse("statistics:definition", args=["ntu_unsafe"])}"' in page


def test_the_polices_own_survey_has_series_of_its_own(actor: Actor, tmp_path: Path) -> None:
    text = f"{SURVEY}Storfors;2025;Problem i området;12;;301\n"
    assert put_in_text(actor, tmp_path, text, source_code="safety_survey").is_done
    assert shares() == [("survey_problems", 12.0, None, 301, "")]


def test_two_years_asked_together_stand_at_the_later_one(actor: Actor, tmp_path: Path) -> None:
    text = f"{SURVEY}Storfors;2024/25;Oro;40;4;\n"
    assert put_in_text(actor, tmp_path, text, source_code="ntu").is_done
    assert Figure.objects.for_system("a test looks").get().period_start == date(2025, 1, 1)


def test_an_interval_in_words_gives_the_margin(actor: Actor, tmp_path: Path) -> None:
    text = "Område;År;Fråga;Andel;Konfidensintervall\nStorfors;2025;Oro;40;36,0–44,0\n"
    assert put_in_text(actor, tmp_path, text, source_code="ntu").is_done
    assert shares() == [("ntu_worry", 40.0, 4.0, None, "")]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Storfors;2025;Oro;40;;", "Andel"),
        ("Storfors;2025;Oro;140;3;", "Andel"),
        ("Storfors;2025;Oro;många;3;", "Andel"),
        ("Storfors;2025;Väder;40;3;", "Fråga"),
        ("Storfors;2025K1;Oro;40;3;", "År"),
        ("Storfors;2099;Oro;40;3;", "År"),
        ("Storfors;2025;Oro;40;3;2,5", "Antal svar"),
    ],
)
def test_a_faulty_share_is_told_at_its_column(
    actor: Actor, tmp_path: Path, row: str, column: str
) -> None:
    result = put_in_text(actor, tmp_path, f"{SURVEY}{row}\n", source_code="ntu")
    assert not result.is_done
    assert result.problems[0].column == column


def test_a_table_without_any_uncertainty_is_refused(actor: Actor, tmp_path: Path) -> None:
    text = "Område;År;Fråga;Andel\nStorfors;2025;Oro;40\n"
    result = put_in_text(actor, tmp_path, text, kind_code="safety_surveys", source_code="ntu")
    assert not result.is_done


def test_perceived_safety_is_never_among_the_offences(actor: Actor, tmp_path: Path) -> None:
    put_in_text(actor, tmp_path, f"{SURVEY}Storfors;2025;Oro;40;3;\n", source_code="ntu")
    found = figure_series(actor, "1760")
    assert [each.definition.is_crime for each in found] == [False]


def sol(actor: Actor, folder: Path) -> ImportResult:
    """As the form database gives its answer: titles, places named once, a footer."""
    measures = ["2024 Antal", "2024 per 100 000 inv", "2025 Antal", "2025 /100 000 inv"]
    rows = [
        ["Anmälda brott, totalt och per 100 000 av medelfolkmängden"],
        [],
        ["Region", "Brottstyp", *measures],
        ["Storfors kommun", "Stöld- och tillgreppsbrott", 61, 1502, 66, 1630],
        ["", "Bostadsinbrott", 4, 98, "-", "-"],
        ["Kristinehamns kommun", "Stöld- och tillgreppsbrott", "1 020", "4 301", 998, 4211],
        ["Källa: Brå"],
    ]  # fmt: skip
    return put_in_rows(actor, folder, rows, source_code="bra", kind_code="statistics")


def test_a_table_of_the_form_database_is_read_as_it_stands(actor: Actor, tmp_path: Path) -> None:
    load_municipalities(system("tests need all municipalities", actor.at))
    result = sol(actor, tmp_path)
    assert result.is_done, result.problems
    found = Figure.objects.for_system("a test looks").filter(unit="count", series_code="burglary")
    assert [(each.municipality.code, each.value, each.missing_reason) for each in found] == [
        ("1760", 4.0, ""),
        ("1760", None, "dash"),
    ]
    per = Figure.objects.for_system("a test looks").filter(unit="per_100000")
    assert per.get(municipality__code="1781", period_start="2025-01-01").value == 4211.0
