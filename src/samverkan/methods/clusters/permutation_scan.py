"""The space-time permutation scan: clusters of events without a population."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from samverkan.methods import compiled
from samverkan.methods.clusters.events import (
    FloatArray,
    Geometry,
    IntArray,
    as_days,
    as_least_cases,
    as_replicas,
)
from samverkan.methods.clusters.pair_tests import Seed
from samverkan.methods.clusters.places import (
    Centres,
    Places,
    circles_of_places,
    gather_places,
    with_rows_as_members,
)
from samverkan.methods.clusters.scan_results import (
    ScanCluster,
    ScanResult,
    gumbel_p_value,
    maxima_p_value,
)
from samverkan.methods.clusters.scan_simulation import EventScan, Periods, permuted_maxima
from samverkan.methods.clusters.secondary import Window, clear_windows, smallest
from samverkan.methods.clusters.study_calendar import Calendar, study_calendar
from samverkan.methods.clusters.zones import Ties


def space_time_permutation_scan(
    east: npt.ArrayLike,
    north: npt.ArrayLike,
    days: npt.ArrayLike,
    *,
    max_radius: float,
    max_days: int,
    prospective: bool = False,
    n_simulations: int = 999,
    seed: Seed,
    max_share: float = 0.5,
    min_cases: int = 2,
    days_per_period: int = 1,
    first_day: int | None = None,
    last_day: int | None = None,
    ties: Ties | str = Ties.TOGETHER,
    geometry: Geometry = Geometry.PLANE,
    centres: Centres | None = None,
    max_clusters: int = 100,
    n_threads: int | None = None,
) -> ScanResult:
    """Find circles and runs of days with more events than their places and days explain.

    Question answered: is there now (``prospective``), or was there at some time, a place with
    more events at once than its usual share of the day's events?
    Shapes: one-dimensional, of equal length, one row an event. Units: metres (degrees when
    ``geometry`` is the sphere, radius in metres), whole days. ``first_day`` and ``last_day`` are
    the study period (default: the first and last event); periods of ``days_per_period`` days are
    counted back from its end. Circles around every place with an event (or around ``centres``,
    east and north) up to ``max_radius`` and ``max_share`` of all events; windows up to
    ``max_days``; clusters of at least ``min_cases``.
    Guarantees: equal distances enter a circle together, so the order of rows changes nothing;
    ``ties="file_order"`` and ``ties="coordinate_order"`` add them one by one, to compare with
    SaTScan (10.3.2 was seen to break ties by coordinates). The ratio is exact; p-values are
    valid for the largest cluster and conservative for the others. Neither the number of threads
    nor Numba changes them. Windows that no replica falls short of (p of 1) are not listed.
    Not when: places differ in how their share develops (a new housing estate), which looks like
    a cluster; nor to say that there is no cluster.
    Errors: `MethodError` for values that are not finite, lengths that differ, limits below one.
    Source: Kulldorff, Heffernan, Hartman, Assunção and Mostashari (2005), A space-time
    permutation scan statistic for disease outbreak detection, PLoS Medicine 2.
    """
    places = gather_places(east, north, geometry=geometry, ties=Ties(ties), centres=centres)
    calendar = study_calendar(
        as_days(days, len(places.place_of_row)),
        first_day=first_day,
        last_day=last_day,
        days_per_period=days_per_period,
        max_days=max_days,
    )
    weights = np.bincount(places.place_of_row, minlength=len(places.coordinates))
    circles = circles_of_places(
        places,
        weights.astype(np.float64),
        max_radius=max_radius,
        max_share=max_share,
        ties=Ties(ties),
    )
    order = places.rows_by_place()
    scan = EventScan(
        circles=with_rows_as_members(circles, places),
        periods=calendar.periods[order],
        running_totals=calendar.running_totals(),
        max_periods=calendar.max_periods,
        min_cases=as_least_cases(min_cases),
        is_prospective=prospective,
    )
    maxima = permuted_maxima(scan, as_replicas(n_simulations), compiled.seed_key(seed), n_threads)
    windows = clear_windows(
        lambda taken, where: scan.largest(scan.periods, taken, where),
        scan.circles,
        lambda window: _cases_in(window, scan),
        len(order),
        floor=smallest(maxima),
        most=max_clusters,
    )
    return ScanResult(
        clusters=tuple(
            _cluster(window, scan, places, calendar, order, maxima) for window in windows
        ),
        simulated_maxima=maxima,
        n_cases=len(order),
        n_simulations=len(maxima),
        first_day=calendar.first_day,
        last_day=calendar.last_day,
    )


def _cases_in(window: Window, scan: EventScan) -> Periods:
    inside = scan.circles.inside(window.centre, window.step)
    periods = scan.periods[inside]
    return inside[(periods >= window.first_period) & (periods <= window.last_period)]


def _cluster(
    window: Window,
    scan: EventScan,
    places: Places,
    calendar: Calendar,
    order: IntArray,
    maxima: FloatArray,
) -> ScanCluster:
    inside = scan.circles.inside(window.centre, window.step)
    totals = scan.running_totals
    in_time = int(totals[window.last_period + 1] - totals[window.first_period])
    expected = len(inside) * in_time / len(order)
    outside = len(order) - window.observed
    rate = window.observed / expected
    return ScanCluster(
        log_likelihood_ratio=window.ratio,
        p_value=maxima_p_value(window.ratio, maxima),
        gumbel_p_value=gumbel_p_value(window.ratio, maxima),
        event_indices=np.sort(order[_cases_in(window, scan)]),
        location_indices=np.sort(order[inside]),
        centre=places.position(window.centre),
        radius=float(scan.circles.radii[window.step]),
        first_day=calendar.first_day_of(window.first_period),
        last_day=calendar.last_day_of(window.last_period),
        observed=window.observed,
        expected=expected,
        relative_risk=rate / (outside / (len(order) - expected)) if outside else np.inf,
    )
