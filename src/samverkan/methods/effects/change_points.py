"""When did the level of a series change, if we were not told?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import special

from samverkan.methods.errors import MethodError

FloatArray = npt.NDArray[np.float64]


class LevelModel(StrEnum):
    """How values vary around the level of their stretch."""

    NORMAL = "normal"
    POISSON = "poisson"


@dataclass(frozen=True)
class Segmentation:
    """The best cut into stretches: `starts` are the first periods of all but the first stretch."""

    starts: tuple[int, ...]
    levels: tuple[float, ...]
    cost: float
    bayesian_information: float

    @property
    def n_changes(self) -> int:
        return len(self.starts)


@dataclass(frozen=True)
class ChangePoints:
    """`best` has the least Bayesian information; `by_number[m]` is the best with m changes."""

    best: Segmentation
    by_number: tuple[Segmentation, ...]


def change_points(
    values: npt.ArrayLike,
    *,
    shortest: int | None = None,
    most_changes: int = 5,
    model: str = "normal",
) -> ChangePoints:
    """When did the level change, and how often?

    `values`: (n_periods,). `shortest`: periods in a stretch at least (15 % of the series when
    not given). `model`: "normal" (cost is the sum of squares) or "poisson" for counts (cost is
    the deviance). All cuts are searched (dynamic programming, time grows with the square).
    Guarantees: equals R strucchange's `breakpoints(y ~ 1)` for "normal"; of equal cuts the
    earliest. No change is the answer when no cut pays for itself.
    Not for series with season or trend: what is found is then the season.
    Errors: `MethodError` for values that are missing, negative counts, or too few periods.
    Source: Bai and Perron (2003), Journal of Applied Econometrics 18.
    """
    series = np.asarray(values, dtype=np.float64)
    kind = LevelModel(model)
    if series.ndim != 1 or not np.isfinite(series).all():
        raise MethodError("values must be one series without missing periods")
    if kind is LevelModel.POISSON and (series < 0).any():
        raise MethodError("counts must not be negative")
    span = max(1, int(0.15 * len(series))) if shortest is None else shortest
    if span < 1 or len(series) < 2 * span or len(series) < 3:
        raise MethodError("there are too few periods for two stretches")
    costs = _stretch_costs(series, kind)
    most = min(most_changes, len(series) // span - 1)
    found = tuple(
        _segmentation(series, kind, costs, starts) for starts in _best_cuts(costs, span, most)
    )
    return ChangePoints(min(found, key=lambda cut: cut.bayesian_information), found)


def _stretch_costs(series: FloatArray, kind: LevelModel) -> FloatArray:
    """The cost of the stretch [first, stop), infinite where it is empty."""
    centred = series - series.mean() if kind is LevelModel.NORMAL else series
    totals = np.concatenate(([0.0], np.cumsum(centred)))
    sums = totals[None, :] - totals[:, None]
    lengths = np.arange(len(totals))[None, :] - np.arange(len(totals))[:, None]
    sizes = np.maximum(lengths, 1)
    if kind is LevelModel.NORMAL:
        squares = np.concatenate(([0.0], np.cumsum(centred**2)))
        costs = squares[None, :] - squares[:, None] - sums**2 / sizes
    else:
        logs = np.concatenate(([0.0], np.cumsum(special.xlogy(series, series))))
        positive = np.maximum(sums, 0.0)
        costs = 2 * (logs[None, :] - logs[:, None] - special.xlogy(positive, positive / sizes))
    return np.where(lengths > 0, np.maximum(costs, 0.0), np.inf)


def _best_cuts(costs: FloatArray, span: int, most: int) -> list[tuple[int, ...]]:
    """For each number of changes the starts of the least cost."""
    n_periods = len(costs) - 1
    lengths = np.arange(n_periods + 1)[None, :] - np.arange(n_periods + 1)[:, None]
    allowed = np.where(lengths >= span, costs, np.inf)
    least = [allowed[0]]
    origins: list[npt.NDArray[np.int64]] = []
    for _ in range(most):
        through = least[-1][:, None] + allowed
        origins.append(through.argmin(axis=0))
        least.append(through.min(axis=0))
    cuts = []
    for number in range(most + 1):
        stop, starts = n_periods, []
        for origin in reversed(origins[:number]):
            stop = int(origin[stop])
            starts.append(stop)
        cuts.append(tuple(reversed(starts)))
    return cuts


def _segmentation(
    series: FloatArray, kind: LevelModel, costs: FloatArray, starts: tuple[int, ...]
) -> Segmentation:
    borders = [0, *starts, len(series)]
    pieces = list(pairwise(borders))
    cost = float(sum(costs[first, stop] for first, stop in pieces))
    count = len(series)
    if kind is LevelModel.NORMAL:
        deviance = count * (np.log(max(cost, 1e-300) / count) + 1 + np.log(2 * np.pi))
        n_parameters = 2 * len(pieces)
    else:
        deviance, n_parameters = cost, 2 * len(pieces) - 1
    return Segmentation(
        starts=starts,
        levels=tuple(float(series[first:stop].mean()) for first, stop in pieces),
        cost=cost,
        bayesian_information=float(deviance + n_parameters * np.log(count)),
    )
