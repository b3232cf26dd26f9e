"""Getis and Ord's Gi and Gi*: where do high, or low, values stand together?"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from samverkan.methods.density.areas import (
    Alternative,
    as_alternative,
    as_area_values,
    false_discovery_q_values,
    p_from_tails,
    p_from_z,
)
from samverkan.methods.density.conditional import conditional_sums, resampled_sums
from samverkan.methods.density.neighbours import Neighbours
from samverkan.methods.density.polygon import BoolArray, FloatArray
from samverkan.methods.errors import MethodError


class LocalGVariant(StrEnum):
    """The right definition, or that of a release, for comparing with it."""

    CORRECTED = "corrected"
    ESDA = "esda"
    """As esda 2.9.0 has it: weights summed where they should be squared and summed. Scores of
    row-standardised weights come out too small by the root of the number of neighbours."""
    SPDEP = "spdep"
    """As spdep 1.2.7 simulates: all values of the neighbourhood, for Gi* also the area's own, are
    drawn with replacement from the other areas, where the others should be shuffled."""


@dataclass(frozen=True)
class LocalG:
    """Per area (arrays have the shape of the values): `statistic` is the sum over neighbours
    divided by the sum of all values; `z_score` its analytic score; the `simulated_` ones come
    from shuffling and are None when no simulations were asked for. NaN where the method cannot
    say. `q_value` and `is_significant` use the simulated p-value where there is one.
    """

    statistic: FloatArray
    z_score: FloatArray
    p_value: FloatArray
    simulated_z_score: FloatArray | None
    simulated_p_value: FloatArray | None
    q_value: FloatArray
    is_significant: BoolArray
    is_star: bool
    alternative: Alternative
    n_simulations: int
    false_discovery_rate: float = field(default=0.05)

    @property
    def is_hot(self) -> BoolArray:
        return np.asarray(self.is_significant & (self.z_score > 0))

    @property
    def is_cold(self) -> BoolArray:
        return np.asarray(self.is_significant & (self.z_score < 0))


def local_g(
    values: npt.ArrayLike,
    neighbours: Neighbours,
    *,
    star: bool = True,
    n_simulations: int = 0,
    seed: int = 0,
    alternative: str = "two_sided",
    false_discovery_rate: float = 0.05,
    variant: str = "corrected",
) -> LocalG:
    """Which areas stand, with their neighbours, in a heap of high values (or low ones)?

    `values`: (n_areas,) or (n_series, n_areas). `neighbours`: see `grid_neighbours` and its
    kin. `star`: Gi* counts the area itself with its neighbours, Gi does not. `n_simulations`:
    0 uses the normal approximation; 999 shuffles all other values (see `conditional`), which is
    right for skewed counts too; `seed` fixes the shuffling.

    Guarantees: analytic scores equal spdep's `localG`; simulated p-values are
    (1 + as extreme) / (1 + simulations), never zero, and equal values count as extreme.
    NaN where all values are the same or an area has no neighbours.
    Not for raw counts where population differs much (use rates or residuals), and not without
    `q_value` when many areas are judged at once.
    Errors: `MethodError` for values that do not fit the areas or are not finite.
    Source: Getis and Ord (1992), Geographical Analysis 24; Ord and Getis (1995), ibid. 27.
    """
    side = as_alternative(alternative)
    rows = as_area_values(values, neighbours)
    linked = neighbours.with_self() if star else neighbours.without_self()
    if neighbours.n_areas < 3:
        raise MethodError("local G needs at least three areas")
    sums = linked.lag(rows)
    kind = _as_variant(variant)
    z_score = _analytic_scores(rows, linked, sums, star, kind is LocalGVariant.ESDA)
    p_value = p_from_z(z_score, side)
    simulated_z = simulated_p = None
    if n_simulations:
        simulated_z, simulated_p = _simulated(rows, linked, n_simulations, seed, side, kind)
        simulated_p[np.isnan(z_score)] = np.nan
    q_value = false_discovery_q_values(p_value if simulated_p is None else simulated_p)
    others = rows.sum(axis=1, keepdims=True) - (0.0 if star else rows)
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = np.where(others == 0, np.nan, sums / others)
    shape = np.shape(values)

    def shaped(array: FloatArray) -> FloatArray:
        return array.reshape(shape)

    return LocalG(
        statistic=shaped(statistic),
        z_score=shaped(z_score),
        p_value=shaped(p_value),
        simulated_z_score=None if simulated_z is None else shaped(simulated_z),
        simulated_p_value=None if simulated_p is None else shaped(simulated_p),
        q_value=shaped(q_value),
        is_significant=shaped(q_value) <= false_discovery_rate,
        is_star=star,
        alternative=side,
        n_simulations=n_simulations,
        false_discovery_rate=false_discovery_rate,
    )


def _analytic_scores(
    rows: FloatArray, linked: Neighbours, sums: FloatArray, star: bool, is_esda: bool
) -> FloatArray:
    """(sum - expected) / deviation over shuffles of all values (Gi*) or of all others (Gi)."""
    centred = rows - rows.mean(axis=1, keepdims=True)
    sums = sums - linked.sums * rows.mean(axis=1, keepdims=True)
    squares = (centred**2).sum(axis=1, keepdims=True)
    if star:
        count = float(linked.n_areas)
        mean = np.zeros_like(centred)
        variance = np.broadcast_to(squares / count, centred.shape)
    else:
        count = linked.n_areas - 1.0
        mean = -centred / count
        variance = (squares - centred**2) / count - mean**2
    square_sums = linked.sums if is_esda else linked.square_sums
    spread = (count * square_sums - linked.sums**2) / (count - 1)
    # a spread that is nothing but rounding means that nothing varies
    is_flat = variance <= 1e-24 * np.maximum((rows**2).mean(axis=1, keepdims=True), 1e-300)
    is_flat = is_flat | (spread <= 1e-12 * square_sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = (sums - linked.sums * mean) / np.sqrt(variance * np.maximum(spread, 0.0))
    return np.where(is_flat, np.nan, score)


def _simulated(
    rows: FloatArray,
    linked: Neighbours,
    n_simulations: int,
    seed: int,
    side: Alternative,
    kind: LocalGVariant,
) -> tuple[FloatArray, FloatArray]:
    is_resampled = kind is LocalGVariant.SPDEP
    # the area's own value is the same in every shuffle: only its neighbours' sum is judged
    judged = linked if is_resampled else linked.without_self()
    simulate = resampled_sums if is_resampled else conditional_sums
    z_score, p_value = np.empty_like(rows), np.empty_like(rows)
    for number, row in enumerate(rows):
        result = simulate(row, judged, n_simulations, seed)
        observed = judged.lag(row[None])[0]
        with np.errstate(divide="ignore", invalid="ignore"):
            score = (observed - result.mean) / result.deviation
        z_score[number] = np.where(result.deviation > 0, score, np.nan)
        p_value[number] = p_from_tails(result.p_greater, result.p_less, side)
    return z_score, p_value


def _as_variant(variant: str) -> LocalGVariant:
    try:
        return LocalGVariant(variant)
    except ValueError as error:
        raise MethodError(f"variant must be one of {', '.join(LocalGVariant)}") from error
