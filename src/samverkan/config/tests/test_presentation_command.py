"""`samverkan presentation`: the files, the rights, and what it says when something is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samverkan.config.commands.presentation import main
from samverkan.statistics.tests.figures import TWO_A_MONTH, make_series
from tests.world import World


@pytest.fixture
def coordinator(world: World) -> World:
    make_series(world, TWO_A_MONTH)
    world.function("safety_coordinator")
    return world


def run(folder: Path, *options: str, municipality: str = "1760", period: str = "2026-10") -> int:
    return main(
        ["--municipality", municipality, "--period", period, "--folder", str(folder), *options]
    )


def test_page_slides_powerpoint_and_basis_are_written(coordinator: World, tmp_path: Path) -> None:
    assert run(tmp_path) == 0
    starts = {path.name: path.read_bytes()[:4] for path in tmp_path.iterdir()}
    assert starts == {
        "presentation-1760-2026-10-sida.pdf": b"%PDF",
        "presentation-1760-2026-10-bilder.pdf": b"%PDF",
        "presentation-1760-2026-10.pptx": b"PK\x03\x04",
        "presentation-1760-2026-10-underlag.json": b"{\n  ",
    }


def test_one_format_and_language_are_chosen(coordinator: World, tmp_path: Path) -> None:
    assert run(tmp_path, "--format", "basis", "--language", "en") == 0
    (path,) = tmp_path.iterdir()
    assert path.name == "presentation-1760-2026-10-underlag-en.json"
    assert "cases of vandalism" in json.loads(path.read_text())["plain"][0]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"municipality": "0000"}, "no safety coordinator"),
        ({"period": "oktober"}, "--period is a month"),
        ({"period": "2026-13"}, "--period is a month"),
        ({"period": "2199-01"}, "has not begun"),
        ({"period": "2010-01"}, "no crime figures"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    coordinator: World,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    options: dict[str, str],
    message: str,
) -> None:
    assert run(tmp_path, **options) == 2
    assert message in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_municipality_that_is_not_known_is_said(
    coordinator: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = coordinator.function("safety_coordinator")
    assert run(tmp_path, "--as", own.ref, municipality="0000") == 2
    assert "no such municipality" in capsys.readouterr().err


def test_a_function_that_may_not_read_statistics_gets_nothing(
    coordinator: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reporter = coordinator.function("reporter", coordinator.school)
    assert run(tmp_path, "--as", reporter.ref) == 2
    assert "may not read" in capsys.readouterr().err


def test_a_folder_that_does_not_exist_is_said(
    coordinator: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "nowhere") == 2
    assert "cannot write" in capsys.readouterr().err
