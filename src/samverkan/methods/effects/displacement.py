"""Did crime move next door, or did next door benefit too?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from samverkan.methods.effects.counts import as_phase
from samverkan.methods.effects.verdicts import Verdict, judge
from samverkan.methods.errors import MethodError
from samverkan.methods.series import as_fraction


@dataclass(frozen=True)
class Estimate:
    """A difference in events with its standard error."""

    value: float
    standard_error: float

    def interval(self, alpha: float) -> tuple[float, float]:
        reach = float(special.ndtri(1 - alpha / 2)) * self.standard_error
        return self.value - reach, self.value + reach


@dataclass(frozen=True)
class Displacement:
    """Differences in events after against before, beyond what the comparison areas saw.

    `local` is the target's, `nearby` the displacement area's (positive: crime moved there,
    negative: it benefited too), `total` their sum, the weighted displacement difference.
    `quotient` is the weighted displacement quotient: below -1 more moved than was prevented,
    -1 to 0 part of the gain moved, above 0 the benefit spread; NaN where the target did not
    fall or nothing happened nearby, and its interval reaches to infinity where the target's fall
    is not certain. `raw_quotient` is the formula's value even where it means nothing.
    `verdict` is about the total.
    """

    local: Estimate
    nearby: Estimate
    total: Estimate
    interval: tuple[float, float]
    z_score: float
    p_value: float
    quotient: float
    raw_quotient: float
    quotient_interval: tuple[float, float]
    detectable_difference: float
    verdict: Verdict
    alpha: float


def displacement(
    target_before: npt.ArrayLike,
    target_after: npt.ArrayLike,
    comparison_before: npt.ArrayLike,
    comparison_after: npt.ArrayLike,
    nearby_before: npt.ArrayLike = 0,
    nearby_after: npt.ArrayLike = 0,
    nearby_comparison_before: npt.ArrayLike = 0,
    nearby_comparison_after: npt.ArrayLike = 0,
    *,
    before_length: float = 1.0,
    after_length: float = 1.0,
    area_sizes: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0),
    alpha: float = 0.05,
) -> Displacement:
    """How many events were prevented in all, those that moved next door subtracted?

    Counts (totals, or one a period, which are added) of the target, its comparison area, the
    area nearby to which crime could move, and that area's own comparison; areas left out count
    as zero. `before_length`, `after_length`, and `area_sizes` of (target, comparison, nearby,
    nearby's comparison): where times or areas differ; counts are divided by them, so differences
    are then events per unit of length and size.

    Guarantees: difference and standard error are those of Wheeler and Ratcliffe (the variance
    of a sum of Poisson counts is its sum), the quotient that of Bowers and Johnson, its
    interval Fieller's with Poisson variances. With no events at all the difference is 0 with
    no width and the verdict "too few to tell".
    Not for counts below about 5 in all areas (the difference is judged by a normal
    approximation), nor for comparison areas of other size without `area_sizes`: the difference
    takes the comparison's change as it is, in events.
    Errors: `MethodError` for what is no count.
    Source: Wheeler and Ratcliffe (2018), Crime Science 7:11; Bowers and Johnson (2003), Journal
    of Quantitative Criminology 19; Fieller (1954), JRSS B 16.
    """
    as_fraction(alpha, name="alpha")
    if len(area_sizes) != 4 or not min(before_length, after_length, *area_sizes) > 0:
        raise MethodError("lengths and the four area sizes must be positive")
    names = ("target", "comparison", "nearby", "nearby_comparison")
    earlier = (target_before, comparison_before, nearby_before, nearby_comparison_before)
    later = (target_after, comparison_after, nearby_after, nearby_comparison_after)
    before = _totals(earlier, [f"{name}_before" for name in names])
    after = _totals(later, [f"{name}_after" for name in names])
    first = [1 / (before_length * size) for size in area_sizes]
    second = [1 / (after_length * size) for size in area_sizes]
    local = _difference(before[:2], after[:2], first[:2], second[:2])
    nearby = _difference(before[2:], after[2:], first[2:], second[2:])
    error = float(np.hypot(local.standard_error, nearby.standard_error))
    total = Estimate(local.value + nearby.value, error)
    z_score = total.value / error if error > 0 else 0.0
    p_value = 2 * float(special.ndtr(-abs(z_score))) if error > 0 else 1.0
    raw_quotient, quotient, quotient_interval = _quotient(before[:3], after[:3], alpha)
    reach = float(special.ndtri(1 - alpha / 2) + special.ndtri(0.8)) * error
    return Displacement(
        local=local,
        nearby=nearby,
        total=total,
        interval=total.interval(alpha),
        z_score=z_score,
        p_value=p_value,
        quotient=quotient,
        raw_quotient=raw_quotient,
        quotient_interval=quotient_interval,
        detectable_difference=reach,
        verdict=_verdict(total, p_value, alpha, before[0] * first[0], reach),
        alpha=alpha,
    )


def harm_weighted_displacement(
    parts: Sequence[Displacement], weights: Sequence[float], *, alpha: float = 0.05
) -> Estimate:
    """The total over kinds of crime, each weighted by its harm (days of sentence, kronor).

    The kinds are taken as independent; `Estimate.interval(alpha)` gives the interval.
    Source: Wheeler and Ratcliffe (2018).
    """
    as_fraction(alpha, name="alpha")
    if not parts or len(parts) != len(weights):
        raise MethodError("there must be one weight for each kind of crime")
    harm = np.asarray(weights, dtype=np.float64)
    if not np.isfinite(harm).all():
        raise MethodError("weights must be finite")
    values = np.array([part.total.value for part in parts])
    errors = np.array([part.total.standard_error for part in parts])
    return Estimate(float(harm @ values), float(np.sqrt(harm**2 @ errors**2)))


def _totals(counts: Sequence[npt.ArrayLike], names: Sequence[str]) -> list[int]:
    return [as_phase(count, name).total for count, name in zip(counts, names, strict=True)]


def _difference(
    before: list[int], after: list[int], first: list[float], second: list[float]
) -> Estimate:
    """The area's change less its comparison's, each count times its weight."""
    changes = [
        later * after_weight - earlier * before_weight
        for earlier, later, before_weight, after_weight in zip(
            before, after, first, second, strict=True
        )
    ]
    counts, weights = np.array([*before, *after]), np.array([*first, *second])
    return Estimate(changes[0] - changes[1], float(np.sqrt(counts @ weights**2)))


def _verdict(
    total: Estimate, p_value: float, alpha: float, before: float, detectable: float
) -> Verdict:
    # relevant is half of the target's events; the design can see it when it is detectable
    power = 1.0 if before > 0 and detectable <= before / 2 else 0.0
    ratio = 0.5 if total.value < 0 else 2.0
    return judge(ratio=ratio, p_value=p_value, alpha=alpha, power=power, is_strong_design=True)


def _quotient(
    before: list[int], after: list[int], alpha: float
) -> tuple[float, float, tuple[float, float]]:
    """The quotient as the formula has it, where it has a meaning, and Fieller's interval."""
    nothing, everything = float("nan"), (float("-inf"), float("inf"))
    target, comparison, nearby = zip(before, after, strict=True)
    if 0 in comparison or not sum(nearby):
        return nothing, nothing, everything
    change_nearby = nearby[1] / comparison[1] - nearby[0] / comparison[0]
    change_target = target[1] / comparison[1] - target[0] / comparison[0]
    raw = change_nearby / change_target if change_target else nothing
    if change_target >= 0:
        return raw, nothing, everything
    upper = _share_covariance(nearby, nearby, comparison, is_same=True)
    lower = _share_covariance(target, target, comparison, is_same=True)
    cross = _share_covariance(nearby, target, comparison, is_same=False)
    z_square = float(special.ndtri(1 - alpha / 2)) ** 2
    slack = z_square * lower / change_target**2
    if slack >= 1:
        return raw, raw, everything
    inner = upper - 2 * raw * cross + raw**2 * lower - slack * (upper - cross**2 / lower)
    reach = float(np.sqrt(z_square * max(inner, 0.0))) / abs(change_target)
    middle = raw - slack * cross / lower
    return raw, raw, ((middle - reach) / (1 - slack), (middle + reach) / (1 - slack))


def _share_covariance(
    one: tuple[int, ...], two: tuple[int, ...], comparison: tuple[int, ...], *, is_same: bool
) -> float:
    """Of one / comparison and two / comparison, added over before and after (delta method)."""
    total = 0.0
    for first, second, base in zip(one, two, comparison, strict=True):
        total += first * second / base**3
        if is_same:
            total += first / base**2
    return total
