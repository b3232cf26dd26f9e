import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.methods import density
from samverkan.methods.density.conditional import conditional_sums, random_orders
from samverkan.methods.errors import MethodError

SMALL = np.array([4.0, 1, 0, 2, 7, 3])
RING = density.neighbours_from_pairs(6, np.arange(6), (np.arange(6) + 1) % 6)


def both_ways(n_areas, pairs):
    first, second = np.array(pairs).T
    return density.neighbours_from_pairs(n_areas, np.r_[first, second], np.r_[second, first])


UNEVEN_COUNTS = both_ways(6, [(0, 1), (1, 2), (1, 3), (1, 4), (3, 4), (4, 5)])


def exact_tails(values, neighbours, area):
    """Every ordering of the other areas' values, no short cuts."""
    others = np.delete(values, area)
    part = slice(neighbours.starts[area], neighbours.starts[area + 1])
    weights = neighbours.weights[part]
    observed = float(weights @ values[neighbours.areas[part]])
    sums = [
        float(weights @ np.array(order)) for order in itertools.permutations(others, len(weights))
    ]
    return (
        np.mean([value >= observed - 1e-9 for value in sums]),
        np.mean([value <= observed + 1e-9 for value in sums]),
        np.mean(sums),
    )


def test_shared_orders_give_each_area_its_exact_permutation_distribution():
    result = conditional_sums(SMALL, UNEVEN_COUNTS, 20_000, seed=3)
    for area in range(6):
        greater, less, mean = exact_tails(SMALL, UNEVEN_COUNTS, area)
        assert result.p_greater[area] == pytest.approx(greater, abs=0.015)
        assert result.p_less[area] == pytest.approx(less, abs=0.015)
        assert result.mean[area] == pytest.approx(mean, abs=0.15)


def test_weights_that_differ_within_an_area_are_simulated_with_their_own_sums():
    pairs = (UNEVEN_COUNTS.owners, UNEVEN_COUNTS.areas)
    weights = 1.0 + np.arange(len(pairs[0])) % 3
    linked = density.neighbours_from_pairs(6, *pairs, weights=weights)
    result = conditional_sums(SMALL, linked, 20_000, seed=4)
    for area in range(6):
        greater, less, mean = exact_tails(SMALL, linked, area)
        assert result.p_greater[area] == pytest.approx(greater, abs=0.015)
        assert result.p_less[area] == pytest.approx(less, abs=0.015)
        assert result.mean[area] == pytest.approx(mean, abs=0.3)


def test_an_area_linked_to_all_others_can_only_have_one_sum():
    star = both_ways(4, [(0, 1), (0, 2), (0, 3)])
    result = conditional_sums(np.array([5.0, 1, 2, 3]), star, 99, seed=1)
    assert result.n_as_large[0] == result.n_as_small[0] == 99
    assert result.deviation[0] == pytest.approx(0, abs=1e-9)


def test_random_orders_hold_no_area_twice():
    for n_areas, length in ((6, 6), (40, 12), (1000, 9)):
        orders = random_orders(n_areas, length, 200, seed=5)
        assert orders.shape == (200, length)
        assert all(len(set(row)) == length for row in orders.tolist())
        assert orders.min() >= 0
        assert orders.max() < n_areas


def test_random_orders_put_every_area_first_equally_often():
    first = random_orders(5, 2, 20_000, seed=6)[:, 0]
    assert np.bincount(first) / 20_000 == pytest.approx(np.full(5, 0.2), abs=0.015)


def test_the_same_seed_gives_the_same_p_values_and_another_seed_others():
    linked = density.grid_neighbours((8, 8))
    values = np.random.default_rng(1).poisson(3, 64)
    once = density.local_g(values, linked, n_simulations=99, seed=1).simulated_p_value
    again = density.local_g(values, linked, n_simulations=99, seed=1).simulated_p_value
    other = density.local_g(values, linked, n_simulations=99, seed=2).simulated_p_value
    assert np.array_equal(once, again)
    assert not np.array_equal(once, other)


def test_a_heap_of_high_cells_is_hot_and_the_rest_of_an_even_grid_is_not():
    values = np.ones((12, 12))
    values[4:7, 4:7] = 9
    linked = density.grid_neighbours((12, 12))
    result = density.local_g(values.ravel(), linked, n_simulations=9999, seed=1)
    hot = result.is_hot.reshape(12, 12)
    assert hot[5, 5]
    assert not hot[0, 0]
    assert not result.is_cold.any()


def test_simulated_p_values_are_never_zero():
    values = np.zeros(400)
    values[:21] = 1000
    result = density.local_g(values, density.grid_neighbours((20, 20)), n_simulations=99, seed=1)
    assert np.nanmin(result.simulated_p_value) >= 1 / 100


def test_without_any_pattern_simulated_p_values_are_as_spread_as_they_promise():
    linked = density.grid_neighbours((30, 30))
    values = np.random.default_rng(8).normal(size=900)
    for result in (
        density.local_g(values, linked, n_simulations=999, seed=2, alternative="greater"),
        density.local_moran(values, linked, n_simulations=999, seed=2, alternative="greater"),
    ):
        for level in (0.05, 0.2, 0.5):
            assert np.mean(result.simulated_p_value <= level) == pytest.approx(level, abs=0.06)


def test_many_series_at_once_equal_each_alone():
    linked = density.grid_neighbours((6, 7))
    values = np.random.default_rng(2).poisson(2, (3, 42))
    together = density.local_g(values, linked, n_simulations=99, seed=1)
    moran = density.local_moran(values, linked, n_simulations=99, seed=1)
    for row in range(3):
        alone = density.local_g(values[row], linked, n_simulations=99, seed=1)
        assert np.allclose(together.z_score[row], alone.z_score)
        assert np.array_equal(together.simulated_p_value[row], alone.simulated_p_value)
        assert np.array_equal(together.q_value[row], alone.q_value)
        alone = density.local_moran(values[row], linked, n_simulations=99, seed=1)
        assert np.allclose(moran.z_score[row], alone.z_score)
        assert np.array_equal(moran.simulated_p_value[row], alone.simulated_p_value)


def test_constant_values_give_no_score():
    linked = density.grid_neighbours((5, 5))
    for level in (0.0, 3.0, 1e9 + 0.1):
        values = np.full(25, level)
        assert np.isnan(density.local_g(values, linked).z_score).all()
        assert np.isnan(density.local_g(values, linked, star=False).z_score).all()
        assert np.isnan(density.local_moran(values, linked).z_score).all()
        assert np.isnan(density.global_moran(values, linked, n_simulations=9).z_score)
        result = density.local_g(values, linked, n_simulations=9)
        assert np.isnan(result.simulated_p_value).all()
        assert not result.is_significant.any()


def test_an_area_without_neighbours_has_no_score_but_does_not_spoil_the_others():
    linked = both_ways(7, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)])
    values = np.array([3.0, 5, 1, 0, 2, 8, 4])
    moran = density.local_moran(values, linked, n_simulations=99, seed=1)
    assert np.isnan(moran.statistic[6])
    assert np.isnan(moran.simulated_p_value[6])
    assert np.isfinite(moran.z_score[:6]).all()
    plain = density.local_g(values, linked, star=False, n_simulations=99, seed=1)
    assert np.isnan(plain.z_score[6])
    assert np.isfinite(plain.z_score[:6]).all()


@pytest.mark.parametrize("bad", [[1.0, np.nan, 2, 3, 4, 5], [1.0, np.inf, 2, 3, 4, 5], [1.0, 2]])
def test_values_that_do_not_fit_or_are_missing_are_refused(bad):
    for method in (density.local_g, density.local_moran, density.global_moran):
        with pytest.raises(MethodError):
            method(bad, RING)


@pytest.mark.parametrize(
    ("first", "second"),
    [([0, 9], [1, 1]), ([0, -1], [1, 1]), ([0.5], [1]), ([0, 0], [1, 1]), ([0], [1, 2])],
)
def test_pairs_that_name_no_area_or_come_twice_are_refused(first, second):
    with pytest.raises(MethodError):
        density.neighbours_from_pairs(3, first, second)


def test_unknown_settings_are_refused_with_the_choices():
    with pytest.raises(MethodError, match="two_sided"):
        density.local_g(SMALL, RING, alternative="both")
    with pytest.raises(MethodError, match="corrected"):
        density.local_g(SMALL, RING, variant="new")


def test_the_release_variants_differ_from_the_corrected_as_described():
    values = np.random.default_rng(4).poisson(3, 100).astype(float)
    rows = density.grid_neighbours((10, 10)).row_standardised()
    right = density.local_g(values, rows, star=False).z_score
    release = density.local_g(values, rows, star=False, variant="esda").z_score
    ratio = (release / right)[rows.counts == 8]
    assert np.nanmedian(ratio) == pytest.approx(1 / np.sqrt(8), rel=0.1)
    binary = density.grid_neighbours((10, 10))
    assert np.allclose(
        density.local_g(values, binary).z_score,
        density.local_g(values, binary, variant="esda").z_score,
    )


def test_moran_names_the_four_kinds_of_areas():
    values = np.zeros((9, 9))
    values[1:4, 1:4] = 10
    values[7, 7] = 10
    linked = density.grid_neighbours((9, 9))
    result = density.local_moran(values.ravel(), linked, false_discovery_rate=1.0)
    kinds = np.array(density.QUADRANTS)[result.quadrant].reshape(9, 9)
    assert kinds[2, 2] == density.Quadrant.HIGH_HIGH
    assert kinds[7, 7] == density.Quadrant.HIGH_LOW
    assert kinds[2, 4] == density.Quadrant.LOW_HIGH
    assert kinds[5, 8] == density.Quadrant.LOW_LOW
    assert result.is_in(density.Quadrant.HIGH_HIGH).reshape(9, 9)[2, 2]


def test_benjamini_hochberg_by_hand():
    q = density.false_discovery_q_values([0.01, 0.04, np.nan, 0.03, 0.5])
    assert q[[0, 1, 3, 4]] == pytest.approx([0.04, 0.04 * 4 / 3, 0.04 * 4 / 3, 0.5])
    assert np.isnan(q[2])


def test_grid_neighbours_are_those_that_touch():
    queen = density.grid_neighbours((3, 4))
    assert queen.counts.tolist() == [3, 5, 5, 3, 5, 8, 8, 5, 3, 5, 5, 3]
    rook = density.grid_neighbours((3, 4), contiguity="rook")
    assert rook.areas[rook.starts[5] : rook.starts[6]].tolist() == [1, 4, 6, 9]
    mask = np.ones((3, 4), dtype=bool)
    mask[1, 1] = False
    assert density.grid_neighbours((3, 4), mask=mask).counts.tolist() == [
        2, 4, 4, 3, 4, 7, 5, 2, 4, 4, 3,
    ]  # fmt: skip


def test_places_within_a_distance_and_the_nearest_places():
    east, north = np.array([0.0, 10, 20, 100]), np.zeros(4)
    near = density.neighbours_within(east, north, 10)
    assert near.counts.tolist() == [1, 2, 1, 0]
    nearest = density.nearest_neighbours(east, north, 1)
    assert nearest.areas.tolist() == [1, 0, 1, 2]


def test_the_nearest_of_places_at_one_address_are_never_the_place_itself():
    linked = density.nearest_neighbours(np.zeros(4), np.zeros(4), 2)
    assert not linked.has_self
    assert linked.counts.tolist() == [2, 2, 2, 2]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.integers(0, 50), min_size=9, max_size=9),
    st.permutations(range(9)),
    st.integers(-1000, 1000),
)
def test_renumbering_areas_renumbers_scores_and_adding_a_constant_changes_none(
    values, order, constant
):
    linked = density.grid_neighbours((3, 3))
    order = np.array(order)
    values = np.array(values, dtype=float)
    place = np.argsort(order)
    renumbered = density.neighbours_from_pairs(9, place[linked.owners], place[linked.areas])
    for method in (density.local_g, density.local_moran):
        before = method(values, linked).z_score
        after = method(values[order], renumbered).z_score
        moved = method(values + constant, linked).z_score
        assert np.allclose(after, before[order], equal_nan=True)
        assert np.allclose(moved, before, equal_nan=True, atol=1e-7)
