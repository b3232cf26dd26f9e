"""Exact limits that order outcomes by probability (minlike) or by tail (Blaker).

Source: the convex hull of the inverted test, as in Fay (2010), Biostatistics 11:373-374. The
p-value as a function of the parameter jumps where an outcome of the opposite tail joins, and is
one minus a unimodal curve between jumps; so each limit is either a jump or the one root of a
segment. Nothing is searched on a grid.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from samverkan.methods.rates.families import Family
from samverkan.methods.rates.results import FloatArray, Interval, IntervalMethod
from samverkan.methods.rates.roots import bracketed_roots

WIDEST = {IntervalMethod.MINLIKE: 50.0, IntervalMethod.BLAKER: 2.0}
"""The p-value is at most this many times the observed tail (for Blaker by definition)."""
FARTHEST_TIMES, FARTHEST_PLUS = 4.0, 800.0
"""Outcomes beyond this many times the mean, and this many more, have no probability left."""


def ordered_limits(
    family: Family, outcome: FloatArray, alpha: float, method: IntervalMethod
) -> Interval:
    """The hull of all parameters that the ordered test does not reject, one by one."""
    flat = outcome.ravel()
    lower, upper = np.full(flat.shape, np.nan), np.full(flat.shape, np.nan)
    for index, value in enumerate(flat):
        if not np.isnan(value):
            one, single = family.take(index), flat[index : index + 1]
            lower[index] = _lower_limit(one, single, alpha, method)
            upper[index] = _upper_limit(one, single, alpha, method)
    return Interval(lower.reshape(outcome.shape), upper.reshape(outcome.shape))


def _lower_limit(
    family: Family, outcome: FloatArray, alpha: float, method: IntervalMethod
) -> float:
    if outcome[0] <= 0:
        return 0.0
    start = family.where_at_least(outcome, alpha / WIDEST[method])
    end = family.where_at_least(outcome, alpha)
    others = np.arange(outcome[0])
    jumps, n_before = _jumps_between(family, outcome, others, start, end, method)
    edges = np.concatenate([start, jumps, end])
    joined = np.asarray(n_before + np.arange(len(edges) - 1) - 1.0, dtype=np.float64)

    def p_value(parameter: FloatArray, last: FloatArray) -> FloatArray:
        return np.asarray(family.at_least(outcome, parameter) + family.at_most(last, parameter))

    return _first_crossing(edges, joined, p_value, alpha)


def _upper_limit(
    family: Family, outcome: FloatArray, alpha: float, method: IntervalMethod
) -> float:
    if outcome[0] >= family.largest[0]:
        return float(family.where_at_most(outcome, alpha)[0])
    start = family.where_at_most(outcome, alpha / WIDEST[method])
    end = family.where_at_most(outcome, alpha)
    farthest = min(
        family.largest[0], np.ceil(FARTHEST_TIMES * family.mean(start)[0] + FARTHEST_PLUS)
    )
    others = np.arange(farthest, outcome[0], -1.0)
    jumps, n_before = _jumps_between(family, outcome, others, start, end, method)
    edges = np.concatenate([start, jumps, end])
    joined = np.asarray(farthest + 1.0 - n_before - np.arange(len(edges) - 1), dtype=np.float64)

    def p_value(parameter: FloatArray, first: FloatArray) -> FloatArray:
        return np.asarray(family.at_most(outcome, parameter) + family.at_least(first, parameter))

    return _first_crossing(edges, joined, p_value, alpha)


def _jumps_between(
    family: Family,
    outcome: FloatArray,
    others: FloatArray,
    start: FloatArray,
    end: FloatArray,
    method: IntervalMethod,
) -> tuple[FloatArray, int]:
    """The parameters between start and end where another outcome becomes as extreme as ours.

    ``others`` runs from the farthest outcome inwards, so their jumps run from start to end; the
    number of them that have joined already at the start comes with them. Blaker's p-value at a
    jump is twice the observed tail, more than alpha from the start on: the first jump decides.
    """
    if method is IntervalMethod.MINLIKE:
        slope = family.log_weight(others) - family.log_weight(outcome)
        jumps = family.from_natural(slope / (outcome - others))
        is_inside = (jumps - start) * (jumps - end) < 0
        n_before = int(np.count_nonzero((jumps - start) * (end - start) <= 0))
        return jumps[is_inside], n_before
    low, high = np.minimum(others, outcome), np.maximum(others, outcome)

    def excess(parameter: FloatArray) -> FloatArray:
        return _tail_excess(family, low, high, parameter)

    sign = np.sign(end - start)
    n_before = int(np.count_nonzero(sign * excess(start) >= 0))
    n_inside = int(np.count_nonzero(sign * excess(end) > 0)) - n_before
    inside = slice(n_before, n_before + min(max(n_inside, 0), 1))
    low, high = low[inside], high[inside]
    edge = np.minimum(start, end), np.maximum(start, end)
    ends = [np.broadcast_to(each, low.shape) for each in edge]
    return bracketed_roots(excess, *ends), n_before


def _tail_excess(
    family: Family, low: FloatArray, high: FloatArray, parameter: FloatArray
) -> FloatArray:
    """The logarithm of P(X >= high) / P(X <= low); it grows with the parameter."""
    upper, lower = family.at_least(high, parameter), family.at_most(low, parameter)
    smallest = 1e-320
    return np.asarray(np.log(np.maximum(upper, smallest)) - np.log(np.maximum(lower, smallest)))


def _first_crossing(
    edges: FloatArray,
    joined: FloatArray,
    p_value: Callable[[FloatArray, FloatArray], FloatArray],
    alpha: float,
) -> float:
    """Walking from the far edge inwards, the first parameter that is not rejected."""
    at_entry = p_value(edges[:-1], joined)
    at_exit = p_value(edges[1:], joined)
    crossed = np.flatnonzero((at_entry > alpha) | (at_exit > alpha))
    if crossed.size == 0:
        return float(edges[-1])
    segment = int(crossed[0])
    if at_entry[segment] > alpha:
        return float(edges[segment])
    other = joined[segment : segment + 1]
    ends = np.sort(edges[segment : segment + 2])
    root = bracketed_roots(lambda parameter: p_value(parameter, other) - alpha, ends[:1], ends[1:])
    return float(root[0])
