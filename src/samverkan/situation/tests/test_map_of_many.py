"""The map of many places: squares and a surface, and the table that holds the same numbers."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from samverkan.situation.heat import BANDWIDTH_METRES, heat_surface
from samverkan.situation.models import IncidentCount, Place
from samverkan.situation.squares import SIDES, Point, read_square, squares
from samverkan.swedish.coordinates import to_latitude_longitude
from tests.world import NOW

PAGE, DATA = reverse("situation:map"), reverse("situation:map_data")
WEEK = 202647
POINTS = st.lists(
    st.builds(
        Point,
        name=st.sampled_from(["Torget", "Skolan"]),
        east=st.integers(400_000, 440_000),
        north=st.integers(6_600_000, 6_640_000),
        incidents=st.integers(0, 50),
    ),
    max_size=60,
)


@pytest.fixture(autouse=True)
def _stopped_clock(monkeypatch):
    monkeypatch.setattr("samverkan.organisations.middleware.timezone.now", lambda: NOW)


def many_places(world, number, incidents=2):
    places = []
    for each in range(number):
        east, north = 458_000 + each % 25 * 300, 6_599_000 + each // 25 * 300
        latitude, longitude = to_latitude_longitude(east, north)
        places.append(
            Place(
                owner=world.storfors,
                municipality=world.storfors_municipality,
                name=f"Plats {each:03d}",
                search_key=f"plats {each:03d}",
                east=east,
                north=north,
                latitude=latitude,
                longitude=longitude,
            )
        )
    made = Place.objects.bulk_create(places)
    IncidentCount.objects.bulk_create(
        [
            IncidentCount(
                owner=world.storfors,
                reporting_organisation=world.school,
                municipality=world.storfors_municipality,
                place=place,
                category="E10",
                week=WEEK,
                incidents=incidents,
            )
            for place in made
        ]
    )
    return made


def features(response):
    return json.loads(response.content)["features"]


@given(POINTS, st.integers(1, 20))
def test_squares_hold_every_incident_once_and_are_few(points, most):
    made = squares(points, most)
    assert sum(square.incidents for square in made) == sum(point.incidents for point in points)
    assert sum(square.places for square in made) == len(points)
    assert len(made) <= most or made[0].side == SIDES[-1]
    for point in points:
        assert sum(square.holds(point.east, point.north) for square in made) == 1
    for square in made:
        assert read_square(square.key).key == square.key


@pytest.mark.parametrize(
    "text", ["", "1-2", "1-2-3", "a-b-250", "-1-2-250", "1-2-250-4", "1" * 50 + "-2-250", "²-1-250"]
)
def test_an_address_that_names_no_square_shows_the_whole(client_in, text):
    assert read_square(text) is None
    assert client_in("safety_coordinator").get(PAGE, {"ruta": text}).status_code == 200


def test_many_places_are_drawn_as_squares_and_the_table_says_the_same(world, client_in):
    many_places(world, 400)
    coordinator = client_in("safety_coordinator")
    shown = features(coordinator.get(DATA))
    assert 0 < len(shown) <= 200
    assert {each["properties"]["kind"] for each in shown} == {"square"}
    assert sum(each["properties"]["incidents"] for each in shown) == 800
    page = coordinator.get(PAGE)
    assert sum(square.incidents for _name, _url, square in page.context["squares"]) == 800
    assert "välj en ruta" in page.text


def test_a_square_opens_to_its_places(world, client_in):
    many_places(world, 400)
    coordinator = client_in("safety_coordinator")
    _name, url, square = coordinator.get(PAGE).context["squares"][0]
    page = coordinator.get(url)
    assert len(page.context["places"]) == square.places
    assert sum(place.incidents for place in page.context["places"]) == square.incidents
    assert "Visa hela kommunen" in page.text


def test_few_places_are_drawn_one_by_one(world, client_in):
    many_places(world, 20)
    kinds = {
        each["properties"]["kind"] for each in features(client_in("safety_coordinator").get(DATA))
    }
    assert kinds == {"area"}


def test_the_surface_says_how_wide_it_was_smoothed(world, client_in):
    many_places(world, 20)
    coordinator = client_in("safety_coordinator")
    text = coordinator.get(PAGE, {"yta": "tathet"}).text
    assert "utjämnade över ungefär 300 meter" in text
    kinds = [
        each["properties"]["kind"] for each in features(coordinator.get(DATA, {"yta": "tathet"}))
    ]
    assert kinds.count("heat") == 4


def test_too_few_reports_make_no_surface_and_it_says_why(world, client_in):
    many_places(world, 4)
    coordinator = client_in("safety_coordinator")
    assert "för få för en yta" in coordinator.get(PAGE, {"yta": "tathet"}).text
    kinds = {
        each["properties"]["kind"] for each in features(coordinator.get(DATA, {"yta": "tathet"}))
    }
    assert kinds == {"area"}


def test_the_surface_is_darkest_where_most_was_reported():
    busy = Point("Torget", 458_000, 6_599_000, 60)
    quiet = [Point(f"Plats {each}", 460_000 + each * 900, 6_601_000, 3) for each in range(5)]
    surface = heat_surface([busy, *quiet])
    darkest = surface.features[-1]
    assert darkest["properties"]["level"] == 4
    latitude, longitude = to_latitude_longitude(busy.east, busy.north)
    ring = [corner for polygon in darkest["geometry"]["coordinates"] for corner in polygon[0]]
    assert min(each[0] for each in ring) <= longitude <= max(each[0] for each in ring)
    assert min(each[1] for each in ring) <= latitude <= max(each[1] for each in ring)
    assert surface.bandwidth_metres == BANDWIDTH_METRES


def test_a_very_wide_municipality_is_smoothed_more_and_says_so():
    far = [Point(f"Plats {each}", 400_000 + each * 20_000, 6_600_000, 20) for each in range(5)]
    surface = heat_surface(far)
    assert surface.bandwidth_metres > BANDWIDTH_METRES
    assert surface.cell_metres <= surface.bandwidth_metres


def test_an_outsider_gets_neither_squares_nor_surface(world, client_in):
    many_places(world, 300)
    outsider = client_in("safety_coordinator", world.kristinehamn)
    assert features(outsider.get(DATA, {"yta": "tathet"})) == []
    assert outsider.get(DATA, {"kommun": "1760"}).status_code == 404
