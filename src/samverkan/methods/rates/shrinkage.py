"""Rates of many places, each pulled towards what the others say as far as it is uncertain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import special

from samverkan.methods.errors import MethodError
from samverkan.methods.rates.gamma_poisson import (
    GammaPrior,
    maximum_likelihood,
    moments_clayton_kaldor,
)
from samverkan.methods.rates.inputs import as_count, as_exposure, together
from samverkan.methods.rates.results import FloatArray, Interval
from samverkan.methods.series import as_fraction


class ShrinkageMethod(StrEnum):
    """What the places are pulled towards, and how hard."""

    GAMMA_POISSON = "gamma-poisson"
    """Gamma prior by maximum likelihood: with posterior intervals. The default."""
    CLAYTON_KALDOR = "clayton-kaldor"
    """Gamma prior by Clayton and Kaldor's (1987) moments."""
    GLOBAL = "global"
    """Marshall's (1991) linear estimator towards the mean of all; no interval."""
    LOCAL = "local"
    """Marshall's estimator towards the mean of each place and its neighbours; no interval."""
    LOCAL_BAILEY_GATRELL = "local-bailey-gatrell"
    """The same, but each neighbour's deviation is from that neighbour's own local mean, as Bailey
    and Gatrell (1995) read it: spdep's default EBlocal."""


@dataclass(frozen=True, slots=True)
class ShrunkRates:
    """(n_places,) unless said otherwise."""

    rate: FloatArray
    """Count over exposure, as observed."""
    shrunk: FloatArray
    """The estimate."""
    median: FloatArray
    """Posterior median; NaN for Marshall's methods."""
    interval: Interval
    """Posterior limits; NaN for Marshall's methods."""
    prior_mean: FloatArray
    """What each place is pulled towards."""
    prior_variance: FloatArray
    """How much true rates vary around it; 0: not seen to vary, everything is pulled fully."""


def shrink(
    count: npt.ArrayLike,
    exposure: npt.ArrayLike,
    *,
    method: ShrinkageMethod | str = ShrinkageMethod.GAMMA_POISSON,
    neighbours: Sequence[Sequence[int]] | None = None,
    confidence: float = 0.95,
) -> ShrunkRates:
    """What are the rates of many small places, luck in the small ones taken away?

    `count` and `exposure` are (n_places,). The exposure may be population (the answer is a rate)
    or the expected count (the answer is a relative risk). `neighbours` lists for each place the
    numbers of its neighbours, itself not among them; needed for `local` only.
    Guarantees: every estimate lies between the place's own rate and what it is pulled to; places
    with little exposure are pulled most; missing counts are left out and stay missing.
    Intervals are for the place's rate given the estimated prior: a little narrow with few places.
    Not for finding the worst place (shrunken extremes are still the extremes), nor for groups
    that differ by kind: shrink each kind by itself.
    Errors: `MethodError` for fewer than two places, broken numbers, or neighbours that do not fit.
    Sources: Clayton and Kaldor (1987), Biometrics 43:671-681; Marshall (1991), Applied Statistics
    40:283-294.
    """
    chosen = _as_method(method)
    alpha = 1.0 - as_fraction(confidence, name="confidence")
    counts, exposures = together(as_count(count), as_exposure(exposure))
    is_known = ~np.isnan(counts + exposures)
    if counts.ndim != 1 or is_known.sum() < 2:
        raise MethodError("at least two places with counts, in one row, are needed")
    if chosen is ShrinkageMethod.GAMMA_POISSON:
        prior = maximum_likelihood(counts[is_known], exposures[is_known])
        return _posterior(counts, exposures, prior, alpha)
    if chosen is ShrinkageMethod.CLAYTON_KALDOR:
        prior = moments_clayton_kaldor(counts[is_known], exposures[is_known])
        return _posterior(counts, exposures, prior, alpha)
    return _marshall(counts, exposures, _groups(chosen, neighbours, is_known), chosen)


def _posterior(
    counts: FloatArray, exposures: FloatArray, prior: GammaPrior, alpha: float
) -> ShrunkRates:
    missing = np.where(np.isnan(counts + exposures), np.nan, 0.0)
    if np.isinf(prior.shape):
        common = prior.mean + missing
        return ShrunkRates(
            counts / exposures, common, common, Interval(common, common), common, missing
        )
    shape, weight = counts + prior.shape, exposures + prior.shape / prior.mean
    return ShrunkRates(
        rate=counts / exposures,
        shrunk=shape / weight,
        median=special.gammaincinv(shape, 0.5) / weight,
        interval=Interval(
            special.gammaincinv(shape, alpha / 2) / weight,
            special.gammainccinv(shape, alpha / 2) / weight,
        ),
        prior_mean=prior.mean + missing,
        prior_variance=prior.mean**2 / prior.shape + missing,
    )


def _groups(
    method: ShrinkageMethod,
    neighbours: Sequence[Sequence[int]] | None,
    is_known: npt.NDArray[np.bool_],
) -> list[npt.NDArray[np.int64]]:
    """For each place the known places that it is compared with, itself included."""
    if method is ShrinkageMethod.GLOBAL:
        return [np.flatnonzero(is_known)]
    if neighbours is None or len(neighbours) != len(is_known):
        raise MethodError("local shrinkage needs a list of neighbours for each place")
    groups = []
    for place, others in enumerate(neighbours):
        group = np.union1d(np.asarray(others, dtype=np.int64), [place])
        if group[0] < 0 or group[-1] >= len(is_known):
            raise MethodError("neighbours must be numbers of places")
        groups.append(group[is_known[group]])
    return groups


def _marshall(
    counts: FloatArray,
    exposures: FloatArray,
    groups: list[npt.NDArray[np.int64]],
    method: ShrinkageMethod,
) -> ShrunkRates:
    rate = counts / exposures
    mean = _by_group(counts, groups) / _by_group(exposures, groups)
    centre = np.broadcast_to(mean, counts.shape)
    spread = _spreads(exposures, rate, centre, groups, method)
    sizes = np.array([len(group) for group in groups], dtype=float)
    variance = np.maximum(0.0, spread - mean * sizes / _by_group(exposures, groups))
    with np.errstate(divide="ignore", invalid="ignore"):
        pull = np.where(variance > 0, variance / (variance + mean / exposures), 0.0)
    missing = np.where(np.isnan(rate), np.nan, 0.0)
    shrunk = mean + pull * (rate - mean) + missing
    nothing = np.full(counts.shape, np.nan)
    return ShrunkRates(
        rate, shrunk, nothing, Interval(nothing, nothing), mean + missing, variance + missing
    )


def _spreads(
    exposures: FloatArray,
    rate: FloatArray,
    centre: FloatArray,
    groups: list[npt.NDArray[np.int64]],
    method: ShrinkageMethod,
) -> FloatArray:
    """Exposure-weighted mean square deviation of the rates within each group."""
    if method is ShrinkageMethod.LOCAL_BAILEY_GATRELL:
        squares = exposures * (rate - centre) ** 2
        return _by_group(squares, groups) / _by_group(exposures, groups)
    sums = [
        (exposures[group] * (rate[group] - centre[place]) ** 2).sum() if len(group) else np.nan
        for place, group in enumerate(groups)
    ]
    return np.array(sums) / _by_group(exposures, groups)


def _by_group(values: FloatArray, groups: list[npt.NDArray[np.int64]]) -> FloatArray:
    """Sum of the values in each group; NaN for an empty one."""
    return np.array([values[group].sum() if len(group) else np.nan for group in groups])


def _as_method(method: ShrinkageMethod | str) -> ShrinkageMethod:
    try:
        return ShrinkageMethod(method)
    except ValueError as error:
        names = ", ".join(each.value for each in ShrinkageMethod)
        raise MethodError(f"method must be one of {names}") from error
