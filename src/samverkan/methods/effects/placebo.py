"""The same question asked where the answer must be "nothing": earlier times, other areas."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt

from samverkan.methods.effects.before_after import BeforeAfterComparison, compare_before_after
from samverkan.methods.effects.counts import as_intervention
from samverkan.methods.errors import MethodError
from samverkan.methods.series import as_counts

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# No count is zero in a ratio: half an event is added to each, as is usual.
HALF_EVENT = 0.5


@dataclass(frozen=True)
class PlaceboInTime:
    """`ratios` and `p_values` for made-up starts in the time before, beside the real ones.

    `share_significant` should be about alpha; much more and the areas were on different
    courses already, so that the real effect is not to be believed. `p_value` is the share of
    all starts, the real one among them, with an effect at least as far from 1.
    """

    starts: IntArray
    ratios: FloatArray
    p_values: FloatArray
    actual: BeforeAfterComparison
    share_significant: float
    p_value: float

    @property
    def is_trustworthy(self) -> bool:
        """Whether no more than a quarter of the made-up starts look like an effect."""
        return self.share_significant <= 0.25


@dataclass(frozen=True)
class PlaceboInSpace:
    """The real ratio among those of made-up choices of treated areas.

    `p_value` is (1 + at least as far from 1) / (1 + choices); it needs no assumption on how
    counts vary, only that which areas were chosen had nothing to do with their course.
    """

    ratio: float
    ratios: FloatArray = field(repr=False)
    p_value: float
    n_choices: int
    is_complete: bool


def placebo_in_time(
    target: npt.ArrayLike,
    comparison: npt.ArrayLike | None = None,
    *,
    intervention_at: int,
    fewest_before: int = 6,
    n_after: int | None = None,
    alpha: float = 0.05,
    method: str = "auto",
) -> PlaceboInTime:
    """Would we have found effects at times when nothing was done?

    `target`, `comparison`: (n_periods,) counts. For each start with at least `fewest_before`
    periods before and `n_after` (as many as there are after the real one, at most a third of
    the time before) after it, still before the real start, the comparison is made again.
    Errors: `MethodError` when the time before is too short for any made-up start.
    Source: METHODS of falsification tests: Imbens and Lemieux (2008), Journal of Econometrics
    142; Angrist and Pischke (2009), section 5.2.
    """
    series = as_counts(target, name="target")
    other = None if comparison is None else as_counts(comparison, name="comparison")
    if len(series) != 1 or (other is not None and other.shape != series.shape):
        raise MethodError("target and comparison must be single series of equal length")
    start = as_intervention(intervention_at, series.shape[1])
    length = _placebo_length(series.shape[1] - start, start, n_after)
    starts = np.arange(fewest_before, start - length + 1)
    if not len(starts):
        raise MethodError("the time before is too short for a placebo test")
    rows = (series[0], None if other is None else other[0])

    def compared(first: int, stop: int) -> BeforeAfterComparison:
        before = [None if row is None else row[:first] for row in rows]
        after = [None if row is None else row[first:stop] for row in rows]
        return compare_before_after(
            _given(before[0]), _given(after[0]), before[1], after[1], alpha=alpha, method=method
        )

    results = [compared(int(first), int(first) + length) for first in starts]
    actual = compared(start, series.shape[1])
    ratios = np.array([result.ratio for result in results])
    p_values = np.array([result.p_value for result in results])
    with np.errstate(divide="ignore"):
        distance = np.abs(np.log(ratios))
        own = abs(float(np.log(actual.ratio))) if actual.ratio > 0 else np.inf
    n_as_far = int(np.count_nonzero(distance >= own))
    return PlaceboInTime(
        starts=starts,
        ratios=ratios,
        p_values=p_values,
        actual=actual,
        share_significant=float(np.mean(p_values < alpha)),
        p_value=(1 + n_as_far) / (1 + len(starts)),
    )


def placebo_in_space(
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    treated: npt.ArrayLike,
    *,
    n_simulations: int = 999,
    seed: int = 0,
) -> PlaceboInSpace:
    """Do the treated areas stand out among all choices of as many areas?

    `before`, `after`: totals, one an area. `treated`: one truth value an area. All choices are
    taken when there are no more than `n_simulations`, else so many are drawn.
    Errors: `MethodError` for no treated or no other areas.
    Source: Fisher (1935), The Design of Experiments; Abadie, Diamond and Hainmueller (2010).
    """
    earlier, later = (as_counts(np.asarray(side)).ravel() for side in (before, after))
    chosen = np.asarray(treated, dtype=bool)
    if not earlier.shape == later.shape == chosen.shape or np.isnan(earlier + later).any():
        raise MethodError("before, after and treated must be one known value an area")
    if chosen.all() or not chosen.any():
        raise MethodError("there must be treated areas and others")
    choices, is_complete = _choices(chosen, n_simulations, seed)
    log_ratios = _log_ratios(choices, earlier, later)
    actual = float(_log_ratios(chosen[None], earlier, later)[0])
    # of a complete list the real choice is one; the "+ 1" is it
    n_as_far = int(np.count_nonzero(np.abs(log_ratios) >= abs(actual) - 1e-12))
    return PlaceboInSpace(
        ratio=float(np.exp(actual)),
        ratios=np.exp(log_ratios),
        p_value=(1 + n_as_far) / (1 + len(choices)),
        n_choices=len(choices),
        is_complete=is_complete,
    )


def _placebo_length(real: int, start: int, n_after: int | None) -> int:
    if n_after is None:
        return max(1, min(real, start // 3))
    if n_after < 1:
        raise MethodError("n_after must be at least 1")
    return n_after


def _given(counts: FloatArray | None) -> FloatArray:
    assert counts is not None  # noqa: S101  (the target is always given)
    return counts


def _choices(
    chosen: npt.NDArray[np.bool_], n_simulations: int, seed: int
) -> tuple[npt.NDArray[np.bool_], bool]:
    """Choices of as many areas as were treated, the real choice left out of a complete list."""
    n_areas, n_treated = len(chosen), int(chosen.sum())
    if comb(n_areas, n_treated) - 1 <= n_simulations:
        real = tuple(np.flatnonzero(chosen))
        every = [pick for pick in combinations(range(n_areas), n_treated) if pick != real]
        table = np.zeros((len(every), n_areas), dtype=bool)
        for row, pick in zip(table, every, strict=True):
            row[list(pick)] = True
        return table, True
    generator = np.random.default_rng(seed)
    return generator.permuted(np.tile(chosen, (n_simulations, 1)), axis=1), False


def _log_ratios(
    choices: npt.NDArray[np.bool_], before: FloatArray, after: FloatArray
) -> FloatArray:
    share = choices.astype(np.float64)
    target = np.log(share @ after + HALF_EVENT) - np.log(share @ before + HALF_EVENT)
    rest = 1 - share
    return np.asarray(
        target - np.log(rest @ after + HALF_EVENT) + np.log(rest @ before + HALF_EVENT)
    )
