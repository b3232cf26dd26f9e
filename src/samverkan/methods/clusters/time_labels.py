"""What a permutation shuffles: exact times, or windows of days, with the way to compare two.

Every kind of label counts, for pairs of events and for many permutations side by side (lanes),
how many pairs are at most each limit apart in time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from samverkan.methods import compiled
from samverkan.methods.clusters.events import FloatArray, IntArray
from samverkan.methods.clusters.near_pairs import PairBlock
from samverkan.methods.errors import MethodError

LONGEST_SMALL_SPAN = (1 << 14) - 1
WINDOW_UNIT = 1 << 24
PAIRS_PER_STEP = 1 << 15

Labels = npt.NDArray[Any]


class TimeLabels(Protocol):
    """Times of all events in one compact form."""

    @property
    def values(self) -> Labels:
        """One label an event."""

    @property
    def limits(self) -> Labels:
        """The limits of the bands of time."""

    @property
    def unit(self) -> int:
        """What one whole pair counts as."""

    def count(self, block: PairBlock, lanes: Labels, table: IntArray) -> None:
        """Add to table[band, limit, lane]."""

    def order(self) -> IntArray:
        """A canonical order of the labels themselves."""

    def close_to_each(self) -> FloatArray:
        """Shape (n_limits, n): how many other events are within each limit of each event."""


@dataclass(frozen=True)
class ExactTimes:
    """Days as small whole numbers, or as floats where they are not."""

    values: Labels
    limits: Labels
    unit: int = 1

    def count(self, block: PairBlock, lanes: Labels, table: IntArray) -> None:
        """Add to table[band, limit, lane] the pairs within each limit."""
        if not compiled.is_available():
            _count_by_numpy(block, lanes, table, self._closeness)
            return
        from samverkan.methods.clusters import pair_kernels

        pairs = (block.first, block.second, block.band)
        if self.values.dtype == np.uint16:
            pair_kernels.count_small_integers(pairs, lanes, self.limits, table)
        else:
            pair_kernels.count_floats(pairs, lanes, self.limits, table)

    def _closeness(self, one: Labels, other: Labels, level: int) -> IntArray:
        wide = np.int32 if one.dtype == np.uint16 else np.float64
        apart = np.abs(one.astype(wide) - other.astype(wide))
        return np.asarray(apart <= self.limits[level].astype(wide), dtype=np.int64)

    def order(self) -> IntArray:
        """Earlier first."""
        return np.argsort(self.values, kind="stable")

    def close_to_each(self) -> FloatArray:
        """How many other events are within each limit of each event."""
        times = np.sort(self.values.astype(np.float64))
        own = self.values.astype(np.float64)
        counts = np.empty((len(self.limits), len(own)))
        for level, limit in enumerate(self.limits.astype(np.float64)):
            until = np.searchsorted(times, own + limit, side="right")
            counts[level] = until - np.searchsorted(times, own - limit, side="left") - 1
        return counts


@dataclass(frozen=True)
class DayWindows:
    """Events known only to lie in a window of whole days, every day of it equally likely."""

    values: npt.NDArray[np.int32]
    limits: IntArray
    windows: IntArray
    """Distinct windows: first day and number of days; ``values`` are rows of it."""
    unit: int = WINDOW_UNIT

    def count(self, block: PairBlock, lanes: Labels, table: IntArray) -> None:
        """Add to table[band, limit, lane] the pairs' shares of close days, in units of 2**-24."""
        if not compiled.is_available():
            _count_by_numpy(block, lanes, table, self._closeness)
            return
        from samverkan.methods.clusters import pair_kernels

        pairs = (block.first, block.second, block.band)
        pair_kernels.count_windows(pairs, lanes, self.windows, self.limits, table)

    def _closeness(self, one: Labels, other: Labels, level: int) -> IntArray:
        return window_shares(self.windows[one], self.windows[other], int(self.limits[level]))

    def order(self) -> IntArray:
        """Distinct windows are already sorted."""
        return np.argsort(self.values, kind="stable")

    def close_to_each(self) -> FloatArray:
        """Expected number of other events within each limit of each event."""
        kinds = np.bincount(self.values, minlength=len(self.windows))
        sums = np.zeros((len(self.limits), len(self.windows)))
        for level, limit in enumerate(self.limits):
            for row, window in enumerate(self.windows):
                shares = window_shares(window, self.windows, int(limit))
                sums[level, row] = (shares @ kinds - shares[row]) / self.unit
        return sums[:, self.values]


def window_shares(one: IntArray, other: IntArray, limit: int) -> IntArray:
    """Share, in units of 2**-24, of the day pairs of two windows at most ``limit`` days apart."""
    apart = one[..., 0] - other[..., 0]
    first, second = one[..., 1], other[..., 1]
    close = _day_pairs(limit - apart, first, second) - _day_pairs(-limit - 1 - apart, first, second)
    return (close * WINDOW_UNIT) // (first * second)


def _day_pairs(room: IntArray, first: IntArray, second: IntArray) -> IntArray:
    total = _triangle(room + second) - _triangle(room) - _triangle(room + second - first)
    return total + _triangle(room - first)


def _triangle(side: IntArray) -> IntArray:
    return np.where(side > 0, side * (side + 1) // 2, 0)


def _count_by_numpy(block: PairBlock, lanes: Labels, table: IntArray, closeness: Any) -> None:
    for start in range(0, len(block.first), PAIRS_PER_STEP):
        part = slice(start, start + PAIRS_PER_STEP)
        one, other = lanes[block.first[part]], lanes[block.second[part]]
        for level in range(table.shape[1]):
            close = closeness(one, other, level)
            for band in range(table.shape[0]):
                table[band, level] += close[block.band[part] == band].sum(axis=0)


def exact_times(days: FloatArray, limits: FloatArray) -> ExactTimes:
    """The most compact form that keeps every comparison right."""
    span = float(days.max() - days.min())
    whole = bool((days == np.rint(days)).all())
    if whole and span <= LONGEST_SMALL_SPAN:
        small = np.minimum(np.floor(limits + 1e-9), LONGEST_SMALL_SPAN)
        return ExactTimes((days - days.min()).astype(np.uint16), small.astype(np.uint16))
    tolerance = max(1e-10 * span, 1e-15 * float(np.abs(days).max()))
    return ExactTimes(days - days.min(), limits + tolerance)


def day_windows(first_days: FloatArray, last_days: FloatArray, limits: FloatArray) -> DayWindows:
    """Windows of whole days, both ends included."""
    if (first_days != np.rint(first_days)).any() or (last_days != np.rint(last_days)).any():
        raise MethodError("date windows are of whole days")
    lengths = (last_days - first_days).astype(np.int64) + 1
    if (lengths < 1).any():
        raise MethodError("last_days must not be before days")
    if int(lengths.max()) > LONGEST_SMALL_SPAN:
        raise MethodError("a date window of more than 44 years says nothing of when")
    pairs = np.column_stack([(first_days - first_days.min()).astype(np.int64), lengths])
    windows, values = np.unique(pairs, axis=0, return_inverse=True)
    whole_limits = np.floor(limits + 1e-9).astype(np.int64)
    return DayWindows(values.reshape(-1).astype(np.int32), whole_limits, windows)
