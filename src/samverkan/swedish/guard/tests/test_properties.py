"""What holds for every text, however it is written and whoever means harm."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.swedish.guard import Finding, find_persons
from samverkan.swedish.guard.folding import fold
from samverkan.swedish.guard.labelled_set import Part, labelled_texts

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
LABELLED = [labelled.text for part in Part for labelled in labelled_texts(part)]
PIECES = st.sampled_from(
    ["Anna", " ", "Berg", "0701740605", "@", "900101-9802", "ABC 123", ".", "å", "\n", "14-åring"]
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=30).map("".join),
    st.sampled_from(LABELLED),
)


def answer(text: str) -> list[tuple[str, str]]:
    return [(found.kind.value, fold(found.text).text) for found in find_persons(text)]


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_findings_lie_within_the_text_in_order_without_overlap(text: str):
    position = 0
    for found in find_persons(text):
        assert position <= found.start < found.end <= len(text)
        assert found.text == text[found.start : found.end]
        assert found.severity is found.kind.severity
        position = found.end


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_composed_and_decomposed_letters_get_the_same_answer(text: str):
    assert answer(unicodedata.normalize("NFC", text)) == answer(unicodedata.normalize("NFD", text))


@given(TEXTS, st.lists(st.tuples(st.integers(0, 400), st.sampled_from(ZERO_WIDTH)), max_size=12))
@settings(max_examples=300, deadline=None)
def test_characters_of_no_width_change_nothing(text: str, sown: list[tuple[int, str]]):
    for place, character in sown:
        text = text[:place] + character + text[place:]
    without = "".join(character for character in text if character not in ZERO_WIDTH)
    assert answer(text) == answer(without)


def test_half_a_surrogate_pair_does_no_harm():
    assert [found.text for found in find_persons("\ud800 Anna Andersson")] == ["Anna Andersson"]


def test_nothing_is_found_in_nothing():
    assert find_persons("") == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["a", "1", "1 ", "07 ", "+46 ", "@", "a@", "a.", "ABC ", "A B C 1 2 3 ", "anna-", "a\u0308",
     "\u0308", "-", "(at)", "snap: ", "kille ", "14-", "900101-", "ärende ", "instagram.com/",
     "Anna och ", "\ufdfa", "08-", "s ", "\u200b"],
)  # fmt: skip
def test_a_hostile_text_of_100_kilobytes_takes_no_long_time(piece: str):
    """Half a second in practice; a pattern that backtracks without bound would take hours."""
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    began = time.process_time()
    findings = find_persons(text)
    assert time.process_time() - began < 20
    assert all(isinstance(found, Finding) for found in findings)
