import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from samverkan.methods import density
from samverkan.methods.density import grid as grid_module
from samverkan.methods.errors import MethodError

BOX = (0, 0, 4000, 3000)
BENT = [(0, 0), (4000, 0), (4000, 1000), (1500, 1000), (1500, 3000), (0, 3000)]


def events(count=200, seed=1):
    generator = np.random.default_rng(seed)
    east, north = generator.uniform(0, 4000, count), generator.uniform(0, 3000, count)
    return east, north


def surface(east, north, window=BENT, **settings):
    settings = {"bandwidth": 250, "grid_shape": (60, 80), **settings}
    return density.kernel_density(east, north, window=window, **settings)


def test_diggles_surface_adds_up_to_the_events_inside_and_counts_those_outside():
    east, north = events()
    made = surface(east, north)
    inside = density.as_window(BENT).contains(east, north)
    assert made.n_events == inside.sum()
    assert made.n_outside == (~inside).sum()
    assert made.integral == pytest.approx(inside.sum(), rel=1e-12)
    assert made.expected_per_cell[made.values > 0].sum() == pytest.approx(inside.sum())


def test_one_event_in_the_middle_is_a_normal_heap():
    made = surface([2025.0], [1525.0], window=BOX, edge_correction="none")
    across = stats.norm(2025, 250).pdf(made.east)
    along = stats.norm(1525, 250).pdf(made.north)
    assert np.allclose(made.values, np.outer(along, across), rtol=1e-9)


def test_evenly_spread_events_give_an_even_surface_to_the_edge_with_uniform_correction():
    east, north = np.meshgrid(np.arange(25, 4000, 50.0), np.arange(25, 3000, 50.0))
    made = surface(east.ravel(), north.ravel(), window=BOX, edge_correction="uniform")
    assert np.allclose(made.values, 1 / 2500, rtol=1e-9)
    bare = surface(east.ravel(), north.ravel(), window=BOX, edge_correction="none")
    assert bare.values[0, 0] == pytest.approx(made.values[0, 0] / 4, rel=0.2)


def test_cells_outside_the_window_are_blank_and_none_inside_is():
    made = surface(*events())
    assert np.array_equal(np.isnan(made.values), ~density.as_window(BENT).mask((60, 80)))


def test_no_events_give_zero_everywhere_inside():
    for edge_correction in density.EdgeCorrection:
        made = surface([], [], edge_correction=edge_correction)
        assert np.nansum(made.values) == 0
        assert made.n_events == 0


def test_all_events_in_one_place_are_one_heap_of_their_number():
    one = surface([300.0], [400.0])
    many = surface(np.full(50, 300.0), np.full(50, 400.0))
    assert np.allclose(many.values, 50 * one.values, equal_nan=True)


def test_weights_are_events_counted_that_often():
    weighted = surface([300.0, 800.0], [400.0, 500.0], weights=[3, 0])
    assert np.allclose(weighted.values, surface([300.0] * 3, [400.0] * 3).values, equal_nan=True)
    assert weighted.integral == pytest.approx(3)


def test_an_event_where_the_window_is_thinner_than_a_cell_is_kept():
    spit = [(0, 0), (1000, 0), (1000, 1000), (995, 1000), (995, 100), (0, 100)]
    made = density.kernel_density(
        [997.0, 500.0], [950.0, 50.0], window=spit, bandwidth=60, grid_shape=(10, 10)
    )
    assert made.integral == pytest.approx(2)
    assert np.isfinite(made.values[made.values > 0]).all()


def test_large_grids_are_smoothed_by_transform_to_the_same_answer(monkeypatch):
    east, north = events()
    by_matrix = surface(east, north)
    monkeypatch.setattr(grid_module, "LARGEST_MATRIX_SIDE", 1)
    by_transform = surface(east, north)
    largest = np.nanmax(by_matrix.values)
    assert np.nanmax(np.abs(by_matrix.values - by_transform.values)) < 1e-12 * largest
    assert np.nanmin(by_transform.values) >= 0


def test_a_bandwidth_for_each_direction_stretches_the_heap():
    made = surface([2025.0], [1525.0], window=BOX, bandwidth=(500, 125), edge_correction="none")
    across = stats.norm(2025, 500).pdf(made.east)
    along = stats.norm(1525, 125).pdf(made.north)
    assert np.allclose(made.values, np.outer(along, across), rtol=1e-9)


@pytest.mark.parametrize(
    "change",
    [
        {"bandwidth": 0},
        {"bandwidth": -5},
        {"bandwidth": np.nan},
        {"bandwidth": 10},
        {"grid_shape": (0, 10)},
        {"grid_shape": (10,)},
        {"edge_correction": "some"},
        {"weights": [1.0]},
        {"weights": [-1.0, 1.0]},
        {"weights": [np.nan, 1.0]},
    ],
)
def test_settings_that_cannot_be_honoured_are_refused(change):
    with pytest.raises(MethodError):
        surface([100.0, 200.0], [100.0, 200.0], **change)


@pytest.mark.parametrize(
    ("east", "north"),
    [([np.nan], [1.0]), ([1.0], [np.inf]), ([1.0, 2.0], [1.0]), (["a"], [1.0]), ([[1.0]], [[1.0]])],
)
def test_coordinates_that_are_no_places_are_refused(east, north):
    with pytest.raises(MethodError):
        surface(east, north)


def test_a_grid_whose_cells_all_miss_the_window_is_refused():
    ring = [(0, 0), (100, 0), (100, 1), (1, 1), (1, 100), (0, 100)]
    with pytest.raises(MethodError, match="coarse"):
        density.kernel_density([0.5], [0.5], window=ring, bandwidth=100, grid_shape=(1, 1))


@settings(max_examples=30, deadline=None)
@given(st.integers(-500_000, 500_000), st.integers(-7_000_000, 7_000_000), st.integers(0, 1000))
def test_moving_everything_changes_nothing_and_the_order_of_events_does_not_matter(
    shift_east, shift_north, seed
):
    east, north = np.round(events(40, seed), 0)
    before = surface(east, north)
    ring = np.array(BENT) + np.array([shift_east, shift_north])
    order = np.random.default_rng(seed).permutation(40)
    after = surface(east[order] + shift_east, north[order] + shift_north, window=ring)
    assert np.allclose(before.values, after.values, rtol=1e-6, atol=1e-16, equal_nan=True)
    assert after.n_events == before.n_events


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 4000), st.floats(0, 3000)), min_size=1, max_size=30, unique=True
    ),
    st.sampled_from([60.0, 250.0, 5000.0]),
)
def test_whatever_the_events_diggles_surface_sums_to_those_inside(places, bandwidth):
    east, north = np.array(places).T
    made = surface(east, north, bandwidth=bandwidth)
    assert made.integral == pytest.approx(made.n_events, rel=1e-9, abs=1e-12)
    assert np.nanmin(made.values) >= 0
