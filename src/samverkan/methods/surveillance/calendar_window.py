"""Sums over the same season of earlier years, for many periods at once."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from samverkan.methods import compiled
from samverkan.methods.series import FloatArray, IntArray

# So many that a block's tables stay in the processor's cache: time grows as the series do.
SERIES_AT_A_TIME = 256


@dataclass(frozen=True)
class WindowSums:
    """Every array (n_series, n_evaluated); a missing count is left out of all of them."""

    n_known: FloatArray
    total: FloatArray
    exposure: FloatArray
    reaches_back: FloatArray
    """1 where the whole window lies within the series."""

    @property
    def mean(self) -> FloatArray:
        with np.errstate(all="ignore"):
            return self.total / np.where(self.n_known > 0, self.n_known, np.nan)


def window_sums(
    counts: FloatArray, periods: IntArray, offsets: IntArray, exposure: FloatArray | None = None
) -> WindowSums:
    """Sums of the counts `offsets` periods from each judged period (negative: before)."""

    def work(rows: tuple[int, int]) -> WindowSums:
        part = slice(*rows)
        return _sums(counts[part], periods, offsets, None if exposure is None else exposure[part])

    parts = compiled.map_chunks(work, compiled.split_range(len(counts), SERIES_AT_A_TIME))
    return WindowSums(
        *(
            np.concatenate([getattr(part, item.name) for part in parts])
            for item in fields(WindowSums)
        )
    )


def _sums(
    counts: FloatArray, periods: IntArray, offsets: IntArray, exposure: FloatArray | None
) -> WindowSums:
    shape = (len(counts), len(periods))
    known, total, exposed = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    reaches = np.ones(shape)
    for offset in offsets:
        columns = periods + offset
        is_inside = (columns >= 0) & (columns < counts.shape[1])
        inside = np.where(is_inside, columns, 0)
        found = counts[:, inside]
        is_known = is_inside & ~np.isnan(found)
        known += is_known
        total += np.where(is_known, found, 0.0)
        share = 1.0 if exposure is None else exposure[:, inside]
        exposed += np.where(is_known, share, 0.0)
        reaches *= is_inside
    return WindowSums(known, total, exposed, reaches)


def window_deviation(
    counts: FloatArray, periods: IntArray, offsets: IntArray, sums: WindowSums
) -> FloatArray:
    """The standard deviation of the counts in the window, NaN for fewer than two."""
    square = np.zeros((len(counts), len(periods)))
    mean = np.nan_to_num(sums.mean, nan=0.0)
    for offset in offsets:
        columns = periods + offset
        is_inside = (columns >= 0) & (columns < counts.shape[1])
        found = counts[:, np.where(is_inside, columns, 0)]
        square += np.where(is_inside & ~np.isnan(found), (found - mean) ** 2, 0.0)
    freedom = np.where(sums.n_known > 1, sums.n_known - 1, np.nan)
    deviation: FloatArray = np.sqrt(square / freedom)
    return deviation


def season_offsets(
    frequency: int, years_back: int, half_window: int, n_recent: int = 0
) -> IntArray:
    """The `n_recent` periods just before, and the same season of earlier years."""
    around = np.arange(-half_window, half_window + 1)
    years = [around - frequency * year for year in range(1, years_back + 1)]
    recent = np.arange(-n_recent, 0)
    return np.concatenate([*reversed(years), recent]).astype(np.int64)
