"""Is this month unusual? The negative-binomial prediction for small counts, the default rule."""

from __future__ import annotations

from dataclasses import dataclass

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
    as_population,
)
from samverkan.methods.surveillance.bayes import JEFFREYS_SHAPE, predicted
from samverkan.methods.surveillance.calendar_window import season_offsets, window_sums
from samverkan.methods.surveillance.dispersion import pooled_overdispersion
from samverkan.methods.surveillance.quantiles import count_tail
from samverkan.methods.surveillance.results import SurveillanceResult
from samverkan.methods.surveillance.season_factor import season_factor


@dataclass(frozen=True)
class PredictiveResult(SurveillanceResult):
    """With what a reader of the statement needs to know of its limits.

    `dispersion`: variance over mean that was used, at least 1.
    `smallest_flagged`: the smallest count that would have been an alarm.
    `chance_of_noticing_double`: the probability of an alarm had the level doubled; below 0.2 the
    honest text is "too few crimes to tell".
    """

    dispersion: FloatArray
    smallest_flagged: FloatArray
    chance_of_noticing_double: FloatArray


def predictive(
    counts: Counts,
    *,
    frequency: int,
    years_back: int = 5,
    half_window: int = 1,
    alpha: float = 0.01,
    evaluate: npt.ArrayLike | None = None,
    population: npt.ArrayLike | None = None,
    dispersion: npt.ArrayLike | None = None,
    pool: npt.ArrayLike | None = None,
    fewest_years: int = 2,
) -> PredictiveResult:
    """A prediction interval for small counts from the same season of earlier years.

    Question answered: is the count above what the same month, one month either side, of the last
    five years leads one to expect, with a false alarm in at most about alpha of the months, even
    for counts of two a month or less?

    counts: (n_series, n_periods), NaN for missing. frequency: periods a year. alpha: nominal
    share of false alarms; because counts are whole numbers the share reached is usually lower
    (docs/methods/surveillance/calibration.md). population: exposure, number or array.
    dispersion: variance over mean (a number or one for each series) when it is known; otherwise
    it is estimated from the years before and shrunk to the series with the same label in `pool`
    (None: all series of the call are one pool, as the crime kinds of one municipality are).
    With fewer than years_back years of history those that exist are used, at least fewest_years.

    The prediction: mean (cases + 1/2) / exposure of the baseline, times the exposure now and
    what the season of the period lies above that of the baseline (`season_factor`);
    variance = that of a count (mean + psi * mean ** 2, psi from the pool) and that of the mean,
    which the estimated mean's own spread widens once more. For psi 0 and no season this is
    exactly the Bayesian prediction of a Poisson count with Jeffreys' prior.
    Result: `score` is log(p) / log(alpha), at least 1 for an alarm. NaN where there is too
    little history or nothing but missing counts in it.

    Guarantees: a permutation of series permutes the answers exactly; a constant series added
    changes no other (other series do: they share the dispersion). Not for series with a strong
    trend over five years (use `farrington_flexible`), nor slow small shifts (use `cusum`).
    Errors: `MethodError`.

    Source: Hoehle (2007) for the Poisson case; Bissell (1972), Biometrika 59, and Robbins (1956)
    for the pooling.
    """
    values = as_counts(counts)
    exposure = as_population(population, values.shape)
    periods = as_evaluated_periods(evaluate, values.shape[1])
    alpha = as_fraction(alpha, name="alpha")
    if frequency < 1 or not 1 <= fewest_years <= years_back:
        raise MethodError("years_back must be at least fewest_years, and that at least 1")
    if half_window < 0 or 2 * half_window + 1 > frequency:
        raise MethodError("the windows overlap: half_window is too wide for the frequency")
    offsets = season_offsets(frequency, years_back, half_window)
    sums = window_sums(values, periods, offsets, exposure)
    seasons = [
        season_factor(values, int(period), frequency, years_back, offsets) for period in periods
    ]
    has_history = periods >= fewest_years * frequency + half_window
    can_say = has_history & (sums.n_known > 0)
    now = 1.0 if exposure is None else exposure[:, periods]
    with np.errstate(all="ignore"):
        share = np.where(can_say, now / sums.exposure, np.nan)
        share = share * np.column_stack(seasons)
        mean = (sums.total + JEFFREYS_SHAPE) * share
        if dispersion is None:
            psi = _pooled(values, periods, frequency, years_back, pool)
            spread = 1 + psi * mean
        else:
            psi = np.zeros_like(mean)
            spread = _given(dispersion, mean.shape)
        widened = spread * (1 + share * (1 + psi))
    judged = predicted(values[:, periods], mean, widened, alpha, periods)
    flagged = judged.upper_bound + 1
    return PredictiveResult(
        upper_bound=judged.upper_bound,
        expected=judged.expected,
        score=judged.score,
        p_value=judged.p_value,
        is_alarm=judged.is_alarm,
        evaluated=periods,
        dispersion=np.where(np.isnan(flagged), np.nan, spread),
        smallest_flagged=flagged,
        chance_of_noticing_double=count_tail(flagged, 2 * judged.expected, spread),
    )


def _given(dispersion: npt.ArrayLike, shape: tuple[int, int]) -> FloatArray:
    known = np.asarray(dispersion, dtype=np.float64)
    if known.ndim > 1 or (known.ndim == 1 and len(known) != shape[0]):
        raise MethodError("dispersion must be a number or one for each series")
    if not (np.isfinite(known) & (known >= 1)).all():
        raise MethodError("dispersion must be at least 1")
    return np.broadcast_to(known.reshape(-1, 1), shape)


def _pooled(
    counts: FloatArray,
    periods: IntArray,
    frequency: int,
    years_back: int,
    pool: npt.ArrayLike | None,
) -> FloatArray:
    labels = np.zeros(len(counts), dtype=np.int64)
    if pool is not None:
        names = np.asarray(pool)
        if names.shape != (len(counts),):
            raise MethodError("pool must hold one label for each series")
        labels = np.unique(names, return_inverse=True)[1].astype(np.int64)
    columns = [
        pooled_overdispersion(counts, int(period), frequency, years_back, labels)
        for period in periods
    ]
    return np.column_stack(columns)
