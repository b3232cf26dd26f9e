"""How wide should the kernel be?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import optimize, spatial

from samverkan.methods.density.at_events import density_at_events
from samverkan.methods.density.events import Events, events_in_window
from samverkan.methods.density.polygon import FloatArray
from samverkan.methods.density.surface import kernel_density
from samverkan.methods.density.window import Window, as_window
from samverkan.methods.errors import MethodError

N_CANDIDATES = 16
GRID_SHAPE = (128, 128)
# Terrell's constant for two dimensions and the Gaussian kernel.
OVERSMOOTHING = (10_000 / 6_144) ** (1 / 6)


class BandwidthRule(StrEnum):
    """From a name that needs no search to one that listens to the events."""

    NORMAL_SCALE = "normal_scale"
    """Right if the events were one normal heap; much too wide for several."""
    OVERSMOOTHED = "oversmoothed"
    """The widest that any density of this spread could need (Terrell 1990)."""
    LIKELIHOOD = "likelihood"
    """Each event as well foretold by the others as can be (Loader 1999); the default."""
    CRONIE_VAN_LIESHOUT = "cronie_van_lieshout"
    """Areas 1 / density at the events add up to the window (2018)."""


@dataclass(frozen=True)
class BandwidthChoice:
    """`bandwidth` in metres; for the searching rules also what was tried and how it scored."""

    bandwidth: float
    rule: BandwidthRule
    candidates: FloatArray
    scores: FloatArray


def scott_bandwidths(east: npt.ArrayLike, north: npt.ArrayLike) -> tuple[float, float]:
    """Scott's rule for each direction: standard deviation x n^(-1/6), in metres (1992)."""
    places = [np.asarray(side, dtype=np.float64) for side in (east, north)]
    if len(places[0]) < 2:
        raise MethodError("a bandwidth cannot be chosen from fewer than two events")
    factor = len(places[0]) ** (-1 / 6)
    across, along = (float(side.std(ddof=1)) * factor for side in places)
    return across, along


def choose_bandwidth(
    east: npt.ArrayLike,
    north: npt.ArrayLike,
    *,
    window: object,
    rule: str = "likelihood",
    candidates: npt.ArrayLike | None = None,
    refine: bool = True,
) -> BandwidthChoice:
    """Which bandwidth suits these events?

    `rule`: see `BandwidthRule`. `candidates`: bandwidths in metres to try; when not given, 16 in
    equal ratios from the smallest distance between two events to half the window's diameter,
    as spatstat does. `refine` searches on between the best candidate's neighbours; without it
    the best candidate is the answer.

    Guarantees: a positive number; the same for moved coordinates.
    Not to be trusted where coordinates were snapped to a lattice or to addresses: many events
    at one place make "likelihood" choose far too little. Then say what a neighbourhood is
    (200 to 500 m) instead of asking the data.
    Errors: `MethodError` for fewer than two events, or all in one place.
    Source: Loader (1999), Local Regression and Likelihood; Cronie and van Lieshout (2018),
    Biometrika 105; Terrell (1990), JASA 85; Scott (1992).
    """
    area = as_window(window)
    kind = _as_rule(rule)
    events = events_in_window(east, north, area)
    if events.count < 2 or float(np.ptp(events.east) + np.ptp(events.north)) == 0:
        raise MethodError("a bandwidth cannot be chosen from fewer than two different places")
    if kind in {BandwidthRule.NORMAL_SCALE, BandwidthRule.OVERSMOOTHED}:
        factor = OVERSMOOTHING if kind is BandwidthRule.OVERSMOOTHED else 1.0
        value = factor * _spread(events) * events.count ** (-1 / 6)
        return BandwidthChoice(value, kind, np.array([value]), np.zeros(1))
    tried = _candidates(events, area) if candidates is None else _as_candidates(candidates)
    is_likelihood = kind is BandwidthRule.LIKELIHOOD

    def score(bandwidth: float) -> float:
        if is_likelihood:
            return _log_likelihood(events, area, bandwidth)
        return -abs(_area_of_events(events, area, bandwidth) - area.area)

    scores = np.array([score(float(bandwidth)) for bandwidth in tried])
    best = int(scores.argmax())
    bandwidth = float(tried[best])
    if refine:
        bandwidth = _refined(score, tried, best)
    return BandwidthChoice(bandwidth, kind, tried, scores)


def _as_rule(rule: str) -> BandwidthRule:
    try:
        return BandwidthRule(rule)
    except ValueError as error:
        raise MethodError(f"rule must be one of {', '.join(BandwidthRule)}") from error


def _spread(events: Events) -> float:
    """The smaller of mean standard deviation and mean interquartile range / 1.34 (Silverman)."""
    places = (events.east, events.north)
    deviation = float(np.mean([side.std(ddof=1) for side in places]))
    quarters = float(np.mean([np.subtract(*np.percentile(side, [75, 25])) for side in places]))
    return min(deviation, quarters / 1.34) if quarters > 0 else deviation


def _as_candidates(candidates: npt.ArrayLike) -> FloatArray:
    tried = np.sort(np.atleast_1d(np.asarray(candidates, dtype=np.float64)))
    if not (np.isfinite(tried).all() and (tried > 0).all()):
        raise MethodError("candidates must be positive numbers of metres")
    return tried


def _candidates(events: Events, window: Window) -> FloatArray:
    places = np.column_stack((events.east, events.north))
    distance = spatial.cKDTree(np.unique(places, axis=0)).query(np.unique(places, axis=0), k=2)[0]
    nearest = float(distance[:, 1].min())
    return np.geomspace(nearest, _diameter(window) / 2, N_CANDIDATES)


def _diameter(window: Window) -> float:
    corners = np.concatenate(window.rings)
    hull = corners[spatial.ConvexHull(corners).vertices]
    return float(spatial.distance.pdist(hull).max())


def _log_likelihood(events: Events, window: Window, bandwidth: float) -> float:
    """Of each event given the others, less the surface's integral."""
    at_events = _at_events(events, window, bandwidth, "uniform", is_left_out=True)
    if at_events is None or not (at_events > 0).all():
        return float("-inf")
    surface = _surface_integral(events, window, bandwidth)
    return float(np.log(at_events).sum()) - surface


def _area_of_events(events: Events, window: Window, bandwidth: float) -> float:
    values = _at_events(events, window, bandwidth, "none", is_left_out=False)
    return float("inf") if values is None else float((1 / values).sum())


def _at_events(
    events: Events, window: Window, bandwidth: float, correction: str, *, is_left_out: bool
) -> FloatArray | None:
    """None where the bandwidth is below what the grid for the edges can show."""
    try:
        return density_at_events(
            events.east + window.west,
            events.north + window.south,
            window=window,
            bandwidth=bandwidth,
            leave_one_out=is_left_out,
            edge_correction=correction,
            edge_grid_shape=GRID_SHAPE,
        )
    except MethodError:
        return None


def _surface_integral(events: Events, window: Window, bandwidth: float) -> float:
    """Of the surface with uniform correction; where kernels are narrow it is the events' number."""
    try:
        return kernel_density(
            events.east + window.west,
            events.north + window.south,
            window=window,
            bandwidth=bandwidth,
            grid_shape=GRID_SHAPE,
            edge_correction="uniform",
        ).integral
    except MethodError:
        return float(events.count)


def _refined(score: Callable[[float], float], tried: FloatArray, best: int) -> float:
    low, high = tried[max(best - 1, 0)], tried[min(best + 1, len(tried) - 1)]
    if not low < high or not np.isfinite(score(float(tried[best]))):
        return float(tried[best])
    result = optimize.minimize_scalar(
        lambda logarithm: -score(float(np.exp(logarithm))),
        bounds=(float(np.log(low)), float(np.log(high))),
        method="bounded",
        options={"xatol": 1e-4},
    )
    found = float(np.exp(result.x))
    return found if score(found) >= score(float(tried[best])) else float(tried[best])
