"""The search that the Poisson and the Bernoulli scan share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samverkan.methods import compiled
from samverkan.methods.clusters.count_simulation import CountModel, CountScan, simulated_maxima
from samverkan.methods.clusters.events import FloatArray, IntArray, as_least_cases, as_replicas
from samverkan.methods.clusters.places import Places, circles_of_places
from samverkan.methods.clusters.scan_results import (
    ScanCluster,
    ScanResult,
    gumbel_p_value,
    maxima_p_value,
)
from samverkan.methods.clusters.secondary import Window, clear_windows, smallest
from samverkan.methods.clusters.zones import Ties
from samverkan.methods.errors import MethodError


@dataclass(frozen=True)
class Limits:
    """Which windows are looked at."""

    max_radius: float
    max_share: float
    max_periods: int | None
    prospective: bool
    min_cases: int
    ties: Ties


@dataclass(frozen=True)
class Effort:
    """How many replicas, from what seed, on how many threads, and how many clusters to list."""

    n_simulations: int
    seed: int | Sequence[int] | np.random.Generator
    max_clusters: int
    n_threads: int | None


def as_table(values: npt.ArrayLike, name: str, *, whole: bool) -> FloatArray:
    """Amounts by place and period, finite and not negative; one dimension is one period."""
    try:
        table = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise MethodError(f"{name} must be numbers") from error
    if table.ndim == 1:
        table = table[:, None]
    if table.ndim != 2 or table.size == 0:
        raise MethodError(f"{name} must have one row a place, and one column a period")
    if not np.isfinite(table).all() or (table < 0).any():
        raise MethodError(f"{name} must be finite and not negative")
    if whole and (table != np.rint(table)).any():
        raise MethodError(f"{name} must be whole numbers")
    return table


def search_counts(
    places: Places,
    cases: FloatArray,
    exposure: FloatArray,
    model: CountModel,
    limits: Limits,
    effort: Effort,
) -> ScanResult:
    """Prepare the scan, draw the replicas, find the clusters."""
    if len(cases) != len(places.place_of_row):
        raise MethodError("cases must have one row for each of east and north")
    scan = _prepared(places, cases, exposure, model, limits)
    key = compiled.seed_key(effort.seed)
    maxima = simulated_maxima(scan, as_replicas(effort.n_simulations), key, effort.n_threads)
    windows = clear_windows(
        lambda taken, where: scan.largest(scan.cases, taken, where) if cases.sum() else 0.0,
        scan.circles,
        lambda window: scan.circles.inside(window.centre, window.step),
        len(places.coordinates),
        floor=smallest(maxima),
        most=effort.max_clusters,
    )
    return ScanResult(
        clusters=tuple(_cluster(window, scan, places, cases, maxima) for window in windows),
        simulated_maxima=maxima,
        n_cases=int(cases.sum()),
        n_simulations=len(maxima),
        first_day=0,
        last_day=cases.shape[1] - 1,
    )


def _prepared(
    places: Places, cases: FloatArray, exposure: FloatArray, model: CountModel, limits: Limits
) -> CountScan:
    n_periods = cases.shape[1]
    longest = max(n_periods // 2, 1) if limits.max_periods is None else int(limits.max_periods)
    if longest < 1:
        raise MethodError("max_periods must be at least one")
    exposure_of_places = _by_place(exposure, places)
    circles = circles_of_places(
        places,
        exposure_of_places.sum(axis=1),
        max_radius=limits.max_radius,
        max_share=limits.max_share,
        ties=limits.ties,
    )
    return CountScan(
        circles=circles,
        cases=_by_place(cases, places).astype(np.int64),
        exposure=exposure_of_places,
        model=model,
        max_periods=min(longest, n_periods),
        min_cases=as_least_cases(limits.min_cases),
        is_prospective=limits.prospective,
    )


def _by_place(table: FloatArray, places: Places) -> FloatArray:
    order = places.rows_by_place()
    sizes = np.bincount(places.place_of_row, minlength=len(places.coordinates))
    return np.add.reduceat(table[order], np.cumsum(sizes) - sizes, axis=0)


def _cluster(
    window: Window, scan: CountScan, places: Places, cases: FloatArray, maxima: FloatArray
) -> ScanCluster:
    inside = scan.circles.inside(window.centre, window.step)
    rows = np.flatnonzero(np.isin(places.place_of_row, inside))
    span = slice(window.first_period, window.last_period + 1)
    share = float(scan.exposure[inside, span].sum() / scan.exposure.sum())
    all_cases = int(scan.cases.sum())
    rest, expected = all_cases - window.observed, share * all_cases
    is_all = rest == 0 or share >= 1
    return ScanCluster(
        log_likelihood_ratio=window.ratio,
        p_value=maxima_p_value(window.ratio, maxima),
        gumbel_p_value=gumbel_p_value(window.ratio, maxima),
        event_indices=_rows_with_cases(cases, rows, span),
        location_indices=rows,
        centre=places.position(window.centre),
        radius=float(scan.circles.radii[window.step]),
        first_day=window.first_period,
        last_day=window.last_period,
        observed=window.observed,
        expected=expected,
        relative_risk=np.inf if is_all else (window.observed / share) / (rest / (1 - share)),
    )


def _rows_with_cases(cases: FloatArray, rows: IntArray, span: slice) -> IntArray:
    return np.asarray(rows[cases[rows, span].sum(axis=1) > 0])
