"""Conditional permutation: how large could the sum over an area's neighbours be by chance?

The value of the area stays; all other values are shuffled over the other areas. The textbook way
draws neighbours for every area anew. Here one random order of all areas serves them all: for any
area, the order with that area taken out is a random order of the others. So the first k places
of an order give the sum for every area with k neighbours, except for the few areas that stand
among those places, which are put right one by one. Cost: simulations x neighbours, not
simulations x neighbours x areas; each area's distribution is exactly the textbook's. The areas
share their simulated orders, so their Monte Carlo errors go together (as in esda).

Source: Anselin (1995), Geographical Analysis 27, conditional permutation; the sharing of orders
is our own step and is tested against full enumeration.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from samverkan.methods import compiled
from samverkan.methods.density.neighbours import Neighbours
from samverkan.methods.density.polygon import BoolArray, FloatArray, IntArray
from samverkan.methods.errors import MethodError

# Sums that differ by less than this part of their size are equal but for rounding.
TIE_TOLERANCE = 1e-12
CHUNK_OF_SUMS = 4_000_000
# An area is drawn this often in one sequence of 3 areas with a probability below 1e-30.
SPARE_DRAWS = 64


@dataclass(frozen=True)
class ConditionalSums:
    """Per area: simulated sums at least, and at most, as large as observed; mean and deviation."""

    n_as_large: IntArray
    n_as_small: IntArray
    mean: FloatArray
    deviation: FloatArray
    n_simulations: int

    @property
    def p_greater(self) -> FloatArray:
        return np.asarray((1 + self.n_as_large) / (1 + self.n_simulations))

    @property
    def p_less(self) -> FloatArray:
        return np.asarray((1 + self.n_as_small) / (1 + self.n_simulations))


def random_orders(n_areas: int, length: int, n_simulations: int, seed: int) -> IntArray:
    """The first `length` places of random orders of the areas, one order a row."""
    keys = compiled.stream_keys(compiled.seed_key(seed), np.arange(n_simulations))
    if length > n_areas // 2:
        return compiled.permutations(n_areas, keys)[:, :length]
    orders = np.empty((n_simulations, length), dtype=np.int64)
    draws = np.zeros(n_simulations, dtype=np.int64)
    for place in range(length):
        waiting = np.arange(n_simulations)
        while len(waiting):
            bits = compiled.random_bits(keys[waiting], draws[waiting])
            draws[waiting] += 1
            drawn = compiled.random_below(bits, n_areas)
            is_taken = (orders[waiting, :place] == drawn[:, None]).any(axis=1)
            orders[waiting[~is_taken], place] = drawn[~is_taken]
            waiting = waiting[is_taken]
    return orders


def random_draws(n_areas: int, length: int, n_simulations: int, seed: int) -> IntArray:
    """Areas drawn with replacement, one sequence a row."""
    keys = compiled.stream_keys(compiled.seed_key(seed), np.arange(n_simulations))
    bits = compiled.random_bits(keys[:, None], np.arange(length)[None, :])
    return compiled.random_below(bits, n_areas)


def conditional_sums(
    values: FloatArray, neighbours: Neighbours, n_simulations: int, seed: int
) -> ConditionalSums:
    """Compare each area's weighted sum over its neighbours with shuffled values of all others.

    `neighbours` must not hold the areas themselves.
    """
    longest = min(int(neighbours.counts.max(initial=0)) + 1, neighbours.n_areas)
    orders = random_orders(neighbours.n_areas, longest, n_simulations, seed)
    return _compared(values, neighbours, orders)


def resampled_sums(
    values: FloatArray, neighbours: Neighbours, n_simulations: int, seed: int
) -> ConditionalSums:
    """As spdep 1.2.7 simulates: all neighbours' values drawn with replacement from the others.

    Where the neighbours hold the area itself, its own value is drawn too.
    Errors: `MethodError` where the neighbours of an area weigh differently.
    """
    if not neighbours.are_rows_even.all():
        raise MethodError("spdep's resampling is only for neighbours that count the same")
    longest = int(neighbours.counts.max(initial=0)) + SPARE_DRAWS
    return _compared(
        values, neighbours, random_draws(neighbours.n_areas, longest, n_simulations, seed)
    )


def _compared(values: FloatArray, neighbours: Neighbours, orders: IntArray) -> ConditionalSums:
    n_simulations = len(orders)
    tally = _Tally(values, neighbours, orders)
    for count in np.unique(neighbours.counts[neighbours.counts > 0]):
        areas = np.flatnonzero(neighbours.counts == count)
        is_even = neighbours.are_rows_even[areas]
        tally.add_even(areas[is_even], int(count))
        rest = areas[~is_even]
        step = max(1, CHUNK_OF_SUMS // n_simulations)
        for first in range(0, len(rest), step):
            tally.add_uneven(rest[first : first + step], int(count))
    return tally.result()


class _Tally:
    """Counts and moments of simulated sums, filled one number of neighbours at a time."""

    def __init__(self, values: FloatArray, neighbours: Neighbours, orders: IntArray) -> None:
        # moments are taken about the mean, where squares lose no digits
        self.centre = float(values.mean())
        self.values = values - self.centre
        self.neighbours = neighbours
        self.orders = orders
        self.drawn = self.values[orders]
        n_areas = neighbours.n_areas
        self.n_as_large = np.zeros(n_areas, dtype=np.int64)
        self.n_as_small = np.zeros(n_areas, dtype=np.int64)
        self.total = np.zeros(n_areas)
        self.squares = np.zeros(n_areas)
        self.observed = neighbours.lag(self.values[None])[0]
        size = neighbours.lag(np.abs(self.values)[None])[0]
        largest = neighbours.sums * np.abs(self.values).max(initial=0.0)
        self.slack = TIE_TOLERANCE * np.maximum(size, largest)

    def add_even(self, areas: IntArray, count: int) -> None:
        """Areas whose `count` neighbours weigh the same: one sorted list of sums serves all."""
        if not len(areas):
            return
        weight = self.neighbours.sums / max(count, 1)
        sums = self.drawn[:, :count].sum(axis=1)
        ranked = np.sort(sums)
        low = (self.observed[areas] - self.slack[areas]) / weight[areas]
        high = (self.observed[areas] + self.slack[areas]) / weight[areas]
        self.n_as_large[areas] += len(ranked) - np.searchsorted(ranked, low, side="left")
        self.n_as_small[areas] += np.searchsorted(ranked, high, side="right")
        self.total[areas] += weight[areas] * sums.sum()
        self.squares[areas] += weight[areas] ** 2 * (sums**2).sum()
        run, area = self._standing(areas, count)
        kept = self._first_others(run, area, count)
        mended = (self.drawn[run] * kept).sum(axis=1)
        self._replace(area, weight[area] * sums[run], weight[area] * mended)

    def add_uneven(self, areas: IntArray, count: int) -> None:
        """Areas whose `count` neighbours weigh differently: each has sums of its own."""
        if not len(areas):
            return
        starts = self.neighbours.starts[areas]
        weights = self.neighbours.weights[starts[:, None] + np.arange(count)]
        sums = weights @ self.drawn[:, :count].T
        self._record(areas, sums)
        row_of = np.full(self.neighbours.n_areas, -1, dtype=np.int64)
        row_of[areas] = np.arange(len(areas))
        run, area = self._standing(areas, count)
        kept = self._first_others(run, area, count)
        values = self.drawn[run][kept].reshape(-1, count)
        row = row_of[area]
        self._replace(area, sums[row, run], (weights[row] * values).sum(axis=1))

    def _standing(self, areas: IntArray, count: int) -> tuple[IntArray, IntArray]:
        """Each (run, area) where an area stands in the first `count` places of a run's order."""
        is_asked = np.zeros(self.neighbours.n_areas, dtype=bool)
        is_asked[areas] = True
        run, place = np.nonzero(is_asked[self.orders[:, :count]])
        n_areas = self.neighbours.n_areas
        pairs = np.unique(run * n_areas + self.orders[run, place])
        return pairs // n_areas, pairs % n_areas

    def _first_others(self, run: IntArray, area: IntArray, count: int) -> BoolArray:
        """The first `count` places of each run's order that another area holds."""
        is_other = self.orders[run] != area[:, None]
        return np.asarray(is_other & (np.cumsum(is_other, axis=1) <= count))

    def _record(self, areas: IntArray, sums: FloatArray) -> None:
        observed, slack = self.observed[areas, None], self.slack[areas, None]
        self.n_as_large[areas] += (sums >= observed - slack).sum(axis=1)
        self.n_as_small[areas] += (sums <= observed + slack).sum(axis=1)
        self.total[areas] += sums.sum(axis=1)
        self.squares[areas] += (sums**2).sum(axis=1)

    def _replace(self, area: IntArray, old: FloatArray, new: FloatArray) -> None:
        low, high = self.observed[area] - self.slack[area], self.observed[area] + self.slack[area]
        larger = (new >= low).astype(np.int64) - (old >= low)
        smaller = (new <= high).astype(np.int64) - (old <= high)
        np.add.at(self.n_as_large, area, larger)
        np.add.at(self.n_as_small, area, smaller)
        np.add.at(self.total, area, new - old)
        np.add.at(self.squares, area, new**2 - old**2)

    def result(self) -> ConditionalSums:
        n_simulations = len(self.orders)
        mean = self.total / n_simulations
        spare = self.squares - n_simulations * mean**2
        has_neighbours = self.neighbours.counts > 0
        deviation = np.sqrt(np.maximum(spare, 0.0) / max(n_simulations - 1, 1))
        return ConditionalSums(
            n_as_large=np.where(has_neighbours, self.n_as_large, n_simulations),
            n_as_small=np.where(has_neighbours, self.n_as_small, n_simulations),
            mean=mean + self.neighbours.sums * self.centre,
            deviation=deviation,
            n_simulations=n_simulations,
        )
