"""Is the last year like the years before it? Stable, higher, lower, or too few to tell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray

from samverkan.methods.errors import MethodError
from samverkan.methods.rates import conditional
from samverkan.methods.rates.inputs import as_not_negative
from samverkan.methods.rates.level_dispersion import Layout, dispersion_index, season_totals
from samverkan.methods.rates.level_results import LevelAssessment, LevelVerdict
from samverkan.methods.rates.power import (
    critical_counts,
    detectable_ratio,
    power_of_ratio,
)
from samverkan.methods.rates.results import FloatArray, Interval
from samverkan.methods.series import as_counts, as_fraction, as_population


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
    return _assessed(
        _Split(recent, earlier, share, index),
        _Means.of(known, layout, is_recent),
        alpha,
        minimum_power,
        wanted_power,
    )


@dataclass(frozen=True, slots=True)
class _Split:
    """What the comparison is made of; (n_series,) each."""

    recent: FloatArray
    earlier: FloatArray
    share: FloatArray
    """Recent part of the exposure; NaN where nothing can be compared."""
    index: FloatArray


@dataclass(frozen=True, slots=True)
class _Means:
    """Totals and means of both times as they were counted, seasons matched or not."""

    recent_total: FloatArray
    recent_per_period: FloatArray
    earlier_total: FloatArray
    earlier_per_period: FloatArray
    n_earlier_periods: NDArray[np.int64]

    @classmethod
    def of(cls, known: FloatArray, layout: Layout, is_recent: NDArray[np.bool_]) -> _Means:
        is_known = layout.exposure > 0
        n_recent = np.count_nonzero(is_known[:, is_recent], axis=1)
        n_earlier = np.count_nonzero(is_known[:, ~is_recent], axis=1)
        return cls(
            known[:, is_recent].sum(axis=1),
            _mean(known[:, is_recent], n_recent),
            known[:, ~is_recent].sum(axis=1),
            _mean(known[:, ~is_recent], n_earlier),
            n_earlier,
        )


def _assessed(
    split: _Split, means: _Means, alpha: float, minimum_power: float, wanted_power: float
) -> LevelAssessment:
    may_compare = np.isfinite(split.share) & (split.share > 0) & (split.share < 1)
    share = np.where(may_compare, split.share, 0.5)
    unknown = np.where(may_compare, 0.0, np.nan)
    first, second = split.recent / split.index, split.earlier / split.index
    p_value = conditional.mid_p(first, second, share) + unknown
    limits = conditional.mid_p_share_limits(first, second, alpha)
    lower_critical, upper_critical = critical_counts(split.earlier, share, split.index, alpha)
    usual = (split.earlier + 0.5) * share / (1.0 - share)
    power = power_of_ratio(2.0, usual, upper_critical, split.index)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = split.recent / split.earlier * (1.0 - share) / share
    return LevelAssessment(
        verdict=_verdicts(p_value, ratio, power, alpha, minimum_power),
        ratio=ratio + unknown,
        interval=Interval(
            conditional.ratio_from_share(limits.lower, share) + unknown,
            conditional.ratio_from_share(limits.upper, share) + unknown,
        ),
        p_value=p_value,
        detectable_ratio=detectable_ratio(wanted_power, usual, upper_critical, split.index)
        + unknown,
        power_to_see_doubling=power + unknown,
        smallest_count_flagged=upper_critical + unknown,
        largest_count_flagged=lower_critical + unknown,
        recent_total=means.recent_total,
        recent_per_period=means.recent_per_period,
        earlier_total=means.earlier_total,
        earlier_per_period=means.earlier_per_period,
        dispersion_index=split.index,
        n_earlier_periods=means.n_earlier_periods,
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
