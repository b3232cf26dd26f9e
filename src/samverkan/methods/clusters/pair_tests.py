"""The Knox test and the near-repeat table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from samverkan.methods import compiled
from samverkan.methods.clusters.events import (
    FloatArray,
    Points,
    as_days,
    as_limits,
    as_points,
    as_replicas,
    as_threshold,
)
from samverkan.methods.clusters.near_pairs import find_near_pairs
from samverkan.methods.clusters.pair_results import (
    BandEnd,
    KnoxResult,
    NearRepeatResult,
    adjusted_p,
    divided,
    monte_carlo_p,
)
from samverkan.methods.clusters.pair_tables import tabulate
from samverkan.methods.clusters.time_labels import TimeLabels, day_windows, exact_times
from samverkan.methods.errors import MethodError

Seed = int | Sequence[int] | np.random.Generator


def knox(
    east: npt.ArrayLike,
    north: npt.ArrayLike,
    days: npt.ArrayLike,
    *,
    space_threshold: float,
    time_threshold: float,
    n_simulations: int = 999,
    seed: Seed,
    last_days: npt.ArrayLike | None = None,
    n_threads: int | None = None,
) -> KnoxResult:
    """Count pairs of events near in space and time, and judge the count by permutation.

    Question answered: do events that lie near each other also happen soon after each other, more
    than their places and their times by themselves explain?
    Shapes: one-dimensional, of equal length. Units: metres (or any unit of a plane), days.
    A pair is near when its distance is at most ``space_threshold`` and its times differ by at
    most ``time_threshold``; both ends included. ``last_days`` makes ``days`` the first day of a
    window (whole days, both ends included) in which every day is equally likely: a pair then
    counts the share of its day pairs that are close.
    Guarantees: ``expected_pairs`` and ``variance_pairs`` are exact over all permutations. The
    p-value is (1 + replicas with at least as many pairs) / (1 + replicas), valid for any number of
    replicas. It does not depend on the order of rows, the number of threads or on Numba.
    Not when: the background changes shape over time (a district built half-way through gives
    near pairs without contagion), or places are snapped coarser than the threshold.
    Errors: `MethodError` for values that are not finite, lengths that differ, no events.
    Source: Knox (1964), The detection of space-time interactions, Applied Statistics 13;
    Mantel (1967); Phipson and Smyth (2010) for the p-value.
    """
    points = as_points(east, north)
    limit = as_threshold(space_threshold, "space_threshold")
    limits = np.array([as_threshold(time_threshold, "time_threshold")])
    table = tabulate(
        find_near_pairs(points, np.array([limit])),
        _labels(days, last_days, limits, len(points.coordinates)),
        as_replicas(n_simulations),
        compiled.seed_key(seed),
        n_threads,
    )
    return KnoxResult(
        observed_pairs=float(table.observed[0, 0]),
        expected_pairs=float(table.expected[0, 0]),
        variance_pairs=float(table.variance[0, 0]),
        p_value=float(monte_carlo_p(table.observed, table.simulated)[0, 0]),
        pairs_in_space=float(table.pairs_in_space[0]),
        pairs_in_time=float(table.pairs_in_time[0]),
        n_events=len(points.coordinates),
        n_simulations=len(table.simulated),
        simulated_pairs=table.simulated[:, 0, 0],
    )


def near_repeat(
    east: npt.ArrayLike,
    north: npt.ArrayLike,
    days: npt.ArrayLike,
    *,
    space_bands: npt.ArrayLike,
    time_bands: npt.ArrayLike,
    n_simulations: int = 999,
    seed: Seed,
    same_place_distance: float = 0.0,
    space_end: BandEnd = BandEnd.UPPER,
    time_end: BandEnd = BandEnd.UPPER,
    last_days: npt.ArrayLike | None = None,
    n_threads: int | None = None,
) -> NearRepeatResult:
    """Tabulate near pairs by band of distance and band of time, and judge every cell.

    Question answered: for how long and how far around an event is there a raised risk of
    another, and how large is it?
    ``space_bands`` and ``time_bands`` are increasing upper limits (a leading zero is allowed and
    means nothing). The first row of every table is repeats at the same place (at most
    ``same_place_distance`` apart), which the other rows leave out. ``space_end`` and ``time_end``
    say which end belongs to a band; the first band of time always holds zero.
    Shapes: tables are (1 + number of space bands, number of time bands). Units as in `knox`.
    Guarantees, limits and errors: as `knox`; ``adjusted_p_value`` holds for the table as a whole.
    Not when: one looks for the band with the smallest p-value afterwards; use the adjusted one.
    Source: Townsley, Homel and Chaseling (2003), Infectious burglaries, British Journal of
    Criminology 43; Ratcliffe and Rengert (2008), Near-repeat patterns in Philadelphia shootings.
    """
    points = as_points(east, north)
    outer = as_limits(space_bands, "space_bands")
    same = as_threshold(same_place_distance, "same_place_distance")
    if outer[0] <= same:
        raise MethodError("space_bands must begin beyond same_place_distance")
    inner = as_limits(time_bands, "time_bands")
    table = tabulate(
        find_near_pairs(points, _with_end(np.append(same, outer), space_end, points)),
        _labels(days, last_days, _time_limits(inner, time_end), len(points.coordinates)),
        as_replicas(n_simulations),
        compiled.seed_key(seed),
        n_threads,
    )
    middle = np.median(table.simulated, axis=0) if len(table.simulated) else table.observed * np.nan
    return NearRepeatResult(
        observed=table.observed,
        expected=table.expected,
        variance=table.variance,
        ratio=divided(table.observed, table.expected),
        ratio_to_median=divided(table.observed, middle),
        p_value=monte_carlo_p(table.observed, table.simulated),
        lower_p_value=monte_carlo_p(-table.observed, -table.simulated),
        adjusted_p_value=adjusted_p(table),
        space_bands=np.column_stack([np.append([0.0, same], outer[:-1]), np.append(same, outer)]),
        time_bands=np.column_stack([np.append(0.0, inner[:-1]), inner]),
        n_events=len(points.coordinates),
        n_simulations=len(table.simulated),
    )


def _with_end(limits: FloatArray, end: BandEnd, points: Points) -> FloatArray:
    """Where the upper end is left out, a distance equal to it goes to the next band."""
    if end is BandEnd.UPPER:
        return limits
    # find_near_pairs includes what lies within the tolerance of a limit; stay clear of it. The
    # same place keeps its end: a distance of zero must be somewhere.
    return np.append(limits[:1], limits[1:] - 2.0 * points.tolerance)


def _time_limits(limits: FloatArray, end: BandEnd) -> FloatArray:
    if end is BandEnd.UPPER:
        return limits
    return np.nextafter(limits, -np.inf) - 1e-8 * np.maximum(limits, 1.0)


def _labels(
    days: npt.ArrayLike, last_days: npt.ArrayLike | None, limits: FloatArray, n_events: int
) -> TimeLabels:
    first = as_days(days, n_events)
    if last_days is None:
        return exact_times(first, limits)
    return day_windows(first, as_days(last_days, n_events, name="last_days"), limits)
