"""What `assess_level` hands back: a verdict, and what stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from samverkan.methods.rates.results import FloatArray, Interval


class LevelVerdict(StrEnum):
    """What can honestly be said about the last year against the years before."""

    STABLE = "stable"
    """No change shown, and a doubling would probably have been noticed."""
    HIGHER = "higher"
    LOWER = "lower"
    CANNOT_SAY = "cannot_say"
    """No change shown, but too few events to notice even a doubling; or nothing to compare."""


@dataclass(frozen=True, slots=True)
class LevelAssessment:
    """One element a series in every array."""

    verdict: NDArray[np.object_]
    """`LevelVerdict` of each series."""
    ratio: FloatArray
    """Recent rate over earlier rate, the same seasons compared: inf when none came earlier."""
    interval: Interval
    """Limits of the ratio with confidence 1 - alpha, dual to the p-value."""
    p_value: FloatArray
    """Two-sided mid-p for an unchanged level; NaN where nothing can be compared."""
    detectable_ratio: FloatArray
    """The smallest ratio above 1 that would have been noticed with the asked power."""
    power_to_see_doubling: FloatArray
    """The chance that a doubled level would have been called higher."""
    smallest_count_flagged: FloatArray
    """The smallest total of the recent year that would have been called higher."""
    largest_count_flagged: FloatArray
    """The largest total of the recent year that would have been called lower; -1: none."""
    recent_total: FloatArray
    recent_per_period: FloatArray
    """Mean count a known period of the recent year."""
    earlier_total: FloatArray
    earlier_per_period: FloatArray
    """Mean count a known period of the earlier years."""
    dispersion_index: FloatArray
    """Variance over mean that the test allowed for; 1 is chance alone."""
    n_earlier_periods: NDArray[np.int64]
    alpha: float
