"""Clusters one after another, each clear of those before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from samverkan.methods.clusters.events import FloatArray, IntArray
from samverkan.methods.clusters.zones import Circles

Search = Callable[[tuple[IntArray, IntArray], IntArray], float]
Members = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Window:
    """A circle (a step of a centre) and a run of periods, both ends included."""

    ratio: float
    centre: int
    step: int
    first_period: int
    last_period: int
    observed: int


@dataclass
class _Taken:
    """What later windows must stay clear of: for each cluster, where and when."""

    steps: IntArray
    periods: IntArray

    def touches(self, centres: IntArray, steps: IntArray, window: Window) -> npt.NDArray[np.bool_]:
        """Which circles may not be used for the window's run of periods."""
        meets = (self.periods[:, 0] <= window.last_period) & (
            self.periods[:, 1] >= window.first_period
        )
        return np.asarray((steps >= self.steps[meets][:, centres]).any(axis=0))

    def add(self, circles: Circles, window: Window, n_members: int) -> None:
        """Take the window's circle and run of periods."""
        mask = np.zeros(n_members, bool)
        mask[circles.inside(window.centre, window.step)] = True
        span = np.array([[window.first_period, window.last_period]], np.int64)
        self.steps = np.vstack([self.steps, circles.first_touching(mask)])
        self.periods = np.vstack([self.periods, span])


def clear_windows(
    search: Search,
    circles: Circles,
    essential: Callable[[Window], Members],
    n_members: int,
    *,
    floor: float,
    most: int,
) -> list[Window]:
    """The best window, then the best that shares no place and time with it, and so on.

    ``search`` finds the best window that touches nothing taken. Circles of as many members that
    hold the window's ``essential`` ones have the same ratio: the smallest stands for them. Windows
    whose ratio is not above ``floor`` end the list.
    """
    taken = _Taken(np.empty((0, circles.n_centres), np.int64), np.empty((0, 2), np.int64))
    found: list[Window] = []
    while len(found) < most:
        where = np.zeros(5, np.int64)
        ratio = search((taken.steps, taken.periods), where)
        if ratio <= floor:
            break
        window = Window(ratio, *(int(value) for value in where))
        window = _with_smallest_circle(window, circles, essential(window), taken)
        found.append(window)
        taken.add(circles, window, n_members)
    return found


def _with_smallest_circle(
    window: Window, circles: Circles, essential: Members, taken: _Taken
) -> Window:
    size = len(circles.inside(window.centre, window.step))
    steps = circles.steps_of_size_holding(size, essential)
    centres = circles.centre_of_steps()[steps]
    free = ~taken.touches(centres, steps, window)
    radii = np.where(free, circles.radii[steps], np.inf)
    best = int(np.argmin(radii))
    return replace(window, centre=int(centres[best]), step=int(steps[best]))


def smallest(maxima: FloatArray) -> float:
    """A ratio that every replica reaches says nothing."""
    return float(maxima.min()) if len(maxima) else 0.0
