"""The methods of surveillance against small tables of R surveillance that are kept here."""

from __future__ import annotations

import numpy as np
import pytest

from samverkan.methods import compiled, surveillance
from tests.reference.surveillance_tables import differs, small_table

TO_ROUNDING = 1e-6


@pytest.mark.parametrize(("variant", "column"), [("C1", "c1"), ("C2", "c2"), ("C3", "c3_released")])
def test_ears_bounds_agree(variant: str, column: str) -> None:
    table = small_table("ears")
    found = surveillance.ears(table["y"], variant=variant, c3_bound="released")
    assert not differs(found.upper_bound[0], table[column], TO_ROUNDING).any()


def test_farringtons_bounds_agree() -> None:
    table = small_table("farrington")
    judged = np.flatnonzero(~np.isnan(table["bound"]))
    found = surveillance.farrington(table["y"], frequency=12, evaluate=judged, fitting="as_r")
    assert not differs(found.upper_bound[0], table["bound"][judged], TO_ROUNDING).any()
    assert not differs(found.expected[0], table["median"][judged], TO_ROUNDING).any()


@pytest.mark.parametrize("variant", ["released", "corrected"])
def test_flexible_bounds_of_all_three_threshold_methods_agree(variant: str) -> None:
    table = small_table("farrington_flexible")
    for method, column, settings in [
        ("delta", "delta", {"half_window": 1, "alpha": 0.05}),
        (
            "muan",
            "muan",
            {
                "half_window": 1,
                "alpha": 0.01,
                "n_seasonal_periods": 4,
                "recent_excluded": 3,
                "trend_p_threshold": 1.0,
            },
        ),
        (
            "nbPlugin",
            "nb_plugin",
            {
                "half_window": 2,
                "alpha": 0.005,
                "n_seasonal_periods": 5,
                "recent_excluded": 3,
                "trend_p_threshold": 1.0,
            },
        ),
    ]:
        bounds = table[f"{column}_{variant}"]
        judged = np.flatnonzero(~np.isnan(bounds))
        found = surveillance.farrington_flexible(
            table["y"],
            frequency=12,
            evaluate=judged,
            threshold_method=method,
            variant=variant,
            fitting="as_r",
            **settings,
        )
        assert not differs(found.upper_bound[0], bounds[judged], TO_ROUNDING).any()


def test_cusums_and_their_bounds_agree() -> None:
    table = small_table("cusum")
    for scale in ("standard", "rossi", "anscombe"):
        found = surveillance.cusum(
            table["y"],
            reference_value=1.04,
            decision_limit=2.26,
            standardisation=scale,
            evaluate=np.arange(24, 60),
            variant="released",
        )
        assert not differs(found.upper_bound[0], table[f"{scale}_bound"][24:], TO_ROUNDING).any()
        np.testing.assert_allclose(found.score[0], table[scale][24:], rtol=TO_ROUNDING, atol=1e-9)


def test_run_lengths_of_a_poisson_cusum_agree() -> None:
    table = small_table("cusum_run_length")
    for limit, value, mean, length in zip(
        table["h"], table["k"], table["theta"], table["arl"], strict=True
    ):
        found = surveillance.poisson_cusum_run_length(
            mean, reference_value=value, decision_limit=limit
        )
        assert found == pytest.approx(length, rel=TO_ROUNDING)


@pytest.mark.parametrize("is_compiled", [True, False])
def test_likelihood_ratios_agree_with_and_without_numba(is_compiled: bool) -> None:
    table = small_table("glr")

    def run(overdispersion: float) -> np.ndarray:
        return surveillance.glr_negative_binomial(
            table["y"], expected=table["mu"], overdispersion=overdispersion
        ).score[0]

    def both() -> None:
        np.testing.assert_allclose(run(0.0), table["poisson"], rtol=TO_ROUNDING, atol=1e-9)
        expected = table["negative_binomial"]
        np.testing.assert_allclose(run(0.2), expected, rtol=TO_ROUNDING, atol=1e-9)

    if is_compiled:
        both()
        return
    with compiled.without_numba():
        both()


def test_bayes_and_rki_bounds_agree() -> None:
    table = small_table("bayes_rki")
    judged = np.flatnonzero(~np.isnan(table["rki3"]))
    third = {"frequency": 12, "years_back": 2, "half_window": 4, "use_recent": False}
    own = {"frequency": 12, "years_back": 2, "half_window": 2, "use_recent": True}
    for found, column in [
        (surveillance.bayes(table["y"], alpha=0.05, evaluate=judged, **third), "bayes3"),
        (surveillance.bayes(table["y"], alpha=0.01, evaluate=judged, **own), "bayes_b2_w2"),
        (surveillance.rki(table["y"], evaluate=judged, **third), "rki3"),
    ]:
        assert not differs(found.upper_bound[0], table[column][judged], TO_ROUNDING).any()
