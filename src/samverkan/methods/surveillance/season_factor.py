"""How much a period's season lies above the seasons that it is compared with."""

from __future__ import annotations

import numpy as np

from samverkan.methods.series import FloatArray, IntArray


def season_factor(
    counts: FloatArray, period: int, frequency: int, years_back: int, offsets: IntArray
) -> FloatArray:
    """Expected level of the period over that of the baseline at `offsets`; (n_series,).

    One yearly wave is fitted to the calendar means of the years before and drawn towards no
    season at all by as much as chance alone would have made of it (positive-part shrinkage), so
    that small counts get 1. At a seasonal peak the months beside it lie lower: without this
    factor the month of the peak would be called unusual too often.
    """
    n_years = min(years_back, period // frequency)
    if n_years < 2 or frequency < 3:
        return np.ones(len(counts))
    recent = counts[:, period - n_years * frequency : period]
    by_season = recent.reshape(len(counts), n_years, frequency)
    is_known = ~np.isnan(by_season)
    n_known = is_known.sum(axis=1)
    level = np.where(is_known, by_season, 0.0).sum(axis=1) / np.maximum(n_known, 1)
    # Column c of a season is offset c - n_years * frequency from the period: the same phase.
    angle = 2 * np.pi * np.arange(frequency) / frequency
    middle = level.mean(axis=1)
    with np.errstate(all="ignore"):
        along = 2 * (level @ np.cos(angle)) / (frequency * middle)
        across = 2 * (level @ np.sin(angle)) / (frequency * middle)
        strength = along**2 + across**2
        by_chance = 4 / (middle * n_known.sum(axis=1))
        kept = np.clip(1 - by_chance / strength, 0.0, 1.0)
    kept = np.where(middle > 0, np.nan_to_num(kept, nan=0.0), 0.0)
    along, across = np.nan_to_num(along) * kept, np.nan_to_num(across) * kept
    phase = 2 * np.pi * offsets / frequency
    there = 1 + along * np.cos(phase).mean() + across * np.sin(phase).mean()
    # The wave of a series with nearly all its cases in one season dips below zero.
    factor: FloatArray = np.maximum(1 + along, 0.1) / np.maximum(there, 0.1)
    return factor
