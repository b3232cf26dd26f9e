from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.platform.imports.fields import ImportField, guess_mapping, missing_fields
from samverkan.platform.imports.jsonstream import PIECE, list_items
from samverkan.platform.imports.problems import ProblemLog, UnreadableFileError
from samverkan.platform.imports.tables import csv_table, guess_delimiter
from samverkan.platform.imports.values import (
    looks_like_formula,
    parse_moment,
    parse_number,
    parse_time,
    parse_whole,
)

FIELDS = (
    ImportField("period", "Period", ("år", "månad"), is_required=True),
    ImportField("month", "Month", ("månad",)),
    ImportField("count", "Number", ("antal", "antal brott"), is_required=True),
    ImportField("place", "Place", ("plats",), is_required=True, may_be_given=True),
)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1 234,5", 1234.5), ("1\u00a0234", 1234), ("-3", -3), ("−3", -3), ("1e3", 1000), ("0", 0)],
)
def test_numbers_as_swedish_and_english_files_write_them(text: str, number: float) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["", "NaN", "inf", "1.234,5", "12a", "--1", "1e999", "=1+1"])
def test_what_is_no_number_is_not_made_one(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_number(text)


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_whole_numbers_come_back_however_they_are_parted(number: int) -> None:
    assert parse_whole(f"{number:,}".replace(",", "\u00a0")) == number
    assert parse_whole(f"{number},0") == number


@pytest.mark.parametrize(
    ("text", "moment", "has_time"),
    [
        ("2026-10-03", "2026-10-03T00:00:00", False),
        ("2026-10-03 14:30", "2026-10-03T14:30:00", True),
        ("2026-10-03 kl 9.05", "2026-10-03T09:05:00", True),
        ("3/10/2026", "2026-10-03T00:00:00", False),
        ("03.10.2026 14:30", "2026-10-03T14:30:00", True),
        ("20261003", "2026-10-03T00:00:00", False),
    ],
)
def test_days_and_times_as_lists_write_them(text: str, moment: str, has_time: bool) -> None:
    found, found_time = parse_moment(text)
    assert (found.isoformat(), found_time) == (moment, has_time)


@pytest.mark.parametrize("text", ["", "igår", "2026-02-30", "2026-10-03 25:00", "32/1/2026"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_moment(text)


def test_times_of_day() -> None:
    assert parse_time("kl. 9.05") == (9, 5)
    with pytest.raises(ValueError, match="24:00"):
        parse_time("24:00")


def test_formulas_are_told_from_negative_numbers() -> None:
    assert looks_like_formula("=cmd|' /C calc'!A0")
    assert looks_like_formula("@SUM(A1)")
    assert not looks_like_formula("-3,5")
    assert not looks_like_formula("Torget")


def test_columns_are_guessed_by_their_words_in_any_order() -> None:
    header = ["Antal brott", "Plats (namn)", "MÅNAD"]
    assert guess_mapping(header, FIELDS) == {"count": 0, "place": 1, "period": 2}


def test_no_column_is_used_twice_and_the_exact_word_goes_first() -> None:
    assert guess_mapping(["Antal", "Antal brott"], FIELDS) == {"count": 0}
    assert guess_mapping(["År", "Månad", "Antal"], FIELDS) == {"period": 0, "month": 1, "count": 2}


def test_a_required_field_may_be_given_in_place_of_a_column() -> None:
    missing = missing_fields(FIELDS, {"period": 0}, {"place": "Torget"})
    assert [field.key for field in missing] == ["count"]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b;c\n1,5;2,5;3\n", ";"),
        ("a,b\n1,2\n", ","),
        ("a\tb\n1,5\t2,5\n", "\t"),
        ('a;b\n"x, y, z, å";1\n', ";"),
        ("sep=;\na;b\n", ";"),
    ],
)
def test_the_delimiter_is_the_one_that_parts_the_rows_evenly(text: str, delimiter: str) -> None:
    assert guess_delimiter(text) == delimiter


def test_rows_know_the_line_where_they_begin() -> None:
    text = io.TextIOWrapper(io.BytesIO(b'Rubrik\n\na;b\n1;"x\ny"\n2;z\n'), newline="")
    table = csv_table(text, ";")
    assert (table.header, table.header_line) == (("a", "b"), 3)
    assert [(line, cells[0]) for line, cells in table.rows] == [(4, "1"), (6, "2")]


@given(st.lists(st.dictionaries(st.text(max_size=5), st.integers() | st.text()), max_size=8))
def test_a_json_list_read_in_pieces_is_the_same_list(items: list[dict[str, object]]) -> None:
    text = json.dumps(items, indent=2)
    assert list(list_items(io.StringIO(text))) == items


def test_items_longer_than_a_piece_are_put_together() -> None:
    items = [{"text": "x" * (3 * PIECE)}, {"text": "y"}]
    assert list(list_items(io.StringIO(json.dumps(items)))) == items


def test_a_json_list_that_ends_too_early_is_refused() -> None:
    with pytest.raises(UnreadableFileError):
        list(list_items(io.StringIO('[{"a": 1}, {"b": ')))


def test_the_log_counts_everything_and_keeps_the_first() -> None:
    log = ProblemLog()
    for line in range(1, 301):
        log.error(line, "a", "fel")
        log.error(line, "b", "fel")
    log.note(0, "", "anmärkning")
    assert (log.errors, log.faulty_lines, log.notes) == (600, 300, 1)
    assert len(log.kept()) == 201
