"""Measures how well the rate methods keep what they promise; prints the tables of these pages.

`python docs/methods/rates/error_rates.py [number of series]`; a few minutes for 5,000.
"""

from __future__ import annotations

import sys

import numpy as np
from scipy.stats import poisson

from samverkan.methods import rates
from samverkan.methods.rates import LevelVerdict

MEANS = (0.2, 0.5, 1.0, 2.0, 5.0, 20.0)
YEARS = 6
WORLDS = {
    "chance alone": (0.0, 1.0, 0.0),
    "season of +-60 %": (0.6, 1.0, 0.0),
    "months over-dispersed (index 2)": (0.0, 2.0, 0.0),
    "months over-dispersed (index 3), season": (0.3, 3.0, 0.0),
    "level drifts 10 % from year to year": (0.0, 1.0, 0.1),
    "level drifts 20 % from year to year": (0.0, 1.0, 0.2),
}


def simulated(
    world: str, mean: float, frequency: int, n_series: int, seed: int, last_ratio: float = 1.0
) -> np.ndarray:
    """(n_series, 6 years) counts; the last year's level is multiplied by ``last_ratio``."""
    season, index, drift = WORLDS[world]
    random = np.random.default_rng(seed)
    time = np.arange(YEARS * frequency)
    wave = 1 + season * np.sin(2 * np.pi * time / frequency) * (frequency > 1)
    yearly = np.exp(drift * random.normal(size=(n_series, YEARS))).repeat(frequency, axis=1)
    expected = mean * 12 / frequency * wave * yearly
    expected[:, -frequency:] *= last_ratio
    if index == 1:
        return random.poisson(expected)
    return random.poisson(random.gamma(expected / (index - 1), index - 1))


def row(name: str, cells: list[str]) -> str:
    return f"| {name} | " + " | ".join(cells) + " |"


def header(first: str) -> str:
    names = [f"{mean:g} a month" for mean in MEANS]
    return row(first, names) + "\n" + "|---" * (len(MEANS) + 1) + "|"


def level_table(frequency: int, n_series: int) -> None:
    print(f"\n### assess_level, {frequency} a year: called changed when nothing changed\n")
    print(header("world"))
    for seed, world in enumerate(WORLDS):
        cells = []
        for mean in MEANS:
            counts = simulated(world, mean, frequency, n_series, seed)
            found = rates.assess_level(counts, frequency=frequency)
            cells.append(f"{100 * np.mean(found.p_value < 0.05):.1f} %")
        print(row(world, cells), flush=True)
    print(f"\n### assess_level, {frequency} a year: a doubled last year called higher\n")
    print(header("world"))
    for seed, world in enumerate(WORLDS):
        cells = []
        for mean in MEANS:
            counts = simulated(world, mean, frequency, n_series // 2, 50 + seed, last_ratio=2.0)
            found = rates.assess_level(counts, frequency=frequency)
            cells.append(f"{100 * np.mean(found.verdict == LevelVerdict.HIGHER):.0f} %")
        print(row(world, cells), flush=True)


def verdict_table(n_series: int) -> None:
    print("\n### assess_level, 12 a year, chance alone: the verdicts\n")
    print(header("verdict"))
    found = [
        rates.assess_level(simulated("chance alone", mean, 12, n_series, 99), frequency=12)
        for mean in MEANS
    ]
    for verdict in LevelVerdict:
        print(row(verdict, [f"{100 * np.mean(each.verdict == verdict):.1f} %" for each in found]))


def comparison_table() -> None:
    print("\n### compare_rates: chance of p < 0.05 with equal rates, one month against twelve\n")
    print(header("method"))
    for method in ("exact", "midp", "minlike", "blaker", "etest"):
        cells = []
        for mean in MEANS:
            first = np.arange(poisson.ppf(1 - 1e-9, mean) + 1)
            second = np.arange(poisson.ppf(1e-9, 12 * mean), poisson.ppf(1 - 1e-9, 12 * mean) + 1)
            count_a, count_b = np.meshgrid(first, second, indexing="ij")
            p_value = rates.compare_rates(count_a, 1, count_b, 12, method=method).p_value
            chance = poisson.pmf(count_a, mean) * poisson.pmf(count_b, 12 * mean)
            cells.append(f"{100 * (chance * (p_value < 0.05)).sum():.2f} %")
        print(row(method, cells), flush=True)


def interval_table() -> None:
    print("\n### poisson_rate_interval: least and mean coverage at 95 %, means from 0.1 to 30\n")
    print("| method | least | mean | mean width against central |\n|---|---|---|---|")
    counts, means = np.arange(120.0), np.linspace(0.1, 30, 1000)
    chance = poisson.pmf(counts[:, None], means)
    central = rates.poisson_rate_interval(counts, 1).interval.width
    for method in rates.IntervalMethod:
        found = rates.poisson_rate_interval(counts, 1, method=method)
        inside = (found.lower[:, None] <= means) & (means <= found.upper[:, None])
        coverage = (chance * inside).sum(axis=0)
        width = (chance * (found.interval.width / central)[:, None]).sum(axis=0).mean()
        cells = [f"{100 * coverage.min():.1f} %", f"{100 * coverage.mean():.1f} %", f"{width:.3f}"]
        print(row(method, cells))


def prediction_table(n_series: int) -> None:
    print("\n### prediction_interval at 95 %: how often the next month lies inside\n")
    print(header("history and settings"))
    for name, index, given, method in (
        ("12 months, chance alone, jeffreys", 1.0, 1.0, "jeffreys"),
        ("12 months, chance alone, conditional", 1.0, 1.0, "conditional"),
        ("12 months, index 2, not allowed for", 2.0, 1.0, "jeffreys"),
        ("12 months, index 2, allowed for", 2.0, 2.0, "jeffreys"),
    ):
        cells = []
        for mean in MEANS:
            random = np.random.default_rng(7)
            rate = np.full((n_series, 13), mean)
            if index > 1:
                rate = random.gamma(mean / (index - 1), index - 1, (n_series, 13))
            counts = random.poisson(rate)
            found = rates.prediction_interval(counts[:, :12], dispersion_index=given, method=method)
            cells.append(f"{100 * found.interval.contains(counts[:, 12]).mean():.1f} %")
        print(row(name, cells), flush=True)


def main() -> None:
    n_series = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    interval_table()
    comparison_table()
    prediction_table(n_series)
    verdict_table(n_series)
    for frequency in (12, 4, 1):
        level_table(frequency, n_series)


if __name__ == "__main__":
    main()
