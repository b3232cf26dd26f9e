from __future__ import annotations

import json
from pathlib import Path

import pytest

from samverkan.organisations.models import Population
from samverkan.platform.access.actor import Actor
from samverkan.platform.imports.kinds import UndoRefusedError
from samverkan.platform.imports.services import undo_import
from tests.importing import put_in_text
from tests.world import MunicipalityFactory, World

PX = """CHARSET="ANSI";
AXIS-VERSION="2010";
CODEPAGE="iso-8859-1";
LANGUAGE="sv";
LANGUAGES="sv","en";
MATRIX="TAB1";
CONTENTS="Folkmängd";
CONTENTS[en]="Population";
NOTE="En fotnot; med semikolon "
"och en fortsättning.";
STUB="region","kön";
HEADING="år";
VALUES("region")="17 Värmlands län","1760 Storfors",
"1781 Kristinehamn","1999 Nedlagd";
CODES("region")="17","1760",
"1781","1999";
VALUES("kön")="män","kvinnor";
VALUES("år")="2024","2025";
DATA=
1 2
3 4
2000 2010
1990 1980
12000 ".."
11900 11800
5 6
7 8
;
"""


@pytest.fixture
def actor(world: World, settings: object, tmp_path: Path) -> Actor:
    settings.MEDIA_ROOT = str(tmp_path / "media")  # type: ignore[attr-defined]
    return world.actor("safety_coordinator")


def inhabitants(actor: Actor) -> dict[tuple[str, int], int]:
    rows = Population.objects.visible_to(actor).values_list(
        "municipality__code", "year", "inhabitants"
    )
    return {(code, year): number for code, year, number in rows}


def json_stat(**changes: object) -> str:
    def dimension(codes: list[str], labels: list[str]) -> dict[str, object]:
        return {
            "label": "",
            "category": {
                "index": {code: place for place, code in enumerate(codes)},
                "label": dict(zip(codes, labels, strict=True)),
            },
        }

    document = {
        "version": "2.0",
        "class": "dataset",
        "label": "Folkmängd efter region, kön, tabellinnehåll och år",
        "id": ["Region", "Kon", "ContentsCode", "Tid"],
        "size": [2, 3, 1, 2],
        "dimension": {
            "Region": dimension(["1760", "1781"], ["Storfors", "Kristinehamn"]),
            "Kon": dimension(["1", "2", "1+2"], ["män", "kvinnor", "totalt"]),
            "ContentsCode": dimension(["BE0101N1"], ["Folkmängd"]),
            "Tid": dimension(["2024", "2025"], ["2024", "2025"]),
        },
        "value": [1, 2, 3, 4, 3990, 3970, 5, 6, 7, 8, 23900, None],
        **changes,
    }
    return json.dumps(document)


def test_a_px_file_in_latin_letters_adds_up_men_and_women(actor: Actor, tmp_path: Path) -> None:
    result = put_in_text(actor, tmp_path, PX, encoding="latin-1", name="folk.px")
    assert result.is_done
    assert inhabitants(actor) == {
        ("1760", 2024): 3990,
        ("1760", 2025): 3990,
        ("1781", 2024): 23900,
    }
    # The gap of Kristinehamn 2025 and the two years of a municipality of yesterday.
    assert result.note_count == 3


def test_a_municipality_whose_code_looks_like_a_year(actor: Actor, tmp_path: Path) -> None:
    MunicipalityFactory(code="1980", name="Västerås")
    text = PX.replace("1781", "1980")
    put_in_text(actor, tmp_path, text, encoding="latin-1", name="folk.px")
    assert inhabitants(actor)["1980", 2024] == 23900


def test_a_px_file_that_was_cut_off_is_refused(actor: Actor, tmp_path: Path) -> None:
    text = PX.replace("5 6\n7 8\n;", "5 6")
    result = put_in_text(actor, tmp_path, text, encoding="latin-1", name="folk.px")
    assert not result.is_done
    assert inhabitants(actor) == {}


def test_json_stat_2_takes_the_total_of_all(actor: Actor, tmp_path: Path) -> None:
    put_in_text(actor, tmp_path, json_stat(), name="folk.json")
    assert inhabitants(actor) == {
        ("1760", 2024): 3990,
        ("1760", 2025): 3970,
        ("1781", 2024): 23900,
    }


def test_json_stat_with_sparse_values(actor: Actor, tmp_path: Path) -> None:
    put_in_text(actor, tmp_path, json_stat(value={"4": 3990, "11": 23800}), name="folk.json")
    assert inhabitants(actor) == {("1760", 2024): 3990, ("1781", 2025): 23800}


def test_json_stat_1_holds_its_dimensions_in_a_data_set(actor: Actor, tmp_path: Path) -> None:
    document = json.loads(json_stat())
    shape = {key: document.pop(key) for key in ("id", "size")}
    document["dimension"] |= shape
    put_in_text(actor, tmp_path, json.dumps({"dataset": document}), name="folk.json")
    assert inhabitants(actor)["1760", 2025] == 3970


def test_the_older_answers_of_pxweb(actor: Actor, tmp_path: Path) -> None:
    document = {
        "columns": [
            {"code": "Region", "text": "region", "type": "d"},
            {"code": "Tid", "text": "år", "type": "t"},
            {"code": "BE0101N1", "text": "Folkmängd", "type": "c"},
        ],
        "data": [
            {"key": ["1760", "2024"], "values": ["3990"]},
            {"key": ["1781", "2024"], "values": [".."]},
        ],
    }
    put_in_text(actor, tmp_path, json.dumps(document), name="folk.json")
    assert inhabitants(actor) == {("1760", 2024): 3990}


def test_a_sex_without_a_total_in_an_unknown_division_is_refused(
    actor: Actor, tmp_path: Path
) -> None:
    document = json.loads(json_stat())
    document["dimension"]["Kon"]["category"]["label"]["1+2"] = "okänt"
    document["dimension"]["Kon"]["category"]["index"] = {"1": 0, "2": 1, "3": 2}
    result = put_in_text(actor, tmp_path, json.dumps(document), name="folk.json")
    assert not result.is_done


def test_the_year_of_a_csv_may_stand_in_its_name(actor: Actor, tmp_path: Path) -> None:
    put_in_text(actor, tmp_path, "kommun_kod,population\n1760,3990\n", name="folkmangd_2024.csv")
    assert inhabitants(actor) == {("1760", 2024): 3990}


def test_a_csv_without_any_year_asks_for_it(actor: Actor, tmp_path: Path) -> None:
    text = "kommun_kod,population\n1760,3990\n"
    refused = put_in_text(actor, tmp_path, text, name="folk.csv")
    assert not refused.is_done
    put_in_text(actor, tmp_path, text, name="folk.csv", given={"year": "2023"})
    assert inhabitants(actor) == {("1760", 2023): 3990}


def test_areas_smaller_than_a_municipality_are_not_taken_for_one(
    actor: Actor, tmp_path: Path
) -> None:
    result = put_in_text(actor, tmp_path, "region;år;folkmängd\n1760A0010_DeSO2025;2025;900\n")
    assert (result.is_done, result.problems[0].column) == (False, "municipality")


def test_undo_gives_back_the_numbers_from_before(actor: Actor, tmp_path: Path) -> None:
    put_in_text(actor, tmp_path, "kommun;år;folkmängd\n1760;2024;3990\n")
    second = put_in_text(actor, tmp_path, "kommun;år;folkmängd\n1760;2024;3995\n1760;2025;3980\n")
    assert (second.outcome.added, second.outcome.revised) == (1, 1)
    assert undo_import(actor, second.batch.ref) == 2
    assert inhabitants(actor) == {("1760", 2024): 3990}


def test_what_a_later_import_has_changed_cannot_be_undone_first(
    actor: Actor, tmp_path: Path
) -> None:
    first = put_in_text(actor, tmp_path, "kommun;år;folkmängd\n1760;2024;3990\n")
    put_in_text(actor, tmp_path, "kommun;år;folkmängd\n1760;2024;3995\n")
    with pytest.raises(UndoRefusedError):
        undo_import(actor, first.batch.ref)
    assert inhabitants(actor) == {("1760", 2024): 3995}
