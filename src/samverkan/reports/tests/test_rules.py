"""What hinders a decision, what collides, when the law's time is out."""

from __future__ import annotations

from datetime import date

import pytest

from samverkan.reports.rules import (
    Hindrance,
    collides,
    end_of_month,
    first_of_month,
    hindrances,
    next_update_due,
)
from samverkan.reports.sections import HEADINGS, LawPart, Section

WHOLE = {Section.CONSEQUENCES: "Skada.", Section.ANALYSIS: "Därför."}


def test_a_picture_with_consequences_and_analysis_can_be_decided() -> None:
    assert hindrances(WHOLE) == ()


@pytest.mark.parametrize(
    ("lacking", "hindrance"),
    [
        (Section.ANALYSIS, Hindrance.NO_ANALYSIS),
        (Section.CONSEQUENCES, Hindrance.NO_CONSEQUENCES),
    ],
)
@pytest.mark.parametrize("text", ["", "  \n "])
def test_without_what_the_law_asks_for_it_cannot(
    lacking: Section, hindrance: Hindrance, text: str
) -> None:
    assert hindrances({**WHOLE, lacking: text}) == (hindrance,)


def test_a_decided_version_is_not_decided_again() -> None:
    assert hindrances(WHOLE, is_decided=True) == (Hindrance.ALREADY_DECIDED,)


def test_all_three_parts_of_the_law_have_their_headings() -> None:
    assert {heading.law_part for heading in HEADINGS} == set(LawPart)
    assert [heading.number for heading in HEADINGS if heading.level == 1] == [
        "1", "2", "3", "5", "6", "7", "8", "9", "10", "11",
    ]  # fmt: skip


def test_two_texts_collide_only_when_the_other_changed_the_same_section() -> None:
    start = {"analysis": "gammal"}
    section = Section.ANALYSIS
    assert collides(section, "min", start, {"analysis": "din"})
    assert not collides(section, "min", start, {"analysis": "gammal", "summary": "ny"})
    assert not collides(section, "samma", start, {"analysis": "samma"})


@pytest.mark.parametrize(
    ("decided", "due"),
    [
        (date(2024, 6, 11), date(2026, 6, 11)),
        (date(2024, 2, 29), date(2026, 2, 28)),
        (date(2025, 12, 31), date(2027, 12, 31)),
    ],
)
def test_the_picture_is_due_within_two_years(decided: date, due: date) -> None:
    assert next_update_due(decided) == due


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-13", "2026-1", "26-10", "1995-12", "oktober", "2026-10-01", "２０２６-10"],
)
def test_what_is_not_a_month_is_refused(text: str) -> None:
    assert first_of_month(text) is None


def test_a_month_runs_to_the_first_day_of_the_next() -> None:
    assert first_of_month("2026-12") == date(2026, 12, 1)
    assert end_of_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert end_of_month(date(2026, 2, 1)) == date(2026, 3, 1)
