"""Compiled loops over near pairs. Import only where ``compiled.is_available()``."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from samverkan.methods.compiled import jit
from samverkan.methods.compiled_random import shuffle, stream_key

FLUSH_AFTER = 30_000


@jit
def fill_pairs(
    coordinates: npt.NDArray[np.float64],
    squared_limits: npt.NDArray[np.float64],
    starts: npt.NDArray[np.int64],
    stops: npt.NDArray[np.int64],
    events: tuple[int, int],
    found: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.uint8]],
) -> int:
    """Write the near pairs of a run of events; returns how many."""
    first, second, band = found
    largest = squared_limits[-1]
    n_found = 0
    for event in range(events[0], events[1]):
        east, north = coordinates[event, 0], coordinates[event, 1]
        for run in range(2):
            for other in range(starts[event, run], stops[event, run]):
                along = east - coordinates[other, 0]
                up = north - coordinates[other, 1]
                squared = along * along + up * up
                if squared <= largest:
                    level = 0
                    while squared > squared_limits[level]:
                        level += 1
                    first[n_found] = event
                    second[n_found] = other
                    band[n_found] = level
                    n_found += 1
    return n_found


@jit
def count_small_integers(
    pairs: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.uint8]],
    labels: npt.NDArray[np.uint16],
    limits: npt.NDArray[np.uint16],
    table: npt.NDArray[np.int64],
) -> None:
    """Add to table[band, limit, lane] the pairs whose labels differ by at most the limit.

    Labels and limits are below 2**14, so that sixteen bits hold every difference and the
    innermost loop becomes one vector instruction for many permutations.
    """
    first, second, band = pairs
    n_limits, n_lanes = table.shape[1], table.shape[2]
    local = np.zeros((table.shape[0], n_limits, n_lanes), np.uint16)
    waiting = 0
    for pair in range(len(first)):
        one, other = labels[first[pair]], labels[second[pair]]
        for level in range(n_limits):
            limit = limits[level]
            twice = np.uint16(2 * limit)
            counts = local[band[pair], level]
            for lane in range(n_lanes):
                shifted = np.uint16(one[lane] - other[lane] + limit)
                counts[lane] += np.uint16(shifted <= twice)
        waiting += 1
        if waiting == FLUSH_AFTER:
            table += local
            local[:] = 0
            waiting = 0
    table += local


@jit
def count_floats(
    pairs: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.uint8]],
    labels: npt.NDArray[np.float64],
    limits: npt.NDArray[np.float64],
    table: npt.NDArray[np.int64],
) -> None:
    """The same for times with fractions or very long spans."""
    first, second, band = pairs
    for pair in range(len(first)):
        one, other = labels[first[pair]], labels[second[pair]]
        for level in range(table.shape[1]):
            counts = table[band[pair], level]
            limit = limits[level]
            for lane in range(table.shape[2]):
                counts[lane] += np.int64(abs(one[lane] - other[lane]) <= limit)


@jit
def shuffled_lanes(
    labels: npt.NDArray[np.uint16],
    places: npt.NDArray[np.int64],
    key: np.uint64,
    replicas: tuple[int, int],
    lanes: npt.NDArray[np.uint16],
) -> None:
    """Fill lanes[:, k] with the permutation of ``labels`` that replica ``replicas[0] + k`` draws.

    ``places[position]`` is the rank in canonical order of the event at a position of the grid, so
    that neither the order of the rows nor the grid changes what is drawn.
    """
    n_lanes = replicas[1] - replicas[0]
    rows = np.empty((n_lanes, len(labels)), labels.dtype)
    for lane in range(n_lanes):
        rows[lane] = labels
        shuffle(rows[lane], stream_key(key, replicas[0] + lane))
    for start in range(0, len(labels), 64):
        for lane in range(n_lanes):
            for position in range(start, min(start + 64, len(labels))):
                lanes[position, lane] = rows[lane, places[position]]


@jit
def window_weight(
    first_one: int, length_one: int, first_two: int, length_two: int, limit: int
) -> int:
    """How many of the day pairs of two date windows lie at most ``limit`` days apart."""
    apart = first_one - first_two
    return _steps(apart, length_one, length_two, limit) - _steps(
        apart, length_one, length_two, -limit - 1
    )


@jit
def _steps(apart: int, length_one: int, length_two: int, limit: int) -> int:
    room = limit - apart
    total = _triangle(room + length_two) - _triangle(room)
    return total - _triangle(room + length_two - length_one) + _triangle(room - length_one)


@jit
def _triangle(side: int) -> int:
    return side * (side + 1) // 2 if side > 0 else 0


@jit
def count_windows(
    pairs: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.uint8]],
    labels: npt.NDArray[np.int32],
    windows: npt.NDArray[np.int64],
    limits: npt.NDArray[np.int64],
    table: npt.NDArray[np.int64],
) -> None:
    """As `count_floats` for events known by a window of days: labels are rows of ``windows``
    (first day, number of days), a pair counts its share of close day pairs in units of 2**-24."""
    first, second, band = pairs
    for pair in range(len(first)):
        one, other = labels[first[pair]], labels[second[pair]]
        for lane in range(table.shape[2]):
            start_one, length_one = windows[one[lane], 0], windows[one[lane], 1]
            start_two, length_two = windows[other[lane], 0], windows[other[lane], 1]
            for level in range(table.shape[1]):
                close = window_weight(start_one, length_one, start_two, length_two, limits[level])
                table[band[pair], level, lane] += (close << 24) // (length_one * length_two)
