"""The generalised likelihood ratio compiled; its NumPy twin is in `window_statistic`."""

from __future__ import annotations

import numpy as np

from samverkan.methods import compiled
from samverkan.methods.series import FloatArray
from samverkan.methods.surveillance.window_statistic import RatioRule

jit = compiled.jit

MOST_STEPS = 60
LARGEST_STEP = 2.0
PRECISION = 1e-9
LARGEST_SEARCHED = 2.0**40
SERIES_AT_A_TIME = 8


def run_compiled(
    counts: FloatArray, known_mean: FloatArray, mean: FloatArray, rule: RatioRule
) -> tuple[FloatArray, FloatArray]:
    """Statistic and bound of every period. known_mean is zero where a count is missing."""
    value, bound = np.zeros(counts.shape), np.full(counts.shape, np.nan)

    def work(rows: tuple[int, int]) -> None:
        _run(
            counts,
            known_mean,
            mean,
            rule.overdispersion,
            rule.decision_limit,
            rule.log_shift,
            rule.longest,
            rule.shortest,
            rule.is_increase,
            rule.skips_empty,
            rows[0],
            rows[1],
            value,
            bound,
        )

    compiled.map_chunks(work, compiled.split_range(len(counts), SERIES_AT_A_TIME))
    return value, bound


@jit
def _run(
    counts: FloatArray,
    known_mean: FloatArray,
    mean: FloatArray,
    spread: float,
    limit: float,
    log_shift: float,
    longest: int,
    shortest: int,
    is_increase: bool,
    skips_empty: bool,
    first: int,
    last: int,
    value: FloatArray,
    bound: FloatArray,
) -> None:
    n_periods = counts.shape[1]
    y = np.empty(n_periods)
    mu = np.empty(n_periods)
    for series in range(first, last):
        start = 0
        guess = 1.0
        for period in range(n_periods):
            y[period] = counts[series, period]
            mu[period] = known_mean[series, period]
        for period in range(n_periods):
            begin = start
            if longest >= 0:
                begin = max(begin, period - longest)
            observed = y[period]
            seen = mu[period]
            found = _largest(
                y,
                mu,
                begin,
                period,
                observed,
                spread,
                log_shift,
                shortest,
                is_increase,
                skips_empty,
                np.inf,
            )
            value[series, period] = found
            for column in range(begin, period + 1):
                mu[column] = mean[series, column]
            edge = _bound(
                y,
                mu,
                begin,
                period,
                spread,
                limit,
                log_shift,
                shortest,
                is_increase,
                skips_empty,
                guess,
            )
            bound[series, period] = edge
            guess = edge if not np.isnan(edge) else 1.0
            for column in range(begin, period + 1):
                mu[column] = known_mean[series, column]
            y[period] = observed
            mu[period] = seen
            if found >= limit:
                start = period + 1


@jit
def _bound(
    y: FloatArray,
    mu: FloatArray,
    begin: int,
    period: int,
    spread: float,
    limit: float,
    log_shift: float,
    shortest: int,
    is_increase: bool,
    skips_empty: bool,
    guess: float,
) -> float:
    """Where alarms begin (an increase) or end (a decrease), searched outwards from a guess."""
    if not is_increase:
        zero = _largest(
            y, mu, begin, period, 0.0, spread, log_shift, shortest, is_increase, skips_empty, limit
        )
        if zero < limit:
            return np.nan
    low = -1.0
    high = max(guess, 0.0)
    step = 1.0
    trial = high
    is_above = False
    # "Above" is the side of the large counts: alarms for an increase, none for a decrease.
    while True:
        found = _largest(
            y,
            mu,
            begin,
            period,
            trial,
            spread,
            log_shift,
            shortest,
            is_increase,
            skips_empty,
            limit,
        )
        if (found >= limit) == is_increase:
            high = trial
            is_above = True
            if low >= 0 or trial == 0:
                break
            trial = max(trial - step, 0.0)
        else:
            low = trial
            if is_above:
                break
            trial += step
            if trial > LARGEST_SEARCHED:
                return np.nan
        step *= 2
    while high - low > 1:
        middle = np.floor((low + high) / 2)
        found = _largest(
            y,
            mu,
            begin,
            period,
            middle,
            spread,
            log_shift,
            shortest,
            is_increase,
            skips_empty,
            limit,
        )
        if (found >= limit) == is_increase:
            high = middle
        else:
            low = middle
    if is_increase:
        return high
    return low


@jit
def _largest(
    y: FloatArray,
    mu: FloatArray,
    begin: int,
    period: int,
    count: float,
    spread: float,
    log_shift: float,
    shortest: int,
    is_increase: bool,
    skips_empty: bool,
    enough: float,
) -> float:
    """The largest statistic over windows; may stop early once it is `enough`."""
    y[period] = count
    largest = 0.0
    cases = 0.0
    usual = 0.0
    warm = np.nan
    for column in range(period, begin - 1, -1):
        cases += y[column]
        usual += mu[column]
        if period - column + 1 < shortest:
            continue
        if skips_empty and cases == 0:
            continue
        if not np.isnan(log_shift):
            found = _ratio(y, mu, column, period, log_shift, spread)
        elif usual <= 0:
            continue
        elif spread == 0:
            if (cases > usual) != is_increase:
                continue
            found = usual - cases
            if cases > 0:
                found += cases * np.log(cases / usual)
        else:
            slack = 0.0
            for index in range(column, period + 1):
                slack += (y[index] - mu[index]) / (1 + spread * mu[index])
            if (slack > 0) != is_increase:
                continue
            if cases == 0:
                found = 0.0
                for index in range(column, period + 1):
                    found += np.log1p(spread * mu[index]) / spread
            else:
                if np.isnan(warm):
                    warm = np.log(cases / usual)
                warm = _best_shift(y, mu, column, period, warm, spread)
                found = _ratio(y, mu, column, period, warm, spread)
        if found > largest:
            largest = found
            if largest >= enough:
                return largest
    return largest


@jit
def _ratio(
    y: FloatArray,
    mu: FloatArray,
    begin: int,
    period: int,
    shift: float,
    spread: float,
) -> float:
    growth = np.exp(shift)
    total = 0.0
    if spread == 0:
        for index in range(begin, period + 1):
            total += y[index] * shift - (growth - 1) * mu[index]
        return total
    for index in range(begin, period + 1):
        change = np.log((1 + spread * mu[index] * growth) / (1 + spread * mu[index]))
        total += y[index] * shift - (y[index] + 1 / spread) * change
    return total


@jit
def _best_shift(
    y: FloatArray,
    mu: FloatArray,
    begin: int,
    period: int,
    shift: float,
    spread: float,
) -> float:
    for _ in range(MOST_STEPS):
        growth = np.exp(shift)
        gradient = 0.0
        curvature = 0.0
        for index in range(begin, period + 1):
            moved = mu[index] * growth
            below = 1 / (1 + spread * moved)
            gradient += (y[index] - moved) * below
            curvature += moved * (1 + spread * y[index]) * below * below
        step = min(max(gradient / curvature, -LARGEST_STEP), LARGEST_STEP)
        shift += step
        if abs(step) <= PRECISION:
            break
    return shift
