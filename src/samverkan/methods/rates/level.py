"""Is the last year like the years before it? Stable, higher, lower, or too few to tell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray

from samverkan.methods.errors import MethodError
from samverkan.methods.rates import conditional
from samverkan.methods.rates.inputs import as_not_negative
from samverkan.methods.rates.level_dispersion import Layout, dispersion_index, season_totals
from samverkan.methods.rates.power import (
    critical_counts,
    detectable_ratio,
    power_of_ratio,
)
from samverkan.methods.rates.results import FloatArray, Interval
from samverkan.methods.series import as_counts, as_fraction, as_population


class LevelVerdict(StrEnum):
    """What can honestly be said about the last year against the years before."""

    STABLE = "stable"
    """No change shown, and a doubling would probably have been noticed."""
    HIGHER = "higher"
    LOWER = "lower"
    CANNOT_SAY = "cannot_say"
    """No change shown, but too few events to notice even a doubling; or nothing to compare."""


@dataclass(frozen=True, slots=True)
class LevelAssessment:
    """One element a series in every array."""

    verdict: NDArray[np.object_]
    """`LevelVerdict` of each series."""
    ratio: FloatArray
    """Recent rate over earlier rate, the same seasons compared: inf when none came earlier."""
    interval: Interval
    """Limits of the ratio with confidence 1 - alpha, dual to the p-value."""
    p_value: FloatArray
    """Two-sided mid-p for an unchanged level; NaN where nothing can be compared."""
    detectable_ratio: FloatArray
    """The smallest ratio above 1 that would have been noticed with the asked power."""
    power_to_see_doubling: FloatArray
    """The chance that a doubled level would have been called higher."""
    smallest_count_flagged: FloatArray
    """The smallest total of the recent year that would have been called higher."""
    largest_count_flagged: FloatArray
    """The largest total of the recent year that would have been called lower; -1: none."""
    recent_total: FloatArray
    recent_per_period: FloatArray
    """Mean count a known period of the recent year."""
    earlier_total: FloatArray
    earlier_per_period: FloatArray
    """Mean count a known period of the earlier years."""
    dispersion_index: FloatArray
    """Variance over mean that the test allowed for; 1 is chance alone."""
    n_earlier_periods: NDArray[np.int64]
    alpha: float


def assess_level(
    counts: npt.ArrayLike,
    *,
    frequency: int,
    alpha: float = 0.05,
    earlier_years: int | None = 5,
    exposure: npt.ArrayLike | None = None,
    dispersion: npt.ArrayLike | None = None,
    minimum_power: float = 0.2,
    wanted_power: float = 0.8,
) -> LevelAssessment:
    """Is the level of the last year the same as in the years before?

    `counts` is (n_series, n_periods) with `frequency` periods a year (12, 4 or 1); the last
    `frequency` periods are the recent year, the `earlier_years` before them the comparison
    (None: all there are). Missing periods are left out and the same seasons compared.
    `exposure` (population, days) is anything that broadcasts to the counts. `dispersion` gives
    variance over mean where it is known better than from the series itself (1: chance alone).
    The verdict is `higher` or `lower` when the mid-p is below `alpha`; otherwise `stable` if a
    doubling had at least `minimum_power` to be noticed, else `cannot_say`.
    Guarantees: each series is judged alone. Error rates by simulation stand in the docs page:
    at or below alpha for chance variation, near it for over-dispersed counts.
    Not for: a slow trend over many years (each year is like the last), many series at once
    without control of false alarms, single months (see surveillance.predictive).
    Errors: `MethodError` for broken counts, frequencies or settings.
    Source: conditional binomial with mid-p (Przyborowski and Wilenski 1940; Lancaster 1961);
    over-dispersion by effective counts (quasi-likelihood, McCullagh and Nelder 1989).
    """
    values = as_counts(counts)
    alpha = as_fraction(alpha, name="alpha")
    if frequency < 1 or (earlier_years is not None and earlier_years < 1):
        raise MethodError("frequency and earlier_years must be at least 1")
    values, layout = _laid_out(values, frequency, earlier_years, exposure)
    known = np.where(np.isnan(values), 0.0, values)
    is_recent = layout.year == 0
    recent, earlier, share = _matched(known, layout, frequency, is_recent)
    index = _index(known, layout, frequency, is_recent, dispersion)
    first, second = recent / index, earlier / index
    may_compare = np.isfinite(share) & (share > 0) & (share < 1)
    share = np.where(may_compare, share, 0.5)
    p_value = np.where(may_compare, conditional.mid_p(first, second, share), np.nan)
    limits = conditional.mid_p_share_limits(first, second, alpha)
    lower_critical, upper_critical = critical_counts(earlier, share, index, alpha)
    usual = (earlier + 0.5) * share / (1.0 - share)
    power = power_of_ratio(2.0, usual, upper_critical, index)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = recent / earlier * (1.0 - share) / share
    verdict = _verdicts(p_value, ratio, power, alpha, minimum_power)
    n_recent = np.count_nonzero(layout.exposure[:, is_recent] > 0, axis=1)
    n_earlier = np.count_nonzero(layout.exposure[:, ~is_recent] > 0, axis=1)

    def where_comparable(array: FloatArray) -> FloatArray:
        return np.where(may_compare, array, np.nan)

    return LevelAssessment(
        verdict=verdict,
        ratio=where_comparable(ratio),
        interval=Interval(
            where_comparable(conditional.ratio_from_share(limits.lower, share)),
            where_comparable(conditional.ratio_from_share(limits.upper, share)),
        ),
        p_value=p_value,
        detectable_ratio=where_comparable(
            detectable_ratio(wanted_power, usual, upper_critical, index)
        ),
        power_to_see_doubling=where_comparable(power),
        smallest_count_flagged=where_comparable(upper_critical),
        largest_count_flagged=where_comparable(lower_critical),
        recent_total=known[:, is_recent].sum(axis=1),
        recent_per_period=_mean(known[:, is_recent], n_recent),
        earlier_total=known[:, ~is_recent].sum(axis=1),
        earlier_per_period=_mean(known[:, ~is_recent], n_earlier),
        dispersion_index=index,
        n_earlier_periods=n_earlier,
        alpha=alpha,
    )


def _laid_out(
    values: FloatArray, frequency: int, earlier_years: int | None, exposure: npt.ArrayLike | None
) -> tuple[FloatArray, Layout]:
    spread = as_population(exposure, values.shape, name="exposure")
    known_exposure = np.ones(values.shape) if spread is None else spread
    if earlier_years is not None:
        kept = (earlier_years + 1) * frequency
        values, known_exposure = values[:, -kept:], known_exposure[:, -kept:]
    back = np.arange(values.shape[1] - 1, -1, -1)
    layout = Layout(
        season=back % frequency,
        year=back // frequency,
        exposure=np.where(np.isnan(values), 0.0, known_exposure),
    )
    return values, layout


def _matched(
    known: FloatArray, layout: Layout, frequency: int, is_recent: NDArray[np.bool_]
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Totals of both times over the seasons known in both, and the recent share of exposure.

    Where seasons are unequally covered the share is the mean of theirs, weighed by their events:
    the split of the total then varies a little less than the binomial says.
    """

    def by_season(array: FloatArray, group: NDArray[np.bool_]) -> FloatArray:
        return season_totals(np.where(group, array, 0.0), layout, frequency)

    here, there = by_season(layout.exposure, is_recent), by_season(layout.exposure, ~is_recent)
    both = (here > 0) & (there > 0)
    recent = np.where(both, by_season(known, is_recent), 0.0)
    earlier = np.where(both, by_season(known, ~is_recent), 0.0)
    with np.errstate(invalid="ignore"):
        shares = np.where(both, here / (here + there), 0.0)
        weight = recent + earlier
        none = weight.sum(axis=1, keepdims=True) == 0
        weight = np.where(none, both.astype(float), weight)
        share = (shares * weight).sum(axis=1) / weight.sum(axis=1)
    return recent.sum(axis=1), earlier.sum(axis=1), share


def _index(
    known: FloatArray,
    layout: Layout,
    frequency: int,
    is_recent: NDArray[np.bool_],
    dispersion: npt.ArrayLike | None,
) -> FloatArray:
    if dispersion is not None:
        given = np.atleast_1d(as_not_negative(dispersion, name="dispersion"))
        if np.any(given < 1) or given.shape not in ((1,), (len(known),)):
            raise MethodError("dispersion must be at least 1, one number or one a series")
        return np.array(np.broadcast_to(given, (len(known),)))
    if not np.any(~is_recent):
        return np.ones(len(known))
    return dispersion_index(known, layout, frequency, is_recent)


def _verdicts(
    p_value: FloatArray, ratio: FloatArray, power: FloatArray, alpha: float, minimum_power: float
) -> NDArray[np.object_]:
    verdict = np.full(p_value.shape, LevelVerdict.CANNOT_SAY, dtype=object)
    with np.errstate(invalid="ignore"):
        is_changed = p_value < alpha
        verdict[(p_value >= alpha) & (power >= minimum_power)] = LevelVerdict.STABLE
        verdict[is_changed & (ratio > 1)] = LevelVerdict.HIGHER
        verdict[is_changed & (ratio < 1)] = LevelVerdict.LOWER
    return verdict


def _mean(values: FloatArray, n_known: NDArray[np.int64]) -> FloatArray:
    return np.where(n_known > 0, values.sum(axis=1) / np.maximum(n_known, 1), np.nan)
