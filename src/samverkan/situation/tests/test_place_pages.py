"""The register of places, and one place."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.world import NOW

from .factories import make_incident, make_place, make_problem

LIST = reverse("situation:places")


@pytest.fixture(autouse=True)
def _stopped_clock(monkeypatch):
    monkeypatch.setattr("samverkan.organisations.middleware.timezone.now", lambda: NOW)


def place_page(client, place):
    return client.get(reverse("situation:place", args=[place.ref]))


def test_places_stand_with_the_most_frequent_first(world, client_in):
    make_place(world.storfors, "Badplatsen")
    make_incident(world.school, place=make_place(world.storfors))
    text = client_in("safety_coordinator").get(LIST).text
    assert text.index("Biblioteket") < text.index("Badplatsen")


def test_an_empty_register_says_how_it_is_filled(client_in):
    assert "Platsregistret fylls" in client_in("safety_coordinator").get(LIST).text


def test_a_place_shows_its_weeks_and_its_problems(world, client_in):
    library = make_place(world.storfors)
    make_incident(world.school, place=library, category="E50")
    make_problem(world.storfors, "Oro vid entrén", place=library)
    response = place_page(client_in("safety_coordinator"), library)
    assert "1 händelse de senaste 12 veckorna." in response.text
    assert "Oro vid entrén" in response.text


def test_an_area_counts_the_incidents_of_its_places(world, client_in):
    centre = make_place(world.storfors, "Centrum")
    make_incident(world.school, place=make_place(world.storfors, area=centre))
    response = place_page(client_in("safety_coordinator"), centre)
    assert "1 händelse de senaste 12 veckorna." in response.text


def test_a_reporter_finds_the_places_that_it_can_report_at(world, client_in):
    make_place(world.storfors)
    assert "Biblioteket" in client_in("reporter", world.school).get(LIST).text


def test_a_reporter_does_not_see_problems_at_a_place(world, client_in):
    library = make_place(world.storfors)
    make_problem(world.storfors, "Oro vid entrén", place=library)
    assert "Oro vid entrén" not in place_page(client_in("reporter", world.school), library).text


def test_an_outsider_finds_neither_the_list_nor_the_place(world, client_in):
    library = make_place(world.storfors)
    outsider = client_in("safety_coordinator", world.kristinehamn)
    assert "Biblioteket" not in outsider.get(LIST).text
    assert place_page(outsider, library).status_code == 404


def test_a_function_without_the_right_is_refused(client_in):
    assert client_in("council_politician").get(LIST).status_code == 403
