"""How well do the rules keep their promise? Simulates outbreak-free months and counts alarms.

Run from the root of the repository:

    PYTHONPATH=src:. python -m benchmarks.calibration            # 20,000 series a cell
    PYTHONPATH=src:. python -m benchmarks.calibration --series 2000 --print

Without --print the tables replace those in docs/methods/surveillance/calibration.md.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from samverkan.methods import surveillance
from samverkan.methods.surveillance.quantiles import count_quantile, count_tail

PAGE = Path(__file__).parents[1] / "docs" / "methods" / "surveillance" / "calibration.md"
BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"
FREQUENCY = 12
N_MONTHS = 6 * FREQUENCY + 1
NOMINAL = 0.01
SERIES = 20_000
SEED = 20_261
SERIES_AT_A_TIME = 2_000
AMPLITUDE = 0.4
LAST = [-1]

Rule = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Cell:
    """Months with one mean; `size` is the negative binomial's (None: Poisson)."""

    label: str
    mean: float
    size: float | None = None
    amplitude: float = 0.0

    def months(self) -> np.ndarray:
        """The expected counts; the judged month, the last, is at the peak of the season."""
        phase = 2 * np.pi * (np.arange(N_MONTHS) - (N_MONTHS - 1)) / FREQUENCY
        wave = np.exp(self.amplitude * np.cos(phase))
        return self.mean * wave / wave[:FREQUENCY].mean()

    def simulate(
        self, n_series: int, generator: np.random.Generator, *, times: float
    ) -> np.ndarray:
        expected = self.months()
        expected[-1] *= times
        shape = (n_series, N_MONTHS)
        if self.size is None:
            return generator.poisson(expected, shape).astype(float)
        chance = self.size / (self.size + expected)
        return generator.negative_binomial(self.size, chance, shape).astype(float)


MEANS = (0.2, 0.5, 1.0, 2.0, 5.0, 20.0)
PLAIN = tuple(Cell(f"{mean:g}", mean) for mean in MEANS)
DISPERSED = tuple(Cell(f"{mean:g}", mean, size=5.0) for mean in MEANS)
VERY_DISPERSED = tuple(Cell(f"{mean:g}", mean, size=2.0) for mean in MEANS)
SEASONAL = tuple(Cell(f"{mean:g}", mean, amplitude=AMPLITUDE) for mean in MEANS)
SEASONAL_DISPERSED = tuple(Cell(f"{mean:g}", mean, size=5.0, amplitude=AMPLITUDE) for mean in MEANS)


def _ears(counts: np.ndarray) -> np.ndarray:
    return surveillance.ears(counts, alpha=NOMINAL, evaluate=LAST).is_alarm


def _flexible(method: str, variant: str) -> Rule:
    def rule(counts: np.ndarray) -> np.ndarray:
        return surveillance.farrington_flexible(
            counts,
            frequency=FREQUENCY,
            evaluate=LAST,
            half_window=1,
            alpha=NOMINAL,
            min_cases=0,
            n_seasonal_periods=4,
            recent_excluded=3,
            trend_p_threshold=0.05,
            threshold_method=method,
            variant=variant,
        ).is_alarm

    return rule


def _bayes(counts: np.ndarray) -> np.ndarray:
    return surveillance.bayes(
        counts,
        frequency=FREQUENCY,
        years_back=5,
        half_window=1,
        use_recent=False,
        alpha=NOMINAL,
        evaluate=LAST,
    ).is_alarm


def _predictive(counts: np.ndarray) -> np.ndarray:
    return surveillance.predictive(
        counts, frequency=FREQUENCY, alpha=NOMINAL, evaluate=LAST
    ).is_alarm


DEFAULT_RULE = "predictive (the default)"
RULES: dict[str, Rule] = {
    "EARS C1": _ears,
    "Farrington flexible, muan, released": _flexible("muan", "released"),
    "Farrington flexible, muan": _flexible("muan", "corrected"),
    "Farrington flexible, nbPlugin": _flexible("nbPlugin", "corrected"),
    "Farrington flexible, delta 2/3": _flexible("delta", "corrected"),
    "Bayes (Poisson prediction)": _bayes,
    DEFAULT_RULE: _predictive,
}


def share_of_alarms(
    rule: Rule, cell: Cell, n_series: int, *, seed: int = SEED, times: float = 1.0
) -> float:
    """The share of series whose last month the rule calls an alarm."""
    generator = np.random.default_rng(seed)
    alarms = 0
    for start in range(0, n_series, SERIES_AT_A_TIME):
        size = min(SERIES_AT_A_TIME, n_series - start)
        alarms += int(rule(cell.simulate(size, generator, times=times)).sum())
    return alarms / n_series


def share_with_known_mean(cell: Cell, *, times: float = 1.0) -> float:
    """What a rule that knows the truth would do, computed."""
    mean = np.array([cell.months()[-1]])
    dispersion = np.array([1.0 if cell.size is None else 1 + mean[0] / cell.size])
    bound = count_quantile(1 - NOMINAL, mean, dispersion)
    wider = dispersion if cell.size is None else 1 + times * mean / cell.size
    return float(count_tail(bound + 1, times * mean, wider)[0])


def table(title: str, cells: tuple[Cell, ...], n_series: int, *, times: float = 1.0) -> str:
    head = " | ".join(cell.label for cell in cells)
    lines = [f"**{title}**", "", f"| Rule | {head} |", "|---" * (len(cells) + 1) + "|"]
    for name, rule in RULES.items():
        shares = [share_of_alarms(rule, cell, n_series, times=times) for cell in cells]
        lines.append(f"| {name} | " + " | ".join(_written(share, times) for share in shares) + " |")
    known = [share_with_known_mean(cell, times=times) for cell in cells]
    lines.append("| true mean known | " + " | ".join(_written(one, times) for one in known) + " |")
    return "\n".join(lines)


POOL_MEANS = (0.2, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0)
POOL_SIZES: dict[str, tuple[float | None, ...]] = {
    "all Poisson": (None,) * 8,
    "Poisson and over-dispersed mixed": (None, None, 2.0, 5.0, None, 5.0, None, 5.0),
    "all over-dispersed (size 5)": (5.0,) * 8,
    "all strongly over-dispersed (size 2)": (2.0,) * 8,
}


def shares_in_pools(
    sizes: tuple[float | None, ...], n_pools: int, *, shared: bool, seed: int = SEED
) -> np.ndarray:
    """The default rule's share of alarms for each of the eight crime kinds of a municipality."""
    generator = np.random.default_rng(seed)
    cells = [Cell(f"{mean:g}", mean, size) for mean, size in zip(POOL_MEANS, sizes, strict=True)]
    kinds = [cell.simulate(n_pools, generator, times=1.0) for cell in cells]
    counts = np.stack(kinds, axis=1).reshape(-1, N_MONTHS)
    pool = np.arange(len(counts)) // (len(cells) if shared else 1)
    found = surveillance.predictive(
        counts, frequency=FREQUENCY, alpha=NOMINAL, evaluate=LAST, pool=pool
    )
    shares: np.ndarray = found.is_alarm.reshape(n_pools, len(cells)).mean(axis=0)
    return shares


def pools_table(n_series: int) -> str:
    """A real municipality has eight kinds, not thousands of alike series, to pool over."""
    n_pools = max(n_series // len(POOL_MEANS), 1)
    head = " | ".join(f"{mean:g}" for mean in POOL_MEANS)
    lines = [
        f"**The default rule in small pools ({n_pools:,} municipalities of eight crime kinds)**",
        "",
        f"| Kinds | pool | {head} | all |",
        "|---" * (len(POOL_MEANS) + 3) + "|",
    ]
    for name, sizes in POOL_SIZES.items():
        for shared, word in ((True, "the eight"), (False, "itself only")):
            shares = shares_in_pools(sizes, n_pools, shared=shared)
            cells = [_written(share, 1.0) for share in (*shares, shares.mean())]
            lines.append(f"| {name} | {word} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _written(share: float, times: float) -> str:
    return f"{share:.2%}".replace("%", " %") if times == 1 else f"{share:.2f}"


def all_tables(n_series: int) -> str:
    error = 100 * np.sqrt(NOMINAL * (1 - NOMINAL) / n_series)
    parts = [
        f"Share of false alarms at a nominal {NOMINAL:.0%}, {n_series:,} outbreak-free monthly "
        f"series each (Monte Carlo standard error {error:.2f} percentage points at 1 %), by mean "
        "a month. Seasonal cells are judged at the peak of a wave of amplitude "
        f"{AMPLITUDE:g} on the log scale, where the comparison months lie lower: the worst month.",
        table("Poisson", PLAIN, n_series),
        table("Over-dispersed (negative binomial, size 5)", DISPERSED, n_series),
        table("Strongly over-dispersed (negative binomial, size 2)", VERY_DISPERSED, n_series),
        table("Poisson with a season, at its peak", SEASONAL, n_series),
        table("Over-dispersed (size 5) with a season, at its peak", SEASONAL_DISPERSED, n_series),
        table("Probability of noticing a fourfold month (Poisson)", PLAIN, n_series, times=4.0),
        pools_table(n_series),
    ]
    return "\n\n".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=SERIES, help="simulated series a cell")
    parser.add_argument("--print", action="store_true", help="print instead of writing the page")
    arguments = parser.parse_args()
    tables = all_tables(arguments.series)
    if arguments.print:
        print(tables)
        return
    text = PAGE.read_text("utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
