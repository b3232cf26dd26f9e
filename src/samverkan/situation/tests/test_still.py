"""The map's first picture is in the page itself, and says what the map's data says."""

from __future__ import annotations

import json
import re

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from samverkan.situation.geography import circle
from samverkan.situation.heat import heat_surface
from samverkan.situation.squares import Point
from samverkan.situation.still import HEIGHT, WIDTH, still_map
from tests.world import NOW

from .factories import make_incident, make_place

PAGE, DATA = reverse("situation:map"), reverse("situation:map_data")
SPAN = {"veckor": "52"}
SWEDEN = st.tuples(st.floats(10.9, 24.2), st.floats(55.3, 69.1), st.integers(50, 5000))


@pytest.fixture(autouse=True)
def _stopped_clock(monkeypatch):
    monkeypatch.setattr("samverkan.organisations.middleware.timezone.now", lambda: NOW)


def corners_of(shape):
    assert re.fullmatch(r"(M[^MZ]+Z)+", shape.path)
    return [tuple(map(float, each.split(","))) for each in re.split("[MZ ]+", shape.path) if each]


def feature(longitude, latitude, radius, kind="place", incidents=1, level=1):
    ring = circle(latitude, longitude, radius)
    told = {"kind": kind, "level": level, "incidents": incidents, "label": f"{kind} {incidents}"}
    told["centre"] = [longitude, latitude]
    return {"geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": told}


def test_the_picture_in_the_page_has_the_shapes_and_tones_of_the_map_s_data(world, client_in):
    library = make_place(world.storfors)
    make_place(world.storfors, "Torget")
    for _each in range(3):
        make_incident(world.school, place=library)
    client = client_in("safety_coordinator")
    page = client.get(PAGE, SPAN).content.decode()
    places = json.loads(client.get(DATA, SPAN).content)["features"]
    drawn = re.findall(r"map-still--(?:place|area|square) map-still--(\d)", page)
    assert sorted(drawn) == sorted(str(each["properties"]["level"]) for each in places)
    assert "map__still" in page
    assert re.findall(r"<text[^>]*>(.*?)</text>", page) == ["Biblioteket", "Torget"]


def test_a_name_cannot_leave_the_picture(world, client_in):
    make_incident(world.school, place=make_place(world.storfors, "</text><script>x</script>"))
    page = client_in("safety_coordinator").get(PAGE, SPAN).content.decode()
    assert "<script>x" not in page


def test_a_municipality_without_places_has_no_picture(world, client_in):
    assert "map__still" not in client_in("safety_coordinator").get(PAGE, SPAN).content.decode()
    assert still_map([]) is None


def test_an_outsider_gets_no_picture_of_a_place(world, client_in):
    make_incident(world.school, place=make_place(world.storfors))
    page = client_in("safety_coordinator", world.kristinehamn).get(PAGE, SPAN)
    assert "Biblioteket" not in page.content.decode()


@given(st.lists(SWEDEN, min_size=1, max_size=6))
def test_every_shape_lies_within_the_picture(places):
    still = still_map([feature(*place) for place in places])
    corners = [corner for shape in still.shapes for corner in corners_of(shape)]
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in corners)


def test_north_is_up_east_is_right_and_a_circle_is_round():
    still = still_map([feature(14.0, 59.0, 500), feature(14.2, 59.2, 500)])
    (south_west, north_east) = (corners_of(shape) for shape in still.shapes)
    assert min(x for x, _y in north_east) > max(x for x, _y in south_west)
    assert max(y for _x, y in north_east) < min(y for _x, y in south_west)
    wide = max(x for x, _y in south_west) - min(x for x, _y in south_west)
    high = max(y for _x, y in south_west) - min(y for _x, y in south_west)
    assert wide == pytest.approx(high, rel=0.02)


def test_the_surface_lies_under_the_places_and_has_no_name():
    points = [Point("Torget", 470_000 + 100 * each, 6_580_000, 20, False) for each in range(4)]
    surface = heat_surface(points)
    longitude, latitude = surface.features[0]["geometry"]["coordinates"][0][0][0]
    still = still_map([feature(longitude, latitude, 500), *surface.features])
    kinds = [each.kind for each in still.shapes]
    assert kinds == ["heat"] * len(surface.features) + ["place"]
    assert still.shapes[0].path.count("M") == len(surface.features[0]["geometry"]["coordinates"])
    assert [each.text for each in still.labels] == ["place 1"]


def test_the_page_with_the_surface_shows_it_in_the_picture_too(world, client_in):
    for each in range(4):
        place = make_place(world.storfors, f"Plats {each}", latitude=59.53 + each / 500)
        for _incident in range(8):
            make_incident(world.school, place=place)
    page = client_in("safety_coordinator").get(PAGE, SPAN | {"yta": "tathet"}).content.decode()
    assert "map-still--heat" in page


def test_only_the_forty_busiest_places_are_named():
    places = [feature(14 + each / 100, 59.0, 300, incidents=each) for each in range(60)]
    named = {each.text for each in still_map(places).labels}
    assert named == {f"place {each}" for each in range(20, 60)}


def test_the_borders_lie_under_the_places_and_do_not_decide_what_is_seen(world, client_in):
    library = make_place(world.storfors)
    make_incident(world.school, place=library)
    page = client_in("safety_coordinator").get(PAGE, SPAN).text
    assert page.index("map-still__border") < page.index("map-still map-still--")
    assert "en kommuns gräns, förenklad (SCB)" in page
    shapes = [feature(14.27, 59.53, 100)]
    country = [(10.0, 55.0), (24.0, 55.0), (24.0, 69.0), (10.0, 69.0), (10.0, 55.0)]
    far = [[[country]]]
    bare, bordered = still_map(shapes), still_map(shapes, far)
    assert bare.shapes == bordered.shapes
    assert (bare.borders, len(bordered.borders)) == ((), 1)
