"""The quantile of `quantiles`, compiled: by adding up probabilities from zero."""

from __future__ import annotations

import numpy as np

from samverkan.methods import compiled
from samverkan.methods.series import FloatArray

jit = compiled.jit

# Below exp(-600) the first probability is too near underflow to add up from.
SMALLEST_LOG_START = -600.0
MOST_TERMS = 4096
RECIPROCALS = 1 / np.arange(1.0, MOST_TERMS + 2)
ELEMENTS_AT_A_TIME = 8192


def quantile_by_adding(goal: FloatArray, mean: FloatArray, dispersion: FloatArray) -> FloatArray:
    """The quantile of each element, or NaN where adding up from zero would not do.

    goal: the probability to reach, rounding allowed for. All arrays one-dimensional.
    """
    answer = np.full(goal.size, np.nan)

    def work(rows: tuple[int, int]) -> None:
        _add_up(goal, mean, dispersion, RECIPROCALS, rows[0], rows[1], answer)

    compiled.map_chunks(work, compiled.split_range(goal.size, ELEMENTS_AT_A_TIME))
    return answer


@jit
def _add_up(
    goal: FloatArray,
    mean: FloatArray,
    dispersion: FloatArray,
    reciprocals: FloatArray,
    first: int,
    last: int,
    answer: FloatArray,
) -> None:
    for index in range(first, last):
        is_poisson = not dispersion[index] > 1
        size = 0.0
        if is_poisson:
            start = -mean[index]
            share = mean[index]
        else:
            size = mean[index] / (dispersion[index] - 1)
            start = -size * np.log(dispersion[index])
            share = (dispersion[index] - 1) / dispersion[index]
        if not start > SMALLEST_LOG_START or goal[index] > 0.999999:
            continue
        term = np.exp(start)
        total = term
        for count in range(MOST_TERMS):
            if total >= goal[index]:
                answer[index] = count
                break
            factor = share if is_poisson else share * (size + count)
            term *= factor * reciprocals[count]
            total += term
