"""`samverkan analyse` over files that are missing, broken or not what they seem: a clear sentence,
nothing half-written, and no record repeated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from samverkan.compute import command
from samverkan.compute.tests.events import write_events

SECRET = "Hemliga gatan 7"
Refused = Callable[..., str]


@pytest.fixture
def refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Refused:
    """Runs the command, wants a refusal and no trace, and gives the sentence."""

    def refused(events: object, *arguments: str, by: str = "kind", output: str = "a.csv") -> str:
        before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        target = str(tmp_path / output)
        scratch = ["--temporary-folder", str(tmp_path)]
        code = command.main([str(events), "--by", by, "--output", target, *scratch, *arguments])
        told = capsys.readouterr()
        after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        assert (code, told.out, after) == (2, "", before)
        assert SECRET not in told.err
        assert told.err.count("\n") == 1
        return told.err

    return refused


def written(tmp_path: Path, text: str, name: str = "events.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_missing_file_is_named(refused: Refused, tmp_path: Path) -> None:
    assert "no file" in refused(tmp_path / "nowhere.parquet")
    assert "no file" in refused(tmp_path / "no*.csv")


def test_an_empty_file_and_an_empty_folder_are_named(refused: Refused, tmp_path: Path) -> None:
    assert "events.csv is empty" in refused(written(tmp_path, ""))
    (tmp_path / "folder").mkdir()
    assert "holds no Parquet or CSV file" in refused(tmp_path / "folder")


def test_a_file_with_only_a_header_holds_no_event(refused: Refused, tmp_path: Path) -> None:
    assert "no event to count" in refused(written(tmp_path, "date,kind\n"))


def test_a_missing_column_is_named_with_those_that_exist(refused: Refused, tmp_path: Path) -> None:
    events = written(tmp_path, f"datum,brott,plats\n2026-01-01,a,{SECRET}\n")
    told = refused(events)
    assert "no column 'kind'; they have 'datum', 'brott', 'plats'" in told
    assert "--kind-column" in told
    told = refused(events, "--kind-column", "sort")
    assert "no column 'sort'" in told
    events = written(tmp_path, "när,kind\n2026-01-01,a\n")
    assert "--date-column" in refused(events)


def test_a_file_without_a_header_shows_none_of_its_first_record(
    refused: Refused, tmp_path: Path
) -> None:
    events = written(tmp_path, f"2026-01-01,{SECRET}\n2026-01-02,{SECRET}\n")
    assert "first line does not look like a header" in refused(events)


def test_a_column_option_for_something_that_is_not_asked_for_is_refused(tmp_path: Path) -> None:
    events = written(tmp_path, "date,kind\n2026-01-01,a\n")
    for wrong in (["--municipality-column", "kommun"], ["--kind-column"], ["--colour", "red"]):
        with pytest.raises(SystemExit) as ended:
            command.main([str(events), "--by", "kind", "--output", "a.csv", *wrong])
        assert ended.value.code == 2


def test_unreadable_dates_are_counted_and_the_first_is_placed(
    refused: Refused, tmp_path: Path
) -> None:
    lines = ["date,kind,place", "2026-01-01,a,x", f"31/12/2025,a,{SECRET}", "2026-01-02,a,x"]
    lines += ["1 januari,a,x", ",b,x"]
    told = refused(written(tmp_path, "\n".join(lines)))
    assert "3 of 5 events have no date that can be read, the first in events.csv, line 3" in told
    assert "--date-format" in told


def test_the_first_unreadable_date_is_found_in_a_large_file_and_in_the_right_one(
    refused: Refused, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    write_events(folder / "a.csv")
    rows = ["2026-01-01,a"] * 200_000
    rows[123_456] = rows[199_999] = "soon,a"
    written(folder, "\n".join(["date,kind", *rows]), "b.csv")
    assert "2 of 20" in (told := refused(folder))
    assert "the first in b.csv, line 123458" in told


def test_unreadable_dates_in_parquet_are_placed_by_row(refused: Refused, tmp_path: Path) -> None:
    path = tmp_path / "e.parquet"
    duckdb.sql(
        "SELECT * FROM (VALUES ('2026-01-01', 'a'), ('?', 'a')) t(date, kind)"
    ).write_parquet(str(path))
    assert "1 of 2 events have no date that can be read, the first in e.parquet, row 2" in refused(
        path
    )


def test_a_mistyped_year_does_not_become_a_series_of_a_thousand_years(
    refused: Refused, tmp_path: Path
) -> None:
    events = written(tmp_path, "date,kind\n0026-01-01,a\n2026-01-01,a\n")
    told = refused(events, "--period", "day")
    assert "from 0026-01-01 to 2026-01-01: set limits with --from" in told


def test_a_wrong_encoding_is_named_with_the_line_and_the_likely_right_one(
    refused: Refused, tmp_path: Path
) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(f"date,kind\n2026-01-01,a\n2026-01-02,stöld {SECRET}\n".encode("cp1252"))
    told = refused(path)
    assert "not UTF-8: line 3" in told
    assert "--encoding windows-1252" in told
    assert "no encoding is called 'utf-97'" in refused(path, "--encoding", "utf-97")
    assert "is not in the encoding utf-16" in refused(path, "--encoding", "utf-16")


def test_a_line_with_too_many_columns_is_placed(refused: Refused, tmp_path: Path) -> None:
    rows = ["date,kind,place", *["2026-01-01,a,x"] * 30_000, f"2026-01-01,a,x,{SECRET}"]
    told = refused(written(tmp_path, "\n".join(rows)))
    assert "line 30002 of the CSV file cannot be read: 4 columns where 3 are expected" in told


def test_a_broken_parquet_file_is_named(refused: Refused, tmp_path: Path) -> None:
    path = tmp_path / "e.parquet"
    write_events(path)
    path.write_bytes(path.read_bytes()[:3000])
    assert "not a whole Parquet file" in refused(path)


def test_something_else_than_events_is_refused(refused: Refused, tmp_path: Path) -> None:
    assert "neither Parquet nor CSV" in refused(written(tmp_path, SECRET, "letter.docx"))


def test_a_folder_of_both_kinds_is_refused(refused: Refused, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    write_events(folder / "a.csv")
    write_events(folder / "b.parquet")
    assert "mixes Parquet and CSV" in refused(folder)


def test_what_cannot_be_answered_is_refused_before_anything_is_written(
    refused: Refused, tmp_path: Path
) -> None:
    events = tmp_path / "e.csv"
    write_events(events)
    assert "no method is called 'guess'; there are predictive" in refused(
        events, "--method", "guess"
    )
    assert "no p-values to control" in refused(events, "--method", "cusum", "--fdr", "0.1")
    assert "has no alpha" in refused(events, "--method", "cusum", "--alpha", "0.1")
    assert "cover only 390 periods" in refused(events, "--evaluate", "391")
    assert "must end in one of" in refused(events, output="alarms.xlsx")
    assert "no folder" in refused(events, output="nowhere/alarms.csv")
    assert "would overwrite the events" in refused(events, output="e.csv")
    assert "each name once" in refused(events, by="kind,kind")
    assert "--by periods --periods-column period" in refused(events, by="period")
    assert "first day lies after the last" in refused(
        events, "--from", "2026-01-02", "--to", "2026-01-01"
    )
    assert "DuckDB refuses a setting" in refused(events, "--memory-limit", "much")
    assert "do not fit" in refused(events, "--memory-limit", "1MB")
