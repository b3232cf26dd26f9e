"""`samverkan import`, as somebody types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from samverkan.config.commands.import_file import main
from samverkan.platform.imports.models import ImportBatch
from samverkan.situation.models import Incident
from samverkan.statistics.models import Figure
from tests.world import World

GOOD = "kommun;period;key;count;per100k;preliminary\n1760;2025;total;278;;\n"
BAD = "kommun;period;key;count;per100k;preliminary\n1760;2025;total;fem;;\n"
EST = "När;Vad;Ställe\n2026-10-03;E10;Parken\n"


@pytest.fixture
def world_with_coordinator(world: World, settings: object, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = str(tmp_path / "media")  # type: ignore[attr-defined]
    world.function("safety_coordinator")
    world.function("safety_coordinator", world.kristinehamn)
    return world


@pytest.fixture
def file(tmp_path: Path) -> object:
    def write(text: str, name: str = "brott.csv") -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


Output = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("world_with_coordinator")


def test_a_file_is_imported_for_the_municipalitys_coordinator(file: object, capsys: Output) -> None:
    assert main([file(GOOD), "--municipality", "1760"]) == 0
    assert "1 nya" in capsys.readouterr().out
    figure = Figure.objects.for_system("tests").get()
    assert (figure.value, figure.batch.imported_by.split(",")[0]) == (278.0, "samverkan import")


def test_a_dry_run_changes_nothing(file: object, capsys: Output) -> None:
    assert main([file(GOOD), "--municipality", "1760", "--dry-run", "--language", "en"]) == 0
    assert "1 new" in capsys.readouterr().out
    assert not Figure.objects.for_system("tests").exists()


def test_errors_are_told_with_line_and_column_and_the_exit_code_says_so(
    file: object, capsys: Output
) -> None:
    assert main([file(BAD), "--municipality", "1760"]) == 1
    told = capsys.readouterr()
    assert "rad 2, count:" in told.err
    assert "ingenting ändrades" in told.out


def test_the_same_file_again_is_no_fault(file: object, capsys: Output) -> None:
    main([file(GOOD), "--municipality", "1760"])
    assert main([file(GOOD), "--municipality", "1760"]) == 0
    assert "redan inläst" in capsys.readouterr().out.splitlines()[-1]


def test_an_import_is_listed_and_undone(file: object, capsys: Output) -> None:
    main([file(GOOD), "--municipality", "1760"])
    ref = ImportBatch.objects.for_system("tests").get().ref
    assert main(["--list", "--municipality", "1760"]) == 0
    assert f"{ref}  " in capsys.readouterr().out
    assert main(["--undo", ref, "--municipality", "1760"]) == 0
    assert not Figure.objects.for_system("tests").exists()
    assert main(["--undo", ref, "--municipality", "1760"]) == 1


def test_an_import_of_a_neighbour_cannot_be_undone(file: object) -> None:
    main([file(GOOD), "--municipality", "1760"])
    ref = ImportBatch.objects.for_system("tests").get().ref
    assert main(["--undo", ref, "--municipality", "1781"]) == 1
    assert Figure.objects.for_system("tests").exists()


def test_columns_can_be_mapped_and_places_created(file: object) -> None:
    said = ["--kind", "incidents", "--municipality", "1760", "--create-places"]
    assert main([file(EST), *said, "--map", "Vad=category"]) == 0
    assert Incident.objects.for_system("tests").get().place.name == "Parken"


def test_figures_are_preliminary_and_fetched_when_it_is_said(file: object) -> None:
    said = ["--municipality", "1760", "--preliminary", "--fetched", "2026-09-24", "--source", "bra"]
    main([file(GOOD), *said])
    figure = Figure.objects.for_system("tests").get()
    assert figure.is_preliminary
    assert figure.fetched_at.isoformat() == "2026-09-23T22:00:00+00:00"


@pytest.mark.parametrize(
    "words",
    [
        ["nothing.csv", "--municipality", "1760"],
        ["--municipality", "1760"],
        ["{file}"],
        ["{file}", "--municipality", "1760", "--kind", "weather"],
        ["{file}", "--municipality", "1760", "--map", "nonsense"],
        ["{file}", "--municipality", "1760", "--fetched", "yesterday"],
        ["{file}", "--as", "bcdfghjkmnpq"],
        ["{file}", "--municipality", "0180"],
    ],
)
def test_a_wrong_command_line_is_told_apart_from_a_wrong_file(
    file: object, capsys: Output, words: list[str]
) -> None:
    path = file(GOOD)
    assert main([word.format(file=path) for word in words]) == 2
    assert "samverkan import:" in capsys.readouterr().err


def test_a_function_that_may_not_import_is_refused(
    file: object, world: World, capsys: Output
) -> None:
    reporter = world.function("reporter", world.school)
    assert main([file(GOOD), "--as", reporter.ref]) == 1
    assert not ImportBatch.objects.for_system("tests").exists()
