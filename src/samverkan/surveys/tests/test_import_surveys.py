"""Surveys out of files: one row a question, every fault on its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from samverkan.platform.imports.services import undo_import
from samverkan.surveys import selectors
from samverkan.surveys.models import Measurement
from tests.importing import put_in_text, try_text
from tests.world import World

pytestmark = pytest.mark.django_db
FILE = (
    "kommun;mätning;från;till;område;fråga;procent;bas;svar;urval;befolkning;designeffekt\n"
    "1760;Trygghetsmätning 2025;2025-09-01;2025-10-31;;alone_outdoors;26,5;390;400;900;3000;1,3\n"
    "1760;Trygghetsmätning 2025;2025-09-01;2025-10-31;;worry_violence;9;395;400;900;3000;1,3\n"
    "1760;Trygghetsmätning 2025;2025-09-01;2025-10-31;Centrum;alone_outdoors;31;120;120;;;\n"
)


@pytest.fixture
def files(tmp_path: Path, settings: object) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "kept")
    return tmp_path


def test_a_file_becomes_one_survey_for_each_area(world: World, files: Path) -> None:
    actor = world.actor("safety_coordinator")
    result = put_in_text(actor, files, FILE, kind_code="safety_survey", source_code="police")
    assert result.is_done, result
    found = {each.area: each for each in selectors.measurements(actor, "1760")}
    assert set(found) == {"", "Centrum"}
    assert found[""].design_effect == 1.3
    assert [each.base for each in found[""].figures] == [390, 395]


def test_the_same_file_twice_adds_nothing(world: World, files: Path) -> None:
    actor = world.actor("safety_coordinator")
    put_in_text(actor, files, FILE, kind_code="safety_survey", source_code="police")
    put_in_text(actor, files, FILE + "\n", kind_code="safety_survey", source_code="police")
    assert Measurement.objects.for_system("test").count() == 2


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("1760;M;2025;;;alone_outdoors;126;390;;;;", 2),
        ("1760;M;2025;;;alone_outdoors;=1+1;390;;;;", 2),
        ("1760;M;2025;;;alone_outdoors;26;många;;;;", 2),
        ("1760;M;2025;;;okänd fråga;26;390;;;;", 2),
        ("9999;M;2025;;;alone_outdoors;26;390;;;;", 2),
        ("1760;=HYPERLINK(1);2025;;;alone_outdoors;26;390;;;;", 2),
        ("1760;M;igår;;;alone_outdoors;26;390;;;;", 2),
        ("1760;M;2025-09-01;2025-01-01;;alone_outdoors;26;390;;;;", 2),
        ("1760;M;2025;;;alone_outdoors;26;390;;;100;", 2),
        ("1760;M;2025;;;alone_outdoors;26;390;;;;500", 2),
    ],
)
def test_faulty_rows_are_told_on_their_line_and_nothing_is_written(
    world: World, files: Path, row: str, line: int
) -> None:
    header = FILE.split("\n", 1)[0]
    result = try_text(
        world.actor("safety_coordinator"),
        files,
        f"{header}\n{row}\n",
        kind_code="safety_survey",
        source_code="police",
    )
    assert [problem.line for problem in result.problems] == [line]
    assert not Measurement.objects.for_system("test").exists()


def test_an_import_is_taken_back(world: World, files: Path) -> None:
    actor = world.actor("safety_coordinator")
    result = put_in_text(actor, files, FILE, kind_code="safety_survey", source_code="police")
    undo_import(actor, result.batch.ref)
    assert not Measurement.objects.for_system("test").exists()


def test_the_police_may_import_figures_but_not_surveys_of_the_municipality(
    world: World, files: Path
) -> None:
    result = put_in_text(
        world.actor("community_police", world.police),
        files,
        FILE,
        kind_code="safety_survey",
        source_code="police",
    )
    assert not result.is_done
