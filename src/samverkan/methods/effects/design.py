"""The phases that are compared, and the tests of their ratio."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import special

from samverkan.methods.effects.conditional import (
    LARGEST_SUPPORT,
    ConditionalFamily,
    four_counts,
    two_counts,
)
from samverkan.methods.effects.counts import Phase, as_phase
from samverkan.methods.effects.dispersion import negative_binomial_dispersion
from samverkan.methods.errors import MethodError

# Below this in any cell the normal approximation to the log ratio is not to be trusted.
FEWEST_FOR_APPROXIMATION = 5
# Fewer periods than this in a phase say too little about over-dispersion.
FEWEST_PERIODS_FOR_DISPERSION = 6


class EffectMethod(StrEnum):
    """How p-value and interval are found."""

    AUTO = "auto"
    """Exact when a total is below 5, negative binomial when there are periods, else Poisson."""
    EXACT = "exact"
    """Conditional on the margins; the promised error rate is never exceeded."""
    MID_P = "mid_p"
    """As exact, the observed table counted by half: closer to the promise, sometimes above."""
    POISSON = "poisson"
    """Normal approximation to the log ratio."""
    NEGATIVE_BINOMIAL = "negative_binomial"
    """The same, widened by the over-dispersion of the periods around their levels, what target
    and comparison share in a period (season, weather) taken out."""


@dataclass(frozen=True)
class Design:
    """The phases that are compared."""

    target: tuple[Phase, Phase]
    comparison: tuple[Phase, Phase] | None

    @property
    def expected_after(self) -> float:
        before, after = self.target
        if self.comparison is None:
            return before.total * after.length / before.length
        earlier, later = self.comparison
        return before.total * later.total / earlier.total if earlier.total else float("nan")

    @property
    def phases(self) -> tuple[Phase, ...]:
        return self.target + (self.comparison or ())

    def family(self, target_after: int) -> ConditionalFamily:
        before, after = self.target
        if self.comparison is None:
            return two_counts(target_after, before.total, after.length, before.length)
        earlier, later = self.comparison
        return four_counts(before.total, target_after, earlier.total, later.total)

    def mid_p_value(self, target_after: int) -> float:
        if min(self.target[0].total + target_after, LARGEST_SUPPORT) == LARGEST_SUPPORT:
            return float("nan")
        return self.family(target_after).p_value(0.5)

    def log_ratio(self, target_after: float) -> float:
        with np.errstate(divide="ignore", invalid="ignore"):
            return float(np.log(np.divide(target_after, self.expected_after)))

    def variance(self, target_after: float, dispersion: float) -> float:
        """Of the log ratio: the sum over cells of 1 / count + dispersion / periods."""
        before, after = self.target
        cells = [(before.total, before.n_periods), (float(target_after), after.n_periods)]
        cells += [(phase.total, phase.n_periods) for phase in self.comparison or ()]
        return sum(
            1 / count + dispersion / periods if count else np.inf for count, periods in cells
        )


def as_design(
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    comparison_before: npt.ArrayLike | None,
    comparison_after: npt.ArrayLike | None,
    before_length: float | None,
    after_length: float | None,
) -> Design:
    target = (
        as_phase(before, "before", before_length),
        as_phase(after, "after", after_length),
    )
    if comparison_before is None and comparison_after is None:
        return Design(target, None)
    if comparison_before is None or comparison_after is None:
        raise MethodError("a comparison area needs counts both before and after")
    comparison = (
        as_phase(comparison_before, "comparison_before", before_length),
        as_phase(comparison_after, "comparison_after", after_length),
    )
    if any(a.length != b.length for a, b in zip(target, comparison, strict=True)):
        raise MethodError("target and comparison must cover the same periods")
    return Design(target, comparison)


def as_effect_method(method: str) -> EffectMethod:
    try:
        return EffectMethod(method)
    except ValueError as error:
        raise MethodError(f"method must be one of {', '.join(EffectMethod)}") from error


def chosen_method(wanted: EffectMethod, design: Design, dispersion: float | None) -> EffectMethod:
    if wanted is not EffectMethod.AUTO:
        return wanted
    if min(phase.total for phase in design.phases) < FEWEST_FOR_APPROXIMATION:
        return EffectMethod.EXACT
    shortest = min(phase.n_periods for phase in design.phases)
    if dispersion is not None or shortest >= FEWEST_PERIODS_FOR_DISPERSION:
        return EffectMethod.NEGATIVE_BINOMIAL
    return EffectMethod.POISSON


def design_dispersion(chosen: EffectMethod, design: Design, dispersion: float | None) -> float:
    if chosen is not EffectMethod.NEGATIVE_BINOMIAL:
        return 0.0
    if dispersion is not None:
        if not (np.isfinite(dispersion) and dispersion >= 0):
            raise MethodError("dispersion must be at least 0")
        return float(dispersion)
    return negative_binomial_dispersion([phase.periods for phase in design.phases])


@dataclass(frozen=True)
class DesignTest:
    """p-value and interval as functions of the target's later count."""

    design: Design
    method: EffectMethod
    dispersion: float

    @property
    def _observed_share(self) -> float | None:
        """How much of the observed table a tail holds; None for the normal approximation."""
        return {EffectMethod.EXACT: 1.0, EffectMethod.MID_P: 0.5}.get(self.method)

    def _error(self, count: int) -> float:
        return float(np.sqrt(self.design.variance(count, self.dispersion)))

    def ratio(self, count: int) -> float:
        if self._observed_share is not None:
            return self.design.family(count).estimate()
        return float(np.exp(self.design.log_ratio(count)))

    def p_value(self, count: int) -> float:
        share = self._observed_share
        if share is not None:
            return self.design.family(count).p_value(share)
        error = self._error(count)
        if not np.isfinite(error):
            return 1.0
        return 2 * float(special.ndtr(-abs(self.design.log_ratio(count)) / error))

    def interval(self, count: int, alpha: float) -> tuple[float, float]:
        share = self._observed_share
        if share is not None:
            return self.design.family(count).interval(alpha, share)
        error = self._error(count)
        if not np.isfinite(error):
            return 0.0, float("inf")
        reach = float(special.ndtri(1 - alpha / 2)) * error
        log_ratio = self.design.log_ratio(count)
        return float(np.exp(log_ratio - reach)), float(np.exp(log_ratio + reach))
