"""One method of surveillance over every series of a count, block by block."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samverkan.compute.errors import EventsError
from samverkan.compute.event_counts import CountBlock
from samverkan.compute.periods import Period

SURVEILLANCE = "samverkan.methods.surveillance"


@dataclass(frozen=True)
class ScreeningMethod:
    """A function of `methods.surveillance` under the name that the command knows it by."""

    function: str
    arguments: Mapping[str, object] = field(default_factory=dict)
    has_alpha: bool = True
    has_p_value: bool = True
    pools_series: bool = False
    """It learns from the other series of its group, which must then reach it together."""
    sums_a_year: bool = False
    """It adds period to period, so a year is judged to know the last of it."""
    suits: frozenset[Period] = frozenset(Period)


NOT_MONTHLY = frozenset({Period.DAY, Period.WEEK})
METHODS: dict[str, ScreeningMethod] = {
    "predictive": ScreeningMethod("predictive", pools_series=True),
    "farrington-flexible": ScreeningMethod("farrington_flexible"),
    "farrington": ScreeningMethod("farrington"),
    "ears-c1": ScreeningMethod("ears", {"variant": "C1"}, suits=NOT_MONTHLY),
    "ears-c2": ScreeningMethod("ears", {"variant": "C2"}, suits=NOT_MONTHLY),
    "ears-c3": ScreeningMethod("ears", {"variant": "C3"}, suits=NOT_MONTHLY),
    "cusum": ScreeningMethod("cusum", has_alpha=False, has_p_value=False, sums_a_year=True),
    "bayes": ScreeningMethod("bayes"),
    "rki": ScreeningMethod("rki", has_alpha=False, has_p_value=False),
}


@dataclass(frozen=True)
class Screen:
    """What to ask of each series: the same on every worker."""

    method: str
    period: Period
    first_days: NDArray[np.datetime64]
    """The first day of every period of the count."""
    n_evaluated: int = 1
    """How many of the last periods to judge."""
    alpha: float | None = None
    """None: the method's own."""

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            known = ", ".join(METHODS)
            raise EventsError(f"no method is called {self.method!r}; there are {known}")
        if self.n_evaluated < 1:
            raise EventsError("at least one period must be judged")
        if self.n_evaluated > len(self.first_days):
            raise EventsError(f"the events cover only {len(self.first_days)} periods")
        if self.alpha is not None and not METHODS[self.method].has_alpha:
            raise EventsError(f"{self.method} promises no share of false alarms: it has no alpha")


@dataclass(frozen=True)
class BlockAnswer:
    """Arrays of shape (series of the block, judged periods), the oldest period first."""

    first_series: int
    observed: NDArray[np.int64]
    expected: NDArray[np.float64]
    upper_bound: NDArray[np.float64]
    score: NDArray[np.float64]
    p_value: NDArray[np.float64]
    is_alarm: NDArray[np.bool_]


def judge_block(screen: Screen, block: CountBlock) -> BlockAnswer:
    """Runs on a worker: the method on every series of the block."""
    method = METHODS[screen.method]
    function = getattr(import_module(SURVEILLANCE), method.function)
    offered = _offered(screen, method, block)
    accepted = inspect.signature(function).parameters
    result = function(block.counts, **{k: v for k, v in offered.items() if k in accepted})
    n_periods = block.counts.shape[1]
    wanted = np.isin(result.evaluated, np.arange(n_periods - screen.n_evaluated, n_periods))
    names = ("expected", "upper_bound", "score", "p_value", "is_alarm")
    arrays = {name: _wide(getattr(result, name), wanted, screen.n_evaluated) for name in names}
    observed = block.counts[:, -screen.n_evaluated :]
    return BlockAnswer(block.first_series, observed, **arrays)


def _offered(screen: Screen, method: ScreeningMethod, block: CountBlock) -> dict[str, object]:
    """Every argument that a method may take; it is given those that it does take."""
    n_periods = block.counts.shape[1]
    n_judged = screen.n_evaluated
    if method.sums_a_year:
        n_judged = max(n_judged, min(screen.period.frequency, n_periods // 2))
    offered: dict[str, object] = {
        "frequency": screen.period.frequency,
        "evaluate": np.arange(n_periods - n_judged, n_periods),
        **method.arguments,
    }
    if screen.alpha is not None:
        offered["alpha"] = screen.alpha
    if screen.period is not Period.MONTH:
        # Years do not hold a whole number of weeks; by date the season is found exactly.
        offered["dates"] = screen.first_days
    if method.pools_series:
        sizes = np.diff(block.group_limits)
        offered["pool"] = np.repeat(np.arange(len(sizes)), sizes)
    return offered


def _wide(values: NDArray[Any], wanted: NDArray[np.bool_], n_evaluated: int) -> NDArray[Any]:
    """The wanted columns, with "cannot say" for periods that the method does not reach."""
    chosen = values[:, wanted]
    missing = n_evaluated - chosen.shape[1]
    if missing == 0:
        return chosen
    empty = False if chosen.dtype == np.bool_ else np.nan
    return np.pad(chosen, ((0, 0), (missing, 0)), constant_values=empty)


def false_discovery_alarms(p_values: NDArray[np.float64], rate: float) -> NDArray[np.bool_]:
    """Alarms of which at most the share `rate` is expected to be false, for each period apart.

    Benjamini and Hochberg (1995) over all series that can be judged in the period; p_values of
    shape (n_series, n_periods), NaN where the method cannot say.
    """
    if not 0 < rate < 1:
        raise EventsError("the false discovery rate must lie between 0 and 1")
    alarms = np.zeros(p_values.shape, dtype=np.bool_)
    for column in range(p_values.shape[1]):
        rows = np.flatnonzero(np.isfinite(p_values[:, column]))
        ordered = rows[np.argsort(p_values[rows, column], kind="stable")]
        limits = rate * np.arange(1, len(ordered) + 1) / max(len(ordered), 1)
        below = np.flatnonzero(p_values[ordered, column] <= limits)
        if len(below):
            alarms[ordered[: below[-1] + 1], column] = True
    return alarms
