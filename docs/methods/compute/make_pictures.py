"""Draws the pictures of this folder: `python docs/methods/compute/make_pictures.py`."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from plot import Axis, Figure  # noqa: E402

from samverkan.compute.batches import Batches  # noqa: E402
from samverkan.methods import surveillance  # noqa: E402


def batches() -> None:
    """Sizes of batches when an item takes a millisecond, for 20,000 items and four workers."""
    queue = Batches(range(20_000), total=20_000, workers=4, seconds=1.0)
    sizes = []
    while (batch := queue.take()) is not None:
        sizes.append(len(batch.items))
        queue.learn(len(batch.items), 0.001 * len(batch.items))
    figure = Figure(
        "Batches grow until each is a second of work, and shrink so that no worker is idle",
        "Items in each batch for 20,000 items of a millisecond and four workers: 1, 8, 64, 512, "
        "then 1,000 for most of the work, then fewer, down to 125.",
        Axis("batch, in the order sent"),
        Axis("items in the batch"),
        height=340,
    )
    figure.bars(range(1, len(sizes) + 1), sizes, colour=0)
    figure.rule(y=1000, label="one second")
    figure.save(HERE / "batches.svg")


def alarm() -> None:
    """Two years of weeks with a season, their bounds, and an outbreak in the last week."""
    generator = np.random.default_rng(5)
    weeks = np.arange(8 * 52)
    counts = generator.poisson(6 + 3 * np.sin(2 * np.pi * weeks / 52))
    counts[-1] = 21
    shown = weeks[-104:]
    result = surveillance.farrington_flexible(counts, frequency=52, evaluate=shown, alpha=0.001)
    figure = Figure(
        "The bound follows the season, and only the outbreak in the last week rises above it",
        "Weekly counts of one made-up series over two years as bars, the expected count and the "
        "upper bound of the flexible Farrington method as lines. The last week has 21 events "
        "where at most about 12 are within chance. The lines break for a week with too few cases "
        "to say anything.",
        Axis("week"),
        Axis("events"),
    )
    place = shown - shown[0] + 1
    figure.bars(place, counts[shown], "observed")
    figure.line(place, result.expected[0], "expected", colour=0)
    figure.line(place, result.upper_bound[0], "upper bound", colour=2, steps=True)
    is_alarm = result.is_alarm[0]
    figure.points(place[is_alarm], counts[shown][is_alarm], "alarm", colour=1, size=5)
    figure.save(HERE / "alarm.svg")


if __name__ == "__main__":
    batches()
    alarm()
