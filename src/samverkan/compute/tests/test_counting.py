from __future__ import annotations

import gzip
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from samverkan import compute
from samverkan.compute.counting import count_events
from samverkan.compute.engine import Resources
from samverkan.compute.event_counts import Blocks, CountRequest, EventCounts
from samverkan.compute.event_files import find_events
from samverkan.compute.periods import Period
from samverkan.compute.tests.events import write_events

STOCKHOLM = ZoneInfo("Europe/Stockholm")
BY_KIND = CountRequest(("kind",), Period.WEEK)


def as_counter(counts: EventCounts) -> Counter[tuple[object, ...]]:
    """Every positive count by its keys and the label of its period."""
    table = counts.block(0, counts.n_series)
    found: Counter[tuple[object, ...]] = Counter()
    for row, key in enumerate(counts.keys()):
        for column in np.flatnonzero(table[row]):
            label = counts.request.period.label(counts.first_period + int(column))
            found[(*key, label)] = int(table[row, column])
    return found


def counted(path: Path | str, request: CountRequest = BY_KIND) -> Counter[tuple[object, ...]]:
    with count_events(find_events(str(path)), request) as counts:
        return as_counter(counts)


@settings(max_examples=15, deadline=None)
@given(
    rows=some.lists(
        some.tuples(
            some.integers(0, 2**31).map(lambda second: datetime.fromtimestamp(second, UTC)),
            some.sampled_from(["stöld", "007", "a,b", 'say "no"', "rån\u00a0x"]),
        ),
        min_size=1,
        max_size=60,
    ),
    period=some.sampled_from(Period),
)
def test_instants_are_counted_in_the_swedish_day_week_and_month_they_fall_in(
    rows: list[tuple[datetime, str]], period: Period, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("events") / "e.csv"
    lines = [
        f'{moment.isoformat()},"{kind.replace(chr(34), chr(34) * 2)}"' for moment, kind in rows
    ]
    path.write_text("\n".join(["date,kind", *lines]), encoding="utf-8")
    expected = Counter(
        (kind, period.label(period.index(moment.astimezone(STOCKHOLM).date())))
        for moment, kind in rows
    )
    assert counted(path, CountRequest(("kind",), period)) == expected


@pytest.mark.parametrize(
    ("written", "week"),
    [
        ("2026-01-04T23:30:00Z", "2026-W02"),
        ("2026-01-04 23:30:00", "2026-W01"),
        ("2026-01-05T00:30+02:00", "2026-W01"),
        ("2026-01-04", "2026-W01"),
    ],
)
def test_only_times_with_an_offset_are_moved_to_swedish_time(
    written: str, week: str, tmp_path: Path
) -> None:
    path = tmp_path / "e.csv"
    path.write_text(f"date,kind\n{written},a\n", encoding="utf-8")
    assert counted(path) == {("a", week): 1}


@pytest.mark.parametrize(
    ("sql_type", "week"),
    [("TIMESTAMPTZ", "2026-W02"), ("TIMESTAMP", "2026-W01"), ("DATE", "2026-W01")],
)
def test_parquet_times_are_read_by_their_type(sql_type: str, week: str, tmp_path: Path) -> None:
    path = tmp_path / "e.parquet"
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone='UTC'")
        connection.execute(
            f"COPY (SELECT CAST('2026-01-04 23:30:00' AS {sql_type}) AS date, 'a' AS kind) "
            f"TO '{path}' (FORMAT parquet)"
        )
    assert counted(path) == {("a", week): 1}


def test_csv_and_parquet_of_the_same_events_count_the_same(tmp_path: Path) -> None:
    n_events = write_events(tmp_path / "e.csv")
    write_events(tmp_path / "p.parquet")
    request = CountRequest(("municipality", "kind"), Period.MONTH)
    from_csv = counted(tmp_path / "e.csv", request)
    assert from_csv == counted(tmp_path / "p.parquet", request)
    assert from_csv.total() == n_events


def test_codes_keep_their_leading_zeros_and_missing_keys_are_a_series_of_their_own(
    tmp_path: Path,
) -> None:
    path = tmp_path / "e.csv"
    path.write_text("kind;date\n0180;2026-01-01\n;2026-01-01\n0180;2026-01-02\n", encoding="utf-8")
    assert counted(path) == {("0180", "2026-W01"): 2, (None, "2026-W01"): 1}


def test_a_compressed_file_in_windows_encoding_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "e.csv.gz"
    text = "Brottstyp\tDatum\nstöld – bil\t31/12/2025\n"
    path.write_bytes(gzip.compress(text.encode("windows-1252")))
    request = CountRequest(("kind",), Period.MONTH, {"kind": "brottstyp"}, date_format="%d/%m/%Y")
    files = find_events(str(path), encoding="windows-1252")
    with count_events(files, request) as counts:
        assert as_counter(counts) == {("stöld – bil", "2025-12"): 1}


def test_latin_1_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    latin, marked = tmp_path / "latin.csv", tmp_path / "marked.csv"
    latin.write_bytes("date,kind\n2026-01-01,rån\n".encode("latin-1"))
    marked.write_bytes("date,kind\n2026-01-01,rån\n".encode("utf-8-sig"))
    for path, encoding in ((latin, "latin-1"), (marked, "utf-8"), (marked, "utf-8-sig")):
        with count_events(find_events(str(path), encoding=encoding), BY_KIND) as counts:
            assert as_counter(counts) == {("rån", "2026-W01"): 1}


def test_cells_are_the_squares_of_statistics_sweden(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_text(
        "date,east,north\n2026-01-01,412345.6,6578999\n2026-01-01,412000,6578000\n"
        "2026-01-01,411999,6578000\n2026-01-01,unknown,6578000\n",
        encoding="utf-8",
    )
    found = counted(path, CountRequest(("cell",), Period.WEEK))
    assert found == {
        (4120006578000, "2026-W01"): 2,
        (4110006578000, "2026-W01"): 1,
        (None, "2026-W01"): 1,
    }


def test_limits_cut_the_events_and_stretch_the_periods(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_text("date,kind\n2026-01-31,a\n2026-03-01,a\n2026-06-01,a\n", encoding="utf-8")
    request = CountRequest(
        ("kind",), Period.MONTH, first_day=date(2026, 2, 1), last_day=date(2026, 5, 31)
    )
    with count_events(find_events(str(path)), request) as counts:
        assert counts.block(0, 1).tolist() == [[0, 1, 0, 0]]


def test_unreadable_dates_can_be_left_out_and_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_text("date,kind\n2026-01-01,a\nokänt,a\n,b\n", encoding="utf-8")
    request = CountRequest(("kind",), Period.WEEK, skip_unreadable_dates=True)
    with count_events(find_events(str(path)), request) as counts:
        assert as_counter(counts) == {("a", "2026-W01"): 1}
        assert (counts.n_events, counts.n_unreadable) == (1, 2)


def test_a_folder_of_files_counts_as_one_file_on_whatever_backend(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for seed in range(3):
        write_events(folder / f"{seed}.parquet", seed=seed)
    request = CountRequest(("municipality", "kind"), Period.WEEK)
    files = find_events(str(folder))
    with count_events(files, request) as counts:
        whole = as_counter(counts)
    for backend in (compute.InProcess(), compute.ProcessPool(workers=2)):
        with count_events(files, request, backend=backend) as counts:
            assert as_counter(counts) == whole


def test_blocks_together_are_the_whole_and_never_cut_a_group(tmp_path: Path) -> None:
    write_events(tmp_path / "e.parquet")
    request = CountRequest(("municipality", "kind"), Period.WEEK)
    with count_events(find_events(str(tmp_path / "e.parquet")), request) as counts:
        whole = counts.block(0, counts.n_series)
        for size, pooled_keys in ((1, 0), (4, 0), (100, 0), (1, 1), (3, 1), (5, 1), (4, 2)):
            blocks = Blocks(counts, size, pooled_keys=pooled_keys)
            found = list(blocks)
            assert len(found) == len(blocks)
            assert (np.vstack([block.counts for block in found]) == whole).all()
            if pooled_keys == 1:
                limits = {block.first_series + i for block in found for i in block.group_limits}
                assert limits == {0, 2, 4, 6}


@pytest.mark.slow
def test_counting_goes_on_when_the_counts_do_not_fit_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.parquet"
    duckdb.sql(
        "SELECT DATE '2020-01-01' + CAST(i % 2000 AS INTEGER) AS date, hash(i) AS kind "
        "FROM range(1500000) t(i)"
    ).write_parquet(str(path))
    limited = Resources(memory_limit="70MB", threads=1, temporary=tmp_path)
    with count_events(find_events(str(path)), BY_KIND, limited) as counts:
        assert (counts.n_events, counts.n_series) == (1_500_000, 1_500_000)
        assert counts.block(10, 20).sum() == 10
    assert not list(tmp_path.glob("samverkan-*"))


def test_duckdb_reaches_no_other_file_than_those_it_was_given(tmp_path: Path) -> None:
    write_events(tmp_path / "e.parquet")
    write_events(tmp_path / "secret.parquet")
    with count_events(find_events(str(tmp_path / "e.parquet")), BY_KIND) as counts:
        for query in (
            f"SELECT * FROM read_parquet('{tmp_path / 'secret.parquet'}')",
            f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
            "SET enable_external_access=true",
        ):
            with pytest.raises(duckdb.Error):
                counts.connection.execute(query)
