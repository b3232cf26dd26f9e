"""The smallest change that could have been seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray
from scipy import special

from samverkan.methods.errors import MethodError
from samverkan.methods.rates import conditional, poisson_limits
from samverkan.methods.rates.inputs import as_count, as_exposure, as_not_negative, together
from samverkan.methods.rates.results import FloatArray
from samverkan.methods.rates.whole import first_whole
from samverkan.methods.series import as_fraction


@dataclass(frozen=True, slots=True)
class DetectableChange:
    """What a comparison with a given past can and cannot notice; broadcast shape."""

    largest_count_flagged: FloatArray
    """The largest new count that would be called lower; -1 when none would."""
    smallest_count_flagged: FloatArray
    """The smallest new count that would be called higher."""
    detectable_increase: FloatArray
    """The smallest ratio above 1 that would be noticed with the asked power."""
    detectable_decrease: FloatArray
    """The largest ratio below 1 that would be; 0 when not even an end to all crime would."""
    power_to_see_doubling: FloatArray
    power_to_see_halving: FloatArray


def smallest_detectable_change(
    count: npt.ArrayLike,
    exposure: npt.ArrayLike,
    new_exposure: npt.ArrayLike,
    *,
    alpha: float = 0.05,
    power: float = 0.8,
    dispersion_index: npt.ArrayLike = 1.0,
) -> DetectableChange:
    """How large must a change be for the coming counts to show it?

    `count` events were seen in `exposure`; the next will be counted over `new_exposure`. All are
    broadcast. Significance is the two-sided mid-p of `compare_rates`; `dispersion_index` (variance
    over mean) makes both the test and the chance of noticing cautious.
    Guarantees: the flagged counts are exact for chance variation. The past rate is taken as it
    was estimated (with half an event added), so the power is that of a typical past.
    Not for looking back: a change that was missed is not thereby small; print this before.
    Errors: `MethodError` for broken counts, exposures or settings.
    Source: power of the conditional binomial test, Przyborowski and Wilenski (1940).
    """
    alpha, power = as_fraction(alpha, name="alpha"), as_fraction(power, name="power")
    earlier, before, after, index = together(
        as_count(count),
        as_exposure(exposure),
        as_exposure(new_exposure, name="new_exposure"),
        as_not_negative(dispersion_index, name="dispersion_index"),
    )
    if np.any(index < 1):
        raise MethodError("dispersion_index must be at least 1")
    missing = np.isnan(earlier + before + after + index)
    earlier, share = (
        np.where(missing, 0.0, earlier),
        np.where(missing, 0.5, after / (before + after)),
    )
    index = np.where(missing, 1.0, index)
    low, high = critical_counts(earlier, share, index, alpha)
    usual = (earlier + 0.5) * share / (1.0 - share)
    columns = [
        low,
        high,
        detectable_ratio(power, usual, high, index),
        _detectable_decrease(power, usual, low, index),
        power_of_ratio(2.0, usual, high, index),
        np.where(low >= 0, poisson_limits.at_most(low / index, usual / (2 * index)), 0.0),
    ]
    return DetectableChange(*[np.where(missing, np.nan, column)[()] for column in columns])


def _detectable_decrease(
    power: float, usual: FloatArray, largest_flagged: FloatArray, index: FloatArray
) -> FloatArray:
    known = np.maximum(largest_flagged, 0.0)
    needed = special.gammainccinv(known / index + 1.0, power) * index
    return np.asarray(np.where(largest_flagged >= 0, np.minimum(1.0, needed / usual), 0.0))


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
