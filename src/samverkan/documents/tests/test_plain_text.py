"""Text stays text, whatever somebody has typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.documents.plain_text import LONGEST_WORD, SOFT_HYPHEN, blocks_of, breakable, clean
from samverkan.documents.report import Bullets, Paragraph
from samverkan.documents.typefaces import letters, writable


def test_empty_lines_part_paragraphs_and_dashes_make_bullets() -> None:
    blocks = blocks_of("Första\nraden.\n\n- ett\n- två\nefter\n\n\nSlut.")
    assert blocks == [
        Paragraph("Första raden."),
        Bullets(("ett", "två")),
        Paragraph("efter"),
        Paragraph("Slut."),
    ]


def test_nothing_but_space_is_no_block() -> None:
    assert blocks_of(" \n\t\n \r\n") == []


def test_control_characters_and_lone_surrogates_disappear() -> None:
    assert clean("a\x00b\x07c\ud800d\u0085") == "abcd"


def test_line_ends_of_every_system_are_the_same() -> None:
    assert clean("a\r\nb\rc\nd") == "a\nb\nc\nd"


def test_a_word_longer_than_the_line_can_break() -> None:
    broken = breakable("kort " + "x" * 100)
    assert broken.startswith("kort x")
    assert max(map(len, broken.split()[1].split(SOFT_HYPHEN))) <= LONGEST_WORD
    assert broken.replace(SOFT_HYPHEN, "") == "kort " + "x" * 100


@pytest.mark.parametrize(
    "address", ["trygghetssamordnare.i.storfors@kommun.example", "https://x.example/" + "y" * 40]
)
def test_an_address_can_be_copied_from_the_paper_as_it_is(address: str) -> None:
    assert breakable(f"Skriv till {address}") == f"Skriv till {address}"
    assert SOFT_HYPHEN in breakable(f"{address}{'z' * 60}")


def test_swedish_letters_are_written_as_they_are() -> None:
    text = "Åkeröns båtägare såg 1–5 händelser, § 4 ”så här” … 95 % ≥ 2"
    assert writable(text) == text


def test_a_letter_that_the_font_lacks_is_written_as_its_code() -> None:
    assert writable("bra 🙂") == "bra [U+1F642]"
    assert writable("漢") == "[U+6F22]"


def test_the_font_has_the_letters_of_the_neighbours_languages() -> None:
    assert {ord(letter) for letter in "åäöÅÄÖéüøæþðšžčő"} <= letters()


@given(st.text())
def test_whatever_is_typed_becomes_letters_that_the_font_can_write(text: str) -> None:
    written = writable(clean(text))
    invisible = {"\n", SOFT_HYPHEN}
    assert all(ord(letter) in letters() or letter in invisible for letter in written)


@given(st.text())
def test_no_word_is_lost_on_the_way_to_blocks(text: str) -> None:
    words = [word.strip("-*• ") for word in clean(text).split()]
    found = " ".join(
        " ".join(block.items) if isinstance(block, Bullets) else block.text
        for block in blocks_of(text)
    )
    assert all(word in found for word in words)
