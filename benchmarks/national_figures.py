"""Monthly figures of the whole country by chance: 290 municipalities, 20 groups, 12 years.

    python -m benchmarks.national_figures /tmp/riket.csv

The counts follow the municipality's size, as in a country of small places; the same seed gives the
same file. `counts()` gives them as an array for whoever does not need the file.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np

from samverkan.organisations.reference import municipality_facts

SEED = 20_260
MUNICIPALITIES = 290
FIRST_YEAR = 2014
YEARS = 12
MONTHS = YEARS * 12
GROUPS = (
    "total",
    "person",
    "violence",
    "violence_home",
    "violence_public",
    "assault",
    "threat",
    "theft",
    "shoplifting",
    "burglary",
    "robbery",
    "vehicle_crime",
    "bicycle_theft",
    "vandalism",
    "graffiti",
    "drugs_weapons",
    "fraud",
    "fraud_digital",
    "traffic",
    "arson",
)
# Offences a year and 1,000 inhabitants, in the order of GROUPS.
LEVELS = (100, 22, 9, 4, 2, 7, 8, 28, 6, 2, 0.8, 6, 5, 15, 3, 8, 9, 6, 8, 0.5)
HEADER = ("kommun", "period", "serie", "antal", "preliminär")


def codes() -> list[str]:
    """The SCB codes of all municipalities, in order."""
    return sorted(municipality_facts())


def months() -> list[date]:
    return [date(FIRST_YEAR + at // 12, at % 12 + 1, 1) for at in range(MONTHS)]


def counts(seed: int = SEED) -> np.ndarray:
    """Whole numbers, municipality × group × month; most places are small."""
    generator = np.random.default_rng(seed)
    inhabitants = np.array([municipality_facts()[code].inhabitants for code in codes()])
    yearly = inhabitants[:, None] / 1000 * np.array(LEVELS)[None, :]
    season = 1 + 0.15 * np.cos(2 * np.pi * (np.arange(MONTHS) % 12 - 6) / 12)
    return generator.poisson(yearly[:, :, None] / 12 * season[None, None, :])


def rows(seed: int = SEED) -> Iterator[tuple[str, str, str, int, str]]:
    """One row a figure; the last two months are preliminary."""
    drawn, periods = counts(seed), [f"{month:%Y-%m}" for month in months()]
    for at, code in enumerate(codes()):
        for group, series in enumerate(GROUPS):
            for place, period in enumerate(periods):
                mark = "1" if place >= MONTHS - 2 else ""
                yield code, period, series, int(drawn[at, group, place]), mark


def write_file(path: Path, seed: int = SEED) -> int:
    """The file, separated by semicolons; how many figures it holds."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows(seed))
    return MUNICIPALITIES * len(GROUPS) * MONTHS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    print(f"{write_file(parser.parse_args().path):,} figures")


if __name__ == "__main__":
    main()
