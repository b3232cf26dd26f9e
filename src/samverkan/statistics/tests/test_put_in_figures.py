from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from samverkan.organisations.services import load_municipalities
from samverkan.platform.access.actor import Actor, system
from samverkan.platform.audit.models import AuditEntry
from samverkan.platform.imports.kinds import UndoRefusedError
from samverkan.platform.imports.results import AlreadyImportedError
from samverkan.platform.imports.services import undo_import
from samverkan.statistics.models import Figure
from tests.importing import put_in_rows, put_in_text, try_text
from tests.world import World

BRA = "kommun;period;key;count;per100k;preliminary\n"


@pytest.fixture
def actor(world: World, settings: object, tmp_path: Path) -> Actor:
    settings.MEDIA_ROOT = str(tmp_path / "media")  # type: ignore[attr-defined]
    return world.actor("safety_coordinator")


def current(actor: Actor) -> list[tuple[object, ...]]:
    found = Figure.objects.visible_to(actor).current().order_by("period_start", "series_code")
    return list(found.values_list("series_code", "period_kind", "period_start", "unit", "value"))


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimiter_encoding_and_column_order_do_not_matter(
    actor: Actor, tmp_path: Path, delimiter: str, encoding: str
) -> None:
    rows = [["Antal", "Brottstyp", "Kommun", "År"], ["24", "Skadegörelse", "Storfors", "2025"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    result = put_in_text(actor, tmp_path, text, encoding=encoding, source_code="bra")
    assert (result.is_done, result.outcome.added) == (True, 1)
    assert current(actor) == [("vandalism", "year", date(2025, 1, 1), "count", 24.0)]


def test_decimal_comma_and_thousands_are_understood(actor: Actor, tmp_path: Path) -> None:
    put_in_text(actor, tmp_path, f"{BRA}1760;2025;total;1 278;6 812,5;\n")
    assert [row[3:] for row in current(actor)] == [("count", 1278.0), ("per_100000", 6812.5)]


@pytest.mark.parametrize(
    "written", ["2026-10", "okt 2026", "2026M10", "202610", "oktober 2026", "10/2026", "2026 okt"]
)
def test_months_as_police_files_write_them(actor: Actor, tmp_path: Path, written: str) -> None:
    put_in_text(actor, tmp_path, f"månad;brott;antal\n{written};våldsbrott;4\n")
    assert current(actor) == [("violence", "month", date(2026, 10, 1), "count", 4.0)]


def test_year_and_month_in_columns_of_their_own(actor: Actor, tmp_path: Path) -> None:
    put_in_text(actor, tmp_path, "År;Månad;Brott;Antal\n2026;Sept;Stöld;5\n")
    assert current(actor) == [("theft", "month", date(2026, 9, 1), "count", 5.0)]


def test_a_workbook_with_a_title_and_one_column_for_each_series(
    actor: Actor, tmp_path: Path
) -> None:
    rows = [
        ["Brott i Storfors"],
        [],
        ["Månad", "Skadegörelse", "Våldsbrott i hemmet", "Anmärkning"],
        [date(2026, 9, 1), 2, 3, "ok"],
        [date(2026, 10, 1), 1, "", ""],
    ]
    result = put_in_rows(actor, tmp_path, rows)
    assert result.is_done
    assert [(row[0], row[2], row[4]) for row in current(actor)] == [
        ("vandalism", date(2026, 9, 1), 2.0),
        ("violence_home", date(2026, 9, 1), 3.0),
        ("vandalism", date(2026, 10, 1), 1.0),
    ]


def test_one_column_for_each_month(actor: Actor, tmp_path: Path) -> None:
    put_in_text(actor, tmp_path, "Brottstyp;jan 2026;feb 2026\nSkadegörelse;2;..\nVåld;4;3\n")
    assert len(current(actor)) == 4
    gap = Figure.objects.visible_to(actor).get(value=None)
    assert (gap.series_code, gap.period_start, gap.missing_reason) == (
        "vandalism",
        date(2026, 2, 1),
        "not_available",
    )


def test_a_dash_and_an_empty_cell_are_not_zeros(actor: Actor, tmp_path: Path) -> None:
    put_in_text(
        actor, tmp_path, f"{BRA}1760;2025;total;-;;\n1760;2025;person;;;\n1760;2025;theft;0;;\n"
    )
    figures = Figure.objects.visible_to(actor)
    assert dict(figures.values_list("series_code", "value")) == {"total": None, "theft": 0.0}
    assert figures.get(series_code="total").missing_reason == "dash"


def test_counties_and_the_country_are_left_out_with_a_remark(actor: Actor, tmp_path: Path) -> None:
    rows = "00 Riket;2025;total;1;;\n17;2025;total;2;;\nVärmlands län;2025;total;3;;\n"
    result = put_in_text(actor, tmp_path, f"{BRA}{rows}1760 Storfors;2025;total;4;;\n")
    assert (result.is_done, result.note_count, result.outcome.added) == (True, 3, 1)


def test_a_month_that_is_not_over_is_preliminary(actor: Actor, tmp_path: Path) -> None:
    put_in_text(actor, tmp_path, "månad;brott;antal\n2026-11;våld;1\n2026-10;våld;2\n")
    figures = Figure.objects.visible_to(actor)
    assert figures.get(period_start="2026-11-01").is_preliminary
    assert not figures.get(period_start="2026-10-01").is_preliminary


def test_the_polices_own_figures_are_not_published_and_bras_are(
    actor: Actor, tmp_path: Path, world: World
) -> None:
    put_in_text(actor, tmp_path, "månad;brott;antal\n2026-10;våld;2\n")
    put_in_text(actor, tmp_path, f"{BRA}1760;2025;total;278;;\n")
    neighbour = world.actor("safety_coordinator", world.kristinehamn)
    assert len(current(actor)) == 2
    assert [row[0] for row in current(neighbour)] == ["total"]


def test_a_revision_supersedes_and_the_earlier_figure_stays_readable(
    actor: Actor, tmp_path: Path
) -> None:
    first = put_in_text(actor, tmp_path, f"{BRA}1760;2026K1;total;60;;1\n1760;2026K2;total;70;;1\n")
    second = put_in_text(actor, tmp_path, f"{BRA}1760;2026K1;total;63;;\n1760;2026K2;total;70;;1\n")
    outcome = second.outcome
    assert (outcome.added, outcome.revised, outcome.unchanged) == (0, 1, 1)
    new = Figure.objects.visible_to(actor).current().get(period_start="2026-01-01")
    assert (new.value, new.is_preliminary) == (63.0, False)
    assert (new.replaces.value, new.replaces.batch.ref) == (60.0, first.batch.ref)


def test_a_preliminary_value_does_not_supersede_a_final_one(actor: Actor, tmp_path: Path) -> None:
    put_in_text(actor, tmp_path, f"{BRA}1760;2026K1;total;63;;\n")
    late = put_in_text(actor, tmp_path, f"{BRA}1760;2026K1;total;60;;1\n")
    assert (late.outcome.unchanged, late.note_count) == (1, 1)
    assert current(actor)[0][4] == 63.0


def test_undo_brings_the_superseded_figures_back(actor: Actor, tmp_path: Path) -> None:
    put_in_text(actor, tmp_path, f"{BRA}1760;2026K1;total;60;;1\n")
    before = current(actor)
    second = put_in_text(actor, tmp_path, f"{BRA}1760;2026K1;total;63;;\n1760;2025;total;278;;\n")
    assert undo_import(actor, second.batch.ref, reason="fel fil") == 2
    assert current(actor) == before
    entry = AuditEntry.objects.for_system("tests").get(action="import.undone")
    assert (entry.object_ref, entry.reason) == (second.batch.ref, "fel fil")


def test_what_a_later_import_has_revised_cannot_be_undone_first(
    actor: Actor, tmp_path: Path
) -> None:
    first = put_in_text(actor, tmp_path, f"{BRA}1760;2026K1;total;60;;1\n")
    second = put_in_text(actor, tmp_path, f"{BRA}1760;2026K1;total;63;;\n")
    with pytest.raises(UndoRefusedError, match=second.batch.ref):
        undo_import(actor, first.batch.ref)
    undo_import(actor, second.batch.ref)
    undo_import(actor, first.batch.ref)
    assert current(actor) == []


def test_an_undone_file_can_be_put_in_again(actor: Actor, tmp_path: Path) -> None:
    text = f"{BRA}1760;2025;total;278;;\n"
    first = put_in_text(actor, tmp_path, text)
    with pytest.raises(AlreadyImportedError):
        put_in_text(actor, tmp_path, text, name="annat-namn.csv")
    undo_import(actor, first.batch.ref)
    assert put_in_text(actor, tmp_path, text).outcome.added == 1


def test_the_same_rows_in_another_file_are_unchanged(actor: Actor, tmp_path: Path) -> None:
    put_in_text(actor, tmp_path, f"{BRA}1760;2025;total;278;;\n1760;2024;total;300;;\n")
    again = put_in_text(actor, tmp_path, f"{BRA}1760;2024;total;300;;\n1760;2025;total;278;;\n")
    assert (again.outcome.added, again.outcome.revised, again.outcome.unchanged) == (0, 0, 2)


def test_a_doubled_row_is_remarked_on_and_counted_once(actor: Actor, tmp_path: Path) -> None:
    result = put_in_text(actor, tmp_path, f"{BRA}1760;2025;total;5;;\n1760;2025;total;5;;\n")
    assert (result.is_done, result.outcome.added, result.note_count) == (True, 1, 1)
    assert result.problems[0].line == 3


def test_a_check_says_what_would_happen_and_does_nothing(actor: Actor, tmp_path: Path) -> None:
    result = try_text(actor, tmp_path, f"{BRA}1760;2025;total;278;;\n")
    assert (result.is_done, result.outcome.added) == (True, 1)
    assert not Figure.objects.for_system("tests").exists()


def test_faulty_rows_are_left_out_only_when_asked_for(actor: Actor, tmp_path: Path) -> None:
    text = f"{BRA}1760;2025;total;fem;;\n1760;2024;total;5;;\n"
    assert not put_in_text(actor, tmp_path, text).is_done
    assert current(actor) == []
    result = put_in_text(actor, tmp_path, text, leaves_out_faulty_rows=True)
    assert (result.is_done, result.outcome.added, result.error_count) == (True, 1, 1)


def test_columns_can_be_named_when_their_headings_say_nothing(actor: Actor, tmp_path: Path) -> None:
    text = "a;b;c\n2025;278;x\n"
    columns = {"a": "period", "b": "count"}
    result = put_in_text(
        actor,
        tmp_path,
        text,
        kind_code="statistics",
        columns=columns,
        given={"series": "total", "municipality": "1760"},
    )
    assert current(actor) == [("total", "year", date(2025, 1, 1), "count", 278.0)]
    assert result.batch.options["given"]["series"] == "total"


@pytest.fixture
def all_municipalities(actor: Actor) -> None:
    load_municipalities(system("tests", actor.at))


def kolada(**page: object) -> str:
    values = [
        {"gender": "T", "count": 1, "status": "", "value": 1206.5},
        {"gender": "K", "count": 1, "status": "", "value": None},
        {"gender": "F", "count": 1, "status": "Private", "value": None},
        {"gender": "M", "count": 1, "status": "", "value": 3.5},
    ]
    entry = {"kpi": "N07403", "municipality": "1760", "period": 2025, "values": values}
    return json.dumps({"count": 1, "values": [entry], **page})


@pytest.mark.usefixtures("all_municipalities")
def test_kolada_with_a_missing_value_for_each_sex(actor: Actor, tmp_path: Path) -> None:
    page = json.loads(kolada())
    del page["values"][0]["values"][2]
    result = put_in_text(actor, tmp_path, json.dumps(page), name="kolada.json")
    assert result.is_done
    rows = Figure.objects.visible_to(actor).values_list(
        "subgroup", "value", "missing_reason", "unit"
    )
    assert sorted(rows) == [
        ("", 1206.5, "", "per_100000"),
        ("men", 3.5, "", "per_100000"),
        ("women", None, "missing", "per_100000"),
    ]


@pytest.mark.usefixtures("all_municipalities")
def test_kolada_version_3_tells_of_pages_that_are_not_in_the_file(
    actor: Actor, tmp_path: Path
) -> None:
    page = json.loads(kolada(next_url="https://example.test/2", previous_url=None))
    page["values"][0]["values"] = [{"gender": "F", "status": "Private", "value": None}]
    result = put_in_text(actor, tmp_path, json.dumps(page), name="kolada.json")
    assert (result.is_done, result.note_count) == (True, 1)
    figure = Figure.objects.visible_to(actor).get()
    assert (figure.subgroup, figure.missing_reason) == ("women", "private")


def test_a_key_figure_without_a_definition_is_refused(actor: Actor, tmp_path: Path) -> None:
    text = kolada().replace("N07403", "N99999")
    result = put_in_text(actor, tmp_path, text, name="kolada.json")
    assert (result.is_done, result.problems[0].column) == (False, "kpi")
