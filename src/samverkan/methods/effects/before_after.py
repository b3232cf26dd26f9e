"""Before and after, with or without a comparison area: what changed, and could it be seen?"""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from samverkan.methods.effects.power import DetectionPower, detection_power
from samverkan.methods.effects.regression_to_mean import RegressionToMean, regression_to_mean
from samverkan.methods.effects.verdicts import Verdict, as_relevant_ratio, judge
from samverkan.methods.errors import MethodError
from samverkan.methods.series import as_fraction

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
class BeforeAfterComparison:
    """`ratio` is the target's rate after / before, divided by the comparison's where there is one.

    `interval` and `p_value` are of the same method and dual to each other; `mid_p_value` is
    given beside (NaN from a million events on). `expected_after` is the count to expect had
    nothing been done; `difference` is observed minus that. `power` tells what the design could
    have seen.
    `corrected_ratio` replaces the target's earlier count by its regression-to-the-mean value,
    where a pool of areas was given.
    """

    ratio: float
    interval: tuple[float, float]
    p_value: float
    mid_p_value: float
    standard_error: float
    method: EffectMethod
    dispersion: float
    target_before: int
    target_after: int
    comparison_before: int | None
    comparison_after: int | None
    expected_after: float
    power: DetectionPower
    regression_to_mean: RegressionToMean | None
    verdict: Verdict
    alpha: float

    @property
    def difference(self) -> float:
        """Events more (or, negative, fewer) than had nothing been done."""
        return self.target_after - self.expected_after

    @property
    def corrected_ratio(self) -> float | None:
        fall = self.regression_to_mean
        if fall is None:
            return None
        usual = fall.expected_before
        return self.ratio * self.target_before / usual if usual > 0 else float("nan")


@dataclass(frozen=True)
class _Design:
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


def compare_before_after(
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    comparison_before: npt.ArrayLike | None = None,
    comparison_after: npt.ArrayLike | None = None,
    *,
    before_length: float | None = None,
    after_length: float | None = None,
    method: str = "auto",
    alpha: float = 0.05,
    relevant_ratio: float = 0.5,
    dispersion: float | None = None,
    pool_before: npt.ArrayLike | None = None,
) -> BeforeAfterComparison:
    """Did the target change more than it would have done anyway?

    `before`, `after`: the target's counts: a total, one a period, or (areas, periods).
    `comparison_before`, `comparison_after`: the same times in an area where nothing was done;
    with it the answer is a Poisson difference-in-differences. `before_length`, `after_length`:
    the lengths in time where totals are given; without a comparison area they must be given
    unless the phases are equally long. `alpha`: one minus the interval's confidence.
    `relevant_ratio`: the change that would matter; the power to see it is part of the answer.
    `dispersion`: the negative binomial's (variance = mean + dispersion x mean squared) of one
    period, estimated from the periods when not given. `pool_before`: earlier totals of similar
    areas, for the warning about regression to the mean.

    Guarantees: interval and p-value are dual; "exact" never exceeds alpha; no events at all
    give a ratio of NaN, p = 1 and "too few to tell".
    Not when the comparison area was on another course already (test the time before with
    `placebo_in_time`) or when displacement may have reached it (see `displacement`).
    Errors: `MethodError` for what is no count, missing periods, or only half a comparison.
    Source: Przyborowski and Wilenski (1940); Fisher (1935); for differences of differences of
    counts Wooldridge (2023), The Econometrics Journal 26.
    """
    as_fraction(alpha, name="alpha")
    as_relevant_ratio(relevant_ratio)
    design = _as_design(
        before, after, comparison_before, comparison_after, before_length, after_length
    )
    wanted = _as_method(method)
    chosen = _chosen_method(wanted, design, dispersion)
    spread = _dispersion(chosen, design, dispersion)
    test = _Test(design, chosen, spread)
    observed = design.target[1].total
    fall = None
    if pool_before is not None:
        fall = regression_to_mean(design.target[0].total, pool_before)
    power = detection_power(
        p_of=test.p_value,
        expected=design.expected_after,
        alpha=alpha,
        relevant_ratio=relevant_ratio,
        dispersion=spread / design.target[1].n_periods,
    )
    answer = BeforeAfterComparison(
        ratio=test.ratio(observed),
        interval=test.interval(observed, alpha),
        p_value=test.p_value(observed),
        mid_p_value=design.mid_p_value(observed),
        standard_error=float(np.sqrt(design.variance(observed, spread))),
        method=chosen,
        dispersion=spread,
        target_before=design.target[0].total,
        target_after=observed,
        comparison_before=design.comparison[0].total if design.comparison else None,
        comparison_after=design.comparison[1].total if design.comparison else None,
        expected_after=design.expected_after,
        power=power,
        regression_to_mean=fall,
        verdict=Verdict.TOO_FEW_TO_TELL,
        alpha=alpha,
    )
    return replace(answer, verdict=_verdict(answer))


def _verdict(answer: BeforeAfterComparison) -> Verdict:
    fall = answer.regression_to_mean
    return judge(
        ratio=answer.ratio,
        p_value=answer.p_value,
        alpha=answer.alpha,
        power=answer.power.power,
        is_strong_design=answer.comparison_before is not None
        and (fall is None or not fall.is_likely),
    )


def _as_design(
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    comparison_before: npt.ArrayLike | None,
    comparison_after: npt.ArrayLike | None,
    before_length: float | None,
    after_length: float | None,
) -> _Design:
    target = (
        as_phase(before, "before", before_length),
        as_phase(after, "after", after_length),
    )
    if comparison_before is None and comparison_after is None:
        return _Design(target, None)
    if comparison_before is None or comparison_after is None:
        raise MethodError("a comparison area needs counts both before and after")
    comparison = (
        as_phase(comparison_before, "comparison_before", before_length),
        as_phase(comparison_after, "comparison_after", after_length),
    )
    if any(a.length != b.length for a, b in zip(target, comparison, strict=True)):
        raise MethodError("target and comparison must cover the same periods")
    return _Design(target, comparison)


def _as_method(method: str) -> EffectMethod:
    try:
        return EffectMethod(method)
    except ValueError as error:
        raise MethodError(f"method must be one of {', '.join(EffectMethod)}") from error


def _chosen_method(wanted: EffectMethod, design: _Design, dispersion: float | None) -> EffectMethod:
    if wanted is not EffectMethod.AUTO:
        return wanted
    if min(phase.total for phase in design.phases) < FEWEST_FOR_APPROXIMATION:
        return EffectMethod.EXACT
    shortest = min(phase.n_periods for phase in design.phases)
    if dispersion is not None or shortest >= FEWEST_PERIODS_FOR_DISPERSION:
        return EffectMethod.NEGATIVE_BINOMIAL
    return EffectMethod.POISSON


def _dispersion(chosen: EffectMethod, design: _Design, dispersion: float | None) -> float:
    if chosen is not EffectMethod.NEGATIVE_BINOMIAL:
        return 0.0
    if dispersion is not None:
        if not (np.isfinite(dispersion) and dispersion >= 0):
            raise MethodError("dispersion must be at least 0")
        return float(dispersion)
    return negative_binomial_dispersion([phase.periods for phase in design.phases])


@dataclass(frozen=True)
class _Test:
    """p-value and interval as functions of the target's later count."""

    design: _Design
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
