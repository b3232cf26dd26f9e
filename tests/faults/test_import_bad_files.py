"""Bad files: each gives a message that says what is wrong, and changes nothing."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from samverkan.organisations.models import Population
from samverkan.platform.access.actor import Actor
from samverkan.platform.imports.problems import UnreadableFileError
from samverkan.platform.imports.reception import FileRequest, receive
from samverkan.platform.imports.results import ImportResult
from samverkan.platform.imports.services import commit_import
from samverkan.situation.models import Incident, NewsEvent, Place
from samverkan.statistics.models import Figure
from tests.world import World

HEADER = "kommun;period;key;count;per100k;preliminary\n"
EST = "datum;kategori;plats;beskrivning\n"

PutIn = Callable[..., ImportResult]


@pytest.fixture
def actor(world: World, settings: object, tmp_path: Path) -> Actor:
    settings.MEDIA_ROOT = str(tmp_path / "media")  # type: ignore[attr-defined]
    return world.actor("safety_coordinator")


@pytest.fixture
def put_in(actor: Actor, tmp_path: Path) -> PutIn:
    def import_content(content: bytes | str, name: str = "fil.csv", **said: object) -> ImportResult:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return commit_import(actor, receive(actor, FileRequest(path, **said)).ref)  # type: ignore[arg-type]

    return import_content


@pytest.fixture(autouse=True)
def nothing_is_changed(actor: Actor) -> object:
    """Whatever a test of this file does, the database holds what it held."""
    yield
    for model in (Figure, Incident, Place, NewsEvent, Population):
        assert not model.objects.for_system("tests").exists()


def refused(put_in: PutIn, content: bytes | str, name: str = "fil.csv", **said: object) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        put_in(content, name, **said)
    return caught.value.message


def first_error(result: ImportResult) -> str:
    assert not result.is_done
    return result.problems[0].message


def test_an_empty_file_says_that_it_is_empty(put_in: PutIn) -> None:
    assert "0 bytes" in refused(put_in, b"", "events.json")
    assert refused(put_in, "  \n\n \n")


def test_a_file_with_a_heading_and_no_rows_brings_nothing(put_in: PutIn) -> None:
    result = put_in(HEADER)
    assert (result.outcome.read, result.outcome.added) == (0, 0)


def test_a_file_larger_than_the_limit_is_refused_before_it_is_read(
    put_in: PutIn, actor: Actor, tmp_path: Path
) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        # A hole in the file: a gigabyte that takes no room on the disk.
        file.truncate(1024**3)
    with pytest.raises(UnreadableFileError) as caught:
        receive(actor, FileRequest(path))
    assert "512 MB" in caught.value.message
    assert not list((tmp_path / "media").rglob("*"))


def test_nul_bytes_are_named_with_their_line(put_in: PutIn) -> None:
    assert "2" in refused(put_in, b"kommun;period\n1760;20\x0025\n")


def test_an_image_or_a_pdf_is_not_a_table(put_in: PutIn) -> None:
    assert "PDF" in refused(put_in, b"%PDF-1.7\n1 0 obj")
    assert refused(put_in, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    assert "xls" in refused(put_in, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old")


def test_letters_that_were_destroyed_on_the_way_are_not_guessed(put_in: PutIn) -> None:
    assert refused(put_in, HEADER + "1760;2025;skadegÃ¶relse;1;;\n")
    assert refused(put_in, HEADER + "1760;2025;skadeg\ufffdrelse;1;;\n")


def test_bytes_that_are_no_encoding_at_all(put_in: PutIn) -> None:
    assert refused(put_in, b"kommun;period;key;count\n1760;2025;\x81\x8d\xff;1\n")


def test_ten_thousand_columns_are_too_many(put_in: PutIn) -> None:
    assert "10000" in refused(put_in, ";".join(f"kolumn {n}" for n in range(10_000)) + "\n1;2\n")


def test_one_endless_line_is_not_read_into_memory(put_in: PutIn) -> None:
    assert refused(put_in, b"kommun;period;" + b"x" * (3 * 1024 * 1024))


def test_a_quotation_mark_that_is_never_closed(put_in: PutIn) -> None:
    content = HEADER + '1760;2025;"total;1;;\n' + "1760;2024;total;1;;\n" * 20_000
    assert refused(put_in, content, kind_code="statistics")
    short = HEADER + '1760;2025;"total;1;;\n1760;2024;total;1;;\n'
    assert first_error(put_in(short, kind_code="statistics"))


def test_every_faulty_row_is_named_with_line_and_column(put_in: PutIn) -> None:
    rows = [
        "1760;9999;total;5;;",
        "1760;2025;total;-5;;",
        "1760;2025;theft;NaN;;",
        "1760;2025;burglary;1,5;;",
        "9999;2025;total;5;;",
        "1760;2025;rymdbrott;5;;",
        "1760;igår;total;5;;",
        "1760;2025;person;5;;kanske",
        "1760;2025;vandalism;inf;;",
    ]
    result = put_in(HEADER + "\n".join(rows))
    places = [(problem.line, problem.column) for problem in result.problems]
    assert places == [
        (2, "period"),
        (3, "count"),
        (4, "count"),
        (5, "count"),
        (6, "kommun"),
        (7, "key"),
        (8, "period"),
        (9, "preliminary"),
        (10, "count"),
    ]
    assert all(problem.message for problem in result.problems)


def test_all_errors_are_counted_and_the_first_ones_kept(put_in: PutIn) -> None:
    rows = "".join(f"1760;{1996 + n % 30};total;fel {n};;\n" for n in range(500))
    result = put_in(HEADER + rows)
    assert (result.error_count, len(result.problems)) == (500, 200)
    assert result.batch.faulty_line_count == 500


def test_mixed_up_columns_are_faults_on_every_row(put_in: PutIn) -> None:
    result = put_in("kommun;period;key;count\n2025;1760;17;total\n")
    assert not result.is_done


def test_a_row_that_is_wider_than_the_heading(put_in: PutIn) -> None:
    assert "7" in first_error(put_in(HEADER + "1760;2025;total;5;;;9\n"))


def test_rows_that_contradict_each_other_are_not_chosen_between(put_in: PutIn) -> None:
    result = put_in(HEADER + "1760;2025;total;5;;\n1760;2025;total;6;;\n")
    assert result.problems[0].line == 3
    assert not result.is_done


def test_a_formula_is_text_and_no_place(put_in: PutIn) -> None:
    formula = "=cmd|' /C calc'!A0"
    result = put_in(f"{EST}2026-10-03;E10;{formula};\n", creates_places=True)
    assert result.problems[0].column == "plats"
    assert "=cmd" in result.problems[0].message
    assert first_error(put_in(f"{EST}2026-10-03;{formula};;\n", "fil2.csv"))


def test_persons_do_not_come_in_with_a_list(put_in: PutIn) -> None:
    texts = ["Sågs av 19900101-1239", "Ring 070-123 45 67", "Skriv till a.b@example.test"]
    for number, text in enumerate(texts):
        result = put_in(f"{EST}2026-10-03;E10;;{text}\n", f"fil{number}.csv")
        assert result.problems[0].column == "beskrivning"


def test_dates_that_cannot_be(put_in: PutIn) -> None:
    for number, day in enumerate(["9999-01-01", "1066-10-14", "2026-13-01", "32/1/2026", "=1+1"]):
        result = put_in(f"{EST}{day};E10;;\n", f"fil{number}.csv")
        assert result.problems[0].column == "datum"


def test_a_broken_workbook_and_a_plain_zip(put_in: PutIn) -> None:
    assert refused(put_in, b"PK\x03\x04 and then nothing", "bok.xlsx")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.csv", HEADER)
    assert "zip" in refused(put_in, buffer.getvalue(), "bok.xlsx")


def bomb(declared: int | None = None) -> bytes:
    """A workbook whose sheet is a few hundred megabytes of zeros; or one that lies about it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _piece in range(150):
                sheet.write(bytes(1024 * 1024))
    content = buffer.getvalue()
    if declared is not None:
        content = content.replace(struct.pack("<Q", 150 * 1024**2), struct.pack("<Q", declared))
        content = content.replace(struct.pack("<L", 150 * 1024**2), struct.pack("<L", declared))
    return content


@pytest.mark.slow
def test_a_zip_bomb_is_not_unpacked(put_in: PutIn) -> None:
    assert "120 MB" in refused(put_in, bomb(), "bok.xlsx")


@pytest.mark.slow
def test_a_zip_bomb_that_lies_about_its_size_is_measured(put_in: PutIn) -> None:
    assert "120 MB" in refused(put_in, bomb(declared=1000), "bok.xlsx")


def test_a_gzip_bomb_is_stopped_at_the_limit(put_in: PutIn, settings: object) -> None:
    settings.IMPORT_MAX_BYTES = 4 * 1024 * 1024  # type: ignore[attr-defined]
    packed = gzip.compress(b"[" + b" " * (16 * 1024 * 1024))
    assert "4 MB" in refused(put_in, packed, "events.json.gz")
    assert refused(put_in, gzip.compress(b"[1, 2")[:-9], "avkortad.json.gz")


def test_the_value_of_a_formula_cell_is_read_and_the_formula_is_not_run(
    put_in: PutIn, tmp_path: Path
) -> None:
    path = tmp_path / "formler.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["kommun", "period", "key", "count"])
        sheet.write_row(1, 0, ["1760", "2025", "total"])
        sheet.write_formula(1, 3, "=1+1", value="=HYPERLINK(evil)")
    result = put_in(path.read_bytes(), "formler2.xlsx")
    assert result.problems[0].column == "count"


@pytest.mark.parametrize(
    "content",
    [
        '[{"id": 1, "datetime": "2026-01-01 9:00:00 +01:00", "summary": "", "location": ',
        '[{"id": "1", "datetime": "nyss", "name": "", "summary": "", "location": {}}]',
        '[{"id": NaN, "datetime": "", "summary": "", "location": {}}]',
        "[" * 100_000,
        '{"kpi": "municipality"}',
        '[{"id": 1, "datetime": "2026-01-01 9:00:00 +01:00", "summary": null, "location": null}]',
    ],
)
def test_json_that_is_cut_off_or_hostile(put_in: PutIn, content: str) -> None:
    assert first_error(put_in(content, "events.json", kind_code="news"))


def test_a_kind_that_cannot_hold_the_format_says_so(put_in: PutIn) -> None:
    assert first_error(put_in(HEADER + "1760;2025;total;5;;\n", kind_code="news"))


def test_a_source_that_the_kind_does_not_have(put_in: PutIn) -> None:
    assert "scb" in refused(put_in, HEADER + "1760;2025;total;5;;\n", source_code="scb")


def test_figures_of_ones_own_cannot_be_put_in_for_a_neighbour(put_in: PutIn) -> None:
    result = put_in(HEADER + "1781;2026-10;total;5;;\n", source_code="police")
    assert "1781" in first_error(result)
