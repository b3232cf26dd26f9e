"""Effects against R 4.2.2: glm and sandwich, MASS, ptools 2.0.0, strucchange, CausalImpact."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from samverkan.methods import effects
from tests.reference.shared import shared_path

DATA = Path(__file__).parent / "data"
START = 36
THETA_OF_MASS = 41658.8967623989


def read(relative: str) -> pd.DataFrame:
    return pd.read_csv(shared_path(f"reference/{relative}"))


def typed_rows(name: str) -> list[dict[str, str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def panel() -> tuple[np.ndarray, np.ndarray]:
    frame = read("00_synthetic/did_panel.csv")
    counts = frame.pivot(index="area", columns="month", values="y").to_numpy()
    return counts, frame.groupby("area").treat.first().to_numpy() == 1


def row_of(model: str, covariance: str) -> pd.Series:
    frame = read("18_effects/did.csv")
    return frame[(frame.model == model) & (frame.vcov == covariance)].iloc[0]


def test_the_two_by_two_poisson_model_equals_rs_glm() -> None:
    counts, treated = panel()
    expected = row_of("2x2 poisson", "model")
    made = effects.compare_before_after(
        counts[treated, :START].sum(),
        counts[treated, START:].sum(),
        counts[~treated, :START].sum(),
        counts[~treated, START:].sum(),
        method="poisson",
    )
    assert np.log(made.ratio) == pytest.approx(expected.logRR, rel=1e-9)
    # R's error is from its last but one iteration
    assert made.standard_error == pytest.approx(expected.se, rel=1e-7)
    assert made.interval == pytest.approx((expected.lo, expected.hi), rel=1e-7)
    assert made.p_value == pytest.approx(expected.p, rel=1e-5)


@pytest.mark.parametrize(
    ("model", "name", "covariance"),
    [
        ("2x2 poisson", "cluster HC0 no adj", "clustered_unadjusted"),
        ("2x2 poisson", "cluster HC1 adj", "clustered"),
        ("twfe poisson", "model", "model"),
        ("twfe poisson", "cluster HC0 no adj", "clustered_unadjusted"),
        ("twfe poisson", "cluster HC1 adj", "clustered"),
        ("twfe poisson", "HC0", "robust"),
    ],
)
def test_the_panels_errors_equal_rs_glm_and_sandwich(
    model: str, name: str, covariance: str
) -> None:
    counts, treated = panel()
    expected = row_of(model, name)
    made = effects.difference_in_differences(
        counts, treated, intervention_at=START, covariance=covariance
    )
    assert made.log_ratio == pytest.approx(expected.logRR, rel=1e-9)
    assert made.standard_error == pytest.approx(expected.se, rel=1e-7)
    assert made.interval == pytest.approx((expected.lo, expected.hi), rel=1e-7)
    assert made.p_value == pytest.approx(expected.p, rel=1e-4)
    if model == "twfe poisson":
        assert made.pearson == pytest.approx(expected.dispersion, rel=1e-6)


def test_the_quasi_poisson_panel_equals_rs_glm() -> None:
    counts, treated = panel()
    expected = row_of("twfe quasi", "model")
    made = effects.difference_in_differences(
        counts, treated, intervention_at=START, family="quasi_poisson", covariance="model"
    )
    assert made.log_ratio == pytest.approx(expected.logRR, rel=1e-9)
    assert made.standard_error == pytest.approx(expected.se, rel=1e-7)


def test_the_negative_binomial_panel_equals_mass_at_its_dispersion() -> None:
    """glm.nb stops on the way: these counts have no dispersion, and ours finds none."""
    counts, treated = panel()
    expected = row_of("twfe nb", "model")
    assert expected.dispersion == pytest.approx(THETA_OF_MASS)
    settings = {"intervention_at": START, "family": "negative_binomial", "covariance": "model"}
    same = effects.difference_in_differences(
        counts, treated, dispersion=1 / THETA_OF_MASS, **settings
    )
    assert same.log_ratio == pytest.approx(expected.logRR, rel=1e-9)
    assert same.standard_error == pytest.approx(expected.se, rel=1e-6)
    own = effects.difference_in_differences(counts, treated, **settings)
    assert own.dispersion == 0
    assert own.log_ratio == pytest.approx(expected.logRR, rel=1e-5)


def test_the_event_study_equals_rs_glm_and_sandwich() -> None:
    counts, treated = panel()
    expected = read("18_effects/event_study.csv")
    made = effects.event_study(counts, treated, intervention_at=START, stretch=6)
    steps = expected.term.str.extract(r"q == (-?\d+)")[0].astype(int)
    assert made.stretches.tolist() == steps.tolist()
    assert np.allclose(made.log_ratios, expected.est, rtol=1e-7, atol=1e-9)
    assert np.allclose(made.standard_errors, expected.se, rtol=1e-6)
    assert np.allclose(made.clustered_standard_errors, expected.se_cl, rtol=1e-6)


def test_the_interrupted_series_equals_rs_quasi_poisson() -> None:
    series = read("18_effects/its_input.csv")
    expected = read("18_effects/its.csv")
    season = expected[expected.model == "its season+trend"]
    made = effects.interrupted_series(series.tr, intervention_at=START, frequency=12)
    assert np.allclose(made.coefficients, season.est, rtol=1e-7)
    assert np.allclose(made.standard_errors, season.se, rtol=1e-6)
    assert made.pearson == pytest.approx(season.phi.iloc[0], rel=1e-6)
    offset = expected[expected.model == "offset control"]
    made = effects.interrupted_series(
        series.tr, intervention_at=START, trend=False, exposure=series.co
    )
    assert np.allclose(made.coefficients, offset.est, rtol=1e-7)
    assert np.allclose(made.standard_errors, offset.se, rtol=1e-6)
    assert made.pearson == pytest.approx(offset.phi.iloc[0], rel=1e-6)


def test_every_displacement_difference_equals_ptools() -> None:
    for row in read("18_effects/ptools_wdd.csv").itertuples():
        made = effects.displacement(row.t0, row.t1, row.c0, row.c1, row.d0, row.d1, alpha=0.1)
        assert made.local.value == row.Est_Local
        assert made.local.standard_error == pytest.approx(row.SE_Local)
        assert made.nearby.value == row.Est_Displace
        assert made.nearby.standard_error == pytest.approx(row.SE_Displace)
        assert made.total.value == row.Est_Total
        assert made.total.standard_error == pytest.approx(row.SE_Total)
        assert made.z_score == pytest.approx(row.Z)
        assert made.interval == pytest.approx((row.LowCI, row.HighCI))


def test_every_displacement_quotient_equals_its_definition() -> None:
    """The file has the formula's value also where the target did not fall; so `raw_quotient`."""
    for row in read("18_effects/wdq_definition.csv").itertuples():
        made = effects.displacement(row.t0, row.t1, row.c0, row.c1, row.d0, row.d1)
        assert made.raw_quotient == pytest.approx(row.WDQ, nan_ok=True)
        if row.t1 / row.c1 < row.t0 / row.c0:
            assert made.quotient == pytest.approx(row.WDQ, nan_ok=True)
        else:
            assert np.isnan(made.quotient)


def test_harm_weighted_displacement_equals_ptools() -> None:
    """The counts are those of the example in ptools' manual."""
    expected = read("18_effects/ptools_wdd_harm.csv").set_index("name")["value"]
    kinds = ((20, 10, 20, 20), (25, 20, 30, 30), (70, 20, 80, 60))
    made = effects.harm_weighted_displacement(
        [effects.displacement(*counts) for counts in kinds], [10, 5, 1]
    )
    assert made.value == pytest.approx(expected.HarmEst)
    assert made.standard_error == pytest.approx(expected.SE_HarmEst)
    assert made.value / made.standard_error == pytest.approx(expected.Z)
    assert made.interval(0.1) == pytest.approx((expected.LowCI, expected.HighCI))


def test_the_structural_comparison_agrees_with_causal_impact() -> None:
    """CausalImpact samples a Bayesian model with priors; ours is the same model's likelihood.

    So not digits but the statement is held: the same effect within a fifth of its error, and an
    interval that is not narrower.
    """
    series = read("18_effects/its_input.csv")
    peer = read("18_effects/causalimpact_noseason_summary.csv").set_index("row").loc["Average"]
    made = effects.structural_comparison(series.tr, series.co, intervention_at=START)
    assert made.observed_after / 18 == pytest.approx(peer.Actual)
    assert made.expected_after / 18 == pytest.approx(peer.Pred, abs=0.2 * peer["Pred.sd"])
    assert made.difference / 18 == pytest.approx(peer.AbsEffect, abs=0.2 * peer["Pred.sd"])
    assert peer["Pred.sd"] < made.standard_error / 18 < 1.5 * peer["Pred.sd"]
    seasonal = read("18_effects/causalimpact_summary.csv")
    seasonal = seasonal[seasonal.row == "Average"].mean(numeric_only=True)
    made = effects.structural_comparison(
        series.tr, series.co, intervention_at=START, frequency=12, n_harmonics=5
    )
    assert made.expected_after / 18 == pytest.approx(seasonal.Pred, abs=seasonal["Pred.sd"])
    path = read("18_effects/causalimpact_series.csv")
    plain = effects.structural_comparison(series.tr, series.co, intervention_at=START)
    inside = (path["point.pred.lower"] < plain.expected) & (
        plain.expected < path["point.pred.upper"]
    )
    assert inside.all()


NILE = {
    1: ((28,), 1597457, 1270),
    2: ((28, 83), 1552924, 1276),
    3: ((28, 68, 83), 1538097, 1285),
    4: ((28, 45, 68, 83), 1507888, 1292),
    5: ((15, 30, 45, 68, 83), 1659994, 1311),
}
TREATED = {
    1: ((29,), 2970.2, 385.6),
    2: ((6, 29), 2560.8, 385.6),
    3: ((6, 12, 29), 2229.2, 386.1),
    4: ((6, 12, 29, 42), 1990.4, 387.9),
    5: ((6, 12, 29, 42, 48), 1756.4, 389.1),
    6: ((6, 12, 18, 29, 42, 48), 1552.7, 390.5),
    7: ((6, 12, 18, 24, 30, 42, 48), 1373.4, 391.8),
}


@pytest.mark.parametrize(
    ("path", "column", "settings", "expected"),
    [
        ("18_effects/nile.csv", "y", {}, NILE),
        ("18_effects/its_input.csv", "tr", {"shortest": 6, "most_changes": 7}, TREATED),
    ],
)
def test_change_points_equal_strucchange_as_far_as_it_prints(
    path: str, column: str, settings: dict[str, int], expected: dict[int, tuple]
) -> None:
    made = effects.change_points(read(path)[column], **settings)
    for number, (starts, squares, information) in expected.items():
        cut = made.by_number[number]
        assert cut.starts == starts
        assert cut.cost == pytest.approx(squares, abs=0.5 if squares > 1e5 else 0.051)
        assert cut.bayesian_information == pytest.approx(
            information, abs=0.5 if squares > 1e5 else 0.051
        )


def test_typed_rows_of_ptools_hold_without_other_files() -> None:
    for row in typed_rows("displacement.csv"):
        counts = [int(row[name]) for name in ("t0", "t1", "c0", "c1", "d0", "d1")]
        made = effects.displacement(*counts, alpha=0.1)
        assert made.total.value == float(row["total"])
        assert made.total.standard_error == pytest.approx(float(row["error"]))
        assert made.interval == pytest.approx((float(row["low"]), float(row["high"])))


def test_typed_rows_of_scipy_hold_without_other_files() -> None:
    for row in typed_rows("compare_before_after.csv"):
        counts = [int(row[name]) for name in ("t0", "t1", "c0", "c1")]
        made = effects.compare_before_after(*counts, method="exact")
        assert made.ratio == pytest.approx(float(row["ratio"]), rel=1e-6)
        assert made.interval[0] == pytest.approx(float(row["low"]), rel=1e-6)
        assert made.interval[1] == pytest.approx(float(row["high"]), rel=1e-6)
