"""Surveys made, closed and read; measurements put in; and who meets a closed door."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from conftest import ClientIn
from samverkan.platform.access.capabilities import Detail, Information
from samverkan.surveys import selectors, services
from samverkan.surveys.models import Measurement, OpenSurvey
from tests.world import World

from .surveys import MEASURED, answer, later, open_survey

pytestmark = pytest.mark.django_db
TYPED = {
    "municipality": "1760",
    "title": "Trygghetsmätning 2025",
    "source": "Polisen",
    "reach": "municipality",
    "sampling": "drawn",
    "asked_from": "2025-09-01",
    "asked_to": "2025-10-31",
    "answers": "400",
    "percent_alone_outdoors": "27,5".replace(",", "."),
    "base_alone_outdoors": "390",
}
MADE = {
    "municipality": "1760",
    "title": "Trygghetsvandring",
    "occasion": "walk",
    "way": "open",
    "questions": ["this_place"],
    "opens_on": "2030-01-01",
    "closes_on": "2030-01-31",
    "code": "bcdfghjkmnpq",
}


def test_a_measurement_is_typed_and_read_with_its_interval(client_in: ClientIn) -> None:
    browser = client_in("safety_coordinator")
    page = browser.post("/trygghet/matning/ny/", TYPED, follow=True)
    text = page.content.decode()
    assert page.status_code == 200
    assert "28 procent (23 till 32)" in text
    assert "390 svar" in text


def test_a_small_base_gives_no_percentage_anywhere(world: World, client_in: ClientIn) -> None:
    made = services.put_in_measurement(world.actor("safety_coordinator"), MEASURED)
    browser = client_in("safety_coordinator")
    for path in (f"/trygghet/matning/{made.ref}/", "/trygghet/1760/"):
        text = browser.get(path).content.decode()
        assert "9 procent" not in text
        assert "för få" in text.lower()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"asked_to": "2025-08-01"}, "Sista frågedagen ligger före den första."),
        ({"answers": "300", "sample_size": "200"}, "Fler har svarat än som tillfrågades."),
        ({"base_alone_outdoors": ""}, "Till en procentsiffra hör hur många som svarade."),
        ({"percent_alone_outdoors": "140"}, "100"),
        ({"percent_alone_outdoors": "nan"}, "tal"),
        ({"base_alone_outdoors": "401"}, "Fler än som svarade på mätningen."),
        ({"title": "Enkät av 19121212-1212"}, "Texten verkar peka ut en person."),
        ({"reach": "area"}, "Skriv områdets namn."),
        ({"asked_to": "2099-01-01"}, "Dagen har inte kommit än."),
        (
            {"percent_alone_outdoors": "", "base_alone_outdoors": ""},
            "Skriv minst en procentsiffra.",
        ),
        ({"municipality": "1781"}, "giltigt"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    client_in: ClientIn, changes: dict, words: str
) -> None:
    page = client_in("safety_coordinator").post("/trygghet/matning/ny/", {**TYPED, **changes})
    text = page.content.decode()
    assert page.status_code == 400
    assert words in text
    assert 'value="Polisen"' in text
    assert not Measurement.objects.for_system("test").exists()


def test_the_same_survey_twice_is_said_and_kept_once(client_in: ClientIn) -> None:
    browser = client_in("safety_coordinator")
    browser.post("/trygghet/matning/ny/", TYPED)
    again = browser.post("/trygghet/matning/ny/", TYPED)
    assert again.status_code == 400
    assert "finns redan här" in again.content.decode()
    assert Measurement.objects.for_system("test").count() == 1


def test_fear_and_crime_stand_beside_each_other(world: World, client_in: ClientIn) -> None:
    services.put_in_measurement(world.actor("safety_coordinator"), MEASURED)
    text = client_in("safety_coordinator").get("/trygghet/1760/").content.decode()
    assert "27 procent (23 till 32): otrygga ensamma ute sent på kvällen (2026)" in text
    assert "Polisen" in text
    assert "44 procent av de tillfrågade svarade." in text


def test_a_named_area_has_a_page_and_an_unknown_one_has_none(
    world: World, client_in: ClientIn
) -> None:
    new = replace(MEASURED, area="Norra området", reach=Measurement.Reach.AREA)
    services.put_in_measurement(world.actor("safety_coordinator"), new)
    browser = client_in("safety_coordinator")
    page = browser.get("/trygghet/1760/norra-omradet/")
    assert page.status_code == 200
    assert "bara kända för hela Storfors" in page.content.decode()
    for path in ("/trygghet/1760/sodra/", "/trygghet/0000/", "/trygghet/1760/%3Cscript%3E/"):
        assert browser.get(path).status_code == 404


def test_a_survey_of_those_who_wanted_claims_no_margin(world: World, client_in: ClientIn) -> None:
    new = replace(MEASURED, sampling=Measurement.Sampling.SELF_CHOSEN)
    services.put_in_measurement(world.actor("safety_coordinator"), new)
    text = client_in("safety_coordinator").get("/trygghet/1760/").content.decode()
    assert "27 procent av dem som svarade" in text
    assert "ingen felmarginal kan anges" in text


def test_another_municipality_and_those_without_the_right_see_nothing(
    world: World, client_in: ClientIn
) -> None:
    made = services.put_in_measurement(world.actor("safety_coordinator"), MEASURED)
    survey = open_survey(world)
    neighbour = client_in("safety_coordinator", world.kristinehamn)
    assert neighbour.get(f"/trygghet/matning/{made.ref}/").status_code == 404
    assert neighbour.get(f"/trygghet/enkat/{survey.ref}/").status_code == 404
    assert neighbour.get("/trygghet/1760/").status_code == 404
    assert neighbour.post(f"/trygghet/enkat/{survey.ref}/stang/").status_code == 404
    assert "Trygghetsmätning" not in neighbour.get("/trygghet/").content.decode()
    reporter = client_in("reporter")
    for path in ("/trygghet/", f"/trygghet/matning/{made.ref}/", "/trygghet/enkat/ny/"):
        assert reporter.get(path).status_code == 403


def test_a_clause_lets_the_police_read_but_not_close(world: World, client_in: ClientIn) -> None:
    made = services.put_in_measurement(world.actor("safety_coordinator"), MEASURED)
    survey = open_survey(world)
    world.share(Information.SURVEYS, Detail.AGGREGATE, giver=world.storfors, receiver=world.police)
    police = client_in("community_police", world.police)
    assert police.get(f"/trygghet/matning/{made.ref}/").status_code == 200
    assert police.get(f"/trygghet/enkat/{survey.ref}/").status_code == 200
    assert police.post(f"/trygghet/enkat/{survey.ref}/stang/").status_code == 403


def test_a_survey_is_made_once_though_the_form_is_sent_twice(client_in: ClientIn) -> None:
    browser = client_in("safety_coordinator")
    for _time in range(2):
        assert browser.post("/trygghet/enkat/ny/", MADE).status_code == 302
    assert OpenSurvey.objects.for_system("test").count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"closes_on": "2030-09-01"},
        {"closes_on": "2001-01-01"},
        {"questions": []},
        {"questions": ["unknown"]},
        {"title": ""},
        {"title": "x" * 121},
        {"code": "<b>"},
        {"way": "letters"},
    ],
)
def test_a_survey_that_cannot_be_is_not_made(client_in: ClientIn, changes: dict) -> None:
    page = client_in("safety_coordinator").post("/trygghet/enkat/ny/", {**MADE, **changes})
    assert page.status_code == 400
    assert not OpenSurvey.objects.for_system("test").exists()


def test_nothing_is_shown_while_a_survey_is_open(world: World) -> None:
    survey = open_survey(world)
    answer(survey, 9)
    actor = world.actor("safety_coordinator")
    assert selectors.survey_result(actor, survey.ref, "sv").questions == ()
    closed = selectors.survey_result(later(actor, 30), survey.ref, "sv")
    assert closed.questions[0].answered == 9
    assert closed.questions[1].unsafe == 9


def test_fewer_than_five_answers_are_never_shown(world: World, client_in: ClientIn) -> None:
    survey = open_survey(world)
    answer(survey, 4)
    browser = client_in("safety_coordinator")
    browser.post(f"/trygghet/enkat/{survey.ref}/stang/")
    text = browser.get(f"/trygghet/enkat/{survey.ref}/").content.decode()
    assert "Färre än fem har svarat" in text
    assert "Ganska trygg" not in text


def test_the_result_says_that_it_holds_for_those_who_answered(
    world: World, client_in: ClientIn
) -> None:
    survey = open_survey(world)
    answer(survey, 12)
    browser = client_in("safety_coordinator")
    browser.post(f"/trygghet/enkat/{survey.ref}/stang/")
    text = browser.get(f"/trygghet/enkat/{survey.ref}/").content.decode()
    assert "ingen felmarginal kan anges" in text
    assert "mer än en gång" in text
    assert "12 av 12" in text
    assert "%" not in text.split("<main")[1].split("</main")[0].replace("%20", "")


def test_groups_are_crossed_only_as_far_as_nobody_is_told(world: World) -> None:
    survey = open_survey(world, asks_group=True)
    answer(survey, 14, group="girl", choices={"this_place": "very_safe"})
    answer(survey, 11, group="girl", choices={"this_place": "very_unsafe"})
    answer(survey, 13, group="boy", choices={"this_place": "very_safe"})
    answer(survey, 2, group="boy", choices={"this_place": "very_unsafe"})
    actor = later(world.actor("safety_coordinator"), 30)
    found = selectors.survey_result(actor, survey.ref, "sv")
    assert found.crossing is not None
    assert found.crossing.groups == ("boy", "girl")
    assert found.crossing.counts["this_place"]["unsafe"] == (None, None)
    assert found.questions[0].unsafe == 13


def test_a_published_answer_comes_from_a_drawn_sample_with_its_base(world: World) -> None:
    actor = world.actor("safety_coordinator")
    services.put_in_measurement(actor, MEASURED)
    services.put_in_measurement(
        actor, replace(MEASURED, title="Enkät", sampling=Measurement.Sampling.SELF_CHOSEN)
    )
    (found,) = selectors.published_answers(actor, "1760")
    assert (found.percent, found.base) == (27.0, 395)
    assert found.lower < 27 < found.upper


def test_only_the_functions_of_the_municipality_put_surveys_in(world: World) -> None:
    with pytest.raises(services.UnknownMunicipalityError):
        services.put_in_measurement(
            world.actor("safety_coordinator"), replace(MEASURED, municipality_code="1781")
        )
    with pytest.raises(PermissionDenied):
        services.put_in_measurement(world.actor("council_politician"), MEASURED)


def test_the_day_of_a_measurement_is_kept(world: World) -> None:
    made = services.put_in_measurement(world.actor("safety_coordinator"), MEASURED)
    assert made.asked_to == date(2026, 10, 30)


def test_sheets_are_shown_once_and_not_kept(world: World, client_in: ClientIn) -> None:
    survey = open_survey(world, way=OpenSurvey.Way.SHEETS)
    browser = client_in("safety_coordinator")
    page = browser.post(f"/trygghet/enkat/{survey.ref}/blad/", {"number": "3"})
    text = page.content.decode()
    assert text.count("<svg") >= 3
    assert text.count("?blad=") == 3
    assert browser.post(f"/trygghet/enkat/{survey.ref}/blad/", {"number": "0"}).status_code == 400
    assert (
        browser.post(f"/trygghet/enkat/{survey.ref}/blad/", {"number": "9999"}).status_code == 400
    )
    again = open_survey(world)
    assert browser.get(f"/trygghet/enkat/{again.ref}/blad/").status_code == 404
