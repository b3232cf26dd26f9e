"""Events as the density methods receive them: places, weights, and which lie in the window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samverkan.methods.density.polygon import FloatArray
from samverkan.methods.density.window import Window
from samverkan.methods.errors import MethodError


@dataclass(frozen=True)
class Events:
    """Places relative to the window's south-west corner, with a weight each."""

    east: FloatArray
    north: FloatArray
    weight: FloatArray | None
    n_outside: int

    @property
    def count(self) -> int:
        return len(self.east)

    @property
    def total(self) -> float:
        return float(self.count) if self.weight is None else float(self.weight.sum())


def as_places(east: npt.ArrayLike, north: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Two equally long arrays of finite coordinates, or `MethodError`."""
    try:
        easts = np.atleast_1d(np.asarray(east, dtype=np.float64))
        norths = np.atleast_1d(np.asarray(north, dtype=np.float64))
    except (TypeError, ValueError) as error:
        raise MethodError("east and north must be numbers") from error
    if easts.ndim != 1 or easts.shape != norths.shape:
        raise MethodError("east and north must be equally long, one number an event")
    # a sum is finite only where every term is, and needs no array of the same length
    if not np.isfinite(easts.sum() + norths.sum()):
        raise MethodError("east and north must be finite: leave out events without a place")
    return easts, norths


def events_in_window(
    east: npt.ArrayLike,
    north: npt.ArrayLike,
    window: Window,
    weights: npt.ArrayLike | None = None,
) -> Events:
    """The events of the window; those outside are left out and counted."""
    easts, norths = as_places(east, north)
    weight = None if weights is None else _as_weights(weights, len(easts))
    inside = window.contains(easts, norths)
    n_outside = len(easts) - int(np.count_nonzero(inside))
    if n_outside:
        easts, norths = easts[inside], norths[inside]
        weight = None if weight is None else weight[inside]
    return Events(easts - window.west, norths - window.south, weight, n_outside)


def _as_weights(weights: npt.ArrayLike, n_events: int) -> FloatArray:
    weight = np.asarray(weights, dtype=np.float64)
    if weight.shape != (n_events,):
        raise MethodError("weights must be one number an event")
    if not np.isfinite(weight).all() or (weight < 0).any():
        raise MethodError("weights must be finite and not negative")
    return weight
