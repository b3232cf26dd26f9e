"""The rate methods against small tables of trusted programs that are kept here."""

import numpy as np
import pytest

from samverkan.methods import rates
from tests.reference.rate_tables import largest_difference, small_table


def test_intervals_of_a_rate_agree_with_r() -> None:
    table = small_table("poisson_rate_interval")
    for confidence in np.unique(table["confidence"]):
        rows = table["confidence"] == confidence
        count, exposure = table["x"][rows], table["exposure"][rows]
        found = rates.poisson_rate_interval(count, exposure, confidence=confidence)
        assert largest_difference(found.lower, table["central_lower"][rows]) < 1e-12
        assert largest_difference(found.upper, table["central_upper"][rows]) < 1e-12
        for method in ("central", "minlike"):
            p_value = rates.poisson_rate_test(count, exposure, 2 / exposure, method=method)
            assert largest_difference(p_value, table[f"{method}_p"][rows]) < 1e-10


def test_comparisons_of_two_rates_agree_with_r() -> None:
    table = small_table("compare_rates")
    pairs = table["x1"], table["T1"], table["x2"], table["T2"]
    found = rates.compare_rates(*pairs)
    assert largest_difference(found.p_value, table["p"]) < 1e-10
    assert largest_difference(found.interval.lower, table["lower"]) < 1e-12
    assert largest_difference(found.interval.upper, table["upper"]) < 1e-12
    for method in ("minlike", "blaker", "midp"):
        p_value = rates.compare_rates(*pairs, method=method).p_value
        assert largest_difference(p_value, table[f"{method}_p"]) < 1e-10


def test_prediction_intervals_agree_with_r() -> None:
    table = small_table("prediction_interval")
    for total, n_periods, n_ahead, lower, upper in zip(
        table["total"], table["n"], table["m"], table["lower"], table["upper"], strict=True
    ):
        history = np.zeros(int(n_periods))
        history[0] = total
        found = rates.prediction_interval(history, n_ahead=int(n_ahead))
        assert (found.lower[0], found.upper[0]) == (lower, upper)


def test_funnel_limits_agree_with_spiegelhalter_and_funnelplotr() -> None:
    table = small_table("funnel_limits")
    nobody = np.zeros(len(table["expected"]))
    found = rates.funnel_limits(nobody, table["expected"])
    assert largest_difference(found.lower[0], table["lower95"]) < 1e-10
    assert largest_difference(found.upper[0], table["upper95"]) < 1e-10
    assert largest_difference(found.lower[1], table["lower998"]) < 1e-10
    assert largest_difference(found.upper[1], table["upper998"]) < 1e-10
    gamma = rates.funnel_limits(nobody, table["expected"], kind="gamma")
    assert largest_difference(gamma.lower[0], table["gamma_lower95"]) < 1e-10
    assert largest_difference(gamma.upper[0], table["gamma_upper95"]) < 1e-10


def test_shrunken_lip_cancer_rates_agree_with_r() -> None:
    table = small_table("shrink")
    counts = table["observed"], table["expected"]
    marshall = rates.shrink(*counts, method="global")
    assert largest_difference(marshall.shrunk, table["marshall"]) < 1e-12
    found = rates.shrink(*counts)
    assert largest_difference(found.shrunk, table["gamma_poisson"]) < 1e-8
    assert largest_difference(found.median, table["gamma_median"]) < 1e-8
    assert largest_difference(found.interval.lower, table["gamma_lower95"]) < 1e-8
    assert largest_difference(found.interval.upper, table["gamma_upper95"]) < 1e-8
    clayton = rates.shrink(*counts, method="clayton-kaldor")
    assert largest_difference(clayton.shrunk, table["clayton_kaldor"]) < 1e-5


def test_limits_of_a_u_chart_agree_with_qicharts2() -> None:
    table = small_table("control_charts")
    counts = np.concatenate([table["baseline_events"][:1], np.zeros(len(table["n"]))])
    exposure = np.concatenate([table["baseline_exposure"][:1], table["n"]])
    found = rates.u_chart(counts, exposure=exposure, limits="three-sigma", n_baseline=1)
    assert found.centre == pytest.approx(table["centre"][:1])
    assert largest_difference(found.lower[0, 1:], table["lower"]) < 1e-12
    assert largest_difference(found.upper[0, 1:], table["upper"]) < 1e-12


def test_a_seasonal_fit_agrees_with_statsmodels() -> None:
    table = small_table("seasonal_fit")
    found = rates.seasonal_fit(table["y"], frequency=12)
    assert largest_difference(found.fitted[0], table["fitted"]) < 1e-9
    expected = [1.448904044, 0.01620656372, -0.05768987088, -0.5818649387]
    assert found.coefficients[0] == pytest.approx(expected, rel=1e-8)
    errors = [0.2153577524, 0.1815539013, 0.144532307, 0.1419727949]
    assert found.standard_errors[0] == pytest.approx(errors, rel=1e-8)
    assert found.deviance[0] == pytest.approx(16.15060388, rel=1e-8)
    assert found.dispersion_index[0] == pytest.approx(15.73243951 / 20, rel=1e-8)


def test_the_dispersion_test_agrees_with_scipy() -> None:
    table = small_table("dispersion_test")
    counts = [int(number) for number in table["y"][0].split()]
    found = rates.dispersion_test(counts)
    assert found.index[0] == pytest.approx(table["index"][0])
    assert found.chi_square[0] == pytest.approx(table["chi_square"][0])
    assert found.p_value[0] == pytest.approx(table["p"][0])
