"""Clusters one after another, each clear of those before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samverkan.methods.clusters.events import FloatArray, IntArray
from samverkan.methods.clusters.zones import Circles

Search = Callable[[tuple[IntArray, IntArray], IntArray], float]


@dataclass(frozen=True)
class Window:
    """A circle (a step of a centre) and a run of periods, both ends included."""

    ratio: float
    centre: int
    step: int
    first_period: int
    last_period: int
    observed: int


def clear_windows(
    search: Search, circles: Circles, n_members: int, *, floor: float, most: int
) -> list[Window]:
    """The best window, then the best that shares no place and time with it, and so on.

    ``search`` finds the best window that touches nothing taken. Windows whose ratio is not above
    ``floor`` end the list.
    """
    taken_from = np.empty((0, circles.n_centres), np.int64)
    taken_periods = np.empty((0, 2), np.int64)
    found: list[Window] = []
    while len(found) < most:
        where = np.zeros(5, np.int64)
        ratio = search((taken_from, taken_periods), where)
        if ratio <= floor:
            break
        centre, step = circles.same_circle_with_least_radius(int(where[0]), int(where[1]))
        window = Window(ratio, centre, step, int(where[2]), int(where[3]), int(where[4]))
        found.append(window)
        is_inside = inside_mask(circles, window, n_members)
        taken_from = np.vstack([taken_from, circles.first_touching(is_inside)])
        span = [[window.first_period, window.last_period]]
        taken_periods = np.vstack([taken_periods, np.array(span, np.int64)])
    return found


def inside_mask(circles: Circles, window: Window, n_members: int) -> npt.NDArray[np.bool_]:
    """Which members the window's circle holds."""
    mask = np.zeros(n_members, bool)
    mask[circles.inside(window.centre, window.step)] = True
    return mask


def smallest(maxima: FloatArray) -> float:
    """A ratio that every replica reaches says nothing."""
    return float(maxima.min()) if len(maxima) else 0.0
