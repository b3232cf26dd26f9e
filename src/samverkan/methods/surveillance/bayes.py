"""A Poisson count's exact Bayesian prediction, and the rule of the Robert Koch Institute."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from samverkan.methods.errors import MethodError
from samverkan.methods.series import (
    Counts,
    FloatArray,
    IntArray,
    as_counts,
    as_evaluated_periods,
    as_fraction,
)
from samverkan.methods.surveillance.calendar_window import (
    season_offsets,
    window_deviation,
    window_sums,
)
from samverkan.methods.surveillance.quantiles import count_quantile, count_tail
from samverkan.methods.surveillance.results import SurveillanceResult

JEFFREYS_SHAPE = 0.5
# Upper 95 % limits of a Poisson mean given the counts 0 to 20: Crow and Gardner (1959), table 1.
CROW_GARDNER = np.array(
    [
        3.285, 5.323, 6.686, 8.102, 9.598, 11.177, 12.817, 13.765, 14.921, 16.768, 17.633,
        19.050, 20.335, 21.364, 22.945, 23.762, 25.400, 26.306, 27.735, 28.966, 30.017,
    ]
)  # fmt: skip
LARGEST_TABULATED_MEAN = 20.0


def bayes(
    counts: Counts,
    *,
    frequency: int,
    years_back: int = 2,
    half_window: int = 4,
    use_recent: bool = True,
    alpha: float = 0.05,
    evaluate: npt.ArrayLike | None = None,
) -> SurveillanceResult:
    """The exact prediction of a Poisson count from comparable periods, whatever the mean is.

    Question answered: is the count above the (1 - alpha) quantile of what a Poisson process with
    the baseline's cases would give next, the uncertainty of its mean included (Jeffreys' prior)?

    counts: (n_series, n_periods), NaN for missing. Baseline: `half_window` periods on each side
    of the same season in `years_back` years, and with use_recent the `half_window` periods just
    before. Bayes 1, 2 and 3 of the literature: (years_back, half_window, use_recent) = (0, 6,
    True), (1, 6, True), (2, 4, False).
    Result: `expected` is the predictive mean, `score` is log(p) / log(alpha), at least 1 for an
    alarm. NaN where the baseline does not reach back or is missing altogether.

    Guarantees: a permutation of series permutes the answers; another series changes nothing.
    Not for over-dispersed counts: 16 % false alarms at a nominal 1 % for a strongly
    over-dispersed 20 a month (use `predictive`). Errors: `MethodError`.

    Source: Hoehle (2007), Computational Statistics 22; Riebler (2004).
    """
    values, periods, offsets = _prepared(
        counts, evaluate, frequency, years_back, half_window, use_recent
    )
    alpha = as_fraction(alpha, name="alpha")
    sums = window_sums(values, periods, offsets)
    can_say = (sums.reaches_back > 0) & (sums.n_known > 0)
    with np.errstate(all="ignore"):
        mean = np.where(can_say, (sums.total + JEFFREYS_SHAPE) / sums.n_known, np.nan)
        dispersion = 1 + 1 / sums.n_known
    return predicted(values[:, periods], mean, dispersion, alpha, periods)


def predicted(
    observed: FloatArray,
    mean: FloatArray,
    dispersion: FloatArray,
    alpha: float,
    periods: IntArray,
) -> SurveillanceResult:
    """Judge counts by a negative-binomial prediction with variance dispersion * mean."""
    bound = count_quantile(1 - alpha, mean, dispersion)
    is_known = ~np.isnan(bound)
    p_value = np.where(is_known, count_tail(observed, mean, dispersion), np.nan)
    with np.errstate(all="ignore"):
        score = np.log(p_value) / np.log(alpha)
        is_alarm = observed > bound
    return SurveillanceResult(
        upper_bound=bound,
        expected=np.where(is_known, mean, np.nan),
        score=score + 0.0,
        p_value=p_value,
        is_alarm=is_alarm,
        evaluated=periods,
    )


def rki(
    counts: Counts,
    *,
    frequency: int,
    years_back: int = 2,
    half_window: int = 4,
    use_recent: bool = True,
    evaluate: npt.ArrayLike | None = None,
) -> SurveillanceResult:
    """The Robert Koch Institute's rule: tabulated Poisson limits, or two standard deviations.

    Question answered: is the count above the upper 95 % Poisson limit for the baseline's mean
    (up to 20), or above mean + 2 standard deviations (larger means)?

    Arguments as in `bayes`; RKI 1, 2 and 3 have (years_back, half_window, use_recent) = (0, 6,
    True), (1, 6, True), (2, 4, False). Result: `expected` is the baseline mean, `score` is
    (count - mean) / (bound - mean); `p_value` is NaN: the rule has no level of its own. NaN
    where the baseline does not reach back, or a mean above 20 comes from a single period.

    Guarantees: a permutation of series permutes the answers; another series changes nothing.
    Not when a stated false-alarm rate is needed (use `predictive`). Errors: `MethodError`.

    Source: Hoehle (2007), Computational Statistics 22; Crow and Gardner (1959), Biometrika 46.
    """
    values, periods, offsets = _prepared(
        counts, evaluate, frequency, years_back, half_window, use_recent
    )
    sums = window_sums(values, periods, offsets)
    deviation = window_deviation(values, periods, offsets, sums)
    mean = np.where(sums.reaches_back > 0, sums.mean, np.nan)
    row = np.nan_to_num(np.minimum(np.floor(mean), LARGEST_TABULATED_MEAN), nan=0.0)
    limit = CROW_GARDNER[row.astype(np.int64)]
    bound = np.where(mean <= LARGEST_TABULATED_MEAN, limit, mean + 2 * deviation)
    observed = values[:, periods]
    with np.errstate(all="ignore"):
        score = (observed - mean) / (bound - mean)
        is_alarm = observed > bound
    return SurveillanceResult(
        upper_bound=bound,
        expected=np.where(np.isnan(bound), np.nan, mean),
        score=score,
        p_value=np.broadcast_to(np.nan, bound.shape),
        is_alarm=is_alarm,
        evaluated=periods,
    )


def _prepared(
    counts: Counts,
    evaluate: npt.ArrayLike | None,
    frequency: int,
    years_back: int,
    half_window: int,
    use_recent: bool,
) -> tuple[FloatArray, IntArray, IntArray]:
    values = as_counts(counts)
    periods = as_evaluated_periods(evaluate, values.shape[1])
    if frequency < 1 or years_back < 0 or half_window < 0 or half_window >= frequency:
        raise MethodError("frequency, years_back and half_window do not make a baseline")
    if years_back == 0 and not (use_recent and half_window > 0):
        raise MethodError("the baseline is empty: give years_back, or half_window with use_recent")
    n_recent = half_window if use_recent else 0
    return values, periods, season_offsets(frequency, years_back, half_window, n_recent)
