"""Replicas of the Poisson and the Bernoulli scan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from samverkan.methods import compiled
from samverkan.methods.clusters import count_loops
from samverkan.methods.clusters.events import FloatArray, IntArray
from samverkan.methods.clusters.scan_simulation import each_step, nothing_taken
from samverkan.methods.clusters.zones import Circles

REPLICAS_PER_CHUNK = 16
CELLS_PER_BATCH = 1 << 21


class CountModel(Enum):
    """How cases fall when there is no cluster."""

    POISSON = "poisson"
    """In proportion to the population, or to expected cases."""
    BERNOULLI = "bernoulli"
    """On individuals, each as likely as any other."""


@dataclass(frozen=True)
class CountScan:
    """A prepared scan over counts; members of circles are places."""

    circles: Circles
    cases: IntArray
    """Shape (n_places, n_periods)."""
    exposure: FloatArray
    """Expected cases (Poisson) or individuals (Bernoulli), of the same shape."""
    model: CountModel
    max_periods: int
    min_cases: int
    is_prospective: bool

    def largest(self, cases: IntArray, taken: tuple[IntArray, IntArray], where: IntArray) -> float:
        """The largest ratio among windows that touch nothing taken; ``where`` says which."""
        return float(
            _loop()(
                (self.circles.step_start, self.circles.member_start, self.circles.members),
                cases,
                self.exposure,
                self.max_periods,
                self.min_cases,
                self.is_prospective,
                self.model is CountModel.BERNOULLI,
                taken,
                where,
            )
        )

    def draw(self, key: np.uint64) -> IntArray:
        """Cases of one replica without any cluster, as many as observed."""
        n_cases = int(self.cases.sum())
        if self.model is CountModel.POISSON:
            cells = _cells_by_share(self.exposure.ravel(), n_cases, key)
        else:
            cells = _cells_of_individuals(self.exposure.ravel(), n_cases, key)
        counts = np.bincount(cells, minlength=self.exposure.size)
        return counts.reshape(self.exposure.shape).astype(np.int64)


def _loop() -> Callable[..., float]:
    if not compiled.is_available():
        return count_loops.largest_count_ratio
    from samverkan.methods.clusters import count_kernels

    return count_kernels.largest_count_ratio


def _uniforms(key: np.uint64, start: int, stop: int) -> FloatArray:
    bits = compiled.random_bits(np.array([key], dtype=np.uint64), np.arange(start, stop))
    return compiled.random_unit(bits)


def _cells_by_share(exposure: FloatArray, n_cases: int, key: np.uint64) -> IntArray:
    cumulative = np.cumsum(exposure)
    filled = np.flatnonzero(exposure)
    places = np.searchsorted(
        cumulative[filled], _uniforms(key, 0, n_cases) * cumulative[-1], side="right"
    )
    return np.asarray(filled[np.minimum(places, len(filled) - 1)])


def _cells_of_individuals(individuals: FloatArray, n_cases: int, key: np.uint64) -> IntArray:
    """Cases among individuals without replacement: draw, and skip whom we already have."""
    cumulative = np.cumsum(individuals.astype(np.int64))
    n_all = int(cumulative[-1])
    n_wanted = min(n_cases, n_all - n_cases)
    n_drawn = n_wanted
    chosen = np.empty(0, np.int64)
    while len(chosen) < n_wanted:
        n_drawn += n_drawn // 2 + 8
        drawn = np.minimum((_uniforms(key, 0, n_drawn) * n_all).astype(np.int64), n_all - 1)
        _, first = np.unique(drawn, return_index=True)
        chosen = drawn[np.sort(first)]
    chosen = chosen[:n_wanted]
    if n_wanted < n_cases:
        others = np.ones(n_all, bool)
        others[chosen] = False
        chosen = np.flatnonzero(others)
    return np.asarray(np.searchsorted(cumulative, chosen, side="right"))


def simulated_maxima(
    scan: CountScan, n_simulations: int, key: np.uint64, n_threads: int | None
) -> FloatArray:
    """The largest ratio of each replica."""
    if n_simulations == 0 or scan.cases.sum() == 0:
        return np.zeros(n_simulations)
    keys = compiled.stream_keys(key, np.arange(n_simulations))
    if compiled.is_available():
        run, size = _one_by_one(scan, keys), REPLICAS_PER_CHUNK
    else:
        run, size = _side_by_side(scan, keys), max(1, CELLS_PER_BATCH // scan.exposure.size)
    chunks = compiled.split_range(n_simulations, size)
    return np.concatenate(compiled.map_chunks(run, chunks, n_threads=n_threads))


Runner = Callable[[tuple[int, int]], FloatArray]


def _one_by_one(scan: CountScan, keys: npt.NDArray[np.uint64]) -> Runner:
    free = nothing_taken(scan.circles.n_centres)

    def run(replicas: tuple[int, int]) -> FloatArray:
        where = np.zeros(5, np.int64)
        chosen = keys[replicas[0] : replicas[1]]
        return np.array([scan.largest(scan.draw(key), free, where) for key in chosen])

    return run


def _side_by_side(scan: CountScan, keys: npt.NDArray[np.uint64]) -> Runner:
    def run(replicas: tuple[int, int]) -> FloatArray:
        drawn = np.stack([scan.draw(key) for key in keys[replicas[0] : replicas[1]]])
        return _maxima_by_numpy(scan, drawn)

    return run


def _maxima_by_numpy(scan: CountScan, drawn: IntArray) -> FloatArray:
    """All replicas side by side: every window of every circle."""
    n_periods = drawn.shape[2]
    firsts, ends = (axis.ravel() for axis in np.indices((n_periods, n_periods + 1)))
    length = ends - firsts
    is_window = (length >= 1) & (length <= scan.max_periods)
    if scan.is_prospective:
        is_window &= ends == n_periods
    firsts, ends = firsts[is_window], ends[is_window]
    best = np.zeros(len(drawn))
    for _, added, is_new_centre in each_step(scan.circles):
        if is_new_centre:
            counts = np.zeros((len(drawn), n_periods), np.int64)
            exposures = np.zeros(n_periods)
        counts += drawn[:, added].sum(axis=1)
        for place in added:
            exposures = exposures + scan.exposure[place]
        running = np.pad(np.cumsum(counts, axis=1), ((0, 0), (1, 0)))
        running_exposure = np.append(0.0, np.cumsum(exposures))
        inside = running[:, ends] - running[:, firsts]
        exposed = running_exposure[ends] - running_exposure[firsts]
        _update(best, inside, exposed, scan)
    return best


def _update(best: FloatArray, inside: IntArray, exposed: FloatArray, scan: CountScan) -> None:
    all_cases, all_exposure = int(scan.cases.sum()), float(scan.exposure.sum())
    lane, window = np.nonzero(
        (inside >= scan.min_cases) & (inside * all_exposure > exposed[None, :] * all_cases)
    )
    cases = inside[lane, window].astype(np.float64)
    ratio = count_ratio(cases, exposed[window], all_cases, all_exposure, scan.model)
    np.maximum.at(best, lane, ratio)


def count_ratio(
    inside: FloatArray, exposed: FloatArray, cases: float, exposure: float, model: CountModel
) -> FloatArray:
    """The log-likelihood ratio of windows with more cases than their share."""
    rest, rest_exposed = cases - inside, exposure - exposed
    ratio = _times_log(inside, exposed) + _times_log(rest, rest_exposed)
    if model is CountModel.POISSON:
        return ratio
    ratio += _times_log(exposed - inside, exposed) + _times_log(rest_exposed - rest, rest_exposed)
    whole = np.array([cases, exposure - cases])
    return np.asarray(ratio - _times_log(whole, np.full(2, exposure)).sum())


def _times_log(amount: FloatArray, over: FloatArray) -> FloatArray:
    """amount x log(amount / over), zero where the amount is zero."""
    some = amount > 0
    share = np.divide(amount, over, out=np.ones(np.broadcast(amount, over).shape), where=some)
    return np.asarray(amount * np.log(share))
