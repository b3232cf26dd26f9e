"""Early signals over a thousand series, beside R surveillance 1.20.3."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from benchmarks.methods import peers
from benchmarks.methods.case import Case, Timed
from samverkan.methods import surveillance

N_SERIES, N_WEEKS, N_JUDGED = 1_000, 520, 52
N_PEER_SERIES, N_PEER_WEEKS = 4, 13
QUOTED_EARS = 8.2 + 7.4 + 12.2
QUOTED_DELTA, QUOTED_QUANTILE = 5.3e-3, 6.7e-3
JUDGED = np.arange(N_WEEKS - N_JUDGED, N_WEEKS)


@cache
def weekly_counts() -> NDArray[np.float64]:
    """A region's screen: means from half a case to thirty a week, season, over-dispersion."""
    generator = np.random.default_rng(52)
    level = generator.uniform(0.5, 30, N_SERIES)[:, None]
    wave = np.exp(0.4 * np.sin(2 * np.pi * np.arange(N_WEEKS) / 52))
    size = 8.0
    return generator.negative_binomial(size, size / (size + level * wave)).astype(np.float64)


def one_season() -> surveillance.SurveillanceResult:
    return surveillance.farrington_flexible(weekly_counts(), frequency=52, evaluate=JUDGED)


def one_season_as_released() -> surveillance.SurveillanceResult:
    """What the peer is compared with, on the part that it is given."""
    return surveillance.farrington_flexible(
        weekly_counts()[:N_PEER_SERIES],
        frequency=52,
        evaluate=JUDGED[-N_PEER_WEEKS:],
        variant="released",
    )


def ten_seasons(method: str) -> surveillance.SurveillanceResult:
    return surveillance.farrington_flexible(
        weekly_counts(),
        frequency=52,
        evaluate=JUDGED,
        n_seasonal_periods=10,
        recent_excluded=26,
        trend_p_threshold=1.0,
        threshold_method=method,
    )


def all_ears() -> list[surveillance.SurveillanceResult]:
    return [surveillance.ears(weekly_counts(), variant=one) for one in ("C1", "C2", "C3")]


def bounds_agree(ours: object, theirs: object) -> str:
    """R keeps its weeks first; ours is judged again with R's defects and R's stopping rule."""
    expected = np.asarray(theirs, dtype=np.float64).reshape(N_PEER_SERIES, -1)
    return _told(one_season_as_released().upper_bound, expected)


def ears_agree(ours: object, theirs: object) -> str:
    assert isinstance(ours, list)
    first = ours[0].upper_bound[:, 7:]
    expected = np.asarray(theirs, dtype=np.float64).reshape(N_SERIES, -1)
    return _told(first, expected[:, -first.shape[1] :])


def _told(ours: NDArray[np.float64], theirs: NDArray[np.float64]) -> str:
    both = np.isfinite(ours) & np.isfinite(theirs)
    gap = float(np.abs(ours[both] / theirs[both] - 1).max())
    if gap > 1e-6 or not both.any():
        raise AssertionError(f"bounds differ by {gap:.1e}")
    return f"same bounds to {gap:.0e}"


def _flexible_peer() -> Timed:
    table = weekly_counts()[:N_PEER_SERIES]
    return peers.run("farrington_flexible.R", {"counts": table}, N_PEER_WEEKS)


def _ears_peer() -> Timed:
    return peers.run("ears.R", {"counts": weekly_counts()})


def cases() -> list[Case]:
    has_peer = peers.has_r("surveillance")
    n_points = N_SERIES * N_JUDGED
    size = f"{N_SERIES:,} series x last {N_JUDGED} of {N_WEEKS} weeks"
    flexible: Callable[[], Timed] | None = _flexible_peer if has_peer else None
    ears: Callable[[], Timed] | None = _ears_peer if has_peer else None
    return [
        Case(
            name="Farrington flexible, one season group, delta",
            work=size,
            ours=one_season,
            peer=flexible,
            peer_name="R surveillance",
            peer_scale=n_points / (N_PEER_SERIES * N_PEER_WEEKS),
            quoted_seconds=QUOTED_DELTA * n_points,
            aim=500.0,
            peer_repeats=3,
            check=bounds_agree,
            before=one_season,
            note="the agreement is of the released variant, stopped where R stops",
        ),
        *(
            Case(
                name=f"Farrington flexible, ten season groups, {method}",
                work=size,
                ours=partial(ten_seasons, method),
                peer_name="R surveillance",
                quoted_seconds=QUOTED_QUANTILE * n_points,
                aim=500.0,
                before=partial(ten_seasons, method),
            )
            for method in ("nbPlugin", "muan")
        ),
        Case(
            name="EARS C1, C2 and C3",
            work=f"{N_SERIES:,} series x {N_WEEKS} weeks, all three",
            ours=all_ears,
            peer=ears,
            peer_name="R surveillance",
            quoted_seconds=QUOTED_EARS,
            aim=1000.0,
            peer_repeats=1,
            check=ears_agree,
            before=all_ears,
            is_slow=True,
        ),
    ]
