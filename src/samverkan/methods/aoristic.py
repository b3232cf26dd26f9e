"""Events known only to lie between two times, as weights over the hours of the week.

A bicycle locked on Friday evening and gone on Monday morning was stolen at one of some sixty
hours. Counting its first, last or middle hour invents a time; the aoristic share gives each hour
the part of the interval that it covers.

Source: Ratcliffe and McCullagh (1998), IJGIS 12; Ratcliffe (2002), Journal of Quantitative
Criminology 18.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from samverkan.methods.errors import MethodError

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

MICROSECONDS_PER_HOUR = 3_600_000_000
# 1970-01-01 was a Thursday, so Monday midnight lies three days before the count of time begins.
MICROSECONDS_FROM_MONDAY = 3 * 24 * MICROSECONDS_PER_HOUR
CHUNK_OF_SHARES = 4_000_000


class Cycle(StrEnum):
    """What the weights are over."""

    HOUR_OF_WEEK = "hour_of_week"
    """168 hours from Monday 00."""
    HOUR_OF_DAY = "hour_of_day"
    WEEKDAY = "weekday"
    """7 days from Monday."""

    @property
    def n_bins(self) -> int:
        return {"hour_of_week": 168, "hour_of_day": 24, "weekday": 7}[self.value]

    @property
    def bin_length(self) -> int:
        """In microseconds."""
        return MICROSECONDS_PER_HOUR * (24 if self is Cycle.WEEKDAY else 1)


@dataclass(frozen=True)
class AoristicProfile:
    """`weights` are expected events in each bin; they add to the number of events.

    `n_within_bin` events are known to the bin; `n_whole_cycle` are so uncertain that they cover
    the whole cycle and only lift all bins. `effective_number` is the number of exactly timed
    events that would say as much: the sum over events of the sum of squared shares.
    """

    weights: FloatArray
    cycle: Cycle
    n_events: int
    n_within_bin: int
    n_whole_cycle: int
    effective_number: float = field(default=0.0)

    @property
    def by_weekday_and_hour(self) -> FloatArray:
        """The hours of the week as a table of 7 weekdays by 24 hours."""
        if self.cycle is not Cycle.HOUR_OF_WEEK:
            raise MethodError("only a profile over hours of the week has weekdays and hours")
        return self.weights.reshape(7, 24)


def aoristic_profile(
    start: npt.ArrayLike,
    end: npt.ArrayLike,
    *,
    cycle: str = "hour_of_week",
    weights: npt.ArrayLike | None = None,
) -> AoristicProfile:
    """When in the week do events happen, if each is known only to lie between two times?

    `start`, `end`: local times, datetime64 or what NumPy turns into it, one an event; equal
    times are an event at that very time. `weights`: harm an event.

    Guarantees: each event's shares are the parts of its interval that fall in each bin, exact
    to the microsecond, and add to 1; an interval longer than the cycle goes round. The sum is
    the number of events (or their weight) to rounding.
    Not for intervals of weeks: they add a flat floor that hides the pattern (see
    `n_whole_cycle`); nor across a change to or from summer time with aware times: local times
    are taken as they stand on the clock, so that night has an hour too many or too few.
    Errors: `MethodError` for missing times, an end before its start, or unequal lengths.
    """
    kind = _as_cycle(cycle)
    first, last = _as_times(start, end)
    weight = _as_weights(weights, len(first))
    total = np.zeros(kind.n_bins)
    effective = 0.0
    step = max(1, CHUNK_OF_SHARES // kind.n_bins)
    for begin in range(0, len(first), step):
        part = slice(begin, begin + step)
        shares = _shares(first[part], last[part], kind)
        total += weight[part] @ shares
        effective += float((shares**2).sum())
    length = kind.bin_length
    is_within = (np.maximum(last, first + 1) - 1) // length == first // length
    return AoristicProfile(
        weights=total,
        cycle=kind,
        n_events=len(first),
        n_within_bin=int(np.count_nonzero(is_within)),
        n_whole_cycle=int(np.count_nonzero(last - first >= length * kind.n_bins)),
        effective_number=effective,
    )


def aoristic_shares(
    start: npt.ArrayLike, end: npt.ArrayLike, *, cycle: str = "hour_of_week"
) -> FloatArray:
    """Each event's shares over the bins, shape (n_events, n_bins); rows add to 1.

    Arguments, guarantees and errors as in `aoristic_profile`, which does not hold the table.
    """
    first, last = _as_times(start, end)
    return _shares(first, last, _as_cycle(cycle))


def _as_cycle(cycle: str) -> Cycle:
    try:
        return Cycle(cycle)
    except ValueError as error:
        raise MethodError(f"cycle must be one of {', '.join(Cycle)}") from error


def _as_times(start: npt.ArrayLike, end: npt.ArrayLike) -> tuple[IntArray, IntArray]:
    """Microseconds from a Monday midnight, as whole numbers."""
    try:
        first, last = (
            np.atleast_1d(np.asarray(side, dtype="datetime64[us]")) for side in (start, end)
        )
    except (TypeError, ValueError) as error:
        raise MethodError("start and end must be times") from error
    if first.ndim != 1 or first.shape != last.shape:
        raise MethodError("start and end must be equally long, one time an event")
    if np.isnat(first).any() or np.isnat(last).any():
        raise MethodError("start and end must not be missing: leave out events without a time")
    if (last < first).any():
        raise MethodError("an event must not end before it starts")
    return (
        first.astype(np.int64) + MICROSECONDS_FROM_MONDAY,
        last.astype(np.int64) + MICROSECONDS_FROM_MONDAY,
    )


def _as_weights(weights: npt.ArrayLike | None, n_events: int) -> FloatArray:
    if weights is None:
        return np.ones(n_events)
    weight = np.asarray(weights, dtype=np.float64)
    if weight.shape != (n_events,) or not np.isfinite(weight).all() or (weight < 0).any():
        raise MethodError("weights must be one finite number an event, not negative")
    return weight


def _shares(first: IntArray, last: IntArray, kind: Cycle) -> FloatArray:
    # an event at one moment covers one microsecond from it
    stop = np.maximum(last, first + 1)
    time_in_bin = _time_until(stop, kind) - _time_until(first, kind)
    return np.asarray(time_in_bin / (stop - first)[:, None])


def _time_until(time: IntArray, kind: Cycle) -> IntArray:
    """How much of the time from the origin until each time lies in each bin, whole microseconds."""
    length = kind.bin_length
    rounds, rest = np.divmod(time, length * kind.n_bins)
    within = np.clip(rest[:, None] - np.arange(kind.n_bins) * length, 0, length)
    return np.asarray(rounds[:, None] * length + within)
