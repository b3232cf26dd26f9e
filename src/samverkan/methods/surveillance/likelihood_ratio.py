"""Generalised likelihood ratio: has the level changed since some recent, unknown period?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from samverkan.methods import compiled
from samverkan.methods.errors import MethodError
from samverkan.methods.series import (
    Counts,
    FloatArray,
    as_counts,
    as_evaluated_periods,
)
from samverkan.methods.surveillance.results import SurveillanceResult
from samverkan.methods.surveillance.variants import Variant, as_variant
from samverkan.methods.surveillance.window_statistic import LargestStatistic, RatioRule

LARGEST_SEARCHED = 2.0**40


class Direction(Enum):
    """Which change is looked for."""

    INCREASE = "inc"
    DECREASE = "dec"


@dataclass(frozen=True)
class _Run:
    value: FloatArray
    bound: FloatArray


def glr_negative_binomial(
    counts: Counts,
    *,
    expected: npt.ArrayLike,
    overdispersion: float = 0.0,
    decision_limit: float = 5.0,
    log_shift: float | None = None,
    longest_window: int | None = None,
    shortest_window: int = 1,
    direction: str | Direction = "inc",
    evaluate: npt.ArrayLike | None = None,
    variant: str | Variant = "corrected",
) -> SurveillanceResult:
    """The log likelihood ratio of a change of level since the best recent period.

    Question answered: is there a recent period since when the counts fit a mean of exp(shift)
    times the expected so much better that the logarithm of the likelihood ratio reaches
    decision_limit? The best shift is found for each window (or log_shift is given). After an
    alarm the search starts anew. Poisson when overdispersion is 0; otherwise negative binomial
    with variance mean + overdispersion * mean ** 2.

    counts: (n_series, n_periods); expected: positive, a number or an array that fits the
    evaluated columns. longest_window: periods a window may reach back before the current one
    (None: to the last alarm). shortest_window: periods it must hold. evaluate: columns one after
    the other. Missing counts carry no information.
    Result: `score` is the statistic, `upper_bound` the smallest count of the period that raises
    the alarm given those before (for a decrease the largest), NaN where none does; `p_value`
    is NaN (simulate the run length for the limit).
    variant "released" reproduces R surveillance 1.20.3: with longest_window no window is
    shorter than two periods, and for a decrease windows without a case are skipped.

    Guarantees: a permutation of series permutes the answers; another series changes nothing.
    Not when the expected counts are uncertain: they are taken as known. Errors: `MethodError`.

    Source: Hoehle and Paul (2008), Computational Statistics and Data Analysis 52.
    """
    values = as_counts(counts)
    periods = _consecutive(evaluate, values.shape[1])
    observed = values[:, periods]
    mean = _as_expected(expected, observed.shape)
    rule = _ratio_rule(
        overdispersion,
        decision_limit,
        log_shift,
        longest_window,
        shortest_window,
        direction,
        as_variant(variant) is Variant.RELEASED,
    )
    run = _run(observed, mean, rule)
    is_missing = np.isnan(observed)
    return SurveillanceResult(
        upper_bound=run.bound,
        expected=mean,
        score=np.where(is_missing, np.nan, run.value),
        p_value=np.broadcast_to(np.nan, observed.shape),
        is_alarm=~is_missing & (run.value >= rule.decision_limit),
        evaluated=periods,
    )


def glr_poisson(
    counts: Counts,
    *,
    expected: npt.ArrayLike,
    decision_limit: float = 5.0,
    log_shift: float | None = None,
    longest_window: int | None = None,
    shortest_window: int = 1,
    direction: str | Direction = "inc",
    evaluate: npt.ArrayLike | None = None,
    variant: str | Variant = "corrected",
) -> SurveillanceResult:
    """`glr_negative_binomial` without over-dispersion; arguments and result as there.

    Question answered: has a Poisson level changed since the best recent period?
    Errors: `MethodError`. Source: Hoehle (2006); Lai (1995), JRSS B 57.
    """
    return glr_negative_binomial(
        counts,
        expected=expected,
        overdispersion=0.0,
        decision_limit=decision_limit,
        log_shift=log_shift,
        longest_window=longest_window,
        shortest_window=shortest_window,
        direction=direction,
        evaluate=evaluate,
        variant=variant,
    )


def _ratio_rule(
    overdispersion: float,
    decision_limit: float,
    log_shift: float | None,
    longest_window: int | None,
    shortest_window: int,
    direction: str | Direction,
    is_released: bool,
) -> RatioRule:
    try:
        sought = Direction(direction)
    except ValueError as error:
        raise MethodError("direction must be inc or dec") from error
    if not 0 <= overdispersion < np.inf:
        raise MethodError("overdispersion must be at least 0")
    if not 0 < decision_limit < np.inf:
        raise MethodError("decision_limit must be positive")
    if shortest_window < 1 or (longest_window is not None and longest_window < 1):
        raise MethodError("windows must be at least one period")
    is_increase = sought is Direction.INCREASE
    if log_shift is not None and not (log_shift > 0) == is_increase:
        raise MethodError("log_shift must be positive for inc and negative for dec")
    shortest = shortest_window
    if is_released and longest_window is not None:
        shortest = max(shortest, 2)
    return RatioRule(
        overdispersion=overdispersion,
        decision_limit=decision_limit,
        log_shift=np.nan if log_shift is None else log_shift,
        longest=-1 if longest_window is None else longest_window,
        shortest=shortest,
        is_increase=is_increase,
        skips_empty=is_released and not is_increase,
    )


def _consecutive(evaluate: npt.ArrayLike | None, n_periods: int) -> npt.NDArray[np.int64]:
    periods = as_evaluated_periods(evaluate, n_periods)
    if (np.diff(periods) != 1).any():
        raise MethodError("evaluate must be columns one after the other")
    return periods


def _as_expected(expected: npt.ArrayLike, shape: tuple[int, int]) -> FloatArray:
    try:
        spread = np.broadcast_to(np.asarray(expected, dtype=np.float64), shape)
    except (TypeError, ValueError) as error:
        raise MethodError("expected does not fit the evaluated periods") from error
    if not (np.isfinite(spread) & (spread > 0)).all():
        raise MethodError("expected must be positive and finite")
    return np.ascontiguousarray(spread)


def _run(observed: FloatArray, mean: FloatArray, rule: RatioRule) -> _Run:
    # A missing count with an expectation of zero adds nothing to any sum.
    counts = np.nan_to_num(observed, nan=0.0)
    known_mean = np.where(np.isnan(observed), 0.0, mean)
    if compiled.is_available():
        from samverkan.methods.surveillance.likelihood_ratio_compiled import run_compiled

        return _Run(*run_compiled(counts, known_mean, mean, rule))
    value, bound = np.zeros(counts.shape), np.full(counts.shape, np.nan)
    start = np.zeros(len(counts), dtype=np.int64)
    for period in range(counts.shape[1]):
        now = LargestStatistic(counts, known_mean, period, start, rule)
        value[:, period] = now.at(counts[:, period])
        usual = LargestStatistic(counts, mean, period, start, rule)
        bound[:, period] = _search_bound(usual, rule)
        start = np.where(value[:, period] >= rule.decision_limit, period + 1, start)
    return _Run(value, bound)


def _search_bound(statistic: LargestStatistic, rule: RatioRule) -> FloatArray:
    """The smallest count with an alarm (largest for a decrease), by doubling and halving."""
    size = statistic.n_series
    zero_alarms = statistic.at(np.zeros(size)) >= rule.decision_limit
    if rule.is_increase:
        low, high = np.zeros(size), np.ones(size)
        is_alarm = statistic.at(high) >= rule.decision_limit
        while not is_alarm.all() and high.max() < LARGEST_SEARCHED:
            low = np.where(is_alarm, low, high)
            high = np.where(is_alarm, high, high * 2)
            is_alarm = statistic.at(high) >= rule.decision_limit
    else:
        low, high = np.zeros(size), np.ones(size)
        is_alarm = statistic.at(high) >= rule.decision_limit
        while is_alarm.any() and high.max() < LARGEST_SEARCHED:
            low = np.where(is_alarm, high, low)
            high = np.where(is_alarm, high * 2, high)
            is_alarm = statistic.at(high) >= rule.decision_limit
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        moves_high = (statistic.at(middle) >= rule.decision_limit) == rule.is_increase
        is_open = high - low > 1
        high = np.where(is_open & moves_high, middle, high)
        low = np.where(is_open & ~moves_high, middle, low)
    if rule.is_increase:
        reaches = statistic.at(high) >= rule.decision_limit
        return np.where(zero_alarms, 0.0, np.where(reaches, high, np.nan))
    return np.where(zero_alarms, low, np.nan)
