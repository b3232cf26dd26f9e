"""Problems with their measures."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from samverkan.platform.access.capabilities import Detail, Information
from tests.world import NOW

from .factories import make_measure, make_problem

LIST = reverse("situation:problems")


@pytest.fixture(autouse=True)
def _stopped_clock(monkeypatch):
    monkeypatch.setattr("samverkan.organisations.middleware.timezone.now", lambda: NOW)


def problem_page(client, problem):
    return client.get(reverse("situation:problem", args=[problem.ref]))


def test_the_title_says_how_many_are_open_and_what_is_late(world, client_in):
    problem = make_problem(world.storfors)
    make_measure(problem, world.function("safety_coordinator"), due_on=date(2026, 11, 1))
    make_problem(world.storfors, "Klotter", state="closed")
    text = client_in("safety_coordinator").get(LIST).text
    assert "1 problem är inte avslutat i Storfors, 1 åtgärd är försenad" in text


def test_the_list_is_narrowed_by_state(world, client_in):
    make_problem(world.storfors)
    make_problem(world.storfors, "Klotter", state="closed")
    text = client_in("safety_coordinator").get(LIST, {"lage": "closed"}).text
    assert "Klotter" in text
    assert "Oro vid busstorget" not in text


def test_a_problem_shows_causes_and_measures_with_who_and_when(world, client_in):
    problem = make_problem(world.storfors, causes="Mörk plats")
    make_measure(problem, world.function("safety_coordinator"), indicator="Rapporter per månad")
    text = problem_page(client_in("safety_coordinator"), problem).text
    assert "Mörk plats" in text
    assert "Bättre belysning" in text
    assert "safety_coordinator Storfors kommun" in text
    assert "2026-12-01" in text
    assert "Rapporter per månad" in text


def test_a_problem_without_cause_or_measure_says_what_is_missing(world, client_in):
    text = problem_page(client_in("safety_coordinator"), make_problem(world.storfors)).text
    assert "Ingen orsak är nedskriven" in text
    assert "Ingen åtgärd än" in text


def test_an_outsider_finds_neither_the_list_nor_the_problem(world, client_in):
    problem = make_problem(world.storfors)
    outsider = client_in("safety_coordinator", world.kristinehamn)
    assert "Oro vid busstorget" not in outsider.get(LIST).text
    assert problem_page(outsider, problem).status_code == 404


def test_a_clause_opens_the_problem_and_its_measures_to_the_police(world, client_in):
    problem = make_problem(world.storfors)
    make_measure(problem, world.function("safety_coordinator"))
    world.share(Information.PROBLEMS, Detail.DETAIL, giver=world.storfors, receiver=world.police)
    response = problem_page(client_in("community_police", world.police), problem)
    assert "Bättre belysning" in response.text


def test_a_reporter_is_refused(world, client_in):
    assert client_in("reporter", world.school).get(LIST).status_code == 403
