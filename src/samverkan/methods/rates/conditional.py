"""Exact conditional statements about two counts: given their total, the first is binomial.

Elementwise on float arrays of one shape. ``share`` is the first exposure's part of the sum of
both: the chance that one of the events fell in the first group if the rates are equal. The
incomplete beta functions are smooth in the counts, so central and mid-p also take effective
(fractional) counts.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from samverkan.methods.rates.families import SMALLEST
from samverkan.methods.rates.results import FloatArray, Interval
from samverkan.methods.rates.roots import bracketed_roots


def tails(
    first: FloatArray, second: FloatArray, share: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """P(X >= first) and P(X <= first), X binomial of the total with the share."""
    upper = special.betainc(np.maximum(first, SMALLEST), second + 1.0, share)
    lower = special.betaincc(first + 1.0, np.maximum(second, SMALLEST), share)
    return (
        np.asarray(np.where(first <= 0, 1.0, upper)),
        np.asarray(np.where(second <= 0, 1.0, lower)),
    )


def central_p(first: FloatArray, second: FloatArray, share: FloatArray) -> FloatArray:
    """Twice the smaller tail, at most 1."""
    upper, lower = tails(first, second, share)
    return np.asarray(np.minimum(1.0, 2 * np.minimum(upper, lower)))


def mid_p(first: FloatArray, second: FloatArray, share: FloatArray) -> FloatArray:
    """Twice the smaller mid-tail: half of the observed outcome's probability counts."""
    upper, lower = tails(first, second, share)
    own = own_probability(first, second, share)
    return np.asarray(np.minimum(1.0, 2 * np.minimum(upper, lower) - own))


def own_probability(first: FloatArray, second: FloatArray, share: FloatArray) -> FloatArray:
    """The binomial probability of exactly this split, continued to fractional counts."""
    total = first + second
    log_ways = -special.betaln(first + 1.0, second + 1.0) - np.log1p(total)
    return np.asarray(
        np.exp(log_ways + special.xlogy(first, share) + special.xlog1py(second, -share))
    )


def central_share_limits(first: FloatArray, second: FloatArray, alpha: float) -> Interval:
    """Clopper and Pearson's limits of the first group's share of the events."""
    lower = special.betaincinv(np.maximum(first, SMALLEST), second + 1.0, alpha / 2)
    upper = special.betainccinv(first + 1.0, np.maximum(second, SMALLEST), alpha / 2)
    return Interval(
        np.asarray(np.where(first > 0, lower, 0.0)), np.asarray(np.where(second > 0, upper, 1.0))
    )


def mid_p_share_limits(first: FloatArray, second: FloatArray, alpha: float) -> Interval:
    """Shares at which the mid-tail is alpha / 2."""
    upper = 1.0 - _mid_p_lower(second, first, alpha)
    return Interval(_mid_p_lower(first, second, alpha), upper)


def _mid_p_lower(first: FloatArray, second: FloatArray, alpha: float) -> FloatArray:
    some = np.where(first > 0, first, 1.0)

    def excess(share: FloatArray) -> FloatArray:
        upper = special.betainc(some, second + 1.0, share)
        beyond = special.betainc(some + 1.0, np.maximum(second, SMALLEST), share)
        return np.asarray((upper + np.where(second > 0, beyond, 0.0) - alpha) / alpha)

    low = special.betaincinv(some, second + 1.0, alpha / 2)
    high = np.where(
        second > 0,
        special.betaincinv(some + 1.0, np.maximum(second, SMALLEST), alpha / 2),
        special.betaincinv(some, second + 1.0, alpha),
    )
    return np.asarray(np.where(first > 0, bracketed_roots(excess, low, high), 0.0))


def ratio_from_share(share: FloatArray, exposure_share: FloatArray) -> FloatArray:
    """The rate ratio under which the first group's share of the events is ``share``."""
    with np.errstate(divide="ignore"):
        odds = share / (1.0 - share)
    return np.asarray(odds * (1.0 - exposure_share) / exposure_share)
