"""What the design could have seen: the chance of noticing a change of a given size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from samverkan.methods.effects.verdicts import SUFFICIENT_POWER

LARGEST_RATIO = 1e6


@dataclass(frozen=True)
class DetectionPower:
    """Given what was counted before and in the comparison area, over chance in the later count.

    `power`: the probability that a true change by `relevant_ratio` gives p < alpha in its
    direction. `detectable_decrease`, `detectable_increase`: the ratios nearest to 1 that are
    seen with probability 0.8; NaN where not even none at all (or a millionfold) would be.
    `largest_count_seen_as_decrease`, `smallest_count_seen_as_increase`: the later counts at
    which the test speaks; None where no count does.
    """

    relevant_ratio: float
    power: float
    detectable_decrease: float
    detectable_increase: float
    largest_count_seen_as_decrease: int | None
    smallest_count_seen_as_increase: int | None


def detection_power(
    *,
    p_of: Callable[[int], float],
    expected: float,
    alpha: float,
    relevant_ratio: float,
    dispersion: float,
) -> DetectionPower:
    """Power from the p-value as a function of the later count, which falls away from `expected`.

    `dispersion` is that of the later total: its variance is mean + dispersion x mean squared.
    """
    if not (np.isfinite(expected) and expected > 0):
        return DetectionPower(relevant_ratio, 0.0, float("nan"), float("nan"), None, None)
    low = _largest_decrease(p_of, expected, alpha)
    high = _smallest_increase(p_of, expected, alpha)

    def chance(ratio: float) -> float:
        mean = expected * ratio
        if ratio < 1:
            return 0.0 if low is None else _cumulative(low, mean, dispersion)
        return 0.0 if high is None else 1 - _cumulative(high - 1, mean, dispersion)

    return DetectionPower(
        relevant_ratio=relevant_ratio,
        power=chance(relevant_ratio),
        detectable_decrease=_detectable(chance, 1e-9, 1 - 1e-9),
        detectable_increase=_detectable(chance, LARGEST_RATIO, 1 + 1e-9),
        largest_count_seen_as_decrease=low,
        smallest_count_seen_as_increase=high,
    )


def _cumulative(count: int, mean: float, dispersion: float) -> float:
    if dispersion <= 0:
        return float(special.pdtr(count, mean))
    size = 1 / dispersion
    return float(special.betainc(size, count + 1, size / (size + mean)))


def _largest_decrease(p_of: Callable[[int], float], expected: float, alpha: float) -> int | None:
    # downwards from what is expected: a normal approximation loses its voice again near none
    high = int(np.ceil(expected))
    distance = 1.0
    low = high
    while not p_of(low) < alpha:
        if low == 0:
            return None
        high, low = low, max(0, int(np.ceil(expected) - np.ceil(distance)))
        distance *= 1.3
    while high - low > 1:
        middle = (low + high) // 2
        if p_of(middle) < alpha:
            low = middle
        else:
            high = middle
    return low


def _smallest_increase(p_of: Callable[[int], float], expected: float, alpha: float) -> int | None:
    low = int(np.floor(expected))
    high = max(2 * low, 8)
    while not p_of(high) < alpha:
        low, high = high, 2 * high
        if high > LARGEST_RATIO * max(expected, 1.0):
            return None
    while high - low > 1:
        middle = (low + high) // 2
        if p_of(middle) < alpha:
            high = middle
        else:
            low = middle
    return high


def _detectable(chance: Callable[[float], float], farthest: float, nearest: float) -> float:
    if chance(farthest) < SUFFICIENT_POWER:
        return float("nan")
    if chance(nearest) >= SUFFICIENT_POWER:
        return nearest
    root = optimize.brentq(
        lambda log_ratio: chance(float(np.exp(log_ratio))) - SUFFICIENT_POWER,
        *sorted((float(np.log(farthest)), float(np.log(nearest)))),
        xtol=1e-10,
    )
    return float(np.exp(root))
