"""Density against spatstat 3.0.6 and sparr 2.2.17, forecasts against ptools 2.0.0.

The surfaces in the files are rounded to 10 digits, the densities at points to 12.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from samverkan.methods import density
from tests.reference.shared import shared_path

DATA = Path(__file__).parent / "data"
ROUNDED = 1e-9
SETS = ("synth2k", "memphis", "chorley_lung", "bei")
SURFACES = [
    (name, sigma, edge)
    for name, sigmas in (
        ("synth2k", ("200", "400")),
        ("memphis", ("500", "1000")),
        ("chorley_lung", ("1", "0.5")),
        ("bei", ("30", "70")),
    )
    for sigma in sigmas
    for edge in ("none", "edge", "diggle")
]
CORRECTION = {"none": "none", "edge": "uniform", "diggle": "diggle"}


def read(relative: str) -> pd.DataFrame:
    return pd.read_csv(shared_path(f"reference/{relative}"))


def table(relative: str) -> np.ndarray:
    frame = read(relative)
    n_columns = frame.x.nunique()
    return frame.v.to_numpy().reshape(n_columns, -1).T


def window_of(name: str) -> object:
    if name == "chorley_lung":
        return read("13_kde/chorley_window.csv").to_numpy()
    if name == "memphis":
        places = read("12_knox/memphis_robberies.csv")
        low, high = places[["x", "y"]].min() - 1, places[["x", "y"]].max() + 1
        return (low.x, low.y, high.x, high.y)
    return (0, 0, 10_000, 10_000) if name == "synth2k" else (0, 0, 1000, 500)


def places_of(name: str, *, distinct: bool = False) -> tuple[np.ndarray, np.ndarray]:
    if name == "synth2k":
        frame = read("00_synthetic/points_nr_2k.csv").drop_duplicates(["x", "y"])
    elif name == "memphis":
        frame = read("12_knox/memphis_robberies.csv")
    elif name == "bei":
        frame = read("13_kde/bei.csv")
    else:
        frame = read("13_kde/chorley.csv")
        frame = frame[frame.type == "lung"]
    if distinct:
        frame = frame.drop_duplicates(["x", "y"])
    return frame.x.to_numpy(), frame.y.to_numpy()


def lower_cell_weights(
    surface: density.DensitySurface, east: np.ndarray, north: np.ndarray
) -> np.ndarray:
    """spatstat counts an event on a cell's border in the upper cell, but weighs it by the lower.

    Ours does both in one cell, so that Diggle's surface adds up to the events exactly.
    """
    window, (rows, columns) = surface.window, surface.values.shape
    column = np.ceil((east - window.west) / (window.width / columns)).astype(int) - 1
    row = np.ceil((north - window.south) / (window.height / rows)).astype(int) - 1
    return 1 / surface.edge_mass[row.clip(0), column.clip(0)]


@pytest.mark.parametrize(("name", "sigma", "edge"), SURFACES)
def test_surfaces_equal_spatstats(name: str, sigma: str, edge: str) -> None:
    expected = table(f"13_kde/density_{name}_s{sigma}_{edge}.csv.gz")
    east, north = places_of(name)
    # some of chorley's events lie on a border of cells exactly; rounding put them in the lower
    north = np.where(north == 421.1, north - 1e-9, north)
    settings = {"window": window_of(name), "bandwidth": float(sigma), "grid_shape": (128, 128)}
    made = density.kernel_density(east, north, edge_correction=CORRECTION[edge], **settings)
    values = made.values
    if edge == "diggle":
        assert made.integral == pytest.approx(made.n_events, rel=1e-12)
        weights = lower_cell_weights(made, east, north)
        values = density.kernel_density(
            east, north, edge_correction="none", weights=weights, **settings
        ).values
        # for events that lie on no border the two are one
        assert np.nanmax(np.abs(made.values - values)) < 5e-4 * np.nanmax(values)
    assert np.array_equal(np.isnan(values), np.isnan(expected))
    # spatstat smooths by transform: its smallest values are rounding of its largest
    is_sure = expected > 1e-6 * np.nanmax(expected)
    assert np.allclose(values[is_sure], expected[is_sure], rtol=ROUNDED, atol=0)
    assert np.nanmax(np.abs(values - expected)) < ROUNDED * np.nanmax(expected)


@pytest.mark.parametrize("name", ["synth2k", "chorley_lung", "bei"])
@pytest.mark.parametrize("leave_one_out", [True, False])
def test_densities_at_the_events_equal_spatstats(name: str, leave_one_out: bool) -> None:
    frame = read("13_kde/density_at_points.csv.gz")
    frame = frame[(frame.set == name) & (frame.leaveoneout == leave_one_out)]
    made = density.density_at_events(
        frame.x, frame.y, window=window_of(name), bandwidth=float(frame.sigma.iloc[0]),
        leave_one_out=leave_one_out,
    )  # fmt: skip
    assert np.allclose(made, frame.density, rtol=1e-10, atol=0)


@pytest.mark.parametrize("name", SETS)
def test_bandwidths_equal_spatstats_and_sparrs(name: str) -> None:
    expected = read("13_kde/bandwidths.csv").set_index("set").loc[name]
    east, north = places_of(name, distinct=name == "memphis")
    window = window_of(name)
    scott = density.scott_bandwidths(east, north)
    assert scott == pytest.approx((expected.scott_x, expected.scott_y), rel=1e-9)
    assert np.sqrt(scott[0] * scott[1]) == pytest.approx(expected.scott_iso, rel=1e-9)
    for rule, column in (
        ("likelihood", "ppl"),
        ("cronie_van_lieshout", "CvL"),
        ("normal_scale", "NS_sparr"),
        ("oversmoothed", "OS_sparr"),
    ):
        made = density.choose_bandwidth(east, north, window=window, rule=rule, refine=False)
        assert made.bandwidth == pytest.approx(expected[column], rel=1e-9), rule


def test_relative_risk_and_its_p_values_equal_sparrs() -> None:
    frame = read("13_kde/chorley.csv")
    case, control = frame[frame.type == "larynx"], frame[frame.type == "lung"]
    made = density.relative_risk(
        case.x, case.y, control.x, control.y, window=window_of("chorley_lung"), bandwidth=1.2,
        grid_shape=(64, 64), reference_density="control",
    )  # fmt: skip
    log_risk = table("13_kde/sparr_logrisk_larynx_lung_h1.2.csv.gz")
    p_value = table("13_kde/sparr_pvalue_larynx_lung_h1.2.csv.gz")
    assert np.nanmax(np.abs(made.log_ratio - log_risk)) < 1e-8
    assert np.nanmax(np.abs(made.p_value_higher - p_value)) < 1e-9
    assert np.array_equal(np.isnan(made.log_ratio), np.isnan(log_risk))


def test_the_adaptive_density_equals_sparrs() -> None:
    east, north = places_of("chorley_lung")
    made = density.adaptive_density(
        east, north, window=window_of("chorley_lung"), bandwidth=1.0, grid_shape=(64, 64)
    )
    expected = table("13_kde/sparr_adaptive_lung_h1.csv.gz")
    assert np.nanmax(np.abs(made.surface.values / made.surface.n_events / expected - 1)) < ROUNDED


@pytest.mark.parametrize("score", ["train", "predicted"])
def test_hit_rate_pai_and_pei_equal_their_definition(score: str) -> None:
    cells = read("00_synthetic/grid40.csv")
    expected = read("17_pai_hit/hit_pai_pei_definition.csv")
    expected = expected[expected.score == score]
    made = density.place_accuracy(
        cells[score], cells.test, n_cells=expected.k.to_numpy(), ties="first"
    )
    for values, column in (
        (made.hits, "hits"),
        (made.hit_rate, "hit_rate"),
        (made.area_share, "area_share"),
        (made.accuracy_index, "PAI"),
        (made.efficiency_index, "PEI"),
        (made.precision, "ppv"),
    ):
        assert np.allclose(values, expected[column], rtol=1e-12), column


@pytest.mark.parametrize("score", ["train", "predicted"])
def test_every_row_of_ptools_table_is_reproduced_in_its_own_order_of_ties(score: str) -> None:
    expected = read(f"17_pai_hit/pai_by_{score}.csv")
    made = density.place_accuracy(
        expected.Pred, expected.Count, n_cells=expected.Order.to_numpy(), ties="first"
    )
    assert np.allclose(made.hits, expected.CumCount, rtol=1e-12)
    assert np.allclose(made.accuracy_index, expected.PAI, rtol=1e-12)
    assert np.allclose(made.efficiency_index, expected.PEI, rtol=1e-12)
    assert np.allclose(made.recapture_ratio, expected.RRI, rtol=1e-12)
    cells = read("00_synthetic/grid40.csv")
    assert sorted(cells[score]) == pytest.approx(sorted(expected.Pred))


def test_ptools_summary_rows_follow_from_its_tables() -> None:
    summary = read("17_pai_hit/pai_summary.csv")
    for score in ("train", "predicted"):
        rows = read(f"17_pai_hit/pai_by_{score}.csv")
        made = density.place_accuracy(
            rows.Pred, rows.Count, n_cells=summary.Order.to_numpy(), ties="first"
        )
        assert np.allclose(made.accuracy_index, summary[f"PAI.{score}"], rtol=1e-12)
        assert np.allclose(made.efficiency_index, summary[f"PEI.{score}"], rtol=1e-12)
        assert np.allclose(made.recapture_ratio, summary[f"RRI.{score}"], rtol=1e-12)


def typed_rows(name: str) -> list[dict[str, str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_a_few_typed_densities_hold_without_other_files() -> None:
    rows = typed_rows("kernel_density.csv")
    made = density.density_at_events(
        [float(row["east"]) for row in rows],
        [float(row["north"]) for row in rows],
        window=(0, 0, 1000, 500),
        bandwidth=70.0,
    )
    expected = [float(row["uniform_leave_one_out"]) for row in rows]
    assert made == pytest.approx(expected, rel=1e-9)


def test_the_typed_rows_of_ptools_hold_without_other_files() -> None:
    rows = typed_rows("place_accuracy.csv")
    forecast = np.zeros(1600)
    forecast[:8] = [float(row["forecast"]) for row in rows]
    outcome = np.zeros(1600)
    outcome[:8] = [float(row["outcome"]) for row in rows]
    # the other cells hold what is missing of the fullest, and the rest of 1120 events singly
    fullest = np.diff([0, *(int(row["most"]) for row in rows)])
    missing = sorted(set(fullest) | set(outcome[:8]), reverse=True)
    others = [
        value
        for value in missing
        if value >= min(fullest)
        for _ in range(int(sum(fullest == value) - sum(outcome[:8] == value)))
    ]
    outcome[8 : 8 + len(others)] = others
    n_single = int(1120 - outcome.sum())
    outcome[8 + len(others) : 8 + len(others) + n_single] = 1
    made = density.place_accuracy(forecast, outcome, n_cells=np.arange(1, 9), ties="first")
    assert made.accuracy_index == pytest.approx([float(row["pai"]) for row in rows])
    assert made.efficiency_index == pytest.approx([float(row["pei"]) for row in rows])
