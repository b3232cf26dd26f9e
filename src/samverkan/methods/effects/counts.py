"""Counts of an area before and after, as the effect methods receive them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samverkan.methods.errors import MethodError
from samverkan.methods.series import as_counts

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Phase:
    """The counts of one area, or of several together, in one stretch of time."""

    periods: FloatArray
    length: float

    @property
    def total(self) -> int:
        return int(self.periods.sum())

    @property
    def n_periods(self) -> int:
        return len(self.periods)


def as_phase(counts: npt.ArrayLike, name: str, length: float | None = None) -> Phase:
    """One number, one a period, or (areas, periods) added over areas; the length in periods.

    Errors: `MethodError` for what is no count, and for missing periods: leave a period out of
    the target and its comparison alike.
    """
    table = as_counts(np.atleast_1d(np.asarray(counts)), name=name)
    if np.isnan(table).any():
        raise MethodError(f"{name} has missing periods: leave them out everywhere")
    periods = table.sum(axis=0)
    size = float(len(periods)) if length is None else float(length)
    if not (np.isfinite(size) and size > 0):
        raise MethodError(f"the length of {name} must be positive")
    return Phase(periods, size)


def as_intervention(intervention_at: int, n_periods: int, fewest: int = 1) -> int:
    """The number of the first period after; at least `fewest` periods must lie on each side."""
    start = int(intervention_at)
    if start != intervention_at or not fewest <= start <= n_periods - fewest:
        raise MethodError(f"intervention_at must leave at least {fewest} periods on each side")
    return start
