import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.methods.density import as_window
from samverkan.methods.errors import MethodError

ARROW = [(0, 0), (10, 0), (10, 10), (5, 4), (0, 10)]
SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
HOLE = [(4.0, 4.0), (6.0, 4.0), (6.0, 6.0), (4.0, 6.0)]
ISLAND = [(20.0, 0.0), (30.0, 0.0), (30.0, 5.0), (20.0, 5.0)]


def star(n_corners=400, seed=1):
    generator = np.random.default_rng(seed)
    angle = np.sort(generator.uniform(0, 2 * np.pi, n_corners))
    radius = generator.uniform(200, 1000, n_corners)
    return np.column_stack((5000 + radius * np.cos(angle), 7000 + radius * np.sin(angle)))


def test_an_open_ring_a_closed_ring_and_a_ring_the_other_way_are_the_same_window():
    for ring in (ARROW, [*ARROW, ARROW[0]], ARROW[::-1], [*ARROW[:2], ARROW[1], *ARROW[2:]]):
        window = as_window(ring)
        assert window.area == pytest.approx(70)
        assert window.contains([5, 5, 1], [3.9, 4.1, 9]).tolist() == [True, False, False]


def test_a_ring_inside_is_a_hole_and_a_ring_outside_is_an_island():
    window = as_window([SQUARE, HOLE, ISLAND])
    assert window.area == pytest.approx(100 - 4 + 50)
    assert window.contains([5, 1, 25, 15], [5, 1, 2, 2]).tolist() == [False, True, True, False]
    lake_with_islet = as_window([SQUARE, HOLE, [(4.5, 4.5), (5.5, 4.5), (5, 5.5)]])
    assert lake_with_islet.area == pytest.approx(100 - 4 + 0.5)
    assert lake_with_islet.contains(5, 5)


def test_places_on_the_border_on_corners_and_on_a_holes_border_are_inside():
    window = as_window([SQUARE, HOLE])
    assert window.contains([0, 10, 5, 10, 4, 5], [0, 10, 0, 3, 5, 6]).all()
    slanted = as_window([(0, 0), (7, 3), (2, 9)])
    share = np.linspace(0, 1, 11)
    assert slanted.contains(7 * share, 3 * share).all()


def test_four_numbers_geojson_and_shapely_make_the_same_window():
    ring = [*SQUARE, SQUARE[0]]
    geojson = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "geometry": geojson, "properties": {}}
    several = {"type": "MultiPolygon", "coordinates": [[ring], [ISLAND]]}
    for window in ((0, 0, 10, 10), SQUARE, geojson, feature, shapely.Polygon(SQUARE)):
        made = as_window(window)
        assert made.is_rectangle
        assert made.area == pytest.approx(100)
    assert as_window(several).area == pytest.approx(150)
    assert as_window(as_window(SQUARE)).area == pytest.approx(100)


def test_many_places_are_sorted_as_shapely_sorts_them():
    ring = star()
    window = as_window(ring)
    generator = np.random.default_rng(2)
    east, north = generator.uniform(3900, 6100, 20_000), generator.uniform(5900, 8100, 20_000)
    expected = shapely.contains_xy(shapely.Polygon(ring), east, north)
    assert np.array_equal(window.contains(east, north), expected)
    few = slice(0, 500)
    assert np.array_equal(window.contains(east[few], north[few]), expected[few])
    assert window.area == pytest.approx(shapely.Polygon(ring).area)


def test_the_mask_marks_cells_whose_centre_is_inside():
    ring = star(60, seed=3)
    window = as_window(ring)
    east = window.west + (np.arange(37) + 0.5) * window.width / 37
    north = window.south + (np.arange(23) + 0.5) * window.height / 23
    across, along = np.meshgrid(east, north)
    expected = shapely.contains_xy(shapely.Polygon(ring), across, along)
    assert np.array_equal(window.mask((23, 37)), expected)


@pytest.mark.parametrize(
    ("ring", "word"),
    [
        ([(0, 0), (10, 10), (10, 0), (0, 10)], "crosses"),
        ([(0, 0), (1, 1)], "corners"),
        ([(0, 0), (1, 1), (1, 1), (0, 0)], "corners"),
        ([(0, 0), (1, 1), (2, 2)], "no area"),
        ([(0, 0), (1, np.nan), (2, 0)], "finite"),
        ([(0, 0), (np.inf, 1), (2, 0)], "finite"),
        ([(0, 0, 1), (1, 1, 1), (2, 0, 1)], "pairs"),
        ([], "corners|pairs|ring"),
        ("a town", "polygon"),
        ({"type": "Point", "coordinates": [0, 0]}, "GeoJSON"),
        ([SQUARE, [(5, 5), (15, 5), (15, 15), (5, 15)]], "crosses"),
        ((0, 0, 0, 10), "corners|area"),
    ],
)
def test_what_is_no_polygon_is_refused_with_the_reason(ring, word):
    with pytest.raises(MethodError, match=word):
        as_window(ring)


def test_rings_that_touch_at_a_corner_are_no_crossing():
    window = as_window([SQUARE, [(10, 10), (20, 10), (20, 20)]])
    assert window.area == pytest.approx(150)


@settings(max_examples=40, deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(-7e6, 7e6))
def test_moving_window_and_places_together_changes_nothing(shift_east, shift_north):
    ring = np.round(star(40, seed=5))
    generator = np.random.default_rng(6)
    east = np.round(generator.uniform(4000, 6000, 300), 1)
    north = np.round(generator.uniform(6000, 8000, 300), 1)
    moved = as_window(ring + np.array([shift_east, shift_north]))
    before = as_window(ring).contains(east, north)
    assert np.array_equal(moved.contains(east + shift_east, north + shift_north), before)


def test_many_islands_are_added_in_one_pass():
    corner = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], dtype=float)
    islands = [corner + 2 * np.array(divmod(number, 40)) for number in range(1600)]
    assert as_window(islands).area == pytest.approx(1600)
