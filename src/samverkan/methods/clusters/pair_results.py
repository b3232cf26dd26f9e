"""What the Knox test and the near-repeat table answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from scipy import special

from samverkan.methods.clusters.events import FloatArray
from samverkan.methods.clusters.pair_tables import PairTable


class BandEnd(Enum):
    """Which end of a band belongs to it."""

    UPPER = "upper"
    """(lower, upper]: 100 m belongs to the band up to 100 m."""
    LOWER = "lower"
    """[lower, upper): 100 m belongs to the band from 100 m."""


@dataclass(frozen=True)
class KnoxResult:
    """One pair of thresholds: are events near in space also near in time?"""

    observed_pairs: float
    expected_pairs: float
    variance_pairs: float
    p_value: float
    pairs_in_space: float
    pairs_in_time: float
    n_events: int
    n_simulations: int
    simulated_pairs: FloatArray

    @property
    def ratio(self) -> float:
        """Observed over expected; NaN where nothing is expected."""
        return self.observed_pairs / self.expected_pairs if self.expected_pairs > 0 else np.nan

    @property
    def standardised(self) -> float:
        """Distance from the expectation in exact standard deviations; NaN without variance."""
        if self.variance_pairs <= 0:
            return np.nan
        return float((self.observed_pairs - self.expected_pairs) / np.sqrt(self.variance_pairs))

    @property
    def poisson_p_value(self) -> float:
        """P(X >= observed) if pairs were Poisson (an approximation: near pairs share events)."""
        if self.observed_pairs <= 0:
            return 1.0
        return float(special.gammainc(np.ceil(self.observed_pairs), self.expected_pairs))

    @property
    def poisson_p_value_as_released(self) -> float:
        """P(X > observed), which R surveillance and pointpats print: too small. To compare only."""
        return float(special.gammainc(np.floor(self.observed_pairs) + 1, self.expected_pairs))


@dataclass(frozen=True)
class NearRepeatResult:
    """Bands of space by bands of time; the first row is repeats at the same place.

    Rows of `space_bands` and `time_bands` are (lower, upper) of each band.
    """

    observed: FloatArray
    expected: FloatArray
    variance: FloatArray
    ratio: FloatArray
    """Observed over the exact expectation; NaN where nothing is expected."""
    ratio_to_median: FloatArray
    """Observed over the median of the permutations, as the Near Repeat Calculator prints it."""
    p_value: FloatArray
    lower_p_value: FloatArray
    """Share of permutations with as few pairs or fewer."""
    adjusted_p_value: FloatArray
    """Corrected for looking at the whole table at once (largest standardised cell)."""
    space_bands: FloatArray
    time_bands: FloatArray
    n_events: int
    n_simulations: int


def monte_carlo_p(observed: FloatArray, simulated: FloatArray) -> FloatArray:
    """(1 + replicas at least as extreme) / (1 + replicas); ties count as extreme."""
    slack = 1e-9 * np.maximum(np.abs(observed), 1.0)
    at_least = (simulated >= observed - slack).sum(axis=0)
    return np.asarray((1.0 + at_least) / (1.0 + len(simulated)))


def adjusted_p(table: PairTable) -> FloatArray:
    """Single-step maximum of standardised cells: the error rate holds for the table as a whole.

    Source: Westfall and Young (1993), Resampling-based multiple testing.
    """
    deviation = np.sqrt(table.variance)
    seen = np.where(deviation > 0, deviation, 1.0)
    score = np.where(deviation > 0, (table.observed - table.expected) / seen, 0.0)
    scores = np.where(deviation > 0, (table.simulated - table.expected) / seen, 0.0)
    largest = scores.max(axis=(1, 2), initial=-np.inf)
    at_least = (largest[:, None, None] >= score - 1e-9).sum(axis=0)
    return np.asarray((1.0 + at_least) / (1.0 + len(scores)))


def divided(observed: FloatArray, by: FloatArray) -> FloatArray:
    """Ratio, NaN where there is nothing to divide by."""
    return np.asarray(np.divide(observed, by, out=np.full(observed.shape, np.nan), where=by > 0))
