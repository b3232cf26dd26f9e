"""What the statistics of areas share: values, two-sided p-values, false discovery control."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import special

from samverkan.methods.density.neighbours import Neighbours
from samverkan.methods.density.polygon import FloatArray
from samverkan.methods.errors import MethodError


class Alternative(StrEnum):
    """What would count as evidence: either direction, high values only, or low values only."""

    TWO_SIDED = "two_sided"
    GREATER = "greater"
    LESS = "less"


def as_area_values(values: npt.ArrayLike, neighbours: Neighbours) -> FloatArray:
    """Finite values of shape (n_series, n_areas), or `MethodError`."""
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise MethodError("values must be numbers, one an area") from error
    if array.ndim == 1:
        array = array[None]
    if array.ndim != 2 or array.shape[1] != neighbours.n_areas:
        raise MethodError(f"values must be one number for each of {neighbours.n_areas} areas")
    if not np.isfinite(array).all():
        raise MethodError("values must be finite: leave out areas without a figure")
    return array


def as_alternative(alternative: str) -> Alternative:
    try:
        return Alternative(alternative)
    except ValueError as error:
        raise MethodError(f"alternative must be one of {', '.join(Alternative)}") from error


def p_from_z(z_score: FloatArray, alternative: Alternative) -> FloatArray:
    """Normal p-values; NaN where the score is NaN."""
    if alternative is Alternative.GREATER:
        return np.asarray(special.ndtr(-z_score))
    if alternative is Alternative.LESS:
        return np.asarray(special.ndtr(z_score))
    return np.asarray(2 * special.ndtr(-np.abs(z_score)))


def p_from_tails(greater: FloatArray, less: FloatArray, alternative: Alternative) -> FloatArray:
    """One p-value from those of the two tails; two-sided is twice the smaller."""
    if alternative is Alternative.GREATER:
        return greater
    if alternative is Alternative.LESS:
        return less
    return np.asarray(np.minimum(1.0, 2 * np.minimum(greater, less)))


def false_discovery_q_values(p_values: npt.ArrayLike) -> FloatArray:
    """The smallest false discovery rate at which each test would be called, along the last axis.

    Question answered: with many areas judged at once, which can be named so that at most a
    given share of the named is expected to be false? Name those with a q-value at most that
    share. NaN p-values are left out and stay NaN.
    Guarantees: holds for independent and positively dependent tests (Benjamini-Hochberg);
    `dependence` of other kinds needs a stricter rule.
    Source: Benjamini and Hochberg (1995), JRSS B 57.
    """
    p = np.asarray(p_values, dtype=np.float64)
    rows = p.reshape(-1, p.shape[-1])
    answer = np.full(rows.shape, np.nan)
    for row, target in zip(rows, answer, strict=True):
        known = np.flatnonzero(~np.isnan(row))
        order = known[np.argsort(row[known], kind="stable")]
        scaled = row[order] * len(order) / np.arange(1, len(order) + 1)
        target[order] = np.minimum(1.0, np.minimum.accumulate(scaled[::-1])[::-1])
    return answer.reshape(p.shape)
