"""Kernel density of events on a grid over a polygon window, corrected at its edges."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from samverkan.methods.density.events import Events, events_in_window
from samverkan.methods.density.grid import (
    Grid,
    Smoother,
    as_bandwidth_pair,
    make_grid,
    smoother,
)
from samverkan.methods.density.polygon import FloatArray, IntArray
from samverkan.methods.density.window import Window, as_window
from samverkan.methods.errors import MethodError


class EdgeCorrection(StrEnum):
    """What makes up for the part of a kernel that falls outside the window."""

    NONE = "none"
    UNIFORM = "uniform"
    """Divide at each place by the part of the kernel there that lies inside."""
    DIGGLE = "diggle"
    """Divide each event's kernel by its part inside: the surface sums to the events."""


@dataclass(frozen=True)
class DensitySurface:
    """Events per square metre on a grid; rows run south to north, columns west to east.

    `values` is NaN in cells whose centre is outside the window. `edge_mass` is the part of a
    kernel at each cell that lies inside. `n_outside` events were left out.
    """

    values: FloatArray
    edge_mass: FloatArray = field(repr=False)
    east: FloatArray
    north: FloatArray
    cell_area: float
    window: Window = field(repr=False)
    bandwidth: tuple[float, float]
    edge_correction: EdgeCorrection
    n_events: int
    n_outside: int

    @property
    def integral(self) -> float:
        """The sum of the surface over the window; with Diggle's correction the events' number."""
        return float(np.nansum(self.values) * self.cell_area)

    @property
    def expected_per_cell(self) -> FloatArray:
        """Events a cell: what a forecast of the next, equally long, period would be."""
        return self.values * self.cell_area


def as_edge_correction(edge_correction: str) -> EdgeCorrection:
    try:
        return EdgeCorrection(edge_correction)
    except ValueError as error:
        choices = ", ".join(EdgeCorrection)
        raise MethodError(f"edge_correction must be one of {choices}") from error


def kernel_density(
    east: npt.ArrayLike,
    north: npt.ArrayLike,
    *,
    window: object,
    bandwidth: float | tuple[float, float],
    grid_shape: tuple[int, int],
    edge_correction: str = "diggle",
    weights: npt.ArrayLike | None = None,
) -> DensitySurface:
    """Where do events gather, and how many are there per square metre?

    `east`, `north`: metres, one number an event. `window`: see `as_window`. `bandwidth`: the
    Gaussian kernel's standard deviation in metres, or a pair (east, north); `choose_bandwidth`
    offers values. `grid_shape`: (rows, columns) over the window's bounding box. `weights`: harm
    or an aoristic share an event.

    Guarantees: never negative; with "diggle" the surface sums to the events (or their weight)
    inside the window; with "uniform" evenly spread events give an even surface to the very
    edge; moving all coordinates changes nothing. Border points are inside; events outside are
    left out and counted in `n_outside`. No events give zero everywhere.
    Not for a handful of events, where the surface shows the kernel and not the place, nor as a
    risk: where people are many, events are many (see `relative_risk`).
    Errors: `MethodError` for coordinates that are not finite, a window that is no polygon, or a
    grid coarser than twice the bandwidth.
    Source: Diggle (1985), Applied Statistics 34; Diggle (2014), Statistical Analysis of Spatial
    and Spatio-Temporal Point Patterns, section 5.3.
    """
    correction = as_edge_correction(edge_correction)
    area = as_window(window)
    pair = as_bandwidth_pair(bandwidth)
    grid = make_grid(area, grid_shape)
    smooth = smoother(grid, pair)
    events = events_in_window(east, north, area, weights)
    edge_mass = smooth(np.where(grid.mask, grid.cell_area, 0.0))
    cells = grid.kept_near(grid.cells_of(events), edge_mass)
    values = smoothed_events(grid, smooth, events, cells, edge_mass, correction)
    return DensitySurface(
        values=np.where(grid.mask, values, np.nan),
        edge_mass=edge_mass,
        east=area.west + grid.local_east,
        north=area.south + grid.local_north,
        cell_area=grid.cell_area,
        window=area,
        bandwidth=pair,
        edge_correction=correction,
        n_events=events.count,
        n_outside=events.n_outside,
    )


def smoothed_events(
    grid: Grid,
    smooth: Smoother,
    events: Events,
    cells: IntArray,
    edge_mass: FloatArray,
    correction: EdgeCorrection,
) -> FloatArray:
    """The surface before its outside is blanked."""
    totals = grid.totals(cells, events.weight)
    # far outside no kernel reaches the window: nothing stands there, and it is blanked afterwards
    divisor = np.where(edge_mass > 0, edge_mass, 1.0)
    if correction is EdgeCorrection.DIGGLE:
        return smooth(totals / divisor)
    surface = smooth(totals)
    return surface / divisor if correction is EdgeCorrection.UNIFORM else surface
