"""Runs and crossings: a shift shows as too long a run, or too few crossings of the centre.

Source: Anhøj and Olesen (2014), PLoS ONE 9(11): e113825.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import special

from samverkan.methods.rates.results import FloatArray

UNUSUAL = 0.05


def judge(
    values: FloatArray, centre: FloatArray
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Longest run, number of crossings, and whether either is unusual, for each row."""
    rows = [_judge_one(row, middle) for row, middle in zip(values, centre, strict=True)]
    longest, crossings, shifts = zip(*rows, strict=True)
    return np.array(longest), np.array(crossings), np.array(shifts)


def _judge_one(values: FloatArray, centre: float) -> tuple[int, int, bool]:
    with np.errstate(invalid="ignore"):
        sides = np.sign(values - centre)
    sides = sides[np.isfinite(sides) & (sides != 0)]
    n_useful = len(sides)
    if n_useful == 0:
        return 0, 0, False
    changes = np.flatnonzero(np.diff(sides) != 0)
    ends = np.concatenate([[-1], changes, [n_useful - 1]])
    longest, n_crossings = int(np.diff(ends).max()), len(changes)
    return longest, n_crossings, _is_unusual(longest, n_crossings, n_useful)


def _is_unusual(longest: int, n_crossings: int, n_useful: int) -> bool:
    longest_usual = round(math.log2(n_useful)) + 3
    return longest > longest_usual or n_crossings < _fewest_usual(n_useful - 1)


def _fewest_usual(n_chances: int) -> int:
    """The 5 % quantile of the number of heads in so many tosses."""
    low, high = -1, n_chances
    while high - low > 1:
        middle = (low + high) // 2
        if special.bdtr(middle, n_chances, 0.5) >= UNUSUAL:
            high = middle
        else:
            low = middle
    return high
