"""Quantiles and tails of count distributions that cannot hang, for whole arrays at once."""

from __future__ import annotations

import numpy as np
from scipy import special

from samverkan.methods import compiled
from samverkan.methods.series import BoolArray, FloatArray

# Beyond this mean a count model says nothing that a person could act on, and searching for the
# quantile could take for ever: the answer is NaN.
LARGEST_MEAN = 1e9
LARGEST_DISPERSION = 1e7
ELEMENTS_AT_A_TIME = 16384
# Below this many it is not worth waiting for a compiled kernel to load.
FEWEST_FOR_COMPILED = 256
# A probability that equals the target but for rounding counts as having reached it.
ROUNDING = 64 * np.finfo(np.float64).eps


def count_cumulative(count: FloatArray, mean: FloatArray, dispersion: FloatArray) -> FloatArray:
    """P(X <= count) for mean `mean` and variance `dispersion * mean`.

    Poisson where the dispersion is 1 or less, otherwise negative binomial with size
    mean / (dispersion - 1), as Farrington-type methods use it.
    """
    count, mean, dispersion = np.broadcast_arrays(count, mean, dispersion)
    whole = np.floor(count)
    is_poisson = ~(dispersion > 1)
    with np.errstate(all="ignore"):
        poisson = special.pdtr(np.maximum(whole, 0), np.where(is_poisson, mean, 1.0))
        size = np.where(is_poisson, 1.0, mean / (dispersion - 1))
        success = np.where(is_poisson, 0.5, 1 / dispersion)
        negative_binomial = special.betainc(size, np.maximum(whole, 0) + 1, success)
    cumulative = np.where(is_poisson, poisson, negative_binomial)
    return np.where(whole < 0, 0.0, cumulative)


def count_tail(count: FloatArray, mean: FloatArray, dispersion: FloatArray) -> FloatArray:
    """P(X >= count), computed as a tail so that small values keep their digits."""
    count, mean, dispersion = np.broadcast_arrays(count, mean, dispersion)
    flat = [np.ravel(array) for array in (count, mean, dispersion)]
    pieces = compiled.map_chunks(
        lambda rows: _tail(*(array[slice(*rows)] for array in flat)),
        compiled.split_range(count.size, ELEMENTS_AT_A_TIME),
    )
    return np.concatenate(pieces).reshape(count.shape)


def _tail(count: FloatArray, mean: FloatArray, dispersion: FloatArray) -> FloatArray:
    is_poisson = ~(dispersion > 1)
    positive = np.maximum(count, 1.0)
    with np.errstate(all="ignore"):
        poisson = special.gammainc(positive, np.where(is_poisson, mean, 1.0))
        size = np.where(is_poisson, 1.0, mean / (dispersion - 1))
        success = np.where(is_poisson, 0.5, 1 / dispersion)
        negative_binomial = special.betaincc(size, positive, success)
    tail = np.where(is_poisson, poisson, negative_binomial)
    tail = np.where(count <= 0, 1.0, tail)
    return np.where(np.isnan(count) | np.isnan(mean), np.nan, tail)


def count_quantile(
    probability: float | FloatArray, mean: FloatArray, dispersion: FloatArray
) -> FloatArray:
    """The smallest count x with P(X <= x) >= probability; NaN where no bound can be given.

    Question answered: how large must a count be before chance alone explains it with probability
    less than 1 - probability? Shapes broadcast. The mean is bounded first (NaN above 1e9 or for
    a dispersion above 1e7), because libraries' quantiles of extreme distributions can hang.
    """
    target, mean, dispersion = (
        np.array(a, dtype=np.float64)
        for a in np.broadcast_arrays(probability, mean, np.asarray(dispersion, dtype=np.float64))
    )
    can_say = (mean >= 0) & (mean <= LARGEST_MEAN) & (dispersion <= LARGEST_DISPERSION)
    can_say &= (target > 0) & (target < 1)
    quantile = np.full(mean.shape, np.nan)
    rows = np.flatnonzero(can_say.ravel())
    quantile.ravel()[rows] = _quantile(
        target.ravel()[rows], mean.ravel()[rows], dispersion.ravel()[rows]
    )
    return quantile


def _quantile(target: FloatArray, mean: FloatArray, dispersion: FloatArray) -> FloatArray:
    if target.size < FEWEST_FOR_COMPILED or not compiled.is_available():
        return _search(target, mean, dispersion)
    from samverkan.methods.surveillance.quantiles_compiled import quantile_by_adding

    found = quantile_by_adding(target * (1 - ROUNDING), mean, dispersion)
    left = np.flatnonzero(np.isnan(found))
    found[left] = _search(target[left], mean[left], dispersion[left])
    return found


def _search(target: FloatArray, mean: FloatArray, dispersion: FloatArray) -> FloatArray:
    """Bracket the quantile from a Cornish-Fisher start, then halve: never more than 64 looks."""
    goal = target * (1 - ROUNDING)
    normal = special.ndtri(target)
    spread = np.sqrt(mean * np.maximum(dispersion, 1.0))
    with np.errstate(all="ignore"):
        skewness = np.where(spread > 0, (2 * np.maximum(dispersion, 1.0) - 1) / spread, 0.0)
        start = mean + spread * (normal + skewness * (normal**2 - 1) / 6)
    start = np.floor(np.clip(np.nan_to_num(start), 0.0, 1e15))
    is_enough = count_cumulative(start, mean, dispersion) >= goal
    low, high = _bracket(start, is_enough, goal, mean, dispersion)
    return _halve(low, high, goal, mean, dispersion)


def _bracket(
    start: FloatArray, is_enough: BoolArray, goal: FloatArray, mean: FloatArray, phi: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """`low` not enough (or -1), `high` enough (or infinite when 1e15 is not)."""
    low = np.where(is_enough, -1.0, start)
    high = np.where(is_enough, start, np.inf)
    step = 1.0
    rows = np.arange(start.size)
    while rows.size and step < 1e15:
        down = is_enough[rows]
        trial = np.where(down, np.maximum(start[rows] - step, -1.0), start[rows] + step)
        enough = count_cumulative(trial, mean[rows], phi[rows]) >= goal[rows]
        high[rows[enough]] = trial[enough]
        low[rows[~enough]] = trial[~enough]
        rows = rows[(enough == down) & (trial >= 0)]
        step *= 2
    return low, high


def _halve(
    low: FloatArray, high: FloatArray, goal: FloatArray, mean: FloatArray, phi: FloatArray
) -> FloatArray:
    rows = np.flatnonzero(np.isfinite(high) & (high - low > 1))
    while rows.size:
        middle = np.floor((low[rows] + high[rows]) / 2)
        enough = count_cumulative(middle, mean[rows], phi[rows]) >= goal[rows]
        high[rows[enough]] = middle[enough]
        low[rows[~enough]] = middle[~enough]
        rows = rows[high[rows] - low[rows] > 1]
    return np.where(np.isfinite(high), high, np.nan)
