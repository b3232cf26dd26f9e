"""How far it is to a neighbour, and who borders whom."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.core import checks
from hypothesis import given
from hypothesis import strategies as st

from samverkan.organisations.borders import (
    SHIPPED,
    Outline,
    UnreadableBordersError,
    bordering,
    outline_of,
    outlines_around,
    read_outlines,
    shipped,
)
from samverkan.organisations.reference import municipality_facts
from samverkan.swedish.coordinates import to_latitude_longitude, to_sweref99tm
from scripts.borders import WRITTEN_SHA256

STORFORS, KRISTINEHAMN, FILIPSTAD, STOCKHOLM = "1760", "1781", "1782", "0180"
GOTLAND, LIDINGO = "0980", "0186"
SIDE = 10_000
EAST, NORTH = 450_000, 6_600_000


def degrees(east: float, north: float) -> tuple[float, float]:
    latitude, longitude = to_latitude_longitude(east, north)
    return longitude, latitude


def square(east: float = EAST, north: float = NORTH, side: float = SIDE):
    """A closed ring, in degrees."""
    corners = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)]
    return tuple(degrees(east + x, north + y) for x, y in corners)


def geojson(code: str, rings, name: str = "code", kind: str = "Polygon") -> str:
    shape = {"type": kind, "coordinates": rings}
    feature = {"type": "Feature", "properties": {name: code}, "geometry": shape}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


SQUARE = Outline("1760", ((square(),),))
WITH_A_LAKE = Outline("1760", ((square(), square(EAST + 4000, NORTH + 4000, 2000)),))


def test_every_municipality_but_gotland_has_an_outline_and_a_neighbour():
    assert set(shipped()) == set(municipality_facts())
    assert {code for code in shipped() if not bordering(code)} == {GOTLAND}


def test_who_borders_whom_is_the_same_from_both_sides():
    assert all(code in bordering(other) for code in shipped() for other in bordering(code))
    assert bordering(STORFORS) >= {KRISTINEHAMN, FILIPSTAD}
    assert STOCKHOLM in bordering(LIDINGO)
    assert STOCKHOLM not in bordering(STORFORS)
    assert bordering("9999") == frozenset()


@pytest.mark.parametrize(
    ("code", "latitude", "longitude"),
    [(STORFORS, 59.533, 14.272), (KRISTINEHAMN, 59.310, 14.108), (FILIPSTAD, 59.713, 14.168)],
)
def test_a_town_lies_in_its_own_municipality_and_some_way_from_the_others(
    code, latitude, longitude
):
    east, north = to_sweref99tm(latitude, longitude)
    others = {STORFORS, KRISTINEHAMN, FILIPSTAD} - {code}
    assert shipped()[code].metres_to(east, north) == 0
    assert all(1_000 < shipped()[each].metres_to(east, north) < 60_000 for each in others)


@pytest.mark.parametrize(
    ("east", "north", "metres"),
    [
        (EAST + 1, NORTH + 1, 0),
        (EAST - 3_000, NORTH + 5_000, 3_000),
        (EAST + 5_000, NORTH + SIDE + 70, 70),
        (EAST - 3_000, NORTH - 4_000, 5_000),
    ],
)
def test_a_distance_is_measured_to_the_nearest_of_the_line_and_is_nothing_within(
    east, north, metres
):
    assert SQUARE.metres_to(east, north) == pytest.approx(metres, abs=0.01)


def test_a_hole_is_not_a_part_of_the_area():
    assert WITH_A_LAKE.metres_to(EAST + 5_000, NORTH + 5_000) == pytest.approx(1_000, abs=0.01)
    assert WITH_A_LAKE.holds(EAST + 3_000, NORTH + 3_000)


@given(st.floats(-30_000, 30_000), st.floats(-30_000, 30_000))
def test_within_or_outside_agrees_with_the_square_s_own_arithmetic(x, y):
    dx, dy = max(-x, x - SIDE, 0), max(-y, y - SIDE, 0)
    expected = (dx**2 + dy**2) ** 0.5
    assert SQUARE.metres_to(EAST + x, NORTH + y) == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize("name", ["code", "kommunkod", "kommun_kod", "KnKod", "id"])
def test_the_installation_s_own_borders_come_first_and_the_rest_are_the_shipped(
    name, settings, tmp_path
):
    file = tmp_path / "borders.geojson"
    file.write_text(geojson(STORFORS, [square()], name))
    settings.MAP_BOUNDARIES = str(file)
    assert outline_of(STORFORS) == SQUARE
    assert outline_of(FILIPSTAD) is shipped()[FILIPSTAD]
    file.write_text(geojson(STORFORS, [[square(side=20)]], name, "MultiPolygon"))
    assert outline_of(STORFORS).metres_to(EAST + 5_000, NORTH + 10) > 4_900
    file.unlink()
    assert outline_of(STORFORS) is shipped()[STORFORS]


def test_the_outlines_around_a_municipality_are_its_own_and_its_neighbours():
    around = {each.code for each in outlines_around([STORFORS])}
    assert around == {STORFORS, *bordering(STORFORS)}


BAD = {
    "empty": "",
    "not JSON": "<html>",
    "a list": "[]",
    "no features": "{}",
    "a point": '{"features": [{"properties": {"code": "1760"}, "geometry": {"type": "Point",'
    ' "coordinates": [14, 59]}}]}',
    "no shape": '{"features": [{"properties": {"code": "1760"}, "geometry": null}]}',
    "words for numbers": geojson(STORFORS, [[["a", "b"]] * 4]),
    "metres for degrees": geojson(STORFORS, [[[450000, 6600000]] * 4]),
    "an open ring": geojson(STORFORS, [list(square())[:-1]]),
    "two corners": geojson(STORFORS, [[[14, 59], [15, 59]]]),
    "nested without end": '{"features":' + "[" * 100_000,
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_a_file_that_is_no_borders_is_told_at_start_and_the_shipped_ones_serve(
    text, settings, tmp_path
):
    with pytest.raises(UnreadableBordersError):
        read_outlines(text)
    file = tmp_path / "borders.geojson"
    file.write_text(text)
    settings.MAP_BOUNDARIES = str(file)
    assert [each.id for each in checks.run_checks() if "MAP_BOUNDARIES" in each.msg] == [
        "organisations.E001"
    ]
    assert outline_of(STORFORS) is shipped()[STORFORS]


def test_wrong_encoding_a_missing_file_and_a_file_without_codes_are_told_at_start(
    settings, tmp_path
):
    def told() -> list[str]:
        return [each.id for each in checks.run_checks() if "MAP_BOUNDARIES" in each.msg]

    file = tmp_path / "borders.geojson"
    settings.MAP_BOUNDARIES = str(file)
    assert told() == ["organisations.E001"]
    file.write_bytes("Åäö".encode("latin-1"))
    assert told() == ["organisations.E001"]
    assert outline_of(STORFORS) is shipped()[STORFORS]
    file.write_text(geojson("Värmland", [square()]))
    assert told() == ["organisations.W001"]
    file.write_text(geojson(STORFORS, [square()]))
    assert told() == []


def test_the_outlines_that_ship_are_what_was_made_of_the_checked_package():
    assert hashlib.sha256(SHIPPED.read_bytes()).hexdigest() == WRITTEN_SHA256
