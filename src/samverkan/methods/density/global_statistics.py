"""One number for the whole map: Moran's I, Geary's C and Getis and Ord's G."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samverkan.methods import compiled
from samverkan.methods.density.areas import (
    Alternative,
    as_alternative,
    as_area_values,
    p_from_tails,
    p_from_z,
)
from samverkan.methods.density.neighbours import Neighbours
from samverkan.methods.density.polygon import FloatArray
from samverkan.methods.errors import MethodError


@dataclass(frozen=True)
class GlobalStatistic:
    """A statistic of the whole map, its moments over shuffles, and its p-values."""

    statistic: float
    expected: float
    variance: float
    z_score: float
    p_value: float
    simulated_p_value: float | None
    alternative: Alternative
    n_simulations: int


def global_moran(
    values: npt.ArrayLike,
    neighbours: Neighbours,
    *,
    n_simulations: int = 0,
    seed: int = 0,
    alternative: str = "greater",
) -> GlobalStatistic:
    """Are neighbours more alike (I above its expectation) than chance would make them?

    `values`: (n_areas,). Moments are over shuffles of all values (randomisation). With
    `n_simulations` the map is shuffled so many times besides.
    Guarantees: equals spdep's `moran.test`; areas without neighbours are left out of the count
    of areas, as there. NaN where all values are the same.
    Not for finding where: see `local_moran`.
    Errors: `MethodError` for values that do not fit, or no neighbours at all.
    Source: Cliff and Ord (1981), Spatial Processes, chapter 2.
    """
    side = as_alternative(alternative)
    row, linked = _one_row(values, neighbours)
    centred = row - row.mean()
    statistic = _moran(centred[None], linked)[0]
    count = float(np.count_nonzero(linked.counts))
    expected = -1 / (count - 1)
    variance = _moran_variance(centred, linked, count)
    z_score = _score(statistic, expected, variance)
    simulated = None
    if n_simulations and not np.isnan(z_score):
        shuffled = _shuffled(centred, n_simulations, seed)
        simulated = _simulated_p(statistic, _moran(shuffled, linked), side)
    p_value = float(p_from_z(np.array(z_score), side))
    return GlobalStatistic(
        statistic, expected, variance, z_score, p_value, simulated, side, n_simulations
    )


def global_geary(
    values: npt.ArrayLike, neighbours: Neighbours, *, alternative: str = "less"
) -> GlobalStatistic:
    """Are neighbours' differences smaller (C below 1) than chance would make them?

    `alternative` is about C itself: "less" asks whether neighbours are alike.
    Guarantees: equals spdep's `geary.test`. Errors and NaN as in `global_moran`.
    Source: Cliff and Ord (1981), chapter 2.
    """
    side = as_alternative(alternative)
    row, linked = _one_row(values, neighbours)
    centred = row - row.mean()
    count = float(np.count_nonzero(linked.counts))
    squares = float((centred**2).sum())
    gaps = (row[linked.owners] - row[linked.areas]) ** 2
    total = float(linked.weights.sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = float(
            np.divide((count - 1) * float(linked.weights @ gaps), 2 * total * squares)
        )
    variance = _geary_variance(centred, linked, count)
    z_score = _score(statistic, 1.0, variance)
    p_value = float(p_from_z(np.array(z_score), side))
    return GlobalStatistic(statistic, 1.0, variance, z_score, p_value, None, side, 0)


def global_g(values: npt.ArrayLike, neighbours: Neighbours) -> float:
    """Which share of all products of two areas' values belongs to neighbours?

    Large when high values stand together. Values must not be negative. NaN when all are zero.
    Source: Getis and Ord (1992), Geographical Analysis 24.
    """
    row, linked = _one_row(values, neighbours)
    if (row < 0).any():
        raise MethodError("global G is defined for values that are not negative")
    near = float(linked.weights @ (row[linked.owners] * row[linked.areas]))
    every = float(row.sum() ** 2 - (row**2).sum())
    return near / every if every > 0 else float("nan")


def _one_row(values: npt.ArrayLike, neighbours: Neighbours) -> tuple[FloatArray, Neighbours]:
    rows = as_area_values(values, neighbours)
    linked = neighbours.without_self()
    if len(rows) != 1:
        raise MethodError("values must be one number an area")
    if np.count_nonzero(linked.counts) < 4:
        raise MethodError("at least four areas must have neighbours")
    return rows[0], linked


def _moran(centred: FloatArray, linked: Neighbours) -> FloatArray:
    squares = (centred**2).sum(axis=1)
    count = np.count_nonzero(linked.counts)
    products = np.einsum("sa,sa->s", centred, linked.lag(centred))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(count / linked.weights.sum() * products / squares)


def _weight_sums(linked: Neighbours) -> tuple[float, float, float]:
    """Cliff and Ord's S0, S1 and S2."""
    matrix = linked.matrix
    both = matrix + matrix.T
    first = 0.5 * float((both.data**2).sum())
    columns = np.asarray(matrix.sum(axis=0)).ravel()
    second = float(((linked.sums + columns) ** 2).sum())
    return float(linked.weights.sum()), first, second


def _kurtosis(centred: FloatArray, count: float) -> float:
    square = float((centred**2).sum())
    return count * float((centred**4).sum()) / square**2 if square > 0 else float("nan")


def _moran_variance(centred: FloatArray, linked: Neighbours, count: float) -> float:
    total, first, second = _weight_sums(linked)
    kurtosis = _kurtosis(centred, count)
    square = total**2
    high = count * ((count**2 - 3 * count + 3) * first - count * second + 3 * square)
    low = kurtosis * (count * (count - 1) * first - 2 * count * second + 6 * square)
    expected_square = (high - low) / ((count - 1) * (count - 2) * (count - 3) * square)
    return expected_square - (1 / (count - 1)) ** 2


def _geary_variance(centred: FloatArray, linked: Neighbours, count: float) -> float:
    total, first, second = _weight_sums(linked)
    kurtosis = _kurtosis(centred, count)
    square = total**2
    one = (count - 1) * first * (count**2 - 3 * count + 3 - kurtosis * (count - 1))
    two = (count - 1) * second / 4 * (count**2 + 3 * count - 6 - kurtosis * (count**2 - count + 2))
    three = square * (count**2 - 3 - kurtosis * (count - 1) ** 2)
    return (one - two + three) / (count * (count - 2) * (count - 3) * square)


def _score(statistic: float, expected: float, variance: float) -> float:
    if not variance > 0:
        return float("nan")
    return (statistic - expected) / float(np.sqrt(variance))


def _shuffled(centred: FloatArray, n_simulations: int, seed: int) -> FloatArray:
    generator = np.random.default_rng(int(compiled.seed_key(seed)))
    return generator.permuted(np.tile(centred, (n_simulations, 1)), axis=1)


def _simulated_p(statistic: float, simulated: FloatArray, side: Alternative) -> float:
    slack = 1e-12 * max(abs(statistic), 1.0)
    runs = len(simulated) + 1
    greater = np.array((1 + np.count_nonzero(simulated >= statistic - slack)) / runs)
    less = np.array((1 + np.count_nonzero(simulated <= statistic + slack)) / runs)
    return float(p_from_tails(greater, less, side))
