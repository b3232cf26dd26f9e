"""The picture gathers what is known, and says what is not."""

from __future__ import annotations

from datetime import date

import pytest

from samverkan.documents.formats import Language
from samverkan.platform.access.actor import Actor
from samverkan.reports.content import PictureContent, from_json, to_json
from samverkan.reports.selectors import picture_content
from samverkan.situation.models import IncidentCount, Place, ReportingDuty
from samverkan.statistics.tests.figures import TWO_A_MONTH, make_series
from tests.world import World

from .pictures import OCTOBER, decided, written

SV, EN = Language.SWEDISH, Language.ENGLISH


def composed(actor: Actor, language: Language = SV, month: date = OCTOBER) -> PictureContent:
    content = picture_content(actor, "1760", month, language)
    assert content is not None
    return content


def make_est(world: World) -> None:
    """The library in each of the last four weeks, the bathing place once; the school is silent."""
    for name, weeks in (("Biblioteket", (41, 42, 43, 44)), ("Badplatsen", (40,))):
        place = Place.objects.create(
            owner=world.storfors,
            municipality=world.storfors_municipality,
            name=name,
            search_key=name.lower(),
        )
        for week in weeks:
            IncidentCount.objects.create(
                owner=world.storfors,
                reporting_organisation=world.storfors,
                municipality=world.storfors_municipality,
                place=place,
                category="E10",
                week=202600 + week,
                incidents=2,
            )
    ReportingDuty.objects.create(
        owner=world.storfors,
        municipality=world.storfors_municipality,
        organisation=world.school,
        valid_from=date(2020, 1, 1),
    )


def test_all_eleven_headings_stand_even_when_nothing_is_known(world: World) -> None:
    content = composed(world.actor("safety_coordinator"))
    assert {section.number.split(".")[0] for section in content.sections} == {
        str(number) for number in range(1, 12)
    }
    assert content.title == "Ännu inga brottssiffror som kan jämföras"
    assert content.status == "Utkast, inget skrivet än"


def test_what_the_law_demands_and_nobody_wrote_is_said(world: World) -> None:
    content = composed(world.actor("safety_coordinator"))
    lacking = [section.section for section in content.sections if section.lacks]
    assert lacking == ["consequences", "analysis"]


def test_the_title_is_the_finding(world: World) -> None:
    make_series(world, TWO_A_MONTH)
    content = composed(world.actor("safety_coordinator"))
    assert content.title == "Inget sticker ut bland de anmälda brotten i oktober"
    assert content.lead.startswith("Skadegörelsebrott ligger inom det som är normalt för Storfors")


def test_a_raised_level_is_the_title(world: World) -> None:
    make_series(world, TWO_A_MONTH)
    make_series(world, [*([4] * 48), *([9] * 12)], code="violence")
    assert composed(world.actor("safety_coordinator")).title == "Fler än åren före: våldsbrott"


def test_an_unusual_month_is_the_title_when_the_level_is_steady(world: World) -> None:
    make_series(world, [*TWO_A_MONTH[:-1], 13])
    title = composed(world.actor("safety_coordinator")).title
    assert title in {
        "Fler än väntat i oktober: skadegörelsebrott",
        "Fler än åren före: skadegörelsebrott",
    }


def test_english_is_english_throughout(world: World) -> None:
    make_series(world, TWO_A_MONTH, preliminary=1)
    make_est(world)
    content = composed(world.actor("safety_coordinator"), EN)
    assert content.title == "Nothing stands out in the reported crime of October"
    assert content.period_label == "October\u00a02026"
    assert content.section("analysis").heading == "Analysis and causes"
    figure = content.section("reported_crime").figures[0]
    assert figure.title.startswith("On average 2.1 cases of vandalism a month")
    assert figure.source.startswith("Source: the Swedish Police, file")


def test_each_figure_has_sentence_chart_source_and_definition(world: World) -> None:
    make_series(world, TWO_A_MONTH)
    (figure,) = composed(world.actor("safety_coordinator")).section("reported_crime").figures
    assert "inom normal variation sedan 2021" in figure.title
    assert figure.source.startswith("Källa: Polisen, fil manadsfil.csv, hämtad 2026-11-23")
    assert "12 kap. brottsbalken" in figure.definition
    assert figure.chart.observations[-1].upper is not None


def test_places_that_recur_and_units_that_are_silent_are_named(world: World) -> None:
    make_est(world)
    content = composed(world.actor("safety_coordinator"))
    (figure,) = content.section("est").figures
    assert figure.title.startswith("Biblioteket återkommer i EST-rapporterna")
    assert [row.label for row in figure.chart.rows] == ["Biblioteket", "Badplatsen"]
    assert "Biblioteket" in content.lead
    gaps = " ".join(content.section("knowledge_gaps").notes)
    assert "Grundskolan, Storfors" in gaps


def test_missing_series_and_perceived_safety_are_told_as_unknown(world: World) -> None:
    make_series(world, TWO_A_MONTH)
    content = composed(world.actor("safety_coordinator"))
    gaps = " ".join(content.section("knowledge_gaps").notes)
    assert "bostadsinbrott" in gaps
    assert "skadegörelsebrott" not in gaps
    assert content.section("perceived_safety").notes == ("Ingen trygghetsmätning har lagts in.",)


def test_one_month_of_figures_is_a_sentence_without_a_picture(world: World) -> None:
    make_series(world, [3], first=OCTOBER)
    section = composed(world.actor("safety_coordinator")).section("reported_crime")
    assert section.figures == ()
    assert section.notes[0].startswith("3 skadegörelsebrott i oktober")


def test_a_month_ahead_shows_what_is_known_until_then(world: World) -> None:
    make_series(world, TWO_A_MONTH)
    content = composed(world.actor("safety_coordinator"), month=date(2027, 3, 1))
    assert content.section("reported_crime").figures
    assert "den senaste siffran gäller oktober" in " ".join(content.section("knowledge_gaps").notes)


def test_figures_after_the_month_do_not_show(world: World) -> None:
    make_series(world, TWO_A_MONTH)
    content = composed(world.actor("safety_coordinator"), month=date(2026, 3, 1))
    (figure,) = content.section("reported_crime").figures
    assert figure.chart.observations[-1].start == date(2026, 3, 1)


def test_an_unknown_municipality_has_no_picture(world: World) -> None:
    actor = world.actor("safety_coordinator")
    assert picture_content(actor, "0000", OCTOBER, SV) is None


def test_a_version_that_does_not_exist_has_no_picture(world: World) -> None:
    actor = world.actor("safety_coordinator")
    written(actor)
    assert picture_content(actor, "1760", OCTOBER, SV, number=9) is None


def test_the_decision_stands_in_its_own_section(world: World) -> None:
    actor = world.actor("safety_coordinator")
    decided(actor)
    content = composed(actor)
    facts = {fact.label: fact.value for fact in content.section("decision").facts}
    assert content.is_decided
    assert content.status == "Beslutad av Kommunstyrelsen 2026-11-20, § 112"
    assert facts["Diarienummer"] == "KS 2026/145"


@pytest.mark.parametrize("language", [SV, EN])
def test_the_content_survives_the_way_through_json(world: World, language: Language) -> None:
    make_series(world, TWO_A_MONTH)
    make_est(world)
    content = composed(world.actor("safety_coordinator"), language)
    assert from_json(to_json(content)) == content


def test_json_of_another_schema_is_refused(world: World) -> None:
    content = to_json(composed(world.actor("safety_coordinator")))
    with pytest.raises(ValueError, match="schema"):
        from_json({**content, "schema": "samverkan.lagesbild/2"})
