"""The EST analysis of a quarter or a year: the same machinery as the situational picture."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from conftest import ClientIn
from samverkan.documents.formats import Language
from samverkan.platform.access.actor import Actor
from samverkan.reports.content import PictureContent, from_json, to_json
from samverkan.reports.decided import decided_summary
from samverkan.reports.est_analysis import weeks_of_period
from samverkan.reports.kinds import Kind, earlier_start, end_of_period, period_words, read_period
from samverkan.reports.models import PictureVersion, SituationalPicture
from samverkan.reports.outputs import OutputFormat, output_file
from samverkan.reports.sections import Section
from samverkan.reports.selectors import law_clock, picture_content
from samverkan.reports.services import (
    CannotDecideError,
    Collision,
    edit_section,
    mark_as_decided,
    open_picture,
)
from samverkan.situation.models import (
    IncidentCount,
    Measure,
    NothingReported,
    Place,
    Problem,
    ReportingDuty,
)
from tests.world import NOW, World

from .pictures import DECISION, decided

SV, EN = Language.SWEDISH, Language.ENGLISH
THIRD = date(2026, 7, 1)


def count(world: World, place: Place | None, week: int, incidents: int) -> None:
    IncidentCount.objects.create(
        owner=world.storfors,
        reporting_organisation=world.school,
        municipality=world.storfors_municipality,
        place=place,
        category="E10",
        week=week,
        incidents=incidents,
    )


def place_named(world: World, name: str) -> Place:
    place: Place = Place.objects.create(
        owner=world.storfors,
        municipality=world.storfors_municipality,
        name=name,
        search_key=name.lower(),
    )
    return place


def composed(actor: Actor, kind: Kind, start: date, language: Language = SV) -> PictureContent:
    content = picture_content(actor, "1760", start, language, kind=kind)
    assert content is not None
    return content


@pytest.mark.parametrize(
    ("kind", "text", "start"),
    [
        (Kind.PICTURE, "2026-10", date(2026, 10, 1)),
        (Kind.EST_QUARTER, "2026-kv3", date(2026, 7, 1)),
        (Kind.EST_QUARTER, " 2026-Q4 ", date(2026, 10, 1)),
        (Kind.EST_YEAR, "2026", date(2026, 1, 1)),
    ],
)
def test_a_period_is_read_as_people_write_it(kind: Kind, text: str, start: date) -> None:
    assert read_period(kind, text) == start


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-kv5", "1800", "9999-01", "٢٠٢٦", "<b>", "2026-"]
)
def test_what_is_no_period_is_not_read(kind: Kind, text: str) -> None:
    assert read_period(kind, text) is None


def test_periods_follow_each_other_without_a_gap() -> None:
    for kind in Kind:
        start = date(2024, 1, 1)
        for _step in range(24):
            after = end_of_period(kind, start)
            assert earlier_start(kind, after) == start
            start = after


def test_every_week_belongs_to_exactly_one_quarter() -> None:
    weeks = [
        week
        for quarter in range(40)
        for start in [date(2018 + quarter // 4, quarter % 4 * 3 + 1, 1)]
        for week in weeks_of_period(start, end_of_period(Kind.EST_QUARTER, start), date(2030, 1, 1))
    ]
    assert len(weeks) == len(set(weeks))
    assert weeks == sorted(weeks)
    assert {202053, 202001, 202101} <= set(weeks)


def test_it_tells_where_it_recurs_and_who_was_silent(world: World) -> None:
    square, beach = place_named(world, "Busstorget"), place_named(world, "Badplatsen")
    for week in range(27, 36):
        count(world, square, 202600 + week, 1)
    count(world, beach, 202630, 1)
    duty = ReportingDuty.objects.create(
        owner=world.storfors,
        municipality=world.storfors_municipality,
        organisation=world.school,
        valid_from=date(2026, 1, 1),
    )
    NothingReported.objects.create(duty=duty, week=202636)
    content = composed(world.actor("safety_coordinator"), Kind.EST_QUARTER, THIRD)
    assert content.document == "EST-analys"
    assert content.period == "2026-kv3"
    assert content.title == "Busstorget återkom i EST-rapporterna från tredje kvartalet 2026"
    facts = {fact.label: fact.value for fact in content.section("method").facts}
    assert facts["Svar från enheter som ska rapportera, vecka för vecka"] == "10 av 13"
    assert facts["Grundskolan, Storfors"] == "tyst 3 veckor"
    assert content.section("analysis").lacks
    assert not any(section.section == Section.CONSEQUENCES for section in content.sections)


def test_a_difference_is_said_only_when_the_counts_can_carry_it(world: World) -> None:
    square = place_named(world, "Busstorget")
    for week in range(14, 27):
        count(world, square, 202600 + week, 1)
    for week in range(27, 40):
        count(world, square, 202600 + week, 2)
    actor = world.actor("safety_coordinator")
    doubled = composed(actor, Kind.EST_QUARTER, THIRD).section("est").notes
    assert doubled[0].startswith("Ingen säker skillnad mot andra kvartalet 2026: 26 rapporter på")
    assert doubled[1] == "Det finns inga EST-rapporter från tredje kvartalet 2025 att jämföra med."
    IncidentCount.objects.for_system("test").filter(week__gte=202627).update(incidents=4)
    fourfold = composed(actor, Kind.EST_QUARTER, THIRD, EN).section("est").notes
    assert fourfold[0].startswith("More reports than in second quarter of 2026: 52 reports")
    assert not any("%" in note for note in (*doubled, *fourfold))


def test_a_year_adds_its_weeks_up_to_months(world: World) -> None:
    square = place_named(world, "Busstorget")
    for week in range(1, 47):
        count(world, square, 202600 + week, 1)
    content = composed(world.actor("safety_coordinator"), Kind.EST_YEAR, date(2026, 1, 1))
    chart = content.section("est").figures[0].chart
    assert chart.columns[:3] == ("jan", "feb", "mar")  # type: ignore[union-attr]
    assert sum(chart.rows[0].counts) == 46  # type: ignore[union-attr]
    assert "Perioden är inte slut" in content.section("knowledge_gaps").notes[0]


def test_measures_and_their_outcomes_stand_in_it(world: World) -> None:
    problem = Problem.objects.create(
        owner=world.storfors,
        municipality=world.storfors_municipality,
        title="Skadegörelse vid busstorget",
        opened_on=date(2026, 6, 1),
    )
    Measure.objects.create(
        problem=problem,
        title="Ny belysning",
        responsible=world.function("safety_coordinator"),
        state="done",
        due_on=date(2026, 7, 15),
        follow_up_on=date(2026, 9, 15),
        outcome="Lugnare kvällar enligt personalen.",
    )
    content = composed(world.actor("safety_coordinator"), Kind.EST_QUARTER, THIRD)
    assert content.section("priorities").facts[0].label == "Skadegörelse vid busstorget"
    assert content.section("measures").facts[0].label == "Ny belysning"
    assert content.section("outcomes").facts[0].value == "Lugnare kvällar enligt personalen."


def test_it_is_written_collides_and_is_decided_like_a_picture(world: World) -> None:
    actor = world.actor("safety_coordinator")
    analysis = open_picture(actor, "1760", THIRD, Kind.EST_QUARTER)
    assert open_picture(actor, "1760", THIRD, Kind.EST_QUARTER) == analysis
    assert open_picture(actor, "1760", THIRD) != analysis
    with pytest.raises(CannotDecideError):
        mark_as_decided(actor, analysis.ref, 1, DECISION)
    edit_section(actor, analysis.ref, Section.ANALYSIS, "Mörkt och folktomt.", based_on=1)
    theirs = edit_section(actor, analysis.ref, Section.ANALYSIS, "Något annat.", based_on=1)
    assert isinstance(theirs, Collision)
    decided = mark_as_decided(actor, analysis.ref, 2, DECISION)
    count(world, place_named(world, "Torget"), 202630, 3)
    content = composed(actor, Kind.EST_QUARTER, THIRD)
    assert decided.is_decided
    assert content.title == "Inga EST-rapporter från tredje kvartalet 2026"
    assert from_json(to_json(content)) == content


def test_a_decided_analysis_does_not_wind_the_laws_clock(world: World) -> None:
    actor = world.actor("safety_coordinator")
    analysis = open_picture(actor, "1760", THIRD, Kind.EST_QUARTER)
    edit_section(actor, analysis.ref, Section.ANALYSIS, "Mörkt.", based_on=1)
    mark_as_decided(actor, analysis.ref, 2, DECISION)
    assert law_clock(actor, "1760").last_decided_on is None


def test_it_comes_out_as_an_accessible_pdf(world: World) -> None:
    count(world, place_named(world, "Torget"), 202630, 3)
    content = composed(world.actor("safety_coordinator"), Kind.EST_QUARTER, THIRD)
    made = output_file(content, OutputFormat.PDF)
    assert made.name == "est-analys-1760-2026-kv3-v0.pdf"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(made.content)).pages)
    assert "EST-analys Storfors" in text
    assert "Kartläggning: brott" not in text


def test_the_page_begins_it_and_says_what_is_wrong_with_a_period(client_in: ClientIn) -> None:
    client = client_in("safety_coordinator")
    sent = {"kind": "est_quarter", "period": "2026-10", "municipality": "1760"}
    refused = client.post("/lagesbild/", sent)
    assert "Skriv kvartalet som i 2026-kv3." in refused.content.decode()
    assert 'value="2026-10"' in refused.content.decode()
    begun = client.post("/lagesbild/", {**sent, "period": "2026-kv3"})
    page = client.get(begun.headers["Location"]).content.decode()
    assert "EST-analys Storfors, tredje kvartalet 2026" in page
    assert "Lagens klocka" not in page
    ahead = client.post("/lagesbild/", {**sent, "kind": "est_year", "period": "2027"})
    assert "Perioden har inte börjat." in ahead.content.decode()


def test_a_neighbour_does_not_see_it(world: World, client_in: ClientIn) -> None:
    actor = world.actor("safety_coordinator")
    analysis: SituationalPicture = open_picture(actor, "1760", THIRD, Kind.EST_QUARTER)
    neighbour = client_in("safety_coordinator", world.kristinehamn)
    assert neighbour.get(f"/lagesbild/{analysis.ref}/").status_code == 404
    for section in ("consequences", "est"):
        status = client_in("safety_coordinator").get(f"/lagesbild/{analysis.ref}/skriv/{section}/")
        assert status.status_code == (404 if section == "consequences" else 200)


def test_the_period_in_words() -> None:
    assert period_words(Kind.EST_QUARTER, date(2026, 10, 1), SV) == "fjärde kvartalet 2026"
    assert period_words(Kind.EST_YEAR, date(2026, 1, 1), EN) == "2026"
    assert period_words(Kind.PICTURE, NOW.date().replace(day=1), SV) == "november\xa02026"


def test_what_is_published_is_the_summary_of_a_picture_and_never_of_an_analysis(
    world: World,
) -> None:
    coordinator = world.actor("safety_coordinator")
    decided(coordinator)
    before = decided_summary(coordinator, "1760")
    version = PictureVersion.objects.for_system("a decided analysis").latest("number")
    version.picture = SituationalPicture.objects.create(
        owner=version.picture.owner,
        municipality=version.picture.municipality,
        kind=Kind.EST_QUARTER.value,
        period_start=date(2027, 1, 1),
        created_at=NOW,
    )
    version.pk, version.ref, version.texts = None, "annanversion", {"summary": "Analysens ord"}
    version.save(force_insert=True)
    assert before is not None
    assert decided_summary(coordinator, "1760") == before
