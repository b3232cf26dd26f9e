"""The map, its data, and the table that says the same."""

from __future__ import annotations

import json
import math
from datetime import timedelta

import pytest
from django.urls import reverse

from samverkan.platform.access.capabilities import Detail, Information
from samverkan.situation.geography import METRES_A_DEGREE, circle, level
from tests.world import NOW

from .factories import make_incident, make_place

PAGE, DATA = reverse("situation:map"), reverse("situation:map_data")
# Long enough that the incidents of the factories are within it whenever the test runs.
SPAN = {"veckor": "52"}
FIVE_WEEKS_AGO = NOW - timedelta(weeks=5)


def features(response):
    return {
        feature["properties"]["name"]: feature
        for feature in json.loads(response.content)["features"]
    }


@pytest.fixture(autouse=True)
def _stopped_clock(monkeypatch):
    """The pages ask for the latest weeks; the world's incidents lie in November 2026."""
    monkeypatch.setattr("samverkan.organisations.middleware.timezone.now", lambda: NOW)


def test_every_place_is_an_area_with_its_count_and_none_is_a_pin(world, client_in):
    make_incident(world.school, place=make_place(world.storfors))
    response = client_in("safety_coordinator").get(DATA, SPAN)
    assert response["Content-Type"] == "application/geo+json"
    library = features(response)["Biblioteket"]
    assert library["geometry"]["type"] == "Polygon"
    assert library["properties"]["incidents"] == 1


def test_an_area_is_toned_by_its_own_incidents_and_counts_those_of_its_places(world, client_in):
    centre = make_place(world.storfors, "Centrum", radius_metres=600)
    library = make_place(world.storfors, area=centre)
    make_incident(world.school, place=library)
    make_incident(world.school, place=library)
    make_incident(world.school, place=centre)
    found = features(client_in("safety_coordinator").get(DATA, SPAN))
    assert found["Centrum"]["properties"]["incidents"] == 3
    assert found["Centrum"]["properties"]["level"] == level(1)
    assert found["Centrum"]["properties"]["kind"] == "area"


def test_the_table_holds_the_same_and_what_no_map_can_show(world, client_in):
    make_incident(world.school, place=make_place(world.storfors))
    make_incident(world.school)
    text = client_in("safety_coordinator").get(PAGE, SPAN).text
    assert "Biblioteket" in text
    assert "ingen plats angiven" in text


def test_a_place_without_a_point_stands_in_the_table_only(world, client_in):
    make_place(world.storfors, "Skogen", latitude=None, longitude=None)
    coordinator = client_in("safety_coordinator")
    assert features(coordinator.get(DATA, SPAN)) == {}
    assert "Skogen" in coordinator.get(PAGE, SPAN).text


def test_the_most_frequent_place_is_named_only_when_it_is_not_chance(world, client_in):
    library = make_place(world.storfors, area=make_place(world.storfors, "Centrum"))
    coordinator = client_in("safety_coordinator")
    for _each in range(4):
        make_incident(world.school, place=library)
    assert "Flest händelser" not in coordinator.get(PAGE, SPAN).text
    make_incident(world.school, place=library)
    assert "Flest händelser vid Biblioteket: 5" in coordinator.get(PAGE, SPAN).text


def test_an_outsider_gets_no_places(world, client_in):
    make_incident(world.school, place=make_place(world.storfors))
    outsider = client_in("safety_coordinator", world.kristinehamn)
    assert features(outsider.get(DATA, SPAN)) == {}
    assert "Biblioteket" not in outsider.get(PAGE, SPAN).text
    assert outsider.get(DATA, {"kommun": "1760"}).status_code == 404


def test_a_clause_on_counts_opens_the_map_to_a_neighbour_but_shows_no_small_count(world, client_in):
    make_incident(world.school, place=make_place(world.storfors), occurred=FIVE_WEEKS_AGO)
    world.share(
        Information.INCIDENTS, Detail.AGGREGATE, giver=world.storfors, receiver=world.kristinehamn
    )
    neighbour = client_in("safety_coordinator", world.kristinehamn)
    found = features(neighbour.get(DATA, {**SPAN, "kommun": "1760"}))
    assert found["Biblioteket"]["properties"]["incidents"] == 0
    assert found["Biblioteket"]["properties"]["shown"] == "visas inte"


def test_a_reporter_has_no_map(world, client_in):
    assert client_in("reporter", world.school).get(PAGE).status_code == 403


def test_the_borders_around_what_is_in_sight_are_served_and_no_others(world, client_in):
    url = reverse("situation:boundaries")
    found = json.loads(client_in("safety_coordinator").get(url).content)["features"]
    codes = {each["properties"]["code"] for each in found}
    assert {"1760", "1781", "1782"} <= codes
    assert "0180" not in codes
    assert client_in("reporter", world.school).get(url).status_code == 403


def test_an_installation_s_own_borders_are_served_as_they_are(client_in, settings, tmp_path):
    file = tmp_path / "boundaries.geojson"
    file.write_text('{"type": "FeatureCollection", "features": []}')
    settings.MAP_BOUNDARIES = str(file)
    coordinator = client_in("safety_coordinator")
    response = coordinator.get(reverse("situation:boundaries"))
    assert b"FeatureCollection" in b"".join(response.streaming_content)
    assert "förenklad (SCB)" not in coordinator.get(PAGE, SPAN).text


def test_a_circle_is_closed_and_as_wide_as_it_should_be():
    ring = circle(59.53, 14.27, 500)
    assert ring[0] == ring[-1]
    north = max(latitude for _longitude, latitude in ring)
    east = max(longitude for longitude, _latitude in ring)
    assert (north - 59.53) * METRES_A_DEGREE == pytest.approx(500, abs=1)
    metres_east = (east - 14.27) * METRES_A_DEGREE * math.cos(math.radians(59.53))
    assert metres_east == pytest.approx(500, abs=1)


@pytest.mark.parametrize(
    ("incidents", "tone"), [(0, 0), (1, 1), (2, 1), (3, 2), (5, 2), (6, 3), (10, 3), (11, 4)]
)
def test_tones_follow_the_legend(incidents, tone):
    assert level(incidents) == tone
