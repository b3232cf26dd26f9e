"""A table of counts: what must be said of them, and what must never be."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from samverkan.documents.formats import PeriodKind
from samverkan.statistics.definitions import series_definitions, sources
from samverkan.statistics.judgement import hold_down_false_alarms
from samverkan.statistics.judging import judge_all
from samverkan.statistics.release import KnownFigure
from samverkan.statistics.selectors import FigureSeries, PartOfYear
from samverkan.statistics.statements import cautions, statements_of
from samverkan.statistics.unusual_months import with_unusual_months

TABLE = tomllib.loads(
    (Path(__file__).parent / "data" / "statements.toml").read_text(encoding="utf-8")
)
LAST_MONTH = date(2026, 10, 1)
FEWEST_CASES = 60


def counts_of(text: str) -> list[float | None]:
    found: list[float | None] = []
    for word in text.split():
        part, _star, times = word.partition("*")
        values = TABLE["patterns"].get(part, part).split()
        found += [None if each == "-" else float(each) for each in values] * int(times or 1)
    return found


def moved(start: date, months: int) -> date:
    month = start.year * 12 + start.month - 1 + months
    return date(month // 12, month % 12 + 1, 1)


def series_of(case: dict[str, Any]) -> FigureSeries:
    kind = PeriodKind(case.get("kind", "month"))
    values = counts_of(case["counts"])
    first = (
        date.fromisoformat(case["first"]) if "first" in case else moved(LAST_MONTH, 1 - len(values))
    )
    ripe = len(values) - case.get("preliminary", 0)
    return FigureSeries(
        municipality_code="1760",
        definition=series_definitions()[case.get("series", "vandalism")],
        unit=case.get("unit", "count"),
        period_kind=kind,
        source=sources()["police"],
        figures=tuple(
            KnownFigure(moved(first, at * kind.months), value, at >= ripe, 1, 1)
            for at, value in enumerate(values)
            if value is not None
        ),
        provenance=(),
    )


def parts_of(case: dict[str, Any]) -> list[PartOfYear]:
    return [
        PartOfYear(series_definitions()[f"violence_{place}"], case[place])
        for place in ("home", "public")
        if place in case
    ]


def said(case: dict[str, Any], language: str) -> str:
    series = series_of(case)
    judged = hold_down_false_alarms(judge_all([series]))
    judgement = with_unusual_months([series], judged)[0]
    with override(language):
        sentences = [each.text for each in statements_of(series, judgement, parts_of(case))]
        return " ".join([*sentences, *cautions(series, judgement)]).replace("\u00a0", " ")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_the_figures_are_told_as_the_table_says(case: dict[str, Any], language: str) -> None:
    text = said(case, language)
    missing = [words for words in case[f"says_{language}"] if words not in text]
    forbidden = [words for words in case[f"never_{language}"] if words in text]
    assert not missing, text
    assert not forbidden, text


def test_the_table_is_long_enough_and_holds_the_reference_case() -> None:
    names = [case["name"] for case in TABLE["cases"]]
    assert len(set(names)) == len(names) >= FEWEST_CASES
    assert sum(name.startswith("reference:") for name in names) == 4
