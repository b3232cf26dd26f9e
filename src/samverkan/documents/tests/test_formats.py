"""Numbers and periods are written as readers of each language expect."""

from __future__ import annotations

from datetime import date

import pytest

from samverkan.documents.formats import (
    Language,
    PeriodKind,
    number,
    period_label,
    plain,
    short_period,
    span,
    week_label,
)

SV, EN = Language.SWEDISH, Language.ENGLISH


@pytest.mark.parametrize(
    ("value", "decimals", "swedish", "english"),
    [
        (1234.5, 1, "1\u00a0234,5", "1,234.5"),
        (0, 0, "0", "0"),
        (-0.04, 1, "0,0", "0.0"),
        (-3, 0, "\u22123", "\u22123"),
        (1_000_000, 0, "1\u00a0000\u00a0000", "1,000,000"),
    ],
)
def test_numbers_have_the_languages_own_signs(
    value: float, decimals: int, swedish: str, english: str
) -> None:
    assert number(value, SV, decimals) == swedish
    assert number(value, EN, decimals) == english


def test_whole_numbers_are_written_without_decimals() -> None:
    assert (plain(4.0, SV), plain(4.25, SV), plain(4.96, SV)) == ("4", "4,2", "5")


@pytest.mark.parametrize(
    ("kind", "long_form", "short_form"),
    [
        (PeriodKind.MONTH, "oktober 2026", "okt 2026"),
        (PeriodKind.QUARTER, "kvartal 4 2026", "kv 4 2026"),
        (PeriodKind.YEAR, "2026", "2026"),
    ],
)
def test_periods_are_named_in_swedish(kind: PeriodKind, long_form: str, short_form: str) -> None:
    start = date(2026, 10, 1)
    assert period_label(kind, start, SV).replace("\u00a0", " ") == long_form
    assert short_period(kind, start, SV).replace("\u00a0", " ") == short_form


def test_periods_are_named_in_english() -> None:
    start = date(2026, 10, 1)
    assert period_label(PeriodKind.QUARTER, start, EN) == "quarter\u00a04\u00a02026"
    assert short_period(PeriodKind.QUARTER, start, EN) == "Q4\u00a02026"
    assert week_label(202648, EN) == "week\u00a048"


def test_a_week_is_named_by_its_number_alone() -> None:
    assert week_label(202648, SV) == "vecka\u00a048"


def test_a_range_has_a_dash_between_its_ends() -> None:
    assert span(0, 5, SV) == "0–5"


@pytest.mark.parametrize(
    ("code", "language"), [("sv", SV), ("en", EN), ("en-gb", EN), ("sv-se", SV), ("fi", SV)]
)
def test_an_unknown_language_falls_back_to_swedish(code: str, language: Language) -> None:
    assert Language.of(code) is language
