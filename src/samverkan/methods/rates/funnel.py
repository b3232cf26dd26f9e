"""Funnel limits: which places differ more from the expected than their size explains?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray
from scipy import special

from samverkan.methods.errors import MethodError
from samverkan.methods.rates import poisson_limits
from samverkan.methods.rates.families import SMALLEST
from samverkan.methods.rates.inputs import as_count, as_exposure, together
from samverkan.methods.rates.negative_binomial import quantile
from samverkan.methods.rates.results import FloatArray
from samverkan.methods.series import as_fraction


class FunnelLimitKind(StrEnum):
    """Where the limits without over-dispersion come from."""

    INTERPOLATED = "interpolated"
    """Poisson quantiles interpolated between whole counts (Spiegelhalter 2005)."""
    GAMMA = "gamma"
    """Gamma quantiles, smooth in the expected count: what FunnelPlotR draws."""
    NORMAL = "normal"
    """Normal on the transformed scale: only for large expected counts."""


class FunnelDispersion(StrEnum):
    """How variation between places beyond chance widens the limits."""

    NONE = "none"
    ADDITIVE = "additive"
    """Places have true rates of their own, with one variance between them."""
    MULTIPLICATIVE = "multiplicative"
    """Every place's chance variation is larger by one factor."""


class FunnelScale(StrEnum):
    """On which scale places are compared to estimate over-dispersion."""

    SQUARE_ROOT = "square-root"
    """Also right for zero counts; the choice for small places."""
    LOGARITHM = "logarithm"
    """As the English SHMI: places with zero events are left out."""


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """Limits for the ratio observed / expected; levels by places."""

    confidence: tuple[float, ...]
    ratio: FloatArray
    """(n_places,)"""
    lower: FloatArray
    """(n_levels, n_places)"""
    upper: FloatArray
    """(n_levels, n_places)"""
    is_outside: NDArray[np.bool_]
    """(n_levels, n_places)"""
    z_score: FloatArray
    """(n_places,) on the transformed scale, before winsorising; NaN for a place left out."""
    dispersion_ratio: float
    """Mean squared (winsorised or trimmed) z-score: about 1 for chance alone."""
    between_variance: float
    """Variance between places on the transformed scale beyond chance; 0 for none."""


def funnel_limits(
    observed: npt.ArrayLike,
    expected: npt.ArrayLike,
    *,
    confidence: tuple[float, ...] = (0.95, 0.998),
    kind: FunnelLimitKind | str = FunnelLimitKind.INTERPOLATED,
    dispersion: FunnelDispersion | str = FunnelDispersion.NONE,
    scale: FunnelScale | str = FunnelScale.SQUARE_ROOT,
    winsorised_part: float = 0.1,
) -> FunnelLimits:
    """Which places lie further from what is expected than chance, or than places usually do?

    `observed` and `expected` are (n_places,): counts, and what the common rate would give each
    (common rate times population). Without over-dispersion the limits are Poisson quantiles. With
    `additive` or `multiplicative` they are widened on the scale's axis by the variation between
    places, estimated from z-scores of which the most extreme `winsorised_part` at either end is
    pulled in (square root) or left out (logarithm), so that the outliers sought do not hide
    themselves.
    Guarantees: widening never narrows; zero counts are fine on the square-root scale.
    Not for ranking places, and not for judging a place by the year it was picked for.
    Errors: `MethodError` for broken counts, expectations or settings.
    Source: Spiegelhalter (2005), Statistics in Medicine 24:1185-1202 and (2005b), BMJ QSHC 14.
    """
    counts, expectations = together(as_count(observed, name="observed"), as_exposure(expected))
    if counts.ndim != 1 or counts.size == 0:
        raise MethodError("observed and expected must be one row of places")
    if not 0 <= winsorised_part < 0.5:
        raise MethodError("winsorised_part must be at least 0 and below 0.5")
    chosen, widening, axis = _as_settings(kind, dispersion, scale)
    levels = tuple(as_fraction(level, name="confidence") for level in confidence)
    z_score, used = _z_scores(counts, expectations, axis, winsorised_part)
    phi, between = _over_dispersion(used, _standard_error(expectations, axis))
    factor = _widening(widening, phi, between, _standard_error(expectations, axis))
    pairs = [
        _widened(base, factor, axis)
        for base in (_base_limits(expectations, level, chosen, axis) for level in levels)
    ]
    lower, upper = np.stack([pair[0] for pair in pairs]), np.stack([pair[1] for pair in pairs])
    ratio = counts / expectations
    with np.errstate(invalid="ignore"):
        is_outside = (ratio < lower) | (ratio > upper)
    return FunnelLimits(levels, ratio, lower, upper, is_outside, z_score, phi, between)


def _standard_error(expected: FloatArray, scale: FunnelScale) -> FloatArray:
    half = 0.5 if scale is FunnelScale.SQUARE_ROOT else 1.0
    return half / np.sqrt(expected)


def _z_scores(
    counts: FloatArray, expected: FloatArray, scale: FunnelScale, part: float
) -> tuple[FloatArray, FloatArray]:
    """Every place's z-score, and those that the over-dispersion is estimated from."""
    ratio = counts / expected
    if scale is FunnelScale.SQUARE_ROOT:
        z_score = (np.sqrt(ratio) - 1.0) / _standard_error(expected, scale)
        known = z_score[~np.isnan(z_score)]
        if known.size == 0:
            return z_score, z_score
        low, high = np.quantile(known, [part, 1.0 - part])
        return z_score, np.clip(z_score, low, high)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(ratio > 0, np.log(ratio), np.nan)
    z_score = logs / _standard_error(expected, scale)
    return z_score, _trimmed(z_score, part)


def _trimmed(z_score: FloatArray, part: float) -> FloatArray:
    known = np.flatnonzero(~np.isnan(z_score))
    rank = np.empty(known.size)
    rank[np.argsort(z_score[known], kind="stable")] = np.arange(1, known.size + 1)
    place = rank / (known.size + 1)
    kept = (place >= part) & (place < 1.0 - part)
    used = np.full(z_score.shape, np.nan)
    used[known[kept]] = z_score[known[kept]]
    return used


def _over_dispersion(z_score: FloatArray, standard_error: FloatArray) -> tuple[float, float]:
    """Spiegelhalter's dispersion ratio and the moment estimate of the variance between places."""
    is_used = ~np.isnan(z_score)
    n_used = int(is_used.sum())
    if n_used < 2:
        return 1.0, 0.0
    phi = float(np.mean(z_score[is_used] ** 2))
    weight = standard_error[is_used] ** -2
    if n_used * phi < n_used - 1:
        return phi, 0.0
    spread = weight.sum() - (weight**2).sum() / weight.sum()
    if spread <= 0:
        return phi, 0.0
    return phi, float((n_used * phi - (n_used - 1)) / spread)


def _widening(
    dispersion: FunnelDispersion, phi: float, between: float, standard_error: FloatArray
) -> FloatArray:
    """How many times further from the target the limits lie, at least 1."""
    if dispersion is FunnelDispersion.ADDITIVE:
        return np.sqrt(1.0 + between / standard_error**2)
    if dispersion is FunnelDispersion.MULTIPLICATIVE:
        return np.full(standard_error.shape, np.sqrt(max(1.0, phi)))
    return np.ones(standard_error.shape)


def _base_limits(
    expected: FloatArray, level: float, kind: FunnelLimitKind, scale: FunnelScale
) -> tuple[FloatArray, FloatArray]:
    """Limits of the ratio for chance alone; the lower one is never below 0."""
    tail = (1.0 - level) / 2
    if kind is FunnelLimitKind.GAMMA:
        lower = special.gammaincinv(np.maximum(expected, SMALLEST), tail) / expected
        return lower, special.gammainccinv(expected + 1.0, tail) / expected
    if kind is FunnelLimitKind.INTERPOLATED:
        return (
            np.maximum(interpolated_quantile(expected, tail) / expected, 0.0),
            interpolated_quantile(expected, 1.0 - tail) / expected,
        )
    reach = -special.ndtri(tail) * _standard_error(expected, scale)
    if scale is FunnelScale.LOGARITHM:
        return np.exp(-reach), np.exp(reach)
    return np.maximum(1.0 - reach, 0.0) ** 2, (1.0 + reach) ** 2


def interpolated_quantile(mean: FloatArray, probability: float) -> FloatArray:
    """Poisson quantile moved back by the part of its own probability that is too much.

    Spiegelhalter (2005), appendix A.1.1. Below zero where zero alone is more than enough.
    """
    whole = quantile(probability, mean, np.full(mean.shape, np.inf))
    up_to, before = poisson_limits.at_most(whole, mean), poisson_limits.at_most(whole - 1, mean)
    return np.asarray(whole - (up_to - probability) / (up_to - before))


def _widened(
    base: tuple[FloatArray, FloatArray], factor: FloatArray, scale: FunnelScale
) -> tuple[FloatArray, FloatArray]:
    if scale is FunnelScale.LOGARITHM:
        with np.errstate(divide="ignore"):
            return base[0] ** factor, base[1] ** factor
    lower = 1.0 + (np.sqrt(base[0]) - 1.0) * factor
    return np.maximum(lower, 0.0) ** 2, (1.0 + (np.sqrt(base[1]) - 1.0) * factor) ** 2


def _as_settings(
    kind: FunnelLimitKind | str, dispersion: FunnelDispersion | str, scale: FunnelScale | str
) -> tuple[FunnelLimitKind, FunnelDispersion, FunnelScale]:
    try:
        return FunnelLimitKind(kind), FunnelDispersion(dispersion), FunnelScale(scale)
    except ValueError as error:
        choices = "; ".join(
            ", ".join(each.value for each in setting)
            for setting in (FunnelLimitKind, FunnelDispersion, FunnelScale)
        )
        raise MethodError(f"kind, dispersion and scale must be among {choices}") from error
