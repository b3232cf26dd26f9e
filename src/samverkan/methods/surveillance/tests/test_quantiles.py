"""Quantiles and tails of counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from samverkan.methods import compiled
from samverkan.methods.surveillance.quantiles import (
    LARGEST_MEAN,
    count_cumulative,
    count_quantile,
    count_tail,
)

means = st.floats(1e-6, 1e5)
dispersions = st.floats(1.0, 50.0)


@settings(max_examples=100, deadline=None)
@given(mean=means, dispersion=dispersions, probability=st.floats(0.001, 0.9999))
def test_the_quantile_is_the_smallest_count_that_reaches_the_probability(
    mean: float, dispersion: float, probability: float
) -> None:
    m, d = np.array([mean]), np.array([dispersion])
    quantile = count_quantile(probability, m, d)
    assert count_cumulative(quantile, m, d)[0] >= probability * (1 - 1e-12)
    if quantile[0] > 0:
        assert count_cumulative(quantile - 1, m, d)[0] < probability


@settings(max_examples=100, deadline=None)
@given(mean=means, dispersion=dispersions, count=st.integers(0, 1000))
def test_tail_and_cumulative_share_add_up_to_one(
    mean: float, dispersion: float, count: int
) -> None:
    m, d, c = np.array([mean]), np.array([dispersion]), np.array([float(count)])
    total = count_tail(c, m, d) + count_cumulative(c - 1, m, d)
    assert total[0] == pytest.approx(1.0, abs=1e-12)


def test_quantiles_are_those_of_scipy_where_scipy_is_safe() -> None:
    mean = np.geomspace(0.01, 500, 300)
    for dispersion in (1.0, 1.01, 1.5, 4.0):
        spread = np.full_like(mean, dispersion)
        ours = count_quantile(0.99, mean, spread)
        if dispersion == 1.0:
            theirs = stats.poisson.ppf(0.99, mean)
        else:
            theirs = stats.nbinom.ppf(0.99, mean / (dispersion - 1), 1 / dispersion)
        np.testing.assert_array_equal(ours, theirs)


def test_numba_or_not_gives_the_same_quantiles() -> None:
    mean = np.geomspace(0.001, 1e6, 2000)
    spread = np.resize([1.0, 1.2, 3.0, 40.0], mean.shape)
    for probability in (0.05, 0.95, 0.999, 0.9999999):
        with compiled.without_numba():
            plain = count_quantile(probability, mean, spread)
        np.testing.assert_array_equal(count_quantile(probability, mean, spread), plain)


@pytest.mark.timeout(20)
def test_extreme_distributions_get_no_bound_instead_of_hanging() -> None:
    mean = np.array([LARGEST_MEAN * 2, 1e300, np.inf, np.nan, 5.0, -1.0])
    spread = np.array([2.0, 2.0, 2.0, 2.0, 1e9, 1.0])
    assert np.isnan(count_quantile(0.99, mean, spread)).all()


def test_small_tails_keep_their_digits() -> None:
    tail = count_tail(np.array([40.0]), np.array([2.0]), np.array([1.0]))
    assert tail[0] == pytest.approx(stats.poisson.sf(39, 2.0), rel=1e-10)
    assert 0 < tail[0] < 1e-30


def test_a_mean_of_zero_has_bound_zero() -> None:
    assert count_quantile(0.99, np.array([0.0]), np.array([1.0]))[0] == 0
