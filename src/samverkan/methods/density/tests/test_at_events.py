import numpy as np
import pytest

from samverkan.methods import compiled, density
from samverkan.methods.density.pair_sums import kernel_sums
from samverkan.methods.errors import MethodError

BOX = (0, 0, 1000, 1000)
TRIANGLE = [(0, 0), (1000, 0), (0, 1000)]


def places(count=300, seed=1):
    generator = np.random.default_rng(seed)
    return generator.uniform(0, 1000, (2, count))


def test_two_events_see_each_other_and_not_themselves():
    at = density.density_at_events(
        [500.0, 530.0], [500.0, 540.0], window=BOX, bandwidth=20, edge_correction="none"
    )
    expected = np.exp(-0.5 * 50**2 / 20**2) / (2 * np.pi * 20**2)
    assert at == pytest.approx([expected, expected])


def test_not_leaving_out_adds_each_events_own_kernel():
    east, north = places()
    settings = {"window": BOX, "bandwidth": 50, "edge_correction": "none"}
    without = density.density_at_events(east, north, **settings)
    with_own = density.density_at_events(east, north, leave_one_out=False, **settings)
    assert with_own - without == pytest.approx(np.full(300, 1 / (2 * np.pi * 50**2)))


def test_an_event_alone_has_density_zero():
    assert density.density_at_events([5.0], [5.0], window=BOX, bandwidth=50).tolist() == [0.0]
    assert len(density.density_at_events([], [], window=BOX, bandwidth=50)) == 0


@pytest.mark.parametrize("bandwidth", [3.0, 40.0, 3000.0])
def test_the_compiled_sums_equal_the_plain_ones(bandwidth):
    east, north = places(400)
    weight = np.random.default_rng(2).uniform(0.5, 2, 400)
    widths = bandwidth * np.random.default_rng(3).uniform(0.5, 2, 400)
    fast = kernel_sums(east, north, weight, widths)
    with compiled.without_numba():
        plain = kernel_sums(east, north, weight, widths)
    assert np.allclose(fast, plain, rtol=1e-9, atol=1e-14 * plain.max())


def test_all_events_in_one_place_are_as_dense_as_their_number_less_one():
    at = density.density_at_events(
        np.full(9, 500.0), np.full(9, 500.0), window=BOX, bandwidth=10, edge_correction="none"
    )
    assert at == pytest.approx(np.full(9, 8 / (2 * np.pi * 100)))


def test_events_outside_are_blank_and_give_nothing_to_the_others():
    at = density.density_at_events([100.0, 110, 990], [100.0, 100, 990], window=TRIANGLE,
                                   bandwidth=50)  # fmt: skip
    alone = density.density_at_events([100.0, 110], [100.0, 100], window=TRIANGLE, bandwidth=50)
    assert np.isnan(at[2])
    assert np.allclose(at[:2], alone)


def test_at_events_and_on_a_fine_grid_the_density_is_the_same():
    east, north = places(100, seed=4)
    for correction in ("none", "uniform", "diggle"):
        surface = density.kernel_density(
            east, north, window=BOX, bandwidth=100, grid_shape=(500, 500),
            edge_correction=correction,
        )  # fmt: skip
        at = density.density_at_events(
            east, north, window=BOX, bandwidth=100, leave_one_out=False,
            edge_correction=correction,
        )  # fmt: skip
        read = surface.values[(north / 2).astype(int), (east / 2).astype(int)]
        assert np.allclose(at, read, rtol=0.01)


def test_a_bandwidth_that_is_no_length_is_refused():
    for bandwidth in (0.0, -1.0, np.nan):
        with pytest.raises(MethodError):
            density.density_at_events([1.0], [1.0], window=BOX, bandwidth=bandwidth)
