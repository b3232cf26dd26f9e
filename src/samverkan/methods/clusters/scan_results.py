"""What the scans answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from samverkan.methods.clusters.events import FloatArray, IntArray

EULER = 0.57721566490153286


@dataclass(frozen=True)
class ScanCluster:
    """A circle and a run of days with more cases than the model gives."""

    log_likelihood_ratio: float
    p_value: float
    """Monte Carlo: (1 + replicas whose largest ratio is at least this) / (1 + replicas)."""
    gumbel_p_value: float
    """APPROXIMATE: from a Gumbel distribution fitted to the replicas; below 1 / (1 + replicas)
    too. NaN without enough replicas."""
    event_indices: IntArray
    """Rows of the input with a case in the window."""
    location_indices: IntArray
    """Rows of the input inside the circle, whatever their time."""
    centre: tuple[float, float]
    """East and north of the centre, as given."""
    radius: float
    first_day: int
    """First day (or column, for counts) of the window, included."""
    last_day: int
    observed: int
    expected: float
    relative_risk: float
    """Rate inside over rate outside; infinite when nothing is left outside."""

    @property
    def ratio(self) -> float:
        """Observed over expected."""
        return self.observed / self.expected


@dataclass(frozen=True)
class ScanResult:
    """Clusters by falling ratio; none overlaps an earlier one in both place and time."""

    clusters: tuple[ScanCluster, ...]
    simulated_maxima: FloatArray
    n_cases: int
    n_simulations: int
    first_day: int
    last_day: int


def maxima_p_value(ratio: float, maxima: FloatArray) -> float:
    """Monte Carlo p-value against the largest ratios of the replicas; ties count against us."""
    slack = 1e-9 * max(ratio, 1.0)
    return float((1 + (maxima >= ratio - slack).sum()) / (1 + len(maxima)))


def gumbel_p_value(ratio: float, maxima: FloatArray) -> float:
    """Approximate p-value from a Gumbel distribution with the replicas' mean and variance.

    For p-values far below 1 / replicas. Source: Abrams, Kulldorff and Kleinman (2010), A Monte
    Carlo based approximation of p-values of spatial scan statistics, Int. J. Health Geographics 9.
    """
    if len(maxima) < 2 or maxima.std() == 0:
        return np.nan
    scale = float(maxima.std(ddof=1)) * np.sqrt(6.0) / np.pi
    place = float(maxima.mean()) - EULER * scale
    return float(-np.expm1(-np.exp(-(ratio - place) / scale)))
