from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from conftest import ClientIn
from samverkan.documents.formats import PeriodKind
from samverkan.statistics.comparability import breaks_of, code_lists, known_breaks
from samverkan.statistics.definitions import (
    DerivationRule,
    SeriesSetting,
    breaks_between,
    comparability_breaks,
    series_definitions,
)
from samverkan.statistics.derived import ContradictoryPartsError, difference
from samverkan.statistics.findings import series_findings
from samverkan.statistics.rule_selectors import rule_lines
from samverkan.statistics.selectors import figure_series
from samverkan.statistics.tests.figures import make_series
from tests.world import World

RULE = DerivationRule(("theft",), ("shoplifting",))
CODE = "theft_excluding_shoplifting"


def derived(world: World) -> dict[date, float | None]:
    found = figure_series(world.actor("safety_coordinator"), "1760", codes=[])
    return {
        figure.start: figure.value
        for series in found
        if series.definition.code == CODE and series.period_kind is PeriodKind.MONTH
        for figure in series.figures
    }


def test_thefts_without_shoplifting_are_computed_when_nobody_has_delivered_them(
    world: World,
) -> None:
    make_series(world, [9, 8, 7], code="theft")
    make_series(world, [4, 8, 1], code="shoplifting")
    assert list(derived(world).values()) == [5.0, 0.0, 6.0]


def test_a_month_without_one_of_the_parts_is_missing(world: World) -> None:
    make_series(world, [9, 8, None], code="theft")
    make_series(world, [4, None, 1], code="shoplifting")
    assert list(derived(world).values()) == [5.0, None, None]


def test_parts_that_contradict_each_other_are_shown_and_never_negative(world: World) -> None:
    make_series(world, [3, 8], code="theft")
    make_series(world, [4, 2], code="shoplifting")
    assert list(derived(world).values()) == [None, 6.0]
    first, second = rule_lines(
        world.actor("safety_coordinator"), "1760", series_definitions()[CODE]
    )
    assert (first.is_contradiction, first.result, first.parts) == (True, None, (3.0, 4.0))
    assert (second.is_contradiction, second.result) == (False, 6.0)


def test_what_is_delivered_goes_before_what_is_computed(world: World) -> None:
    make_series(world, [9], code="theft")
    make_series(world, [4], code="shoplifting")
    make_series(world, [2], code=CODE)
    assert list(derived(world).values()) == [2.0]


def test_a_preliminary_part_makes_the_result_preliminary(world: World) -> None:
    make_series(world, [9, 9], code="theft", preliminary=1)
    make_series(world, [4, 4], code="shoplifting")
    found = figure_series(world.actor("safety_coordinator"), "1760")
    series = next(each for each in found if each.definition.code == CODE)
    assert [figure.is_preliminary for figure in series.figures] == [False, True]


def test_parts_of_different_sources_are_not_mixed(world: World) -> None:
    make_series(world, [9], code="theft")
    make_series(world, [4], code="shoplifting", source_code="manual")
    assert derived(world) == {}


@given(st.lists(st.none() | st.integers(0, 1000).map(float), min_size=2, max_size=2))
def test_a_difference_is_exact_missing_or_a_contradiction(values: list[float | None]) -> None:
    if None in values:
        assert difference(RULE, values) is None
    elif values[0] < values[1]:  # type: ignore[operator]
        with pytest.raises(ContradictoryPartsError):
            difference(RULE, values)
    else:
        assert difference(RULE, values) == values[0] - values[1]  # type: ignore[operator]


def test_every_break_has_its_source_and_the_day_it_was_read() -> None:
    for broken in known_breaks():
        assert broken.source
        assert broken.read_on or not broken.is_confirmed, broken.on
        assert broken.read_on is None or broken.read_on <= date(2026, 11, 25)
        assert broken.text_sv != broken.text_en


def test_a_break_whose_day_is_not_known_is_told_and_never_drawn() -> None:
    unknown = [broken for broken in known_breaks() if not broken.is_day_known]
    assert unknown
    assert not set(unknown) & set(comparability_breaks())
    assert not set(unknown) & set(breaks_between(date(2000, 1, 1), date(2030, 1, 1)))


def test_the_law_on_consent_breaks_sexual_offences_and_no_others() -> None:
    assert date(2018, 7, 1) in {broken.on for broken in breaks_of("sexual")}
    assert {broken.on.year for broken in breaks_of("vandalism")} == {2015}


def test_a_break_that_nobody_has_read_of_is_shown_as_not_confirmed(
    world: World, client_in: ClientIn
) -> None:
    (consent,) = [broken for broken in known_breaks() if broken.on == date(2018, 7, 1)]
    assert not consent.is_confirmed
    page = client_in("safety_coordinator").get(reverse("statistics:definition", args=["sexual"]))
    told = page.content.decode().split("2018-07-01")[1].split("</li>")[0]
    assert "inte läst" in told
    assert "ej bekräftad" in told or "inte bekräftad" in told
    years = [60 + year % 3 for year in range(2010, 2026)]
    make_series(
        world, years, code="sexual", kind="year", first=date(2010, 1, 1), source_code="bra",
        is_published=True,
    )  # fmt: skip
    chart = series_findings(world.actor("safety_coordinator"), "1760", "sexual").leading.chart
    labels = {broken.start.year: broken.label for broken in chart.breaks}
    assert labels[2018] == "2018: tidsserien bryts, inte bekräftat"
    assert "jämför inte bakåt" in labels[2015]


def test_only_what_the_domain_supports_is_confirmed() -> None:
    """Of breaks, the better place of 2015 alone stands with its day in what has been read."""
    assert [broken.on for broken in known_breaks() if broken.is_confirmed] == [date(2015, 1, 1)]


def test_no_list_of_codes_claims_to_be_complete() -> None:
    for codes in code_lists().values():
        assert codes.source
        assert all(code.isdigit() and len(code) in (2, 4) for code in codes.codes)


def test_a_chart_across_2015_is_broken_there_with_a_label_and_no_line(world: World) -> None:
    years = [30 + year % 3 for year in range(2010, 2026)]
    make_series(
        world, years, code="total", kind="year", first=date(2010, 1, 1), source_code="bra",
        is_published=True,
    )  # fmt: skip
    group = series_findings(world.actor("safety_coordinator"), "1760", "total")
    chart = group.leading.chart
    assert [broken.start for broken in chart.breaks] == [date(2015, 1, 1)]
    assert "2015" in chart.description


def test_some_series_tell_where_the_offences_take_place() -> None:
    settings = {each.setting for each in series_definitions().values()}
    assert settings == set(SeriesSetting)


def test_the_definition_pages_show_rule_breaks_and_what_is_not_confirmed(
    world: World, client_in: ClientIn
) -> None:
    make_series(world, [3, 8], code="theft")
    make_series(world, [4, 2], code="shoplifting")
    client = client_in("safety_coordinator")
    assert "Bedrägeribrott" in client.get(reverse("statistics:definitions")).content.decode()
    page = client.get(reverse("statistics:definition", args=[CODE])).content.decode()
    assert "Stöld- och tillgreppsbrott − Butiksstölder" in page
    assert "motsägelse" in page
    page = client.get(reverse("statistics:definition", args=["sexual"])).content.decode()
    assert "2018:618" in page
    assert "Inte bekräftat" in page


def test_every_series_has_a_page_and_unknown_ones_have_none(
    world: World, client_in: ClientIn
) -> None:
    client = client_in("council_politician")
    for code in series_definitions():
        assert client.get(reverse("statistics:definition", args=[code])).status_code == 200
    assert client.get(reverse("statistics:definition", args=["nothing"])).status_code == 404


def test_a_reporter_has_no_business_here(world: World, client_in: ClientIn) -> None:
    client = client_in("reporter", world.school)
    assert client.get(reverse("statistics:definitions")).status_code == 403
    assert client.get(reverse("statistics:sources")).status_code == 403
