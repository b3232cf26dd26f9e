"""What counts as found, and what as right."""

from __future__ import annotations

import pytest

from samverkan.swedish.guard.findings import Finding, FindingKind
from samverkan.swedish.guard.labelled_set import Mark, parse_marked
from samverkan.swedish.guard.measurement import is_found, is_right, measure

PHONE, NAME = FindingKind.PHONE_NUMBER, FindingKind.NAME


def finding(kind: FindingKind, start: int, end: int) -> Finding:
    return Finding(kind, start, end, "x" * (end - start), kind.severity)


@pytest.mark.parametrize(("start", "end", "found"), [(5, 15, True), (4, 16, True), (6, 15, False)])
def test_a_hard_mark_is_found_only_when_covered_whole(start: int, end: int, found: bool):
    assert is_found(Mark(PHONE, 5, 15), (finding(PHONE, start, end),)) is found


def test_a_soft_mark_is_found_when_touched_but_not_by_another_kind():
    assert is_found(Mark(NAME, 5, 15), (finding(NAME, 14, 20),))
    assert not is_found(Mark(NAME, 5, 15), (finding(NAME, 15, 20),))
    assert not is_found(Mark(NAME, 5, 15), (finding(PHONE, 5, 15),))


def test_a_finding_beside_every_mark_is_wrong():
    marks = (Mark(NAME, 0, 4),)
    assert is_right(finding(NAME, 0, 9), marks)
    assert not is_right(finding(NAME, 4, 9), marks)


def test_shares_are_counted_over_all_texts():
    texts = [
        parse_marked(1, "{name|Anna Andersson} ringde."),
        parse_marked(2, "{name|Kvadrat} ringde."),
        parse_marked(3, "Kevin ringde."),
        parse_marked(4, "Lampan är trasig."),
    ]
    measured = measure(texts)
    assert measured.of(NAME).recall == 0.5
    assert measured.of(NAME).precision == 0.5
    assert measured.false_alarm_share == 0.5
    assert measured.of(PHONE).recall is None
    assert measured.of(PHONE).precision is None
