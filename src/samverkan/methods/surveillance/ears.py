"""EARS C1, C2 and C3: is today above the days just before it?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt
from scipy import special

from samverkan.methods import compiled
from samverkan.methods.errors import MethodError
from samverkan.methods.series import (
    BoolArray,
    Counts,
    FloatArray,
    as_counts,
    as_evaluated_periods,
    as_fraction,
)
from samverkan.methods.surveillance.results import SurveillanceResult
from samverkan.methods.surveillance.variants import Variant, as_variant

C2_GAP = 2
# Below this many counts it is not worth waiting for a compiled kernel to load.
FEWEST_FOR_COMPILED = 4096


class EarsVariant(Enum):
    """C1 compares with the baseline just before, C2 after a gap of two, C3 adds three C2."""

    C1 = "C1"
    C2 = "C2"
    C3 = "C3"


@dataclass(frozen=True)
class EarsRule:
    """The settings of a call, checked."""

    variant: EarsVariant
    baseline: int
    min_sigma: float
    normal_quantile: float
    is_released: bool

    def __post_init__(self) -> None:
        if self.baseline < 2:
            raise MethodError("baseline must be at least 2 periods")
        if not 0 <= self.min_sigma < np.inf:
            raise MethodError("min_sigma must be at least 0")

    @property
    def gap(self) -> int:
        return 0 if self.variant is EarsVariant.C1 else C2_GAP


def ears(
    counts: Counts,
    *,
    variant: str | EarsVariant = "C1",
    baseline: int = 7,
    min_sigma: float = 0.0,
    alpha: float = 0.001,
    evaluate: npt.ArrayLike | None = None,
    c3_bound: str | Variant = "corrected",
) -> SurveillanceResult:
    """Early aberration reporting on the few periods just before, without any earlier year.

    Question answered: is each count above mean + z * standard deviation of the last `baseline`
    periods (C1), of those before a gap of two (C2), or do the last three days together exceed
    (C3: the sum of max(0, C2 - 1) over three days)?

    counts: (n_series, n_periods), NaN for missing. baseline: periods, at least 2. min_sigma:
    the standard deviation counts as at least this. alpha: the normal tail that sets z.
    c3_bound: "released" reproduces the bound of R surveillance 1.20.3 (see the docs page).
    Result: `expected` is the baseline mean, `upper_bound` the largest count without alarm (for
    C3 given the two days before; -1 when those alone are an alarm), `score` the statistic C1,
    C2 or C3. `p_value` is NaN: the statistic is not normal for counts, and a p-value would
    promise what it does not keep.
    NaN where the baseline does not reach back or a period of it is missing. A baseline without
    spread and min_sigma 0 has its mean as bound, so one more case is an alarm (score infinite).

    Guarantees: a permutation of series permutes the answers; another series changes nothing.
    Not for monthly small counts: at a nominal 1 % it raises false alarms in 4 to 8 % of
    outbreak-free months (docs/methods/surveillance/calibration.md). Errors: `MethodError`.

    Source: Hutwagner, Thompson, Seeman and Treadwell (2003), Journal of Urban Health 80;
    Fricker, Hegler and Dunfee (2008), Statistics in Medicine 27.
    """
    values = as_counts(counts)
    periods = as_evaluated_periods(evaluate, values.shape[1])
    rule = EarsRule(
        variant=_as_variant(variant),
        baseline=baseline,
        min_sigma=min_sigma,
        normal_quantile=float(special.ndtri(1 - as_fraction(alpha, name="alpha"))),
        is_released=as_variant(c3_bound, name="c3_bound") is Variant.RELEASED,
    )
    upper, mean, score, is_alarm = _statistics(values, rule)
    if evaluate is not None:
        upper, mean, score = upper[:, periods], mean[:, periods], score[:, periods]
        is_alarm = is_alarm[:, periods]
    no_p_value = np.broadcast_to(np.nan, upper.shape)
    return SurveillanceResult(upper, mean, score, no_p_value, is_alarm, periods)


def _statistics(
    counts: FloatArray, rule: EarsRule
) -> tuple[FloatArray, FloatArray, FloatArray, BoolArray]:
    """Bound, mean, statistic and alarm of every period."""
    if compiled.is_available() and counts.size >= FEWEST_FOR_COMPILED:
        from samverkan.methods.surveillance.ears_compiled import ears_statistics

        return ears_statistics(counts, rule)
    mean, deviation = _moving(counts, rule.baseline, rule.gap)
    deviation = np.maximum(deviation, rule.min_sigma)
    with np.errstate(invalid="ignore", divide="ignore"):
        is_level = (counts == mean) & (deviation == 0) & ~rule.is_released
        score: FloatArray = np.where(is_level, 0.0, (counts - mean) / deviation)
        if rule.variant is EarsVariant.C3:
            upper, score = _three_days(counts, score, mean, deviation, rule)
        else:
            upper = mean + rule.normal_quantile * deviation
        return upper, mean, score, counts > upper


def _three_days(
    counts: FloatArray,
    score: FloatArray,
    mean: FloatArray,
    deviation: FloatArray,
    rule: EarsRule,
) -> tuple[FloatArray, FloatArray]:
    """C3 and its bound from C2: today may add what the two days before left.

    The released program adds what is left to today's own count instead of to the mean, so that
    its alarm depends on the two days before alone, and it cannot say after a baseline without
    spread.
    """
    excess = np.maximum(score - 1, 0.0)
    before = np.full_like(score, np.nan)
    before[:, 2:] = excess[:, 1:-1] + excess[:, :-2]
    left = rule.normal_quantile - before
    if rule.is_released:
        upper = np.maximum(counts + deviation * left, 0.0)
    else:
        upper = np.where(left < 0, -1.0, mean + deviation * (1 + left))
    return upper, excess + before


def _moving(counts: FloatArray, baseline: int, gap: int) -> tuple[FloatArray, FloatArray]:
    """Mean and standard deviation of the `baseline` periods that end `gap` + 1 before each."""
    n_periods = counts.shape[1]
    mean = np.full(counts.shape, np.nan)
    deviation = np.full(counts.shape, np.nan)
    first = baseline + gap
    if first >= n_periods:
        return mean, deviation
    windows = np.lib.stride_tricks.sliding_window_view(counts, baseline, axis=1)
    used = windows[:, : n_periods - first]
    mean[:, first:] = used.sum(axis=2) / baseline
    square = np.zeros((len(counts), n_periods - first))
    for position in range(baseline):
        square += (used[:, :, position] - mean[:, first:]) ** 2
    deviation[:, first:] = np.sqrt(square / (baseline - 1))
    return mean, deviation


def _as_variant(variant: str | EarsVariant) -> EarsVariant:
    try:
        return EarsVariant(variant)
    except ValueError as error:
        raise MethodError("variant must be C1, C2 or C3") from error
