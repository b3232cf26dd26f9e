"""Days of a study period, gathered into periods that are counted back from its end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samverkan.methods.clusters.events import FloatArray, IntArray
from samverkan.methods.errors import MethodError

MOST_PERIODS = 10_000_000


@dataclass(frozen=True)
class Calendar:
    """The period of each event; the first period may be shorter than the others."""

    periods: npt.NDArray[np.int32]
    n_periods: int
    max_periods: int
    first_day: int
    last_day: int
    days_per_period: int

    def running_totals(self) -> IntArray:
        """Events before each period, and all of them last."""
        counts = np.bincount(self.periods, minlength=self.n_periods)
        return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)

    def last_day_of(self, period: int) -> int:
        """The last day of a period."""
        return self.last_day - (self.n_periods - 1 - period) * self.days_per_period

    def first_day_of(self, period: int) -> int:
        """The first day of a period."""
        return max(self.first_day, self.last_day_of(period) - self.days_per_period + 1)


def study_calendar(
    days: FloatArray,
    *,
    first_day: int | None,
    last_day: int | None,
    days_per_period: int,
    max_days: int,
) -> Calendar:
    """Place events in periods; the time of day is dropped."""
    whole = np.floor(days)
    first = int(whole.min() if first_day is None else first_day)
    last = int(whole.max() if last_day is None else last_day)
    if whole.min() < first or whole.max() > last:
        raise MethodError("events lie outside first_day to last_day")
    if days_per_period < 1 or max_days < days_per_period:
        raise MethodError("max_days must be at least days_per_period, and that at least one")
    n_periods = (last - first) // days_per_period + 1
    if n_periods > MOST_PERIODS:
        raise MethodError("the study has more than ten million periods: choose longer ones")
    back = (last - whole.astype(np.int64)) // days_per_period
    return Calendar(
        periods=(n_periods - 1 - back).astype(np.int32),
        n_periods=n_periods,
        max_periods=min(int(max_days) // int(days_per_period), n_periods),
        first_day=first,
        last_day=last,
        days_per_period=int(days_per_period),
    )
