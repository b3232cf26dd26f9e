"""The smallest change that could have been seen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

from samverkan.methods.rates import conditional, poisson_limits
from samverkan.methods.rates.results import FloatArray
from samverkan.methods.rates.whole import first_whole


def critical_counts(
    earlier: FloatArray, share: FloatArray, index: FloatArray, alpha: float
) -> tuple[FloatArray, FloatArray]:
    """The largest recent total called lower (-1: none) and the smallest called higher.

    Given the earlier total, the recent share of the exposure and the dispersion index, by the
    same two-sided mid-p on effective counts as the comparison itself.
    """
    usual = earlier * share / (1.0 - share)

    def is_significant(recent: FloatArray) -> NDArray[np.bool_]:
        p_value = conditional.mid_p(recent / index, earlier / index, share)
        return np.asarray(p_value < alpha)

    def is_flagged_high(recent: FloatArray) -> NDArray[np.bool_]:
        return is_significant(recent) & (recent > usual)

    def is_not_flagged_low(recent: FloatArray) -> NDArray[np.bool_]:
        return ~(is_significant(recent) & (recent < usual))

    return first_whole(is_not_flagged_low, usual) - 1.0, first_whole(is_flagged_high, usual)


def power_of_ratio(
    ratio: float, usual: FloatArray, smallest_flagged: FloatArray, index: FloatArray
) -> FloatArray:
    """The chance of at least the flagged total when the usual one is multiplied by ratio.

    Over-dispersed totals are a Poisson count of index-sized steps: the same variance.
    """
    return poisson_limits.at_least(smallest_flagged / index, ratio * usual / index)


def detectable_ratio(
    power: float, usual: FloatArray, smallest_flagged: FloatArray, index: FloatArray
) -> FloatArray:
    """The ratio at which `power_of_ratio` reaches the asked power; at least 1."""
    needed = special.gammaincinv(smallest_flagged / index, power) * index
    return np.asarray(np.maximum(1.0, needed / usual))
