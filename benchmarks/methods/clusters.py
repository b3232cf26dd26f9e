"""Knox, near repeats and space-time scans, beside R surveillance, pointpats and SaTScan."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from benchmarks.methods import peers
from benchmarks.methods.case import Case, Timed
from samverkan.methods import clusters

SIDE, N_DAYS, N_REPLICAS = 10_000.0, 365, 999
SPACE, TIME = 200.0, 14.0
# METHODS' studies: seconds for three permutations of R, for pointpats' 999, and for SaTScan.
QUOTED_SURVEILLANCE, QUOTED_NEAR_REPEAT, QUOTED_POINTPATS = 21.2 / 3, 15.4 / 3, 30.2
QUOTED_RETROSPECTIVE, QUOTED_PROSPECTIVE = 148.8 * 10, 8.5

Columns = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]


@cache
def near_repeats(n_events: int, seed: int = 5) -> Columns:
    """A town: seven tenths in twelve districts, and a quarter followed by another event nearby."""
    generator = np.random.default_rng(seed)
    middles = generator.uniform(0.1 * SIDE, 0.9 * SIDE, (12, 2))
    shares = generator.dirichlet(np.ones(12))
    in_districts = generator.choice(12, int(0.7 * n_events), p=shares)
    places = np.vstack(
        [
            generator.normal(middles[in_districts], 600.0),
            generator.uniform(0, SIDE, (n_events - len(in_districts), 2)),
        ]
    )
    days = generator.uniform(0, N_DAYS, n_events)
    is_followed = generator.random(n_events) < 0.25
    again = places[is_followed] + generator.normal(0, 120.0, (is_followed.sum(), 2))
    places = np.vstack([places, again])
    days = np.append(days, days[is_followed] + generator.exponential(7.0, len(again)))
    is_inside = ((places >= 0) & (places <= SIDE)).all(axis=1) & (days < N_DAYS)
    chosen = generator.permutation(np.flatnonzero(is_inside))[:n_events]
    return places[chosen, 0].round(2), places[chosen, 1].round(2), np.floor(days[chosen])


@cache
def country(n_events: int, seed: int = 6) -> Columns:
    """A year of a country: four fifths in four hundred towns, places snapped to ten metres."""
    generator = np.random.default_rng(seed)
    extent = np.array([400_000.0, 1_000_000.0])
    middles = generator.uniform(0, 1, (400, 2)) * extent
    shares = generator.dirichlet(np.full(400, 0.4))
    spreads = generator.uniform(800, 6000, 400)
    town = generator.choice(400, int(0.8 * n_events), p=shares)
    inside = middles[town] + generator.normal(0, 1, (len(town), 2)) * spreads[town][:, None]
    anywhere = generator.uniform(0, 1, (n_events - len(town), 2)) * extent
    east, north = np.round(np.vstack([inside, anywhere]), -1).T
    return east, north, generator.integers(0, N_DAYS, n_events).astype(np.float64)


def counts_agree(ours: object, theirs: object) -> str:
    """Both count the same pairs; p-values differ as replicas do."""
    assert isinstance(ours, clusters.KnoxResult)
    answer = np.asarray(theirs, dtype=np.float64).ravel()
    if answer[0] != ours.observed_pairs:
        raise AssertionError(f"{ours.observed_pairs} pairs, the peer has {answer[0]}")
    return f"same {int(answer[0]):,} pairs"


def knox_case(
    name: str, *, peer_name: str, script: str, n_peer: int, quoted: float, aim: float
) -> Case:
    east, north, days = near_repeats(10_000)

    def ours() -> clusters.KnoxResult:
        return clusters.knox(
            east,
            north,
            days,
            space_threshold=SPACE,
            time_threshold=TIME,
            n_simulations=N_REPLICAS,
            seed=1,
        )

    def theirs() -> Timed:
        table = np.column_stack((east, north, days))
        return peers.run(script, {"events": table}, SPACE, TIME, n_peer, repeats=1)

    is_installed = peers.has_r("surveillance") if script.endswith(".R") else _has_pointpats()
    peer: Callable[[], Timed] | None = theirs if is_installed else None
    part = f"; {n_peer} permutations timed" if n_peer < N_REPLICAS else ""
    return Case(
        name=name,
        work="Knox, one band pair, 10,000 events, 999 permutations",
        ours=ours,
        aim=aim,
        aim_seconds=0.1,
        peer=peer,
        peer_name=f"{peer_name}{part}",
        peer_scale=N_REPLICAS / n_peer,
        peer_repeats=1,
        quoted_seconds=quoted,
        check=counts_agree if peer else None,
        repeats=15,
        is_slow=peer is not None,
    )


def _has_pointpats() -> bool:
    return peers.has_python("pointpats")


def table_case(name: str, events: Callable[[], Columns], words: str, *, is_large: bool) -> Case:
    def ours() -> clusters.NearRepeatResult:
        return clusters.near_repeat(
            *events(),
            space_bands=[100, 200, 400, 800],
            time_bands=[2, 7, 14, 28],
            n_simulations=N_REPLICAS,
            seed=1,
        )

    return Case(
        name=name,
        work=f"near-repeat table 4 x 4 bands, {words}, 999 permutations",
        ours=ours,
        peer_name="" if is_large else "R NearRepeat, 3 permutations timed",
        quoted_seconds=None if is_large else QUOTED_NEAR_REPEAT * N_REPLICAS,
        aim=None,
        aim_seconds=None if is_large else 1.5,
        aim_megabytes=4_000 if is_large else None,
        repeats=1 if is_large else 5,
        before=events,
        is_slow=is_large,
        note="" if is_large else "and a fifth row: the same place",
    )


def scan_case(name: str, *, is_prospective: bool, quoted: float, aim: float, note: str) -> Case:
    east, north, days = near_repeats(5_000)

    def ours() -> clusters.ScanResult:
        return clusters.space_time_permutation_scan(
            east,
            north,
            days,
            max_radius=500,
            max_days=14,
            prospective=is_prospective,
            n_simulations=N_REPLICAS,
            seed=1,
        )

    kind = "prospective" if is_prospective else "retrospective"
    return Case(
        name=name,
        work=f"space-time permutation scan, {kind}, 5,000 events, 500 m / 14 days, 999 replicas",
        ours=ours,
        aim=aim,
        peer_name="SaTScan 10.3.2, 2 threads",
        quoted_seconds=quoted,
        note=note,
        is_slow=not is_prospective,
    )


def cases() -> list[Case]:
    return [
        knox_case(
            "knox_surveillance",
            peer_name="R surveillance",
            script="knox.R",
            n_peer=1,
            quoted=QUOTED_SURVEILLANCE * N_REPLICAS,
            aim=10_000,
        ),
        knox_case(
            "knox_pointpats",
            peer_name="pointpats",
            script="pointpats_knox.py",
            n_peer=N_REPLICAS,
            quoted=QUOTED_POINTPATS,
            aim=1_000,
        ),
        table_case("near_repeat", lambda: near_repeats(10_000), "10,000 events", is_large=False),
        table_case(
            "near_repeat_million", lambda: country(1_000_000), "1,000,000 events", is_large=True
        ),
        scan_case(
            "scan_retrospective",
            is_prospective=False,
            quoted=QUOTED_RETROSPECTIVE,
            aim=100,
            note="from 99 replicas, times ten",
        ),
        scan_case(
            "scan_prospective", is_prospective=True, quoted=QUOTED_PROSPECTIVE, aim=5, note=""
        ),
    ]
