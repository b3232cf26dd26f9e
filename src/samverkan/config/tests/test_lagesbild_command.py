"""`samverkan lagesbild`: the files, the rights, and what it says when something is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from samverkan.config.commands.lagesbild import main
from samverkan.statistics.tests.figures import TWO_A_MONTH, make_series
from tests.world import World


@pytest.fixture
def coordinator(world: World) -> World:
    make_series(world, TWO_A_MONTH, first=date(2021, 11, 1))
    world.function("safety_coordinator")
    return world


def run(target: Path, *options: str, municipality: str = "1760", period: str = "2026-10") -> int:
    return main(
        ["--municipality", municipality, "--period", period, "--output", str(target), *options]
    )


@pytest.mark.parametrize(
    ("name", "start"), [("a.pdf", b"%PDF-1."), ("a.docx", b"PK"), ("a.JSON", b"{")]
)
def test_the_ending_chooses_the_format(
    coordinator: World, tmp_path: Path, name: str, start: bytes
) -> None:
    assert run(tmp_path / name) == 0
    assert (tmp_path / name).read_bytes().startswith(start)


def test_the_municipalitys_own_coordinator_asks_unless_said(
    coordinator: World, tmp_path: Path
) -> None:
    run(tmp_path / "own.json")
    content = json.loads((tmp_path / "own.json").read_text())
    assert "skadegörelsebrott" in content["sections"][3]["figures"][0]["title"]


def test_the_language_is_chosen(coordinator: World, tmp_path: Path) -> None:
    run(tmp_path / "a.json", "--language", "en")
    content = json.loads((tmp_path / "a.json").read_text())
    assert (content["language"], content["period_label"]) == ("en", "October\u00a02026")


def test_another_function_sees_with_its_own_rights(coordinator: World, tmp_path: Path) -> None:
    neighbour = coordinator.function("safety_coordinator", coordinator.kristinehamn)
    assert run(tmp_path / "a.json", "--as", neighbour.ref) == 0
    content = json.loads((tmp_path / "a.json").read_text())
    assert content["sections"][3]["figures"] == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"municipality": "0000"}, "no safety coordinator"),
        ({"municipality": "1781"}, "no safety coordinator"),
        ({"period": "oktober"}, "--period is a month"),
        ({"period": "2199-01"}, "has not begun"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    coordinator: World,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    options: dict[str, str],
    message: str,
) -> None:
    assert run(tmp_path / "a.pdf", **options) == 2
    assert message in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_an_unknown_ending_is_said(
    coordinator: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "a.odt") == 2
    assert ".pdf, .docx or .json" in capsys.readouterr().err


def test_a_folder_that_does_not_exist_is_said(
    coordinator: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "nowhere" / "a.json") == 2
    assert "cannot write" in capsys.readouterr().err


def test_a_function_that_may_not_read_pictures_gets_none(
    coordinator: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reporter = coordinator.function("reporter", coordinator.school)
    assert run(tmp_path / "a.pdf", "--as", reporter.ref) == 2
    assert "may not read" in capsys.readouterr().err


def test_a_function_that_does_not_exist_is_said(
    coordinator: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "a.pdf", "--as", "nobody") == 2
    assert "no function" in capsys.readouterr().err


@pytest.mark.slow
def test_a_data_folder_that_is_not_prepared_is_said(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "samverkan.config.cli", "lagesbild"]
    command += ["--municipality", "1760", "--period", "2026-10", "--output", "a.pdf"]
    environment = {
        **os.environ,
        "SAMVERKAN_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "samverkan.config.settings.embedded",
        "DATABASE_URL": "",
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 2
    assert "run `samverkan setup` first" in done.stderr
