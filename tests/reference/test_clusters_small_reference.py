"""Small tables that the reference programs printed, typed in: no other files are needed."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from samverkan.methods import clusters
from samverkan.methods.clusters.count_simulation import CountModel, count_ratio

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    lines = [line for line in (DATA / name).read_text().splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def test_knox_counts_as_r_does_and_corrects_its_poisson_p_value():
    events = [np.array([float(row[key]) for row in rows("knox.csv")]) for key in "xyt"]
    answer = clusters.knox(*events, space_threshold=150, time_threshold=7, seed=1)
    assert (answer.observed_pairs, answer.pairs_in_space, answer.pairs_in_time) == (4, 8, 8)
    assert answer.expected_pairs == pytest.approx(2.28571428571429, rel=1e-12)
    assert answer.poisson_p_value_as_released == pytest.approx(0.0820895161613, rel=1e-10)
    mean = answer.expected_pairs
    up_to_three = np.exp(-mean) * (1 + mean + mean**2 / 2 + mean**3 / 6)
    assert answer.poisson_p_value == pytest.approx(1 - up_to_three)


@pytest.mark.parametrize("row", rows("scan_ratios.csv"), ids=lambda row: row["statistic"])
def test_ratios_are_those_of_satscan(row):
    observed, exposure, cases, everything, statistic = (
        float(row[key])
        for key in ("observed", "exposure", "all_cases", "all_exposure", "statistic")
    )
    model = CountModel.BERNOULLI if row["model"] == "bernoulli" else CountModel.POISSON
    scale = 1.0 if model is CountModel.BERNOULLI else cases / everything
    ratio = count_ratio(
        np.array([observed]), np.array([exposure * scale]), cases, everything * scale, model
    )
    assert ratio[0] == pytest.approx(statistic, abs=1.01e-6)
