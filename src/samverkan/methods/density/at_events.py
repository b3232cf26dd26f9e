"""The density at the events themselves, each left out of its own: exact, without a grid."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

from samverkan.methods.density.events import Events, events_in_window
from samverkan.methods.density.grid import Grid, make_grid, smoother
from samverkan.methods.density.pair_sums import kernel_sums
from samverkan.methods.density.polygon import FloatArray, IntArray
from samverkan.methods.density.surface import EdgeCorrection, as_edge_correction
from samverkan.methods.density.window import Window, as_window
from samverkan.methods.errors import MethodError


def density_at_events(
    east: npt.ArrayLike,
    north: npt.ArrayLike,
    *,
    window: object,
    bandwidth: float,
    leave_one_out: bool = True,
    edge_correction: str = "uniform",
    edge_grid_shape: tuple[int, int] = (128, 128),
) -> FloatArray:
    """How dense is it around each event, not counting itself?

    Arguments as in `kernel_density`; the answer is events per square metre, one an event, in
    the events' order, NaN for events outside the window. The part of a kernel inside the
    window is exact for a rectangle and read off a grid of `edge_grid_shape` else.
    Guarantees: equals spatstat's `density.ppp(at = "points")`; the same with Numba and without.
    Not for a map: use `kernel_density`. Time grows with the number of near pairs.
    Errors: as in `kernel_density`.
    Source: Diggle (1985), Applied Statistics 34.
    """
    correction = as_edge_correction(edge_correction)
    area = as_window(window)
    if not (np.isfinite(bandwidth) and bandwidth > 0):
        raise MethodError("bandwidth must be a positive number of metres")
    events = events_in_window(east, north, area)
    mass = np.ones(events.count)
    if correction is not EdgeCorrection.NONE:
        mass = edge_mass_at_events(events, area, bandwidth, edge_grid_shape)
    weight = 1 / mass if correction is EdgeCorrection.DIGGLE else np.ones(events.count)
    values = kernel_sums(events.east, events.north, weight, np.full(events.count, bandwidth))
    if not leave_one_out:
        values = values + weight / (2 * np.pi * bandwidth**2)
    if correction is EdgeCorrection.UNIFORM:
        values = values / mass
    if not events.n_outside:
        return values
    answer = np.full(len(np.atleast_1d(np.asarray(east))), np.nan)
    answer[area.contains(np.atleast_1d(east), np.atleast_1d(north))] = values
    return answer


def edge_mass_at_events(
    events: Events, window: Window, bandwidth: float, grid_shape: tuple[int, int]
) -> FloatArray:
    """The part of a kernel centred at each event that lies in the window."""
    if window.is_rectangle:
        across = _mass(events.east, window.width, bandwidth)
        return np.asarray(across * _mass(events.north, window.height, bandwidth))
    grid = make_grid(window, grid_shape)
    mass = smoother(grid, (bandwidth, bandwidth))(np.where(grid.mask, grid.cell_area, 0.0))
    return np.asarray(mass.ravel()[grid.inside_cells(cells_below(grid, events))])


def cells_below(grid: Grid, events: Events) -> IntArray:
    """The flat number of each event's cell, where an event on a border is in the lower cell.

    Reading a smooth surface this way, as spatstat does, is as good as the other way.
    """
    rows, columns = grid.shape
    column = np.ceil(events.east / grid.cell_width).astype(np.int64) - 1
    row = np.ceil(events.north / grid.cell_height).astype(np.int64) - 1
    return np.asarray(np.clip(row, 0, rows - 1) * columns + np.clip(column, 0, columns - 1))


def _mass(position: FloatArray, length: float, bandwidth: float) -> FloatArray:
    return np.asarray(
        special.ndtr((length - position) / bandwidth) - special.ndtr(-position / bandwidth)
    )
