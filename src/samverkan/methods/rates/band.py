"""The band of counts that chance alone gives around a steady level, period by period."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from samverkan.methods.errors import MethodError
from samverkan.methods.rates.level_dispersion import (
    Layout,
    dispersion_index,
    expected_by_season,
    season_totals,
)
from samverkan.methods.rates.prediction import jeffreys_limits
from samverkan.methods.rates.results import FloatArray, Interval
from samverkan.methods.series import as_counts, as_fraction

SEASON_SIGNIFICANCE = 0.01


@dataclass(frozen=True, slots=True)
class ExpectedBand:
    """Every array has the shape of the counts."""

    expected: FloatArray
    """The level, times the season's factor where there are events enough to know one."""
    interval: Interval
    """Whole numbers, both ordinary; NaN for a series without any known period."""
    dispersion_index: FloatArray
    """(n_series,), variance over mean that the band allows for."""
    confidence: float

    @property
    def lower(self) -> FloatArray:
        """The smallest ordinary count of each period."""
        return self.interval.lower

    @property
    def upper(self) -> FloatArray:
        """The largest ordinary count of each period."""
        return self.interval.upper


def expected_band(
    counts: npt.ArrayLike,
    *,
    frequency: int,
    confidence: float = 0.95,
    recent_excluded: int = 0,
) -> ExpectedBand:
    """Which counts are ordinary in each period, if the level has been the same throughout?

    `counts` is (n_series, n_periods) with `frequency` periods a year. The level and the season
    are taken from all known periods but the `recent_excluded` last ones, which still get a band
    (exclude the year that is being judged). The band has a season only where the seasons differ
    by more than chance would let them (chi-square, scaled by the dispersion, at 1 %), and never
    below five events a season: a handful of months must not draw waves.
    Guarantees: at least the confidence per period when the level is constant, so one month in
    twenty falls outside a 95 % band by chance. The band is for looking, not for alarms.
    Not for series with a trend: the band is flat over the years.
    Errors: `MethodError` for broken counts, a frequency below 1, or nothing left to fit.
    Source: gamma-Poisson predictive from Jeffreys' start; Poisson fit of season by level.
    """
    values = as_counts(counts)
    alpha = 1.0 - as_fraction(confidence, name="confidence")
    n_periods = values.shape[1]
    if frequency < 1 or not 0 <= recent_excluded < n_periods:
        raise MethodError("frequency must be at least 1 and some periods left to fit")
    fitted = values[:, : n_periods - recent_excluded]
    is_known = ~np.isnan(fitted)
    known = np.where(is_known, fitted, 0.0)
    back = np.arange(fitted.shape[1] - 1, -1, -1)
    layout = Layout(back % frequency, back // frequency, is_known.astype(float))
    nobody_recent = np.zeros(fitted.shape[1], dtype=bool)
    index = dispersion_index(known, layout, frequency, nobody_recent)
    factor = _season_factors(known, layout, frequency, nobody_recent)
    factor = np.where(_has_shown_season(known, layout, frequency, index), factor, 1.0)
    every_season = np.arange(n_periods - recent_excluded - 1, -recent_excluded - 1, -1) % frequency
    with np.errstate(divide="ignore", invalid="ignore"):
        fitted_spread = (season_totals(layout.exposure, layout, frequency) * factor).sum(axis=1)
        ahead = np.where(fitted_spread[:, None] > 0, factor / fitted_spread[:, None], np.nan)
    total = known.sum(axis=1, keepdims=True)
    limits = jeffreys_limits(total, ahead, alpha, index[:, None])
    interval = Interval(limits.lower[:, every_season], limits.upper[:, every_season])
    expected = ((total + 0.5) * ahead)[:, every_season]
    return ExpectedBand(expected, interval, index, confidence)


def _has_shown_season(
    known: FloatArray, layout: Layout, frequency: int, index: FloatArray
) -> npt.NDArray[np.bool_]:
    """(n_series, 1): do the totals of the seasons differ by more than chance?"""
    if frequency == 1:
        return np.zeros((len(known), 1), dtype=bool)
    observed = season_totals(known, layout, frequency)
    exposure = season_totals(layout.exposure, layout, frequency)
    with np.errstate(divide="ignore", invalid="ignore"):
        flat = known.sum(axis=1, keepdims=True) * exposure / exposure.sum(axis=1, keepdims=True)
        distance = np.where(flat > 0, (observed - flat) ** 2 / flat, 0.0).sum(axis=1) / index
    p_value = special.chdtrc(frequency - 1, distance)
    return np.asarray(p_value < SEASON_SIGNIFICANCE)[:, None]


def _season_factors(
    known: FloatArray, layout: Layout, frequency: int, nobody_recent: npt.NDArray[np.bool_]
) -> FloatArray:
    """(n_series, frequency): expected count of a period of each season, up to a factor."""
    expected = expected_by_season(known, layout, frequency, nobody_recent)
    factors = np.ones((len(known), frequency))
    for season in range(frequency):
        columns = layout.season == season
        n_known = (layout.exposure[:, columns] > 0).sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = expected[:, columns].sum(axis=1) / n_known
        factors[:, season] = np.where(n_known > 0, mean, known.sum(axis=1) / known.shape[1])
    return factors
