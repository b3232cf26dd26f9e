"""Density with edge correction, and local statistics, beside spatstat, spdep and esda."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from benchmarks.methods import peers
from benchmarks.methods.case import Case, Timed
from samverkan.methods import density

N_EVENTS, SIDE, CELLS = 100_000, 10_000.0, 256
BANDWIDTH = 300.0
GRID_SIDE, N_PERMUTATIONS = 200, 999
QUOTED_DENSITY, QUOTED_AT_EVENTS = 0.35, 11.0
QUOTED_ESDA, QUOTED_SPDEP = 3.0, 0.074


def events() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Half of the events in ten heaps, half anywhere, in a square of ten kilometres."""
    generator = np.random.default_rng(20)
    middles = generator.uniform(0.1 * SIDE, 0.9 * SIDE, (10, 2))
    heaps = middles[generator.integers(0, 10, N_EVENTS // 2)]
    heaps = np.clip(heaps + generator.normal(0, 600, heaps.shape), 0, SIDE)
    anywhere = generator.uniform(0, SIDE, (N_EVENTS - len(heaps), 2))
    east, north = np.concatenate((heaps, anywhere)).T
    return np.ascontiguousarray(east), np.ascontiguousarray(north)


def values() -> NDArray[np.float64]:
    generator = np.random.default_rng(21)
    return generator.poisson(generator.gamma(2, 1, GRID_SIDE**2)).astype(np.float64)


def surfaces_agree(ours: object, theirs: object) -> str:
    """R's matrix comes column by column, rows running north as ours."""
    assert isinstance(ours, density.DensitySurface)
    expected = np.asarray(theirs, dtype=np.float64).reshape(CELLS, CELLS).T
    gap = float(np.abs(ours.values - expected).max() / expected.max())
    if gap > 1e-6:
        raise AssertionError(f"surfaces differ by {gap:.1e} of the highest value")
    return f"same surface to {gap:.0e} of its highest value"


def scores_agree(ours: object, theirs: object) -> str:
    assert isinstance(ours, density.LocalG)
    gap = float(np.nanmax(np.abs(ours.z_score - np.asarray(theirs, dtype=np.float64).ravel())))
    if gap > 1e-6:
        raise AssertionError(f"scores differ by {gap:.1e}")
    return f"same scores to {gap:.0e}"


def sums_agree(ours: object, theirs: object) -> str:
    assert isinstance(ours, density.LocalG)
    gap = float(np.nanmax(np.abs(ours.statistic / np.asarray(theirs).ravel() - 1)))
    if gap > 1e-9:
        raise AssertionError(f"statistics differ by {gap:.1e}")
    return "same statistics"


def density_case(name: str, window: object, words: str, *, has_peer: bool) -> Case:
    east, north = events()
    area = density.as_window(window)

    def ours() -> object:
        return density.kernel_density(
            east, north, window=area, bandwidth=BANDWIDTH, grid_shape=(CELLS, CELLS)
        )

    def theirs() -> Timed:
        table = np.column_stack((east, north))
        return peers.run("density.R", {"events": table}, 0, SIDE, 0, SIDE, BANDWIDTH, CELLS)

    peer: Callable[[], Timed] | None = None
    if has_peer and peers.has_r("spatstat.explore"):
        peer = theirs
    return Case(
        name=name,
        work=f"density, 100,000 events on 256 x 256, Diggle's edge correction, {words}",
        ours=ours,
        aim=20,
        peer=peer,
        peer_name="R spatstat",
        quoted_seconds=QUOTED_DENSITY,
        check=surfaces_agree if peer else None,
        repeats=15,
    )


def at_events_case() -> Case:
    east, north = events()

    def ours() -> object:
        return density.density_at_events(
            east, north, window=(0, 0, SIDE, SIDE), bandwidth=BANDWIDTH / 3
        )

    return Case(
        name="density_at_events",
        work="density at 100,000 events, each left out of its own",
        ours=ours,
        aim=1,
        peer_name="R spatstat",
        quoted_seconds=QUOTED_AT_EVENTS,
        note="the peer's bandwidth was not kept; ours is 100 m in 10 km",
        is_slow=True,
    )


def permuted_case() -> Case:
    counts = values()
    neighbours = density.grid_neighbours((GRID_SIDE, GRID_SIDE)).with_self()

    def ours() -> object:
        return density.local_g(counts, neighbours, n_simulations=N_PERMUTATIONS, seed=1)

    def theirs() -> Timed:
        table = counts.reshape(GRID_SIDE, GRID_SIDE)
        return peers.run("esda_local_g.py", {"values": table}, N_PERMUTATIONS, 2)

    has_peer = peers.has_python("esda")
    return Case(
        name="local_g_permuted",
        work="local G, 40,000 areas, 999 permutations",
        ours=ours,
        aim=3,
        peer=theirs if has_peer else None,
        peer_name="esda with Numba, warm",
        quoted_seconds=QUOTED_ESDA,
        check=sums_agree if has_peer else None,
        repeats=9,
    )


def analytic_case() -> Case:
    counts = values()
    neighbours = density.grid_neighbours((GRID_SIDE, GRID_SIDE)).with_self()

    def ours() -> object:
        return density.local_g(counts, neighbours)

    def theirs() -> Timed:
        return peers.run("local_g.R", {"values": counts.reshape(GRID_SIDE, GRID_SIDE)})

    has_peer = peers.has_r("spdep")
    return Case(
        name="local_g_analytic",
        work="Gi*, 200 x 200 cells, neighbours given",
        ours=ours,
        peer=theirs if has_peer else None,
        peer_name="R spdep",
        quoted_seconds=QUOTED_SPDEP,
        check=scores_agree if has_peer else None,
        repeats=15,
    )


def cases() -> list[Case]:
    angle = np.linspace(0, 2 * np.pi, 400, endpoint=False)
    radius = SIDE * (0.45 + 0.04 * np.sin(7 * angle))
    shore = np.column_stack((radius * np.cos(angle), radius * np.sin(angle))) + SIDE / 2
    return [
        density_case("density_256", (0, 0, SIDE, SIDE), "in a square", has_peer=True),
        density_case("density_256_polygon", shore, "in a polygon of 400 corners", has_peer=False),
        at_events_case(),
        permuted_case(),
        analytic_case(),
    ]
