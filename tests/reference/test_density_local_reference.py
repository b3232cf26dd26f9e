"""Local and global statistics of areas against spdep 1.2.7 and esda 2.9.0.

spdep's file is rounded to 12 digits. esda's row-standardised local G has a known defect; the
variant "esda" reproduces it. spdep's permuted G draws the whole neighbourhood with replacement;
the variant "spdep" does the same.
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
SETS = (
    "grid40_rook", "grid40_queen", "ncsids_sid74", "ncsids_rate", "columbus_crime", "memphis_1km",
)  # fmt: skip
STYLES = ("B", "W")
CASES = [(name, style) for name in SETS for style in STYLES]


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(shared_path(f"reference/14_localstats/{name}"))


def linked(name: str, n_areas: int) -> density.Neighbours:
    pairs = read(f"{name}_nb.csv.gz")
    return density.neighbours_from_pairs(n_areas, pairs.i.to_numpy() - 1, pairs.j.to_numpy() - 1)


def styled(neighbours: density.Neighbours, style: str) -> density.Neighbours:
    return neighbours.row_standardised() if style == "W" else neighbours


def case(name: str, style: str) -> tuple[pd.DataFrame, np.ndarray, density.Neighbours]:
    rows = read("local.csv.gz")
    rows = rows[(rows.set == name) & (rows["style"] == style)].sort_values("i")
    values = rows.x.to_numpy()
    return rows, values, linked(name, len(values))


def close(made: np.ndarray, expected: pd.Series) -> bool:
    wanted = expected.to_numpy()
    return bool(np.allclose(made, wanted, rtol=1e-8, atol=1e-10, equal_nan=True))


@pytest.mark.parametrize(("name", "style"), CASES)
def test_g_and_g_star_equal_spdeps(name: str, style: str) -> None:
    rows, values, neighbours = case(name, style)
    plain = density.local_g(values, styled(neighbours, style), star=False)
    star = density.local_g(values, styled(neighbours.with_self(), style))
    assert close(plain.z_score, rows.Gi)
    assert close(star.z_score, rows.GiStar)


@pytest.mark.parametrize(("name", "style"), CASES)
def test_local_moran_equals_spdeps(name: str, style: str) -> None:
    rows, values, neighbours = case(name, style)
    made = density.local_moran(values, styled(neighbours, style))
    for array, column in (
        (made.statistic, "Ii"),
        (made.expected, "EIi"),
        (made.variance, "VarIi"),
        (made.z_score, "ZIi"),
        (made.p_value, "pIi"),
    ):
        assert close(array, rows[column]), column
    total = density.local_moran(values, styled(neighbours, style), randomisation="total")
    assert close(total.variance, rows.VarIi_total)
    assert close(total.z_score, rows.ZIi_total)


@pytest.mark.parametrize(("name", "style"), CASES)
def test_the_esda_variant_and_divisor_equal_esdas(name: str, style: str) -> None:
    _, values, neighbours = case(name, style)
    rows = read("esda_local.csv.gz")
    rows = rows[(rows.set == name) & (rows["style"] == {"B": "B", "W": "R"}[style])]
    plain = density.local_g(values, styled(neighbours, style), star=False, variant="esda")
    star = density.local_g(values, styled(neighbours.with_self(), style), variant="esda")
    moran = density.local_moran(values, styled(neighbours, style), divisor="n-1")
    assert close(plain.z_score, rows.Gi_Zs)
    assert close(star.z_score, rows.GiStar_Zs)
    assert close(moran.statistic, rows.Is)


@pytest.mark.parametrize(("name", "style"), CASES)
def test_permuted_g_star_agrees_within_what_999_replicas_allow(name: str, style: str) -> None:
    rows, values, neighbours = case(name, style)
    star = styled(neighbours.with_self(), style)
    made = density.local_g(values, star, n_simulations=999, seed=1, variant="spdep")
    expected = rows.GiStar_perm_z.to_numpy()
    # both scores are Monte Carlo: mean and deviation of 999 each
    error = np.sqrt(2 * (1 / 999 + expected**2 / (2 * 999)))
    assert np.mean(np.abs(made.simulated_z_score - expected) < 4 * error) > 0.97
    assert abs(np.median(made.simulated_z_score - expected)) < 0.06
    if len(np.unique(values)) > 0.9 * len(values):
        # where counts tie, spdep does not count equal sums as extreme; ours does
        p_value = rows.GiStar_perm_psim.to_numpy()
        spread = np.sqrt(2 * 4 * (p_value / 2) * (1 - p_value / 2) / 999)
        assert np.all(np.abs(made.simulated_p_value - p_value) < 5 * spread + 0.004)


@pytest.mark.parametrize(("name", "style"), CASES)
def test_global_statistics_equal_spdeps(name: str, style: str) -> None:
    _, values, neighbours = case(name, style)
    expected = read("global.csv").set_index(["set", "style"]).loc[(name, style)]
    weights = styled(neighbours, style)
    moran = density.global_moran(values, weights, n_simulations=999, seed=1)
    assert moran.statistic == pytest.approx(expected.I, rel=1e-9)
    assert moran.expected == pytest.approx(expected.EI, rel=1e-9)
    assert moran.variance == pytest.approx(expected.VI, rel=1e-9)
    assert moran.p_value == pytest.approx(expected.p, rel=1e-9)
    assert moran.simulated_p_value == pytest.approx(expected.p_mc, abs=0.015)
    geary = density.global_geary(values, weights)
    assert geary.statistic == pytest.approx(expected.geary, rel=1e-9)
    assert geary.p_value == pytest.approx(expected.geary_p, rel=1e-9)
    assert density.global_g(values, weights) == pytest.approx(expected.G, rel=1e-9)


@pytest.mark.parametrize(("name", "style"), CASES)
def test_global_moran_equals_esdas(name: str, style: str) -> None:
    _, values, neighbours = case(name, style)
    rows = read("esda_global.csv").set_index(["set", "style"])
    expected = rows.loc[(name, {"B": "B", "W": "R"}[style])]
    made = density.global_moran(values, styled(neighbours, style))
    assert made.statistic == pytest.approx(expected.I, rel=1e-9)
    assert made.variance == pytest.approx(expected.VI_rand, rel=1e-9)
    assert made.z_score == pytest.approx(expected.z_rand, rel=1e-9)


def test_a_typed_table_of_spdep_holds_without_other_files() -> None:
    lines = (DATA / "local_statistics.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    values = np.array([float(row["value"]) for row in rows])
    neighbours = density.grid_neighbours((40, 40), contiguity="rook")
    grid = np.zeros(1600)
    grid[: len(values)] = values
    facts = dict(line[2:].split(" = ") for line in lines if line.startswith(("# c", "# t", "# s"))
                 and line.count(" = ") == 1 and "(" not in line)  # fmt: skip
    count, total, squares = (float(facts[name]) for name in ("count", "total", "squares"))
    # the other cells enter local G only by their number, sum and sum of squares
    rest = int(count) - len(values)
    mean = (total - values.sum()) / rest
    spread = np.sqrt((squares - (values**2).sum()) / rest - mean**2)
    signs = np.where(np.arange(rest) % 2 == 0, 1.0, -1.0)
    grid[len(values) :] = mean + spread * signs
    made = density.local_g(grid, neighbours, star=False)
    for row in rows:
        if row["gi"]:
            cell = int(row["cell"]) - 1
            own = neighbours.areas[neighbours.starts[cell] : neighbours.starts[cell + 1]]
            assert own.max() < len(values)
            assert made.z_score[cell] == pytest.approx(float(row["gi"]), rel=1e-8)
