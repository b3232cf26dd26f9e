"""Before and after, with or without a comparison area: what changed, and could it be seen?"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from samverkan.methods.effects.design import (
    DesignTest,
    EffectMethod,
    as_design,
    as_effect_method,
    chosen_method,
    design_dispersion,
)
from samverkan.methods.effects.power import DetectionPower, detection_power
from samverkan.methods.effects.regression_to_mean import RegressionToMean, regression_to_mean
from samverkan.methods.effects.verdicts import Verdict, as_relevant_ratio, judge
from samverkan.methods.series import as_fraction


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
    design = as_design(
        before, after, comparison_before, comparison_after, before_length, after_length
    )
    wanted = as_effect_method(method)
    chosen = chosen_method(wanted, design, dispersion)
    spread = design_dispersion(chosen, design, dispersion)
    test = DesignTest(design, chosen, spread)
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
