"""Answering without signing in: nothing is kept of who it was, and nothing counts twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from samverkan.platform.access.actor import anonymous
from samverkan.platform.audit.models import AuditEntry
from samverkan.surveys import services
from samverkan.surveys.models import Answer, OpenSurvey, Sheet
from tests.world import NOW, World

from .surveys import CHOICES, TODAY, open_survey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_counters(time_machine_now: None) -> None:
    cache.clear()


@pytest.fixture
def time_machine_now() -> object:
    import time_machine

    with time_machine.travel(NOW, tick=False):
        yield


def address(survey: OpenSurvey) -> str:
    return f"/trygghet/svara/{survey.code}/"


def count(survey: OpenSurvey) -> int:
    return Answer.objects.for_system("test").filter(survey=survey).count()


def test_anybody_with_the_address_answers_without_cookie_or_script(world: World) -> None:
    survey = open_survey(world)
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(address(survey))
    assert page.status_code == 200
    assert "<script" not in page.content.decode().split("<main")[1]
    sent = browser.post(address(survey), {**CHOICES, "once": "2" * 12})
    assert sent.status_code == 302
    assert browser.get(sent["Location"]).status_code == 200
    assert not browser.cookies
    assert count(survey) == 1


def test_nothing_of_who_answered_or_when_is_kept(world: World) -> None:
    survey = open_survey(world)
    before = AuditEntry.objects.for_system("test").count()
    Client(REMOTE_ADDR="192.0.2.77").post(address(survey), {**CHOICES, "once": "3" * 12})
    given = Answer.objects.for_system("test").get()
    fields = {field.name for field in Answer._meta.get_fields()}
    assert fields == {"id", "survey", "choices", "group"}
    assert given.choices == CHOICES
    assert AuditEntry.objects.for_system("test").count() == before


def test_the_same_form_sent_twice_is_one_answer(world: World) -> None:
    survey = open_survey(world)
    for _time in range(2):
        assert Client().post(address(survey), {**CHOICES, "once": "4" * 12}).status_code == 302
    assert count(survey) == 1
    Client().post(address(survey), {**CHOICES, "once": "5" * 12})
    assert count(survey) == 2


def test_a_sheet_answers_once_and_only_for_its_survey(world: World) -> None:
    survey = open_survey(world, way=OpenSurvey.Way.SHEETS)
    actor = world.actor("safety_coordinator")
    (token,) = services.make_sheets(actor, survey.ref, 1)
    browser = Client()
    assert browser.get(address(survey)).status_code == 400
    assert token in browser.get(f"{address(survey)}?blad={token}").content.decode()
    assert browser.post(address(survey), {**CHOICES, "token": token}).status_code == 302
    assert browser.post(address(survey), {**CHOICES, "token": token}).status_code == 409
    assert browser.post(address(survey), {**CHOICES, "token": "b" * 12}).status_code == 409
    assert count(survey) == 1
    assert Sheet.objects.for_system("test").get().fingerprint != token


def test_what_is_missing_is_asked_for_and_nothing_chosen_is_lost(world: World) -> None:
    survey = open_survey(world)
    page = Client().post(address(survey), {"lighting": "poor", "once": "6" * 12})
    text = page.content.decode()
    assert page.status_code == 400
    assert "Välj ett av svaren." in text
    assert 'value="poor" required id="id_lighting_2" checked' in text or "checked" in text
    assert 'name="once" value="666666666666"' in text
    assert count(survey) == 0


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"this_place": "<script>alert(1)</script>", "lighting": "poor"},
        {"this_place": "x" * 100_000, "lighting": "poor"},
        {"this_place": ["rather_safe", "drop table"], "lighting": "'; --"},
    ],
)
def test_hostile_answers_are_refused_and_never_shown_raw(world: World, sent: dict) -> None:
    survey = open_survey(world)
    page = Client().post(address(survey), sent)
    assert page.status_code == 400
    assert "<script>alert" not in page.content.decode()
    assert count(survey) == 0


def test_a_closed_or_unknown_survey_takes_no_answers(world: World) -> None:
    survey = open_survey(world, opens_on=TODAY - timedelta(9), closes_on=TODAY - timedelta(1))
    assert Client().post(address(survey), CHOICES).status_code == 410
    assert Client().get("/trygghet/svara/unknown/").status_code == 404
    with pytest.raises(services.ClosedError):
        services.receive_answer(anonymous(NOW), survey.code, CHOICES, "")
    assert count(survey) == 0


def test_a_survey_that_has_not_opened_says_when(world: World) -> None:
    survey = open_survey(world, opens_on=TODAY + timedelta(2))
    page = Client().get(address(survey))
    assert "2026-11-25" in page.content.decode()


def test_one_address_cannot_fill_a_survey(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samverkan.surveys.rate.MOST_ANSWERS", 3)
    survey = open_survey(world)
    met = [
        Client(REMOTE_ADDR="192.0.2.1")
        .post(address(survey), {**CHOICES, "once": f"{at}" * 12})
        .status_code
        for at in range(2, 7)
    ]
    assert met == [302, 302, 302, 429, 429]
    other = Client(REMOTE_ADDR="192.0.2.2").post(address(survey), {**CHOICES, "once": "9" * 12})
    assert other.status_code == 302
    assert count(survey) == 4


def test_the_group_is_asked_when_the_survey_wants_it(world: World) -> None:
    survey = open_survey(world, asks_group=True)
    assert Client().post(address(survey), CHOICES).status_code == 400
    sent = Client().post(address(survey), {**CHOICES, "group": "girl", "once": "7" * 12})
    assert sent.status_code == 302
