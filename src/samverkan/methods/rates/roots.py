"""Many one-dimensional equations solved at once, each inside its own bracket."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from samverkan.methods.rates.results import FloatArray

MOST_STEPS = 120


def bracketed_roots(
    function: Callable[[FloatArray], FloatArray],
    lower: FloatArray,
    upper: FloatArray,
    *,
    relative_tolerance: float = 1e-14,
) -> FloatArray:
    """The root of each element of a vector function between lower and upper.

    Chandrupatla (1997), Advances in Engineering Software 28:145-149: inverse quadratic steps
    where the last three points promise them, bisection elsewhere. Equal ends are returned as they
    are. The function must change sign between the ends, or be zero at one of them.
    """
    newest, other = np.array(lower, dtype=float), np.array(upper, dtype=float)
    at_newest, at_other = function(newest), function(other)
    part = np.full(newest.shape, 0.5)
    for _ in range(MOST_STEPS):
        tried = newest + part * (other - newest)
        at_tried = function(tried)
        is_same_side = np.sign(at_tried) == np.sign(at_newest)
        third, at_third = (
            np.where(is_same_side, newest, other),
            np.where(is_same_side, at_newest, at_other),
        )
        other = np.where(is_same_side, other, newest)
        at_other = np.where(is_same_side, at_other, at_newest)
        newest, at_newest = tried, at_tried
        is_newest_best = np.abs(at_newest) <= np.abs(at_other)
        best = np.where(is_newest_best, newest, other)
        at_best = np.where(is_newest_best, at_newest, at_other)
        width = np.abs(other - newest)
        tolerance = relative_tolerance * np.abs(best)
        if np.all((width <= tolerance) | (at_best == 0)):
            break
        part = _next_part(newest, other, third, at_newest, at_other, at_third)
        with np.errstate(divide="ignore", invalid="ignore"):
            least = np.where(width > 0, np.minimum(0.5, tolerance / (2 * width)), 0.5)
        part = np.clip(part, least, 1.0 - least)
    return np.asarray(best)


def _next_part(
    newest: FloatArray,
    other: FloatArray,
    third: FloatArray,
    at_newest: FloatArray,
    at_other: FloatArray,
    at_third: FloatArray,
) -> FloatArray:
    """Which part of the way from newest to other to try next."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        place = (newest - other) / (third - other)
        level = (at_newest - at_other) / (at_third - at_other)
        is_smooth = (level**2 < place) & ((1.0 - level) ** 2 < 1.0 - place)
        slope = (third - newest) / (other - newest)
        inverse = at_newest / (at_other - at_newest) * at_third / (
            at_other - at_third
        ) + slope * at_newest / (at_third - at_newest) * at_other / (at_third - at_other)
    return np.where(is_smooth & np.isfinite(inverse), inverse, 0.5)
