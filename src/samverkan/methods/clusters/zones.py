"""Growing circles: for every centre, the places around it in order of distance.

Places at equal distance enter a circle together, so that no answer depends on the order of rows;
the other `Ties` let them enter one at a time, to compare with programs that do.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist

from samverkan.methods.clusters.events import FloatArray, IntArray, Points

CENTRES_PER_BLOCK = 512


class Ties(Enum):
    """What happens to places at equal distance from a centre."""

    TOGETHER = "together"
    """They enter a circle at once: no answer depends on the order of rows."""
    FILE_ORDER = "file_order"
    """One at a time, in the order of their first rows."""
    COORDINATE_ORDER = "coordinate_order"
    """One at a time by east, then north: what SaTScan 10.3.2 was seen to do."""


@dataclass(frozen=True)
class Circles:
    """All circles, centre by centre, each growing in steps.

    The steps of centre c are ``step_start[c] .. step_start[c + 1]``; step s adds the members
    ``members[member_start[s]] .. members[member_start[s + 1]]`` to the circle.
    """

    step_start: IntArray
    member_start: IntArray
    members: npt.NDArray[np.int32]
    radii: FloatArray

    @property
    def n_centres(self) -> int:
        """How many centres."""
        return len(self.step_start) - 1

    def inside(self, centre: int, step: int) -> npt.NDArray[np.int32]:
        """Members of the circle after a step (a number over all centres)."""
        first = self.member_start[self.step_start[centre]]
        return self.members[first : self.member_start[step + 1]]

    def centre_of_steps(self) -> IntArray:
        """The centre of every step."""
        return np.repeat(np.arange(self.n_centres), np.diff(self.step_start))

    def steps_of_size_holding(self, n_members: int, held: npt.NDArray[np.int32]) -> IntArray:
        """Steps (over all centres) after which a circle has so many members, these among them."""
        wanted = np.zeros(int(self.members.max()) + 1, np.int64)
        wanted[held] = 1
        running = np.concatenate([[0], np.cumsum(wanted[self.members])])
        begin = self.member_start[self.step_start[:-1]][self.centre_of_steps()]
        end = self.member_start[1:]
        fits = (end - begin == n_members) & (running[end] - running[begin] == len(held))
        return np.flatnonzero(fits)

    def first_touching(self, is_taken: npt.NDArray[np.bool_]) -> IntArray:
        """For each centre the first step whose circle holds a taken member."""
        touched = np.full(self.n_centres, len(self.radii), dtype=np.int64)
        places = np.flatnonzero(is_taken[self.members])
        steps = np.searchsorted(self.member_start, places, side="right") - 1
        np.minimum.at(touched, self.centre_of_steps()[steps], steps)
        return touched


@dataclass(frozen=True)
class Growth:
    """How circles may grow."""

    places: FloatArray
    weights: FloatArray
    reach: float
    max_weight: float
    tolerance: float
    ties: Ties


Part = tuple[IntArray, IntArray, IntArray, FloatArray]


def growing_circles(
    centres: Points,
    places: FloatArray,
    weights: FloatArray,
    *,
    max_radius: float,
    max_weight: float,
    ties: Ties,
) -> Circles:
    """Circles up to a radius whose places weigh at most ``max_weight`` together.

    ``places`` have the coordinates of ``centres``' own system. Among equal distances the place
    with the lower number comes first.
    """
    reach = centres.straight(max_radius) + centres.tolerance
    growth = Growth(places, weights, reach, max_weight, centres.tolerance, ties)
    tree = cKDTree(places) if np.isfinite(reach) else None
    starts = range(0, len(centres.coordinates), CENTRES_PER_BLOCK)
    parts = [
        _part_of(centres.coordinates[start : start + CENTRES_PER_BLOCK], tree, growth)
        for start in starts
    ]
    steps_of, sizes, members, radii = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    return Circles(
        step_start=np.concatenate([[0], np.cumsum(steps_of)]).astype(np.int64),
        member_start=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        members=members.astype(np.int32),
        radii=np.array([centres.over_ground(float(radius)) for radius in radii]),
    )


def _part_of(centres: FloatArray, tree: cKDTree | None, growth: Growth) -> Part:
    """Number of steps of each centre, size of each step, members, radius of each step."""
    centre, place, distance = _distances(centres, tree, growth)
    order = np.lexsort((distance, centre))
    centre, place, distance = centre[order], place[order], distance[order]
    is_new = np.append(True, (np.diff(centre) > 0) | (np.diff(distance) > growth.tolerance))
    group = np.cumsum(is_new[: len(centre)]) - 1
    order = np.lexsort((place, group))
    place, distance = place[order], distance[order]
    if growth.ties is not Ties.TOGETHER:
        group = np.arange(len(place))
    fits = _light_enough(centre, group, growth.weights[place], growth.max_weight)
    sizes = np.bincount(group[fits])
    kept = np.flatnonzero(sizes)
    ends = np.searchsorted(group, kept, side="right") - 1
    steps_of = np.bincount(centre[ends], minlength=len(centres))
    return steps_of, sizes[kept], place[fits], distance[ends]


def _light_enough(
    centre: IntArray, group: IntArray, weight: FloatArray, max_weight: float
) -> npt.NDArray[np.bool_]:
    """Whether the circle that ends with a row's group is within the weight allowed."""
    running = np.append(0.0, np.cumsum(weight))
    first_row = np.searchsorted(centre, centre, side="left")
    last_row = np.searchsorted(group, group, side="right")
    return np.asarray(running[last_row] - running[first_row] <= max_weight * (1 + 1e-12))


def _distances(
    centres: FloatArray, tree: cKDTree | None, growth: Growth
) -> tuple[IntArray, IntArray, FloatArray]:
    if tree is not None:
        found = cKDTree(centres).sparse_distance_matrix(tree, growth.reach, output_type="ndarray")
        return found["i"].astype(np.int64), found["j"].astype(np.int64), found["v"]
    apart = cdist(centres, growth.places)
    centre, place = np.indices(apart.shape)
    return centre.ravel(), place.ravel(), apart.ravel()
