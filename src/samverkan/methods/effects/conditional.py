"""Exact tests of a ratio of Poisson rates, given the totals that carry no information on it.

Two counts: given their sum, one is binomial. Four counts (target and comparison, before and
after): given the row and column sums, the target's later count has Fisher's noncentral
hypergeometric distribution whose odds ratio is the effect. Both are families in one parameter
with the likelihood ratio rising in the count, so tails are monotone in the ratio and exact
intervals are where a tail equals alpha / 2.

Source: Przyborowski and Wilenski (1940), Biometrika 31; Fisher (1935), JRSS 98; Cornfield (1956).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, special

from samverkan.methods.errors import MethodError

FloatArray = npt.NDArray[np.float64]

LARGEST_LOG_RATIO = 40.0
# Above this many possible counts the list of their weights is long and its rounding shows; the
# normal approximation is then as good as exact.
LARGEST_SUPPORT = 1_000_000


@dataclass(frozen=True)
class ConditionalFamily:
    """The distribution of one count given the margins: support and log weights at ratio 1."""

    support: FloatArray
    log_weights: FloatArray
    observed: int

    def probabilities(self, log_ratio: float) -> FloatArray:
        logs = self.log_weights + self.support * log_ratio
        weights = np.exp(logs - logs.max())
        return np.asarray(weights / weights.sum())

    def upper_tail(self, log_ratio: float, observed_share: float = 1.0) -> float:
        """P(count >= observed), the observed count itself counted with `observed_share`."""
        chance = self.probabilities(log_ratio)
        above = chance[self.support > self.observed].sum()
        return float(above + observed_share * chance[self.support == self.observed].sum())

    def lower_tail(self, log_ratio: float, observed_share: float = 1.0) -> float:
        chance = self.probabilities(log_ratio)
        below = chance[self.support < self.observed].sum()
        return float(below + observed_share * chance[self.support == self.observed].sum())

    def p_value(self, observed_share: float = 1.0) -> float:
        """Twice the smaller tail at ratio 1: exact with share 1, mid-p with share 0.5."""
        smaller = min(self.upper_tail(0.0, observed_share), self.lower_tail(0.0, observed_share))
        return min(1.0, 2 * smaller)

    def interval(self, alpha: float, observed_share: float = 1.0) -> tuple[float, float]:
        """The ratios that the two-sided test does not reject at `alpha`."""
        low, high = 0.0, float("inf")
        if self.observed > self.support[0]:
            low = _root(lambda x: self.upper_tail(x, observed_share) - alpha / 2)
        if self.observed < self.support[-1]:
            high = _root(lambda x: alpha / 2 - self.lower_tail(x, observed_share))
        return low, high

    def estimate(self) -> float:
        """The conditional maximum-likelihood ratio: the mean of the count is the observed."""
        if len(self.support) == 1:
            return float("nan")
        if self.observed == self.support[0]:
            return 0.0
        if self.observed == self.support[-1]:
            return float("inf")
        return _root(lambda x: float(self.probabilities(x) @ self.support) - self.observed)


def two_counts(
    after: int, before: int, after_length: float, before_length: float
) -> ConditionalFamily:
    """`after` given `after + before`; the ratio is of rates after / before."""
    total = after + before
    _check_length(total + 1)
    support = np.arange(total + 1, dtype=np.float64)
    offset = np.log(after_length) - np.log(before_length)
    return ConditionalFamily(support, _log_choose(total, support) + support * offset, after)


def four_counts(
    target_before: int, target_after: int, comparison_before: int, comparison_after: int
) -> ConditionalFamily:
    """The target's later count given all margins; the ratio is that of the two changes."""
    target, comparison = target_before + target_after, comparison_before + comparison_after
    later = target_after + comparison_after
    _check_length(min(target, later) + 1 - max(0, later - comparison))
    support = np.arange(max(0, later - comparison), min(target, later) + 1, dtype=np.float64)
    log_weights = _log_choose(target, support) + _log_choose(comparison, later - support)
    return ConditionalFamily(support, log_weights, target_after)


def _check_length(length: int) -> None:
    if length > LARGEST_SUPPORT:
        raise MethodError("exact methods are for counts below a million: use method='poisson'")


def _log_choose(total: int, chosen: FloatArray) -> FloatArray:
    return np.asarray(
        special.gammaln(total + 1)
        - special.gammaln(chosen + 1)
        - special.gammaln(total - chosen + 1)
    )


def _root(rising: Callable[[float], float]) -> float:
    """The ratio where a function that rises with the log ratio passes zero."""
    if rising(-LARGEST_LOG_RATIO) >= 0:
        return 0.0
    if rising(LARGEST_LOG_RATIO) <= 0:
        return float("inf")
    root = optimize.brentq(rising, -LARGEST_LOG_RATIO, LARGEST_LOG_RATIO, xtol=1e-13, rtol=1e-14)
    return float(np.exp(root))
