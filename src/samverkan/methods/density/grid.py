"""A grid of cells over a window's bounding box, and Gaussian smoothing on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy import fft, ndimage

from samverkan.methods.density.events import Events
from samverkan.methods.density.polygon import BoolArray, FloatArray, IntArray
from samverkan.methods.density.window import Window
from samverkan.methods.errors import MethodError

# Two products with square matrices beat transforms up to about this many cells a side, and have
# no rounding below zero and no wrapping round.
LARGEST_MATRIX_SIDE = 768
# Below this the kernel falls between the cells' centres and its sum over cells is not 1.
FEWEST_BANDWIDTHS_PER_CELL = 0.5
# An event with less of its kernel in the window than this would weigh a hundredfold.
LEAST_EDGE_MASS = 0.01


@dataclass(frozen=True)
class Grid:
    """Cells in rows (south to north) and columns (west to east)."""

    window: Window
    shape: tuple[int, int]
    mask: BoolArray = field(repr=False)

    @property
    def cell_width(self) -> float:
        return self.window.width / self.shape[1]

    @property
    def cell_height(self) -> float:
        return self.window.height / self.shape[0]

    @property
    def cell_area(self) -> float:
        return self.cell_width * self.cell_height

    @property
    def local_east(self) -> FloatArray:
        return np.asarray((np.arange(self.shape[1]) + 0.5) * self.cell_width)

    @property
    def local_north(self) -> FloatArray:
        return np.asarray((np.arange(self.shape[0]) + 0.5) * self.cell_height)

    def cells_of(self, events: Events) -> IntArray:
        """The flat number of each event's cell; near the border its centre may be outside."""
        rows, columns = self.shape
        column = (events.east * (1 / self.cell_width)).astype(np.int64)
        row = (events.north * (1 / self.cell_height)).astype(np.int64)
        np.clip(column, 0, columns - 1, out=column)
        np.clip(row, 0, rows - 1, out=row)
        return np.asarray(row * columns + column)

    def kept_near(self, cells: IntArray, edge_mass: FloatArray) -> IntArray:
        """Cells where kernels hardly reach the window, exchanged for the nearest cell inside.

        That is where the window is thinner than a cell; elsewhere nothing changes.
        """
        is_lost = edge_mass.ravel()[cells] < LEAST_EDGE_MASS
        if not is_lost.any():
            return cells
        return np.where(is_lost, self._nearest_inside[cells], cells)

    def inside_cells(self, cells: IntArray) -> IntArray:
        """Cells with their centre outside exchanged for the nearest with its centre inside."""
        if self.window.is_rectangle:
            return cells
        return np.where(self.mask.ravel()[cells], cells, self._nearest_inside[cells])

    @cached_property
    def _nearest_inside(self) -> IntArray:
        nearest = ndimage.distance_transform_edt(
            ~self.mask,
            sampling=(self.cell_height, self.cell_width),
            return_distances=False,
            return_indices=True,
        )
        return np.asarray(nearest[0].astype(np.int64) * self.shape[1] + nearest[1]).ravel()

    def totals(self, cells: IntArray, weight: FloatArray | None) -> FloatArray:
        """The number, or the weight, of events in each cell."""
        size = self.shape[0] * self.shape[1]
        totals = np.bincount(cells, weights=weight, minlength=size)
        return np.asarray(totals.reshape(self.shape), dtype=np.float64)


def make_grid(window: Window, grid_shape: tuple[int, int]) -> Grid:
    """The grid of (rows, columns) cells over the window, or `MethodError`."""
    shape = tuple(grid_shape)
    if len(shape) != 2 or any(int(side) != side or side < 1 for side in shape):
        raise MethodError("grid_shape must be two whole numbers (rows, columns) of at least 1")
    rows, columns = int(shape[0]), int(shape[1])
    mask = window.mask((rows, columns))
    if not mask.any():
        raise MethodError("the grid is too coarse: no cell has its centre in the window")
    return Grid(window, (rows, columns), mask)


def as_bandwidth_pair(bandwidth: float | tuple[float, float]) -> tuple[float, float]:
    """Standard deviations (east, north) of the kernel in metres, or `MethodError`."""
    pair = np.broadcast_to(np.asarray(bandwidth, dtype=np.float64), (2,))
    if not (np.isfinite(pair).all() and (pair > 0).all()):
        raise MethodError("bandwidth must be a positive number of metres, or a pair (east, north)")
    return float(pair[0]), float(pair[1])


@dataclass(frozen=True)
class Smoother:
    """Convolution of cell values with a Gaussian density, by rows and by columns."""

    rows: FloatArray
    columns: FloatArray

    def __call__(self, values: FloatArray) -> FloatArray:
        """The sum over cells of value times kernel (per square metre) at every cell's centre."""
        if max(values.shape) <= LARGEST_MATRIX_SIDE:
            return _toeplitz(self.rows) @ (values @ _toeplitz(self.columns))
        return self._transformed(values)

    def _transformed(self, values: FloatArray) -> FloatArray:
        answer = values
        for axis, kernel in ((0, self.rows), (1, self.columns)):
            length = fft.next_fast_len(2 * len(kernel), real=True)
            wrapped = np.zeros(length)
            wrapped[: len(kernel)] = kernel
            wrapped[length - len(kernel) + 1 :] = kernel[:0:-1]
            spectrum = fft.rfft(wrapped)
            shape = (-1, 1) if axis == 0 else (1, -1)
            product = fft.rfft(answer, length, axis=axis) * spectrum.reshape(shape)
            answer = fft.irfft(product, length, axis=axis).take(range(len(kernel)), axis=axis)
        return np.maximum(answer, 0.0)


def smoother(grid: Grid, bandwidth: tuple[float, float]) -> Smoother:
    """The smoother of a grid for standard deviations (east, north); refuses too coarse a grid."""
    steps = (grid.cell_width, grid.cell_height)
    if any(b < FEWEST_BANDWIDTHS_PER_CELL * s for b, s in zip(bandwidth, steps, strict=True)):
        raise MethodError("the grid is too coarse: a cell must be at most two bandwidths wide")
    return Smoother(
        rows=_kernel(grid.shape[0], grid.cell_height, bandwidth[1]),
        columns=_kernel(grid.shape[1], grid.cell_width, bandwidth[0]),
    )


def _kernel(count: int, step: float, bandwidth: float) -> FloatArray:
    scaled = np.arange(count) * (step / bandwidth)
    return np.asarray(np.exp(-0.5 * scaled**2) / (bandwidth * np.sqrt(2 * np.pi)))


def _toeplitz(kernel: FloatArray) -> FloatArray:
    mirrored = np.concatenate((kernel[:0:-1], kernel))
    windows = np.lib.stride_tricks.sliding_window_view(mirrored, len(kernel))
    return np.ascontiguousarray(windows[::-1])
