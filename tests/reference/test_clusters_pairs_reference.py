"""Knox tests, near-repeat tables and chains agree with R surveillance, NearRepeat and others."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from samverkan.methods import clusters
from tests.reference.shared import shared_path

SETS = {
    "burkitt": "12_knox/burkitt.csv",
    "memphis": "12_knox/memphis_robberies.csv",
    "nyc1500": "12_knox/nyc_vehicle_thefts.csv.gz",
    "points_nr_500": "00_synthetic/points_nr_500.csv",
    "points_null_400": "00_synthetic/points_null_400.csv",
}
OUTER = [0.1, 100, 200, 400, 800]
DAYS = [2, 7, 14, 28]


def rows_of(path: Path) -> list[dict[str, str]]:
    raw = path.read_bytes()
    text = gzip.decompress(raw) if path.suffix == ".gz" else raw
    return list(csv.DictReader(text.decode().splitlines()))


def events(name: str) -> list[np.ndarray]:
    rows = rows_of(shared_path(f"reference/{SETS[name]}"))
    rows = rows[:1500] if name == "nyc1500" else rows
    return [np.array([float(row[key]) for row in rows]) for key in ("x", "y", "day")]


def within_replicas(ours: float, theirs: float, n_replicas: int) -> bool:
    """Two Monte Carlo p-values, of 999 replicas and of theirs, agree up to their own error."""
    pooled = (ours * 999 + theirs * n_replicas) / (999 + n_replicas)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / 999 + 1 / n_replicas))
    return abs(ours - theirs) <= 4.5 * spread + 1 / 1000 + 1 / (n_replicas + 1)


@pytest.mark.parametrize("name", SETS)
def test_knox_agrees_with_surveillance_and_with_exact_moments(name):
    moments = {
        (row["set"], row["eps_s"], row["eps_t"]): row
        for row in rows_of(shared_path("reference/12_knox/knox_permutation_moments.csv"))
    }
    rows = rows_of(shared_path("reference/12_knox/surveillance_knox.csv"))
    east, north, days = events(name)
    cases = [row for row in rows if row["set"] == name]
    assert cases
    for row in cases:
        answer = clusters.knox(
            east,
            north,
            days,
            space_threshold=float(row["eps_s"]),
            time_threshold=float(row["eps_t"]),
            seed=12,
        )
        exact = moments[row["set"], row["eps_s"], row["eps_t"]]
        assert answer.n_events == int(row["n"])
        assert answer.observed_pairs == int(row["observed"])
        assert (answer.pairs_in_space, answer.pairs_in_time) == (
            int(row["pairs_s"]),
            int(row["pairs_t"]),
        )
        assert answer.expected_pairs == pytest.approx(float(exact["E"]), rel=1e-9)
        assert answer.variance_pairs == pytest.approx(float(exact["V"]), rel=1e-9)
        assert answer.poisson_p_value_as_released == pytest.approx(
            float(row["p_poisson"]), rel=1e-6
        )
        assert answer.poisson_p_value > answer.poisson_p_value_as_released
        assert within_replicas(answer.p_value, float(row["p_mc999"]), 999)


def test_knox_agrees_with_pointpats():
    rows = rows_of(shared_path("reference/20_python_peers/pointpats_knox.csv"))
    known = [row for row in rows if row["set"] in SETS]
    assert len(known) >= 40
    found = {name: events(name) for name in {row["set"] for row in known}}
    for row in known:
        east, north, days = found[row["set"]]
        assert len(east) == int(row["n"])
        answer = clusters.knox(
            east,
            north,
            days,
            space_threshold=float(row["eps_s"]),
            time_threshold=float(row["eps_t"]),
            seed=20,
        )
        assert answer.observed_pairs == int(row["nst"])
        assert answer.expected_pairs == pytest.approx(float(row["expected"]), rel=1e-9)
        assert answer.poisson_p_value_as_released == pytest.approx(
            float(row["p_poisson"]), rel=1e-6
        )
        assert within_replicas(answer.p_value, float(row["p_sim"]), 999)


@pytest.mark.parametrize("end", list(clusters.BandEnd))
@pytest.mark.parametrize("name", ["memphis", "nyc1500", "points_nr_500"])
def test_near_repeat_tables_agree_with_nearrepeat(name, end):
    theirs: dict[str, np.ndarray] = defaultdict(lambda: np.full((5, 4), np.nan))
    spaces, times = [], []
    is_upper = "TRUE" if end is clusters.BandEnd.UPPER else "FALSE"
    for row in rows_of(shared_path("reference/12_knox/NearRepeat_table.csv")):
        if row["set"] != name or row["s_right"] != is_upper:
            continue
        spaces += [row["s"]] if row["s"] not in spaces else []
        times += [row["t"]] if row["t"] not in times else []
        if row["value"] != "NA":
            place = spaces.index(row["s"]), times.index(row["t"])
            theirs[row["quantity"]][place] = float(row["value"])
    east, north, days = events(name)
    table = clusters.near_repeat(
        east,
        north,
        days,
        space_bands=OUTER[1:],
        time_bands=DAYS,
        same_place_distance=0.1,
        space_end=end,
        time_end=clusters.BandEnd.LOWER,
        seed=12,
    )
    # Up to 100 m with the upper end included, R leaves out pairs at exactly the same place.
    first = 1 if end is clusters.BandEnd.UPPER else 0
    assert np.array_equal(table.observed[first:], theirs["observed"][first:])
    known = np.isfinite(theirs["knox_ratio"][1:])
    relative = theirs["knox_ratio"][1:][known] / table.ratio[1:][known]
    replicas_error = np.sqrt(table.variance[1:][known]) / table.expected[1:][known] / np.sqrt(99)
    assert (np.abs(relative - 1) <= 4.5 * replicas_error).all()
    for ours, other in zip(table.p_value[1:].ravel(), theirs["pvalues"][1:].ravel(), strict=True):
        assert within_replicas(ours, other, 99)


def test_near_repeat_tables_count_as_open_cp_does():
    rows = rows_of(shared_path("reference/20_python_peers/open_cp_knox.csv"))
    east, north, days = events("points_nr_500")
    table = clusters.near_repeat(
        east, north, days, space_bands=[100, 200, 400, 800], time_bands=[7, 14, 28], seed=20
    )
    theirs = np.array([float(row["stat"]) for row in rows]).reshape(4, 3)
    p_values = np.array([float(row["p"]) for row in rows]).reshape(4, 3)
    # Its bands of time hold both ends, so a pair 7 days apart counts in two of them.
    assert np.array_equal(table.observed[1:, 0], theirs[:, 0])
    for ours, other in zip(table.p_value[1:, 0], p_values[:, 0], strict=True):
        # It prints the bare share of replicas, which can be nought.
        assert within_replicas(ours, (other * 99 + 1) / 100, 99)


def test_chains_agree_with_ptools_whose_limit_of_days_is_strict():
    rows = rows_of(shared_path("reference/12_knox/ptools_near_strings_memphis_200m_14d.csv"))
    east, north, days = events("memphis")
    chain = clusters.near_repeat_chains(east, north, days, space_threshold=200, time_threshold=13)
    assert np.array_equal(chain + 1, [int(row["CompId"]) for row in rows])
