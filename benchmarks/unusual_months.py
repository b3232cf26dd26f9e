"""How often is a month called unusual when nothing has happened?

    python -m benchmarks.unusual_months [--replications 2000] [--write]

Stable series of eight years are simulated, judged and told as on the pages. The promise: of series
with means from 0.2 to 20 a month, at most five months in a hundred are called unusual. Series with
a season and series that vary more than chance are measured too.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from samverkan.statistics.selectors import FigureSeries

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance" / "unusual-months.md"
MEANS = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
MONTHS = 96
FIRST = date(2018, 11, 1)
PROMISED = 0.05
SEED = 1760
WORLDS = {
    "stable": "chance alone",
    "seasonal": "season of ±60 %",
    "overdispersed": "months vary twice as much as chance",
}


@dataclass(frozen=True)
class Measured:
    """Of so many months, so many were called unusual; so many last months more or fewer."""

    world: str
    mean: float
    together: int
    months: int
    unusual: int
    changed_levels: int
    series: int

    @property
    def share(self) -> float:
        return self.unusual / self.months


def simulated(
    world: str, mean: float, replications: int, generator: np.random.Generator
) -> NDArray[np.int64]:
    """(replications, MONTHS) counts of a world in which the level never changes."""
    expected = np.full(MONTHS, mean)
    if world == "seasonal":
        expected = mean * (1 + 0.6 * np.sin(2 * np.pi * np.arange(MONTHS) / 12))
    shape = (replications, MONTHS)
    if world == "overdispersed":
        expected = generator.gamma(expected, 1.0, shape)
    return np.asarray(generator.poisson(expected, shape), dtype=np.int64)


def measure(
    world: str, mean: float, replications: int, *, together: int = 1, seed: int = SEED
) -> Measured:
    """`together` series belong to one municipality and are judged beside each other."""
    from samverkan.statistics.judgement import Level, hold_down_false_alarms
    from samverkan.statistics.judging import judge_all
    from samverkan.statistics.unusual_months import with_unusual_months

    generator = np.random.default_rng([seed, int(mean * 10), len(world), together])
    found = _series(simulated(world, mean, replications, generator), together)
    judged = judge_all(found)
    held = [
        each
        for at in range(0, len(judged), together)
        for each in hold_down_false_alarms(judged[at : at + together])
    ]
    told = with_unusual_months(found, held)
    return Measured(
        world=world,
        mean=mean,
        together=together,
        months=sum(each.months_looked_at for each in told),
        unusual=sum(len(each.unusual) for each in told),
        changed_levels=sum(each.level in {Level.HIGHER, Level.LOWER} for each in told),
        series=len(told),
    )


def _series(counts: NDArray[np.int64], together: int) -> list[FigureSeries]:
    from samverkan.documents.formats import PeriodKind
    from samverkan.statistics.definitions import series_definitions, sources
    from samverkan.statistics.judgement import calendar
    from samverkan.statistics.release import KnownFigure
    from samverkan.statistics.selectors import FigureSeries

    starts = calendar(PeriodKind.MONTH, FIRST, date(2026, 10, 1))
    return [
        FigureSeries(
            municipality_code=f"{at // together:04d}",
            definition=series_definitions()["vandalism"],
            unit="count",
            period_kind=PeriodKind.MONTH,
            source=sources()["police"],
            figures=tuple(
                KnownFigure(start, float(value), False, 1, 1)
                for start, value in zip(starts, row.tolist(), strict=True)
            ),
            provenance=(),
        )
        for at, row in enumerate(counts)
    ]


def table(found: Sequence[Measured]) -> str:
    lines = [
        "| world | series together | mean a month | months judged | called unusual | share | "
        "levels called changed |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {WORLDS[each.world]} | {each.together} | {each.mean:g} | {each.months:,} | "
        f"{each.unusual:,} | {each.share * 100:.2f} % | "
        f"{each.changed_levels / each.series * 100:.1f} % |"
        for each in found
    ]
    return "\n".join(lines)


def page(found: Sequence[Measured], replications: int) -> str:
    worst = max(found, key=lambda each: each.share)
    return "\n".join(
        [
            "---",
            "orphan: true",
            "---",
            "",
            "# How often is a month called unusual when nothing has happened?",
            "",
            f"Simulated series of {MONTHS // 12} years whose level never changes, judged and told",
            f"as on the pages; {replications:,} series a row, their last twelve months looked at.",
            f"The promise is at most {PROMISED * 100:.0f} months in a hundred; the most met is",
            f"{worst.share * 100:.2f} % ({WORLDS[worst.world]}, {worst.mean:g} a month).",
            "",
            table(found),
            "",
            f"Measured {date.today().isoformat()} with `python -m benchmarks.unusual_months "
            f"--replications {replications} --write`, seed {SEED}.",
            "",
        ]
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=2000)
    parser.add_argument("--write", action="store_true", help="write the page of the documentation")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.config.settings.testing")
    import django

    django.setup()
    found = [
        measure(world, mean, arguments.replications, together=together)
        for world in WORLDS
        for together in (1, 10)
        for mean in MEANS
    ]
    text = page(found, arguments.replications)
    print(text)
    if arguments.write:
        PAGE.write_text(text, encoding="utf-8")
    return 0 if all(each.share <= PROMISED for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())
