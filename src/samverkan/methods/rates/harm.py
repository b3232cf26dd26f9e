"""Crimes weighed by the harm they do: a sum with an honest interval."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import special

from samverkan.methods.errors import MethodError
from samverkan.methods.rates.families import SMALLEST
from samverkan.methods.rates.inputs import as_count, as_not_negative
from samverkan.methods.rates.results import FloatArray, Interval
from samverkan.methods.series import as_fraction


class HarmIntervalMethod(StrEnum):
    """How the interval of a weighted sum of Poisson counts is made."""

    FAY_FEUER = "fay-feuer"
    """Gamma intervals: cover at least the confidence in every known case; wide when one weight
    dominates, because the largest weight could always have struck once more."""
    DOBSON = "dobson"
    """The exact interval of the plain total, scaled: narrower, right when weights are alike."""


@dataclass(frozen=True, slots=True)
class HarmSum:
    """One element a place or period: the counts' shape without its last axis."""

    harm: FloatArray
    """Sum of weight times count, over exposure."""
    interval: Interval
    """Limits of the expected harm behind it."""
    share_of_heaviest: FloatArray
    """Part of the harm that the kind with most harm gives; NaN for no harm."""


def harm_weighted_sum(
    counts: npt.ArrayLike,
    weights: npt.ArrayLike,
    *,
    exposure: npt.ArrayLike = 1.0,
    confidence: float = 0.95,
    method: HarmIntervalMethod | str = HarmIntervalMethod.FAY_FEUER,
) -> HarmSum:
    """How much harm did the crimes do together, and how sure is that?

    `counts` is (..., n_kinds), `weights` (n_kinds,) the harm of one crime of each kind (days of
    prison, cost); `exposure` (population, years) broadcasts to the counts without the last axis.
    Guarantees: with equal weights the interval is the exact one of the total. No events give the
    lower limit 0 and an upper limit from the largest weight (`fay-feuer`).
    Not for comparing two sums by looking whether intervals overlap, nor where the weights
    themselves are in doubt: show the sum under two sets of weights instead.
    A missing kind makes the sum missing. One rare heavy crime can be most of the sum: print
    `share_of_heaviest` beside it.
    Errors: `MethodError` for broken counts, negative weights, or shapes that do not fit.
    Sources: Fay and Feuer (1997), Statistics in Medicine 16:791-801; Dobson et al. (1991).
    """
    try:
        chosen = HarmIntervalMethod(method)
    except ValueError as error:
        raise MethodError("method must be fay-feuer or dobson") from error
    alpha = 1.0 - as_fraction(confidence, name="confidence")
    values, weight = as_count(counts, name="counts"), as_not_negative(weights, name="weights")
    size = as_not_negative(exposure, name="exposure")
    if weight.ndim != 1 or values.ndim == 0 or values.shape[-1] != len(weight):
        raise MethodError("weights must be one for each kind, the last axis of counts")
    if np.any(size == 0) or np.isnan(weight).any() or not weight.any():
        raise MethodError("exposure must be positive and some weight too")
    parts = values * weight
    harm = parts.sum(axis=-1)
    limits = _fay_feuer if chosen is HarmIntervalMethod.FAY_FEUER else _dobson
    lower, upper = limits(values, weight, alpha)
    with np.errstate(invalid="ignore", divide="ignore"):
        heaviest = np.where(harm > 0, parts.max(axis=-1) / harm, np.nan)
    interval = Interval((lower / size)[()], (upper / size)[()])
    return HarmSum((harm / size)[()], interval, heaviest[()])


def _fay_feuer(
    values: FloatArray, weight: FloatArray, alpha: float
) -> tuple[FloatArray, FloatArray]:
    harm, variance = (values * weight).sum(axis=-1), (values * weight**2).sum(axis=-1)
    largest = weight.max()
    with np.errstate(divide="ignore", invalid="ignore"):
        shape = np.where(harm > 0, harm**2 / variance, SMALLEST)
        lower = special.gammaincinv(shape, alpha / 2) * np.where(harm > 0, variance / harm, 0.0)
    more, more_variance = harm + largest, variance + largest**2
    upper = special.gammainccinv(more**2 / more_variance, alpha / 2) * more_variance / more
    missing = np.where(np.isnan(harm), np.nan, 0.0)
    return lower + missing, upper + missing


def _dobson(values: FloatArray, weight: FloatArray, alpha: float) -> tuple[FloatArray, FloatArray]:
    total, harm = values.sum(axis=-1), (values * weight).sum(axis=-1)
    variance = (values * weight**2).sum(axis=-1)
    lower = np.where(total > 0, special.gammaincinv(np.maximum(total, SMALLEST), alpha / 2), 0.0)
    upper = special.gammainccinv(total + 1.0, alpha / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.where(total > 0, np.sqrt(variance / total), weight.max())
    return harm + scale * (lower - total), harm + scale * (upper - total)
