"""Small invented point patterns for the tests."""

from __future__ import annotations

import numpy as np


def scattered(n_events: int, seed: int = 1, *, n_days: int = 60, side: float = 1000.0):
    """East, north and day of events without any clustering, on a grid of ten metres."""
    generator = np.random.default_rng(seed)
    east, north = np.round(generator.uniform(0, side, (2, n_events)), -1)
    return east + 400_000, north + 6_600_000, generator.integers(0, n_days, n_events)


def with_outbreak(n_events: int = 150, seed: int = 2, *, first_day: int = 56, size: int = 16):
    """The same with some events close together during the last days."""
    east, north, days = scattered(n_events, seed)
    generator = np.random.default_rng(seed + 100)
    near = generator.uniform(-30, 30, (2, size))
    return (
        np.append(east, 400_500 + near[0]),
        np.append(north, 6_600_500 + near[1]),
        np.append(days, generator.integers(first_day, 60, size)),
    )
