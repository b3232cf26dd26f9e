"""What the rate methods hand back: intervals, and the names of the ways to make them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """Lower and upper limits, elementwise; unpacks as ``lower, upper = interval``."""

    lower: FloatArray
    upper: FloatArray

    def __iter__(self) -> Iterator[FloatArray]:
        yield self.lower
        yield self.upper

    @property
    def width(self) -> FloatArray:
        """Upper minus lower, elementwise."""
        return self.upper - self.lower

    def contains(self, value: FloatArray | float) -> NDArray[np.bool_]:
        """Whether the value lies in the closed interval, elementwise."""
        return np.asarray((self.lower <= value) & (value <= self.upper))


class IntervalMethod(StrEnum):
    """How an exact interval of one Poisson count treats its discreteness."""

    CENTRAL = "central"
    """Both tails at most half the error (Garwood 1936): guaranteed, the widest."""
    MID_P = "midp"
    """Half of the observed count's own probability: right on average, not guaranteed."""
    MINLIKE = "minlike"
    """Outcomes ordered by their probability (Sterne 1954), as in R's poisson.test p-value."""
    BLAKER = "blaker"
    """Outcomes ordered by their smaller tail (Blaker 2000): guaranteed and never wider than
    central."""


class ComparisonMethod(StrEnum):
    """How two rates are compared."""

    EXACT = "exact"
    """Conditional binomial, both tails doubled: guaranteed, and dual to its interval."""
    MID_P = "midp"
    """Conditional binomial with half of the observed outcome: the usual choice in reports."""
    MINLIKE = "minlike"
    """Conditional binomial, outcomes ordered by probability: R's poisson.test p-value."""
    BLAKER = "blaker"
    """Conditional binomial, outcomes ordered by their smaller tail."""
    MINLIKE_MID_P = "minlike-midp"
    """The minlike p less half of the observed outcome: statsmodels' "cond-midp"."""
    E_TEST = "etest"
    """Unconditional E-test with the score statistic: statsmodels' "etest"."""
    E_TEST_WALD = "etest-wald"
    """Krishnamoorthy and Thomson's (2004) original statistic: SciPy's poisson_means_test."""
