"""The quick way through a long file says exactly what the ordinary reader says."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from samverkan.platform.access.actor import Actor
from samverkan.platform.imports.services import undo_import
from samverkan.statistics.models import Figure
from tests.importing import put_in_text
from tests.world import World

HEADING = "kommun;period;serie;antal;preliminär\n"
PLACES = ["1760", "Storfors", " 1760 ", "Värmlands län", ""]
PERIODS = ["2024-01", "2024-02", "2024-03", "2025K1", "2023", "2026-11"]
SERIES = ["vandalism", "Skadegörelse", "theft", " theft", ""]
VALUES = ["3", "4", " 3", "3,0", "..", ""]
MARKS = ["", "1", "0"]
FAULTY = ["9999", "i fjol", "okänd", "fem", "-1", "kanske", "Källa: Brå"]
CONTENT = ("series_code", "unit", "period_kind", "period_start", "value", "missing_reason",
           "is_preliminary", "line", "municipality__code")  # fmt: skip


@pytest.fixture
def actor(world: World, settings: Any, tmp_path: Path) -> Actor:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return world.actor("safety_coordinator")


def drawn(seed: int, *, has_faults: bool) -> list[str]:
    """Rows by chance, some words of them wrong; in the first the place and the series stand."""
    chance = random.Random(seed)
    rows = ["1760;2022;total;7;"]
    for _row in range(40):
        cells = [chance.choice(each) for each in (PLACES, PERIODS, SERIES, VALUES, MARKS)]
        if has_faults and chance.random() < 0.2:
            cells[chance.randrange(5)] = chance.choice(FAULTY)
        rows.append(";".join(cells))
    return rows


def outcome(actor: Actor, folder: Path, rows: list[str], source: str) -> tuple[Any, ...]:
    """All that comes of a file; afterwards it is taken back."""
    text = HEADING + "\n".join(rows) + "\n"
    result = put_in_text(actor, folder, text, kind_code="statistics", source_code=source)
    found = Figure.objects.for_system("a test looks").order_by("line", "series_code")
    figures = list(found.values_list(*CONTENT))
    problems = [(each.line, each.column, each.message) for each in result.problems]
    if result.is_done:
        undo_import(actor, result.batch.ref)
    return result.is_done, result.outcome, problems, figures


@pytest.mark.parametrize("source", ["bra", "police"])
@pytest.mark.parametrize("seed", range(4))
def test_rows_read_the_quick_way_come_to_the_same(
    actor: Actor, tmp_path: Path, source: str, seed: int
) -> None:
    """A row with an empty cell too many is never read the quick way."""
    rows = drawn(seed, has_faults=seed % 2 == 1)
    quick = outcome(actor, tmp_path, rows, source)
    slow = outcome(actor, tmp_path, [row + ";" for row in rows], source)
    assert quick == slow


def test_a_place_named_once_goes_on_below_rows_read_the_quick_way(
    actor: Actor, tmp_path: Path
) -> None:
    """Storfors, Kristinehamn, Storfors, and then a row that leaves the place out."""
    rows = ["1760;2023;theft;7;", "1781;2023;theft;8;", "1760;2024;theft;7;", "1781;2024;theft;8;",
            "1760;2025;theft;7;", ";2022;theft;9;"]  # fmt: skip
    text = HEADING + "\n".join(rows) + "\n"
    assert put_in_text(actor, tmp_path, text, kind_code="statistics", source_code="bra").is_done
    found = Figure.objects.for_system("a test looks").get(period_start__year=2022)
    assert found.municipality.code == "1760"
