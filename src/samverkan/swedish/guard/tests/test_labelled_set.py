"""The guard's promises, held on the labelled texts; and that the texts are what they say."""

from __future__ import annotations

import re

import pytest

from samverkan.swedish.guard.command import main
from samverkan.swedish.guard.findings import FindingKind, Severity
from samverkan.swedish.guard.folding import fold
from samverkan.swedish.guard.labelled_set import Part, labelled_texts, parse_marked
from samverkan.swedish.guard.measurement import measure
from samverkan.swedish.guard.speed import LENGTH, milliseconds_per_text, texts_of_full_length

PARTS = pytest.mark.parametrize("part", list(Part))
HARD_KINDS = [kind for kind in FindingKind if kind.severity is Severity.HARD]
FICTITIOUS_NUMBERS = ("701740", "313900", "406280", "846500", "980319")


@PARTS
@pytest.mark.parametrize("kind", HARD_KINDS)
def test_every_hard_pattern_is_found_whole(part: Part, kind: FindingKind):
    assert measure(labelled_texts(part)).of(kind).recall == 1.0


@PARTS
def test_at_least_95_names_of_100_are_found(part: Part):
    recall = measure(labelled_texts(part)).of(FindingKind.NAME).recall
    assert recall is not None
    assert recall >= 0.95


@PARTS
def test_descriptions_of_one_person_are_mostly_found(part: Part):
    recall = measure(labelled_texts(part)).of(FindingKind.INDIRECT_IDENTIFICATION).recall
    assert recall is not None
    assert recall >= 0.9


@PARTS
def test_fewer_than_5_clean_texts_of_100_raise_an_alarm(part: Part):
    assert measure(labelled_texts(part)).false_alarm_share < 0.05


def test_what_is_found_is_mostly_what_is_marked():
    for kind in measure(text for part in Part for text in labelled_texts(part)).kinds:
        assert kind.precision is not None
        assert kind.precision >= 0.9, kind


def test_the_set_is_as_large_as_promised():
    texts = [text for part in Part for text in labelled_texts(part)]
    assert len(texts) >= 420
    assert sum(text.is_clean for text in texts) >= 200
    assert len({text.text for text in texts}) == len(texts)


@PARTS
def test_every_kind_is_marked_in_every_part(part: Part):
    marked = {mark.kind for text in labelled_texts(part) for mark in text.marks}
    assert marked == set(FindingKind)


@PARTS
def test_identities_are_of_the_series_kept_for_tests(part: Part):
    for labelled in labelled_texts(part):
        for mark in labelled.marks:
            written = fold(labelled.text[mark.start : mark.end]).text
            digits = re.sub(r"\D", "", written)
            if mark.kind in {FindingKind.PERSONNUMMER, FindingKind.SAMORDNINGSNUMMER}:
                assert digits[-4:-2] in {"98", "99"}, labelled
            if mark.kind is FindingKind.PHONE_NUMBER:
                assert any(series in digits for series in FICTITIOUS_NUMBERS), labelled
            if mark.kind is FindingKind.EMAIL_ADDRESS:
                assert "example" in written.lower(), labelled


def test_marks_are_cut_out_of_the_text_and_remembered():
    parsed = parse_marked(1, r"Sa {name|Anna}\n{phone|\u0030701740605}!")
    assert parsed.text == "Sa Anna\n0701740605!"
    assert [parsed.text[mark.start : mark.end] for mark in parsed.marks] == ["Anna", "0701740605"]


def test_a_mark_of_no_known_kind_is_refused():
    with pytest.raises(ValueError, match="nobody"):
        parse_marked(1, "{nobody|Anna}")


def test_the_command_prints_each_kind_and_the_false_alarms(capsys: pytest.CaptureFixture[str]):
    assert main() == 0
    printed = capsys.readouterr().out
    assert all(printed.count(f"\n{kind.value} ") == len(Part) for kind in FindingKind)
    assert printed.count("clean texts with any finding: ") == len(Part)
    assert f"ms for a text of {LENGTH} characters" in printed


def test_the_time_is_the_best_mean_of_three_rounds():
    ticks = iter([0.0, 8.0, 10.0, 12.0, 20.0, 26.0])
    n_texts = len(texts_of_full_length())
    assert milliseconds_per_text(lambda: next(ticks)) == pytest.approx(2000 / n_texts)
    assert {len(text) for text in texts_of_full_length()} == {LENGTH}
