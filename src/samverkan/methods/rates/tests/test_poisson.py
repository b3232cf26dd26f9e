"""Intervals and tests of one count."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.methods import rates
from samverkan.methods.errors import MethodError

METHODS = list(rates.IntervalMethod)


def test_a_count_of_two_in_a_month_has_garwoods_interval() -> None:
    found = rates.poisson_rate_interval(2, 1)
    assert found.rate == 2
    assert found.lower == pytest.approx(0.242209278543993)
    assert found.upper == pytest.approx(7.22468766770914)


def test_zero_events_still_have_an_upper_limit() -> None:
    found = rates.poisson_rate_interval([0, 0], [1, 12], method="midp")
    assert found.lower.tolist() == [0, 0]
    assert found.upper == pytest.approx([np.log(20), np.log(20) / 12])


def test_the_unit_of_exposure_scales_the_limits() -> None:
    per_month = rates.poisson_rate_interval(48, 12)
    per_year = rates.poisson_rate_interval(48, 1)
    assert per_month.lower * 12 == pytest.approx(per_year.lower)
    assert per_month.upper * 12 == pytest.approx(per_year.upper)


def test_missing_counts_stay_missing_and_disturb_no_other() -> None:
    for method in METHODS:
        found = rates.poisson_rate_interval([3, np.nan, 7], 1, method=method)
        alone = rates.poisson_rate_interval([3, 7], 1, method=method)
        assert np.isnan(found.lower[1])
        assert np.isnan(found.upper[1])
        assert found.lower[[0, 2]] == pytest.approx(alone.lower, rel=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_covers_the_truth_as_promised(method: rates.IntervalMethod) -> None:
    means = np.linspace(0.05, 25, 400)
    counts = np.arange(120)
    found = rates.poisson_rate_interval(counts, 1, method=method)
    from scipy.stats import poisson

    chance = poisson.pmf(counts[:, None], means)
    is_covered = (found.lower[:, None] <= means) & (means <= found.upper[:, None])
    coverage = (chance * is_covered).sum(axis=0)
    if method is rates.IntervalMethod.MID_P:
        assert coverage.mean() == pytest.approx(0.957, abs=0.01)
        assert coverage.min() > 0.91
    else:
        assert coverage.min() >= 0.95 - 1e-9


def test_blaker_lies_within_central() -> None:
    counts = np.arange(60)
    wide = rates.poisson_rate_interval(counts, 1)
    narrow = rates.poisson_rate_interval(counts, 1, method="blaker")
    assert np.all(narrow.lower >= wide.lower - 1e-9)
    assert np.all(narrow.upper <= wide.upper + 1e-9)


@settings(max_examples=40, deadline=None)
@given(
    count=st.integers(0, 400),
    exposure=st.floats(0.01, 1000),
    confidence=st.sampled_from([0.8, 0.95, 0.99]),
    method=st.sampled_from([rates.IntervalMethod.CENTRAL, rates.IntervalMethod.MID_P]),
)
def test_the_p_value_at_the_interval_ends_is_alpha(
    count: int, exposure: float, confidence: float, method: rates.IntervalMethod
) -> None:
    found = rates.poisson_rate_interval(count, exposure, confidence=confidence, method=method)
    ends = np.array([found.upper] if count == 0 else [found.lower, found.upper])
    p_value = rates.poisson_rate_test(count, exposure, ends, method=method)
    assert p_value == pytest.approx(1 - confidence, rel=1e-6)


@settings(max_examples=30, deadline=None)
@given(
    count=st.integers(0, 60),
    method=st.sampled_from([rates.IntervalMethod.MINLIKE, rates.IntervalMethod.BLAKER]),
)
def test_ordered_intervals_are_the_hull_of_what_their_test_accepts(
    count: int, method: rates.IntervalMethod
) -> None:
    found = rates.poisson_rate_interval(count, 1, method=method)
    outside = np.concatenate(
        [
            np.linspace(found.lower / 3, found.lower * (1 - 1e-6), 50)[: 50 * (count > 0)],
            np.linspace(found.upper * (1 + 1e-6), found.upper * 2 + 5, 50),
        ]
    )
    assert np.all(rates.poisson_rate_test(count, 1, outside, method=method) <= 0.05 + 1e-9)
    just_inside = [found.upper * (1 - 1e-7)] + [found.lower * (1 + 1e-7)] * (count > 0)
    assert np.all(rates.poisson_rate_test(count, 1, just_inside, method=method) >= 0.05 - 1e-6)


def test_huge_counts_have_finite_narrow_intervals() -> None:
    found = rates.poisson_rate_interval(10**12, 1, method="midp")
    assert found.lower == pytest.approx(1e12, rel=1e-5)
    assert found.lower < 1e12 < found.upper


def test_what_is_no_count_is_refused() -> None:
    for count in (-1, 0.5, np.inf, "three"):
        with pytest.raises(MethodError):
            rates.poisson_rate_interval(count, 1)
    for exposure in (0, -1, np.inf):
        with pytest.raises(MethodError):
            rates.poisson_rate_interval(1, exposure)
    with pytest.raises(MethodError, match="central"):
        rates.poisson_rate_interval(1, 1, method="wald")
    with pytest.raises(MethodError):
        rates.poisson_rate_interval(1, 1, confidence=95)
    with pytest.raises(MethodError):
        rates.poisson_rate_interval([1, 2], [1, 2, 3])


def test_a_negative_binomial_interval_is_the_poisson_one_without_dispersion() -> None:
    counts = np.arange(30)
    plain = rates.poisson_rate_interval(counts, 12)
    same = rates.negative_binomial_rate_interval(counts, 12, dispersion=0)
    nearly = rates.negative_binomial_rate_interval(counts, 12, dispersion=1e-9)
    wider = rates.negative_binomial_rate_interval(counts, 12, dispersion=0.3)
    assert same.lower == pytest.approx(plain.lower)
    assert same.upper == pytest.approx(plain.upper)
    assert nearly.upper == pytest.approx(plain.upper, rel=1e-6)
    assert np.all(wider.upper > plain.upper)
    assert np.all(wider.lower[5:] < plain.lower[5:])


def test_a_negative_binomial_interval_inverts_its_distribution() -> None:
    from scipy.stats import nbinom

    found = rates.negative_binomial_rate_interval(7, 1, dispersion=0.5)
    size = 2.0
    for mean, tail in ((found.lower, nbinom.sf), (found.upper, nbinom.cdf)):
        count = 6 if mean == found.lower else 7
        assert tail(count, size, size / (size + mean)) == pytest.approx(0.025)
