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
    if chosen in (ShrinkageMethod.GLOBAL, ShrinkageMethod.LOCAL):
        return _marshall(counts, exposures, _groups(chosen, neighbours, is_known), is_known)
    fit = maximum_likelihood if chosen is ShrinkageMethod.GAMMA_POISSON else moments_clayton_kaldor
    return _posterior(counts, exposures, fit(counts[is_known], exposures[is_known]), alpha)


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
    known = np.flatnonzero(is_known)
    if method is ShrinkageMethod.GLOBAL:
        return [known] * len(is_known)
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
    is_known: npt.NDArray[np.bool_],
) -> ShrunkRates:
    rate = counts / exposures
    is_local = groups[0] is not groups[-1]
    moments = [_moments(counts, exposures, group) for group in (groups if is_local else groups[:1])]
    mean = np.array([each[0] for each in moments])
    variance = np.array([each[1] for each in moments])
    with np.errstate(divide="ignore", invalid="ignore"):
        pull = np.where(variance > 0, variance / (variance + mean / exposures), 0.0)
    shrunk = np.where(is_known, mean + pull * (rate - mean), np.nan)
    nothing = np.full(counts.shape, np.nan)
    return ShrunkRates(
        rate,
        shrunk,
        nothing,
        Interval(nothing, nothing),
        np.where(is_known, mean, np.nan),
        np.where(is_known, variance, np.nan),
    )


def _moments(
    counts: FloatArray, exposures: FloatArray, group: npt.NDArray[np.int64]
) -> tuple[float, float]:
    """Mean rate of a group and the variance of its true rates, by moments; at least 0."""
    if group.size == 0:
        return float("nan"), float("nan")
    ours, theirs = counts[group], exposures[group]
    mean = ours.sum() / theirs.sum()
    spread = (theirs * (ours / theirs - mean) ** 2).sum() / theirs.sum()
    return float(mean), float(max(0.0, spread - mean / theirs.mean()))


def _as_method(method: ShrinkageMethod | str) -> ShrinkageMethod:
    try:
        return ShrinkageMethod(method)
    except ValueError as error:
        names = ", ".join(each.value for each in ShrinkageMethod)
        raise MethodError(f"method must be one of {names}") from error
