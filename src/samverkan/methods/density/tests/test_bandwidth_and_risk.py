import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.methods import density
from samverkan.methods.errors import MethodError

BOX = (0, 0, 1000, 1000)
HOOK = [(0, 0), (1000, 0), (1000, 400), (300, 400), (300, 1000), (0, 1000)]


def heap(count, spread, seed, middle=(500.0, 500.0)):
    generator = np.random.default_rng(seed)
    return [np.clip(generator.normal(m, spread, count), 0, 1000) for m in middle]


def test_tighter_heaps_get_narrower_bandwidths():
    for rule in ("normal_scale", "oversmoothed", "likelihood"):
        tight, loose = (
            density.choose_bandwidth(*heap(150, spread, 1), window=BOX, rule=rule).bandwidth
            for spread in (30, 150)
        )
        assert tight < loose


def test_refining_never_scores_worse_than_the_best_candidate():
    east, north = heap(150, 100, 2)
    coarse = density.choose_bandwidth(east, north, window=BOX, refine=False)
    fine = density.choose_bandwidth(east, north, window=BOX)
    check = density.choose_bandwidth(
        east, north, window=BOX, candidates=[coarse.bandwidth, fine.bandwidth], refine=False
    )
    assert check.scores.max() == pytest.approx(
        check.scores[np.flatnonzero(check.candidates == fine.bandwidth)[0]]
    )


def test_a_bandwidth_needs_two_different_places():
    for east, north in (([], []), ([1.0], [1.0]), ([5.0] * 9, [7.0] * 9)):
        with pytest.raises(MethodError):
            density.choose_bandwidth(east, north, window=BOX)
    with pytest.raises(MethodError):
        density.scott_bandwidths([1.0], [1.0])


def test_rules_and_candidates_that_are_none_are_refused():
    east, north = heap(20, 100, 3)
    with pytest.raises(MethodError, match="likelihood"):
        density.choose_bandwidth(east, north, window=BOX, rule="best")
    with pytest.raises(MethodError):
        density.choose_bandwidth(east, north, window=BOX, candidates=[0.0, 10.0])


def test_the_chosen_bandwidth_does_not_move_with_the_coordinates():
    east, north = (np.round(side) for side in heap(80, 120, 4))
    here = density.choose_bandwidth(east, north, window=BOX).bandwidth
    box = (600_000, 6_500_000, 601_000, 6_501_000)
    there = density.choose_bandwidth(east + 600_000, north + 6_500_000, window=box).bandwidth
    assert there == pytest.approx(here, rel=1e-4)


def test_adaptive_bandwidths_are_narrow_in_the_heap_and_wide_outside():
    east, north = heap(300, 60, 5)
    east[:10], north[:10] = np.linspace(20, 980, 10), 30.0
    made = density.adaptive_density(east, north, window=BOX, bandwidth=60, grid_shape=(64, 64))
    assert made.bandwidths[:10].min() > np.median(made.bandwidths[10:])
    assert made.surface.integral == pytest.approx(300)
    fixed = density.kernel_density(east, north, window=BOX, bandwidth=60, grid_shape=(64, 64))
    assert np.nanmax(made.surface.values) > np.nanmax(fixed.values)


def test_adaptive_density_refuses_what_it_cannot_do():
    with pytest.raises(MethodError, match="events"):
        density.adaptive_density([], [], window=BOX, bandwidth=60, grid_shape=(64, 64))
    east, north = heap(300, 20, 6)
    with pytest.raises(MethodError, match="coarse"):
        density.adaptive_density(east, north, window=BOX, bandwidth=43, grid_shape=(12, 12))
    with pytest.raises(MethodError, match="trim"):
        density.adaptive_density([1.0], [1.0], window=BOX, bandwidth=60, grid_shape=(9, 9), trim=1)


def risk(seed=1, **settings):
    generator = np.random.default_rng(seed)
    control = generator.uniform(0, 1000, (2, 600))
    even = generator.uniform(0, 1000, (2, 100))
    case = np.hstack((even, generator.normal(700, 40, (2, 40))))
    settings = {"window": BOX, "bandwidth": 80, "grid_shape": (50, 50), **settings}
    return density.relative_risk(*np.clip(case, 0, 1000), *control, **settings)


def test_a_heap_of_cases_stands_out_in_ratio_p_value_and_contour():
    made = risk()
    assert made.ratio[35, 35] > 2
    assert made.p_value_higher[35, 35] < 1e-4
    around = [line for line in made.tolerance_contours(0.001) if line.is_closed]
    middles = [(line.east.mean(), line.north.mean()) for line in around]
    assert any(abs(east - 700) < 60 and abs(north - 700) < 60 for east, north in middles)


def test_shuffling_cases_and_controls_agrees_with_the_normal_approximation():
    shuffled = risk(n_simulations=199, seed=3)
    assert shuffled.z_score is None
    assert shuffled.p_value_higher.min() >= 1 / 200
    gap = np.abs(shuffled.p_value_higher - risk(seed=3).p_value_higher)
    assert np.median(gap) < 0.05


def test_with_an_even_risk_few_cells_pass():
    generator = np.random.default_rng(8)
    made = density.relative_risk(
        *generator.uniform(0, 1000, (2, 300)), *generator.uniform(0, 1000, (2, 900)),
        window=BOX, bandwidth=60, grid_shape=(50, 50),
    )  # fmt: skip
    assert np.mean(made.p_value_higher < 0.05) < 0.15


def test_places_that_neither_cases_nor_controls_reach_are_blank_and_no_error():
    made = density.relative_risk(
        [10.0], [10.0], [15.0, 12.0], [10.0, 14.0], window=(0, 0, 10_000, 10_000), bandwidth=100,
        grid_shape=(100, 100),
    )  # fmt: skip
    assert np.isnan(made.log_ratio[-1, -1])
    assert np.isfinite(made.log_ratio[0, 0])


def test_relative_risk_needs_cases_and_controls():
    for case, control in (([], [1.0]), ([1.0], []), ([5000.0], [1.0])):
        with pytest.raises(MethodError):
            density.relative_risk(
                case, case, control, control, window=BOX, bandwidth=60, grid_shape=(20, 20)
            )
    with pytest.raises(MethodError):
        risk(reference_density="cases")


def test_contours_of_a_cone_are_circles_and_of_a_saddle_are_two_lines():
    across, along = np.meshgrid(np.arange(-20.0, 21), np.arange(-20.0, 21))
    (circle,) = density.contour_lines(np.hypot(across, along), across[0], along[:, 0], 9.5)
    assert circle.is_closed
    assert np.allclose(np.hypot(circle.east, circle.north), 9.5, atol=0.1)
    lines = density.contour_lines(across * along + 0.1, across[0], along[:, 0], 4.0)
    assert len(lines) == 2


def test_contours_stop_where_the_surface_is_blank():
    table = np.tile(np.arange(6.0), (6, 1))
    table[3, 3] = np.nan
    lines = density.contour_lines(table, np.arange(6.0), np.arange(6.0), 2.5)
    assert all((np.abs(line.north - 3) >= 1).all() for line in lines)
    assert len(lines) == 2
    assert density.contour_lines(np.full((4, 4), np.nan), range(4), range(4), 1.0) == []


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=30, max_size=30))
def test_every_contour_lies_on_the_level(values):
    table = np.array(values, dtype=float).reshape(5, 6)
    for line in density.contour_lines(table, np.arange(6.0), np.arange(5.0), 1.5):
        for east, north in zip(line.east, line.north, strict=True):
            low = table[int(np.floor(north)), int(np.floor(east))]
            high = table[int(np.ceil(north)), int(np.ceil(east))]
            share = (north - np.floor(north)) + (east - np.floor(east))
            assert low + share * (high - low) == pytest.approx(1.5)


def test_densities_at_the_events_bandwidth_add_their_areas_up_to_the_window():
    east, north = heap(200, 150, 9)
    choice = density.choose_bandwidth(east, north, window=BOX, rule="cronie_van_lieshout")
    at = density.density_at_events(
        east, north, window=BOX, bandwidth=choice.bandwidth, leave_one_out=False,
        edge_correction="none",
    )  # fmt: skip
    assert (1 / at).sum() == pytest.approx(1_000_000, rel=0.01)
