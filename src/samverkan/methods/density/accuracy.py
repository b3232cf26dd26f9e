"""Was a forecast of places better than simply pointing at last year's?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from samverkan.methods.density.polygon import FloatArray, IntArray
from samverkan.methods.errors import MethodError


class Ties(StrEnum):
    """Which of equally forecast cells are pointed at first."""

    EXPECTED = "expected"
    """None: hits are what a random order of them would give on average."""
    FIRST = "first"
    """Those that stand first, as programs that sort do."""
    LAST = "last"


@dataclass(frozen=True)
class PlaceAccuracy:
    """One entry for each number of cells pointed at.

    `hit_rate`: the share of events in the pointed-at cells. `accuracy_index` (PAI): hit rate
    over share of area, 1 for pointing blindly. `efficiency_index` (PEI): hits over the most
    that so many cells could have caught. `recapture_ratio` (RRI): events forecast there over
    events that came, NaN if the forecast is no count. `precision`: the share of the cells with
    any event.
    """

    n_cells: IntArray
    area_share: FloatArray
    hits: FloatArray
    hit_rate: FloatArray
    accuracy_index: FloatArray
    efficiency_index: FloatArray
    recapture_ratio: FloatArray
    precision: FloatArray


@dataclass(frozen=True)
class ForecastComparison:
    """The forecast and the naive map on the same outcome; differences are forecast - naive.

    `interval` is of the difference in hit rate, by resampling events: does the forecast catch
    more of events like these? 0 inside it: no difference could be told.
    """

    forecast: PlaceAccuracy
    naive: PlaceAccuracy
    hit_rate_difference: FloatArray
    interval: tuple[FloatArray, FloatArray]
    n_events: int


def place_accuracy(
    forecast: npt.ArrayLike,
    outcome: npt.ArrayLike,
    *,
    n_cells: npt.ArrayLike | None = None,
    area_shares: npt.ArrayLike | None = None,
    areas: npt.ArrayLike | None = None,
    ties: str = "expected",
) -> PlaceAccuracy:
    """How many events does the forecast catch when it points at so many cells?

    `forecast`: a score a cell, higher first. `outcome`: events a cell in the next period.
    `n_cells`: how many cells to point at, or `area_shares`: which parts of all cells (rounded
    to cells); by default 1, 2, 5, 10 and 20 %. `areas`: the cells' sizes where they differ.

    Guarantees: pointing at all cells gives a hit rate, PAI and PEI of 1; with "expected" the
    order of the cells does not matter. NaN forecasts are never pointed at.
    Not on the data that the forecast was made from, and not by PAI alone: it is largest for
    the smallest areas. PEI for cells of equal size only.
    Errors: `MethodError` for no events, numbers of cells outside 1 to all, or unequal lengths.
    Source: Chainey, Tompson and Uhlig (2008), Security Journal 21 (PAI); Hunt (2016) (PEI);
    Levine (2008), Security Journal 21 (RRI).
    """
    score, events, sizes = _as_cells(forecast, outcome, areas)
    counts = _as_counts_of_cells(n_cells, area_shares, int(np.count_nonzero(~np.isnan(score))))
    order_rule = _as_ties(ties)
    order = _order(score, order_rule)
    known = order[: int(np.count_nonzero(~np.isnan(score)))]
    caught = _cumulative(score, known, events, order_rule)[counts - 1]
    with_any = _cumulative(score, known, (events > 0).astype(np.float64), order_rule)[counts - 1]
    covered = _cumulative(score, known, sizes, order_rule)[counts - 1]
    foretold = np.cumsum(score[known])[counts - 1]
    best = np.cumsum(np.sort(events)[::-1])[counts - 1]
    share = covered / sizes.sum()
    hit_rate = caught / events.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        recapture = np.where((score[known] < 0).any() | (caught == 0), np.nan, foretold / caught)
    return PlaceAccuracy(
        n_cells=counts,
        area_share=share,
        hits=caught,
        hit_rate=hit_rate,
        accuracy_index=hit_rate / share,
        efficiency_index=caught / best,
        recapture_ratio=recapture,
        precision=with_any / counts,
    )


def compare_forecast(
    forecast: npt.ArrayLike,
    naive: npt.ArrayLike,
    outcome: npt.ArrayLike,
    *,
    n_cells: npt.ArrayLike | None = None,
    area_shares: npt.ArrayLike | None = None,
    alpha: float = 0.05,
    n_simulations: int = 999,
    seed: int = 0,
) -> ForecastComparison:
    """Does the forecast catch more than the naive map (last year's counts) does?

    Arguments as in `place_accuracy`; the interval comes from drawing as many events anew from
    those that came (`seed`), which are taken as independent.
    """
    ours = place_accuracy(forecast, outcome, n_cells=n_cells, area_shares=area_shares)
    theirs = place_accuracy(naive, outcome, n_cells=n_cells, area_shares=area_shares)
    events = np.asarray(outcome, dtype=np.float64).ravel()
    if (events != np.rint(events)).any():
        raise MethodError("outcome must be whole counts of events")
    number = int(events.sum())
    gain = _chance_of_hit(forecast, ours.n_cells) - _chance_of_hit(naive, theirs.n_cells)
    draws = np.random.default_rng(seed).multinomial(number, events / number, size=n_simulations)
    differences = draws @ gain.T / number
    low, high = np.quantile(differences, [alpha / 2, 1 - alpha / 2], axis=0)
    return ForecastComparison(
        forecast=ours,
        naive=theirs,
        hit_rate_difference=ours.hit_rate - theirs.hit_rate,
        interval=(low, high),
        n_events=number,
    )


def _as_cells(
    forecast: npt.ArrayLike, outcome: npt.ArrayLike, areas: npt.ArrayLike | None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    score = np.asarray(forecast, dtype=np.float64).ravel()
    events = np.asarray(outcome, dtype=np.float64).ravel()
    sizes = np.ones(len(score)) if areas is None else np.asarray(areas, dtype=np.float64).ravel()
    if not score.shape == events.shape == sizes.shape:
        raise MethodError("forecast, outcome and areas must have one value a cell")
    is_left_out = np.isnan(score)
    if not np.isfinite(events[~is_left_out]).all() or np.isinf(score).any():
        raise MethodError("forecast and outcome must be finite numbers")
    events = np.where(is_left_out & np.isnan(events), 0.0, events)
    if (events < 0).any() or not (sizes > 0).all():
        raise MethodError("events must not be negative, and areas must be positive")
    if events.sum() == 0:
        raise MethodError("a forecast cannot be judged where nothing happened")
    return score, events, sizes


def _as_counts_of_cells(
    n_cells: npt.ArrayLike | None, area_shares: npt.ArrayLike | None, known: int
) -> IntArray:
    if n_cells is not None and area_shares is not None:
        raise MethodError("give n_cells or area_shares, not both")
    if n_cells is None:
        shares = np.atleast_1d(
            np.asarray([0.01, 0.02, 0.05, 0.1, 0.2] if area_shares is None else area_shares)
        )
        if not ((shares > 0) & (shares <= 1)).all():
            raise MethodError("area_shares must be above 0 and at most 1")
        return np.asarray(np.maximum(1, np.rint(shares * known)), dtype=np.int64)
    counts = np.atleast_1d(np.asarray(n_cells))
    if counts.dtype.kind not in "iu" or counts.min() < 1 or counts.max() > known:
        raise MethodError("n_cells must be whole numbers from 1 to the number of cells")
    return counts.astype(np.int64)


def _as_ties(ties: str) -> Ties:
    try:
        return Ties(ties)
    except ValueError as error:
        raise MethodError(f"ties must be one of {', '.join(Ties)}") from error


def _order(score: FloatArray, rule: Ties) -> IntArray:
    """Cells from the highest score down, NaN last."""
    if rule is Ties.LAST:
        backwards = np.argsort(-score[::-1], kind="stable")
        return np.asarray(len(score) - 1 - backwards, dtype=np.int64)
    return np.asarray(np.argsort(-score, kind="stable"), dtype=np.int64)


def _cumulative(score: FloatArray, order: IntArray, values: FloatArray, rule: Ties) -> FloatArray:
    """Running totals of values down the order; equal scores share evenly if so asked."""
    taken = values[order]
    if rule is Ties.EXPECTED:
        _, group = np.unique(-score[order], return_inverse=True)
        taken = (np.bincount(group, weights=taken) / np.bincount(group))[group]
    return np.cumsum(taken)


def _chance_of_hit(forecast: npt.ArrayLike, counts: IntArray) -> FloatArray:
    """For each number of cells (rows) the chance that each cell is pointed at, ties at random."""
    score = np.asarray(forecast, dtype=np.float64).ravel()
    known = ~np.isnan(score)
    _, group = np.unique(-score[known], return_inverse=True)
    sizes = np.bincount(group)
    before = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    chance = np.zeros((len(counts), len(score)))
    for row, count in zip(chance, counts, strict=True):
        row[known] = np.clip((count - before) / sizes, 0.0, 1.0)[group]
    return chance
