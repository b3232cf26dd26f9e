"""What may be said of small counts, and what may not."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.documents.formats import PeriodKind
from samverkan.statistics.definitions import series_definitions, sources
from samverkan.statistics.findings import SeriesFinding, group_findings, series_findings
from samverkan.statistics.judgement import (
    Judgement,
    Level,
    Surprise,
    calendar,
    hold_down_false_alarms,
    standing,
)
from samverkan.statistics.judging import judge
from samverkan.statistics.release import KnownFigure
from samverkan.statistics.selectors import FigureSeries
from samverkan.statistics.statements import (
    average_interval,
    cautions,
    finding,
    last_period,
    source_line,
    unusual_months,
    what_could_be_seen,
)
from tests.world import World

from .figures import FIRST_MONTH, TWO_A_MONTH, make_series


def series_of(
    values: list[float | None] | tuple[float, ...],
    *,
    code: str = "vandalism",
    kind: PeriodKind = PeriodKind.MONTH,
    first: date = FIRST_MONTH,
    preliminary: int = 0,
) -> FigureSeries:
    starts = calendar(kind, first, date(first.year + 90, first.month, 1))
    return FigureSeries(
        municipality_code="1760",
        definition=series_definitions()[code],
        unit="count",
        period_kind=kind,
        source=sources()["police"],
        figures=tuple(
            KnownFigure(start, value, at >= len(values) - preliminary, 1, 1)
            for at, (start, value) in enumerate(zip(starts, values, strict=False))
            if value is not None
        ),
        provenance=(),
    )


def said(series: FigureSeries, language: str = "sv") -> str:
    with override(language):
        return finding(series, judge(series)).replace("\u00a0", " ")


def leading(world: World, code: str = "vandalism") -> SeriesFinding:
    with override("sv"):
        group = series_findings(world.actor("safety_coordinator"), "1760", code)
    assert group is not None
    return group.leading


def test_a_steady_level_is_said_as_normal_variation() -> None:
    assert said(series_of(TWO_A_MONTH)) == (
        "I genomsnitt 2,1 skadegörelsebrott i månaden det senaste året; "
        "inom normal variation sedan 2021"
    )


def test_the_same_is_said_in_english() -> None:
    assert said(series_of(TWO_A_MONTH), "en") == (
        "On average 2.1 cases of vandalism a month in the last year; "
        "within normal variation since 2021"
    )


def test_a_higher_level_is_said_with_what_it_was_before() -> None:
    values = [*TWO_A_MONTH[:-12], *([6] * 12)]
    assert said(series_of(values)).endswith(
        "det senaste året; fler än åren före (2,1 i månaden sedan 2021)"
    )


def test_a_lower_level_is_said() -> None:
    values = [6] * 48 + [1] * 12
    assert judge(series_of(values)).level is Level.LOWER
    assert "färre än åren före (6 i månaden" in said(series_of(values))


def test_too_few_to_tell_is_said_as_such() -> None:
    values = [0, 0, 0, 0, 0, 1] * 10
    assert judge(series_of(values)).level is Level.CANNOT_SAY
    assert "för få för att säga om nivån har ändrats sedan 2021" in said(series_of(values))


def test_no_offences_at_all_is_said_without_a_mean() -> None:
    values = [*TWO_A_MONTH[:-12], *([0] * 12)]
    assert said(series_of(values)).startswith("Inga skadegörelsebrott anmälda det senaste året;")


def test_one_month_of_figures_is_not_a_comparison() -> None:
    assert said(series_of([3], first=date(2026, 10, 1))) == (
        "3 skadegörelsebrott i oktober 2026; det finns inget tidigare att jämföra med"
    )


def test_one_single_offence_is_written_in_the_singular() -> None:
    series = series_of([1], code="shoplifting", first=date(2026, 10, 1))
    assert said(series).startswith("1 butiksstöld i oktober 2026")


def test_quarters_are_said_as_four_together() -> None:
    values = [52, 38, 51, 68, 100, 63, 53, 74, 73, 63, 68, 86, 75, 91, 98, 79, 36, 65, 82, 59]
    series = series_of(values, code="total", kind=PeriodKind.QUARTER, first=date(2021, 7, 1))
    assert said(series).startswith("242 anmälda brott de senaste fyra kvartalen;")


def test_years_before_2015_take_no_part_in_the_comparison() -> None:
    values = [400.0] * 11 + [22, 21, 23, 22, 21, 24, 22, 21, 22, 23, 22]
    series = series_of(values, kind=PeriodKind.YEAR, first=date(2004, 1, 1))
    judged = judge(series)
    assert judged.compared_from == date(2015, 1, 1)
    assert judged.level is Level.STABLE
    assert [period.upper for period in judged.periods[:11]] == [None] * 11


def test_missing_months_are_left_out_and_told() -> None:
    values: list[float | None] = [*TWO_A_MONTH]
    values[-3] = values[-4] = None
    series = series_of(values)
    judged = judge(series)
    assert judged.recent_known == 10
    with override("sv"):
        assert any("augusti" in words for words in cautions(series, judged))


def test_preliminary_months_are_told() -> None:
    series = series_of(TWO_A_MONTH, preliminary=2)
    with override("sv"):
        told = " ".join(cautions(series, judge(series)))
        assert "preliminära från september" in source_line(series)
    assert "Preliminärt från september" in told


def test_what_could_have_been_seen_is_told_with_the_count() -> None:
    series = series_of([0, 0, 1, 0] * 15)
    with override("sv"):
        words = what_could_be_seen(series, judge(series))
    assert words.startswith("En förändring mindre än en tredubbling hade inte synts.")
    assert re.search(r"Först vid \d+ på ett år hade vi sagt att det är fler än vanligt\.", words)


@pytest.mark.django_db
def test_an_unusual_month_is_more_than_expected(world: World) -> None:
    make_series(world, [*TWO_A_MONTH[:-1], 14])
    found = leading(world)
    assert found.judgement.surprise is Surprise.MORE
    assert re.match(r"Oktober.2026: 14, fler än väntat \(0–\d\)\.", found.last_period)
    assert found.chart.observations[-1].is_unusual


@pytest.mark.django_db
def test_an_ordinary_month_is_as_expected(world: World) -> None:
    make_series(world, TWO_A_MONTH)
    found = leading(world)
    assert found.judgement.surprise is Surprise.NONE
    assert "som väntat (" in found.last_period
    assert not any(seen.is_unusual for seen in found.chart.observations)


@pytest.mark.django_db
def test_one_of_very_many_series_does_not_look_changed_by_chance(world: World) -> None:
    """A p-value just below 0.05 stands alone, but not among ten series."""
    weak = [
        *TWO_A_MONTH[:-12],
        *([3] * 12),
    ]
    alone = judge(series_of(weak))
    many = [alone, *(judge(series_of(TWO_A_MONTH)) for _ in range(9))]
    assert alone.p_value is not None
    held = hold_down_false_alarms(many)[0]
    assert held.level in {Level.STABLE, alone.level}
    if alone.p_value > 0.005:
        assert held.level is Level.STABLE


def test_what_stands_is_decided_from_the_smallest_up() -> None:
    assert standing([0.04, 0.001, None, 0.03]) == [True, True, False, True]
    assert standing([0.04, 0.9, 0.8, 0.7]) == [False] * 4
    assert standing([]) == []


@pytest.mark.django_db
def test_the_finest_fresh_division_of_time_leads(world: World) -> None:
    make_series(world, TWO_A_MONTH)
    make_series(world, [20] * 12, kind="year", first=date(2014, 1, 1), source_code="bra")
    groups = group_findings(world.actor("safety_coordinator"), "1760")
    (group,) = groups
    assert group.leading.series.period_kind is PeriodKind.MONTH
    kinds = {found.series.period_kind for found in group.all}
    assert kinds == {PeriodKind.MONTH, PeriodKind.YEAR}


@pytest.mark.django_db
def test_months_that_ended_long_ago_do_not_lead(world: World) -> None:
    make_series(world, TWO_A_MONTH[:24])
    make_series(world, [20] * 12, kind="year", first=date(2014, 1, 1), source_code="bra")
    (group,) = group_findings(world.actor("safety_coordinator"), "1760")
    assert group.leading.series.period_kind is PeriodKind.YEAR


@pytest.mark.django_db
def test_rates_are_shown_but_never_judged(world: World) -> None:
    make_series(
        world, [900.0, 1100.5], code="N07403", kind="year", unit="per_100000", source_code="kolada"
    )
    found = leading(world, "N07403")
    assert found.judgement.level is Level.NOTHING_EARLIER
    assert "1\u00a0100,5" in found.sentence
    assert "jämföra" not in found.sentence


@pytest.mark.parametrize("language", ["sv", "en"])
@settings(max_examples=40, deadline=None)
@given(values=st.lists(st.none() | st.integers(0, 60).map(float), min_size=1, max_size=75))
def test_whatever_the_counts_the_sentence_is_whole_and_has_no_percentage(
    language: str, values: list[float | None]
) -> None:
    if not any(value is not None for value in values):
        values = [*values, 1.0]
    series = series_of(values)
    judged: Judgement = judge(series)
    with override(language):
        words = [
            finding(series, judged),
            last_period(series, judged),
            average_interval(series, judged),
            unusual_months(series, judged),
            *cautions(series, judged),
        ]
        seen = what_could_be_seen(series, judged)
    text = " ".join([*words, seen])
    assert words[0]
    assert "%" not in " ".join(words)
    if "%" in seen:  # of the method, never of the crime, and never on a handful
        assert (judged.earlier_per_period or 0) * 12 >= 20
        assert re.match(r"(En ökning under|An increase of less than) [1-9][05]? %", seen)
    assert "nan" not in text.lower()
    assert "inf" not in text.lower().replace("infall", "")


def test_the_calendar_has_every_period_once() -> None:
    assert calendar(PeriodKind.QUARTER, date(2025, 10, 1), date(2026, 4, 1)) == [
        date(2025, 10, 1),
        date(2026, 1, 1),
        date(2026, 4, 1),
    ]
    assert len(calendar(PeriodKind.MONTH, date(2021, 11, 1), date(2026, 10, 1))) == 60
