"""The Poisson and Bernoulli scans: clusters among places with a population or with controls."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from samverkan.methods.clusters.count_search import Effort, Limits, as_table, search_counts
from samverkan.methods.clusters.count_simulation import CountModel
from samverkan.methods.clusters.events import FloatArray, Geometry
from samverkan.methods.clusters.pair_tests import Seed
from samverkan.methods.clusters.places import Centres, gather_places
from samverkan.methods.clusters.scan_results import ScanResult
from samverkan.methods.clusters.zones import Ties
from samverkan.methods.errors import MethodError


def poisson_scan(
    east: npt.ArrayLike,
    north: npt.ArrayLike,
    cases: npt.ArrayLike,
    population: npt.ArrayLike,
    *,
    max_radius: float = np.inf,
    max_share: float = 0.5,
    max_periods: int | None = None,
    prospective: bool = False,
    n_simulations: int = 999,
    seed: Seed,
    min_cases: int = 2,
    ties: Ties | str = Ties.TOGETHER,
    geometry: Geometry = Geometry.PLANE,
    centres: Centres | None = None,
    max_clusters: int = 100,
    n_threads: int | None = None,
) -> ScanResult:
    """Find circles (and runs of periods) with more cases than their population explains.

    Question answered: is the rate higher somewhere (and at some time) than everywhere else, by
    more than chance gives when one looks everywhere?
    Shapes: ``east`` and ``north`` (n,), one row a place; ``cases`` (n,) for a purely spatial scan
    or (n, periods); ``population`` the same, or (n,) or (n, 1) when it does not change. It may be
    expected cases (see `expected_cases`) and is scaled to the total of the cases. Units: metres;
    periods are columns, and `ScanCluster.first_day` and `last_day` are column numbers from 0.
    Circles hold at most ``max_share`` of the population, windows at most ``max_periods`` columns
    (default half of them); ``prospective`` looks only at windows that last until the end.
    Guarantees and limits: as in `space_time_permutation_scan`.
    Not when: cases come several at a time or rates vary between places for known reasons that
    are not in the expectation: p-values are then too small.
    Errors: `MethodError` for shapes that do not fit, counts that are not whole, cases where there
    is no population.
    Source: Kulldorff (1997), A spatial scan statistic, Communications in Statistics 26;
    Kulldorff, Athas, Feuer, Miller and Key (1998) for space and time.
    """
    counts = as_table(cases, "cases", whole=True)
    people = as_table(population, "population", whole=False)
    if people.shape not in (counts.shape, (len(counts), 1)):
        raise MethodError("population must have the shape of cases, or one value a place")
    people = np.broadcast_to(people, counts.shape)
    if ((people == 0) & (counts > 0)).any():
        raise MethodError("there are cases where the population is zero")
    if people.sum() == 0:
        raise MethodError("population must not be zero everywhere")
    scaled = people * (counts.sum() / people.sum())
    return search_counts(
        gather_places(east, north, geometry=geometry, ties=Ties(ties), centres=centres),
        counts,
        scaled if counts.sum() else people,
        CountModel.POISSON,
        Limits(max_radius, max_share, max_periods, prospective, min_cases, Ties(ties)),
        Effort(n_simulations, seed, max_clusters, n_threads),
    )


def bernoulli_scan(
    east: npt.ArrayLike,
    north: npt.ArrayLike,
    cases: npt.ArrayLike,
    controls: npt.ArrayLike,
    *,
    max_radius: float = np.inf,
    max_share: float = 0.5,
    max_periods: int | None = None,
    prospective: bool = False,
    n_simulations: int = 999,
    seed: Seed,
    min_cases: int = 2,
    ties: Ties | str = Ties.TOGETHER,
    geometry: Geometry = Geometry.PLANE,
    centres: Centres | None = None,
    max_clusters: int = 100,
    n_threads: int | None = None,
) -> ScanResult:
    """Find circles (and runs of periods) where a larger share of individuals are cases.

    Question answered: among dwellings, journeys or persons that could each have become a case,
    is the share that did higher somewhere than everywhere else?
    Shapes, units, limits and errors: as `poisson_scan`, with ``controls`` (individuals that are
    not cases) instead of a population, of the same shape as ``cases``. One row may be one
    individual: a case (1, 0) or a control (0, 1).
    Not when: controls were chosen because of where they are.
    Source: Kulldorff (1997), A spatial scan statistic, Communications in Statistics 26.
    """
    counts = as_table(cases, "cases", whole=True)
    others = as_table(controls, "controls", whole=True)
    if others.shape != counts.shape:
        raise MethodError("cases and controls must be of the same shape")
    if (counts + others).sum() == 0:
        raise MethodError("there are neither cases nor controls")
    return search_counts(
        gather_places(east, north, geometry=geometry, ties=Ties(ties), centres=centres),
        counts,
        counts + others,
        CountModel.BERNOULLI,
        Limits(max_radius, max_share, max_periods, prospective, min_cases, Ties(ties)),
        Effort(n_simulations, seed, max_clusters, n_threads),
    )


def expected_cases(cases: npt.ArrayLike, population: npt.ArrayLike) -> FloatArray:
    """Cases that each place (and period) would have at the rates of its strata everywhere.

    Question answered: how many cases explain age, sex or kind of dwelling by themselves?
    Shapes: both (..., n_strata); the answer drops the last axis. Strata without population get
    none. Guarantees: the answer sums to the cases. Known as indirect standardisation.
    Errors: `MethodError` for shapes that differ or negative values.
    """
    counts, people = np.asarray(cases, np.float64), np.asarray(population, np.float64)
    if counts.shape != people.shape or counts.ndim < 2:
        raise MethodError("cases and population must be of the same shape, strata last")
    if not (np.isfinite(counts).all() and np.isfinite(people).all()):
        raise MethodError("cases and population must be finite")
    if (counts < 0).any() or (people < 0).any():
        raise MethodError("cases and population must not be negative")
    axes = tuple(range(counts.ndim - 1))
    totals, sizes = counts.sum(axis=axes), people.sum(axis=axes)
    if ((sizes == 0) & (totals > 0)).any():
        raise MethodError("there are cases in a stratum without population")
    return np.asarray(people @ np.divide(totals, sizes, out=np.zeros_like(totals), where=sizes > 0))
