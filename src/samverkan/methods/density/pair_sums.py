"""Sums of Gaussian kernels over pairs of events: compiled where Numba is, plain NumPy elsewhere."""

from __future__ import annotations

import numpy as np

from samverkan.methods import compiled
from samverkan.methods.density.polygon import FloatArray, IntArray

# Beyond this many standard deviations a kernel is less than 1e-16 of its middle.
REACH = 8.6
CHUNK_OF_PAIRS = 4_000_000


def kernel_sums(
    east: FloatArray, north: FloatArray, weight: FloatArray, bandwidth: FloatArray
) -> FloatArray:
    """At each event the weighted sum of all *other* events' kernels, per square metre.

    `bandwidth` is one number an event (that of the event whose kernel it is).
    """
    if compiled.is_available() and len(east) > 1:
        return _compiled_sums(east, north, weight, bandwidth)
    return _plain_sums(east, north, weight, bandwidth)


def _plain_sums(
    east: FloatArray, north: FloatArray, weight: FloatArray, bandwidth: FloatArray
) -> FloatArray:
    count = len(east)
    height = weight / (2 * np.pi * bandwidth**2)
    narrowness = -0.5 / bandwidth**2
    sums = np.zeros(count)
    step = max(1, CHUNK_OF_PAIRS // max(count, 1))
    for first in range(0, count, step):
        part = slice(first, min(first + step, count))
        square = (east[part, None] - east) ** 2 + (north[part, None] - north) ** 2
        kernel = height * np.exp(square * narrowness)
        rows = np.arange(part.start, part.stop)
        kernel[rows - first, rows] = 0.0
        sums[part] = kernel.sum(axis=1)
    return sums


def _compiled_sums(
    east: FloatArray, north: FloatArray, weight: FloatArray, bandwidth: FloatArray
) -> FloatArray:
    from samverkan.methods.density.compiled_pair_sums import sums_of_rows

    reach = REACH * float(bandwidth.max())
    order, starts, shape = _cells(east, north, reach)
    sorted_east, sorted_north = east[order], north[order]
    height = (weight / (2 * np.pi * bandwidth**2))[order]
    narrowness = (-0.5 / bandwidth**2)[order]
    sums = np.zeros(len(east))
    rows, columns = shape

    def fill(chunk: tuple[int, int]) -> None:
        sums_of_rows(
            sorted_east, sorted_north, height, narrowness, starts, rows, columns, *chunk, sums
        )

    compiled.map_chunks(fill, compiled.split_range(rows, max(1, rows // 16)))
    answer = np.empty(len(east))
    answer[order] = sums
    return answer


def _cells(
    east: FloatArray, north: FloatArray, reach: float
) -> tuple[IntArray, IntArray, tuple[int, int]]:
    """Events sorted into square cells as wide as the reach, at most 256 a side."""
    west, south = float(east.min()), float(north.min())
    width, height = float(east.max()) - west, float(north.max()) - south
    side = max(reach, width / 256, height / 256)
    rows, columns = int(height // side) + 1, int(width // side) + 1
    row = np.minimum(((north - south) / side).astype(np.int64), rows - 1)
    column = np.minimum(((east - west) / side).astype(np.int64), columns - 1)
    cell = row * columns + column
    order = np.argsort(cell, kind="stable")
    starts = np.concatenate(([0], np.cumsum(np.bincount(cell, minlength=rows * columns))))
    return order, starts, (rows, columns)
