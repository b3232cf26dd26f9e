from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pytest

from samverkan.compute import command
from samverkan.compute.screening import METHODS, false_discovery_alarms
from samverkan.compute.tests.cluster_process import RunningCluster
from samverkan.compute.tests.events import LAST_SUNDAY, write_events

Rows = list[dict[str, object]]


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("events") / "events.parquet"
    write_events(path)
    return path


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Rows]:
    """Runs the command, wants success, and reads what it wrote."""

    def run(*arguments: object, name: str = "alarms.json") -> Rows:
        output = tmp_path / name
        code = command.main([*map(str, arguments), "--output", str(output)])
        assert (code, capsys.readouterr().err) == (0, "")
        rows: Rows = json.loads(output.read_text(encoding="utf-8"))
        return rows

    return run


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_an_outbreak_is_the_only_alarm_of_its_week(events: Path, run: Callable[..., Rows]) -> None:
    rows = run(events, "--by", "municipality,kind", "--alpha", "0.001")
    assert len(rows) == 6
    alarms = [row for row in rows if row["is_alarm"]]
    assert [(row["municipality"], row["kind"]) for row in alarms] == [("1782 Åby", "stöld")]
    assert alarms[0]["period_start"] == "2026-06-22"
    assert alarms[0]["period"] == "2026-W26"
    assert alarms[0]["observed"] == 40
    assert alarms[0]["upper_bound"] < 40


@pytest.mark.parametrize("method", METHODS)
def test_every_method_judges_weeks_and_its_alarms_say_what_it_saw(
    method: str, events: Path, run: Callable[..., Rows]
) -> None:
    rows = run(events, "--by", "municipality,kind", "--method", method, "--evaluate", 2)
    assert len(rows) == 12
    last = [row for row in rows if row["period"] == "2026-W26"]
    assert [row["is_alarm"] for row in last][-1] is True


def test_months_are_judged_by_the_predictive_method(events: Path, run: Callable[..., Rows]) -> None:
    rows = run(
        events, "--by", "municipality,kind", "--period", "month", "--method", "predictive",
        "--evaluate", 3,
    )  # fmt: skip
    assert {row["period"] for row in rows} == {"2026-04", "2026-05", "2026-06"}
    assert all(row["upper_bound"] > 0 for row in rows)


def test_only_alarms_leaves_the_rest_out(events: Path, run: Callable[..., Rows]) -> None:
    arguments = (events, "--by", "kind,municipality", "--evaluate", 30)
    everything = run(*arguments)
    assert run(*arguments, "--only-alarms") == [row for row in everything if row["is_alarm"]]


def test_the_three_formats_hold_the_same_rows(
    events: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for suffix in ("parquet", "csv", "json"):
        output = tmp_path / f"alarms.{suffix}"
        arguments = [str(events), "--by", "municipality,kind", "--evaluate", "2"]
        assert command.main([*arguments, "--output", str(output)]) == 0
    capsys.readouterr()
    tables = [
        duckdb.sql(f"SELECT * FROM '{tmp_path}/alarms.{suffix}'").fetchall()
        for suffix in ("parquet", "csv", "json")
    ]
    assert tables[0] == tables[1] == tables[2]


def test_a_pool_and_a_cluster_write_the_same_file_as_this_process(
    events: Path, cluster: RunningCluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(events), "--by", "municipality,kind", "--evaluate", "8"]
    places: dict[str, list[str]] = {
        "here": [],
        "pool": ["--workers", "2"],
        "cluster": ["--cluster", cluster.address],
        "counted on the cluster": ["--cluster", cluster.address, "--shared-files"],
    }
    found = {}
    for place, options in places.items():
        output = tmp_path / f"{place}.parquet"
        code = command.main([*arguments, *options, "--output", str(output)])
        assert (code, capsys.readouterr().err) == (0, "")
        found[place] = digest(output)
    assert len(set(found.values())) == 1, found


def test_progress_is_told_on_standard_error(
    events: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "a.csv"
    assert command.main([str(events), "--by", "kind", "--output", str(output), "--progress"]) == 0
    told = capsys.readouterr()
    assert told.err.startswith("judged 1 of 1 blocks in ")
    assert "2 series, 2019-W02 to 2026-W26" in told.out


def test_a_last_period_that_may_be_unfinished_is_said(
    events: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(events), "--by", "kind", "--output", str(tmp_path / "a.csv")]
    command.main([*arguments, "--period", "week"])
    assert "unfinished" not in capsys.readouterr().out
    command.main([*arguments, "--period", "month", "--method", "predictive"])
    assert (
        f"the last event is of {LAST_SUNDAY}: 2026-06 may be unfinished; --to 2026-05-31"
        in capsys.readouterr().out
    )


def test_false_discoveries_are_controlled_within_each_period_by_hand() -> None:
    p_values = np.array([[0.001, 0.2], [0.02, 0.9], [0.03, 0.04], [np.nan, 0.5], [0.9, np.nan]])
    alarms = false_discovery_alarms(p_values, 0.05)
    assert alarms[:, 0].tolist() == [True, True, True, False, False]
    assert not alarms[:, 1].any()
    assert false_discovery_alarms(p_values, 0.02)[:, 0].tolist() == [True] + [False] * 4


def test_a_false_discovery_rate_finds_the_outbreak_among_the_series(
    events: Path, run: Callable[..., Rows]
) -> None:
    rows = run(events, "--by", "municipality,kind", "--fdr", "0.05")
    assert [row["is_alarm"] for row in rows] == [False] * 5 + [True]


def test_a_method_made_for_weeks_is_warned_about_for_months(
    events: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(events), "--by", "kind", "--output", str(tmp_path / "a.csv")]
    assert command.main([*arguments, "--period", "month", "--method", "ears-c1"]) == 0
    assert "ears-c1 is made for days and weeks" in capsys.readouterr().err


def test_a_cusum_has_a_memory_even_when_only_the_last_week_is_judged(
    events: Path, run: Callable[..., Rows]
) -> None:
    arguments = (events, "--by", "municipality,kind", "--method", "cusum", "--evaluate")
    year = run(*arguments, 52)
    assert run(*arguments, 1) == [row for row in year if row["period"] == "2026-W26"]


def test_a_municipality_learns_from_its_own_kinds_and_not_from_another(
    events: Path, tmp_path: Path, run: Callable[..., Rows]
) -> None:
    one = tmp_path / "one.parquet"
    duckdb.sql(f"SELECT * FROM '{events}' WHERE municipality LIKE '1780%'").write_parquet(str(one))
    options = ("--by", "municipality,kind", "--period", "month", "--method", "predictive")
    together = run(events, *options)
    alone = run(one, *options, "--from", "2019-01-07", "--to", "2026-06-28")
    assert alone == [row for row in together if row["municipality"] == "1780 Skogsby"]


def test_every_option_stands_on_the_page_about_the_command() -> None:
    page = Path(__file__).resolve().parents[4] / "docs" / "methods" / "compute" / "analyse.md"
    text = page.read_text(encoding="utf-8")
    shown = subprocess.run(
        [sys.executable, "-m", "samverkan.config.cli", "analyse", "--help"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    options = set(re.findall(r"--[a-z-]+", shown.split("examples:")[0])) - {"--help"}
    assert len(options) > 20
    assert {option for option in options if option not in text} == set()
    assert {method for method in METHODS if f"`{method}`" not in text} == set()
