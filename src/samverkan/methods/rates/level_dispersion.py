"""How much the counts of one level vary, season and a change of level taken away."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import special

from samverkan.methods.rates.results import FloatArray

FITTING_STEPS = 25
SETTLED = 1e-12
BLOCK = 1 << 15
FEWEST_EVENTS_A_SEASON = 5.0
"""Below this mean a season's factor is mostly noise, and the season is left flat."""
PRIOR_YEARS = 1.0
"""Years of evidence that the variation within years is given about that between years."""
USUAL_TAIL = 0.975
"""The quantile at which few degrees of freedom are made up for, as Student's t does."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which periods belong to the recent year, and the exposure of each."""

    season: NDArray[np.int64]
    """Season number 0 .. frequency - 1 of each period."""
    year: NDArray[np.int64]
    """Years back of each period: 0 is the recent year."""
    exposure: FloatArray
    """(n_series, n_periods), zero where the count is missing."""


def season_totals(values: FloatArray, layout: Layout, frequency: int) -> FloatArray:
    """Sums over the periods of each season: (n_series, frequency)."""
    return np.stack(
        [values[:, layout.season == season].sum(axis=1) for season in range(frequency)], axis=1
    )


def has_known_season(known: FloatArray, frequency: int) -> NDArray[np.bool_]:
    """Whether each series has events enough to know its season."""
    return np.asarray(known.sum(axis=1) >= FEWEST_EVENTS_A_SEASON * frequency)


def expected_by_season(
    known: FloatArray, layout: Layout, frequency: int, is_recent: NDArray[np.bool_]
) -> FloatArray:
    """Poisson fit of season times level (recent or before), by iterative proportional fitting.

    Series with too few events a season are fitted by level alone. Blocks of series that fit in
    the processor's cache keep the time proportional to their number.
    """
    n_rows = max(1, BLOCK // known.shape[1])
    blocks = [slice(start, start + n_rows) for start in range(0, len(known), n_rows)]
    parts = [
        _fitted(
            known[block], replace(layout, exposure=layout.exposure[block]), frequency, is_recent
        )
        for block in blocks
    ]
    return np.concatenate(parts)


def _fitted(
    known: FloatArray, layout: Layout, frequency: int, is_recent: NDArray[np.bool_]
) -> FloatArray:
    expected = layout.exposure.copy()
    season_observed = season_totals(known, layout, frequency)
    has_season = has_known_season(known, frequency)[:, None]
    for _ in range(FITTING_STEPS):
        season_factor = _divided(season_observed, season_totals(expected, layout, frequency))
        expected = expected * np.where(has_season, season_factor[:, layout.season], 1.0)
        is_settled = True
        for group in (is_recent, ~is_recent):
            factor = _divided(known[:, group].sum(axis=1), expected[:, group].sum(axis=1))
            expected[:, group] *= factor[:, None]
            is_settled &= bool(np.all(np.abs(factor - 1.0)[factor > 0] < SETTLED))
        if is_settled:
            break
    return expected


def dispersion_index(
    known: FloatArray, layout: Layout, frequency: int, is_recent: NDArray[np.bool_]
) -> FloatArray:
    """Variance over mean for each series, at least 1.

    Within years it is Pearson's chi-square of the fit by season and level over its degrees of
    freedom. Years that differ more than their months say raise it, in proportion to how many
    years there are to tell from. What exceeds 1 is enlarged by the square of Student's quantile
    over the normal one, since the fewer the years the easier they look alike by luck.
    """
    expected = expected_by_season(known, layout, frequency, is_recent)
    within = np.ones(len(known))
    if frequency > 1:
        within = _enlarged(*_pearson_index(known, expected, frequency, is_recent))
    between, n_degrees = _between_years(known, expected, layout, is_recent)
    enlarged = _enlarged(between, n_degrees)
    weighed = (enlarged * n_degrees + within * PRIOR_YEARS) / (n_degrees + PRIOR_YEARS)
    return np.asarray(np.maximum(1.0, np.fmax(within, weighed)))


def _enlarged(index: FloatArray, degrees: FloatArray) -> FloatArray:
    student = special.stdtrit(np.maximum(degrees, 1.0), USUAL_TAIL) / special.ndtri(USUAL_TAIL)
    return np.asarray(1.0 + (index - 1.0) * student**2)


def _pearson_index(
    known: FloatArray, expected: FloatArray, frequency: int, is_recent: NDArray[np.bool_]
) -> tuple[FloatArray, FloatArray]:
    """Chi-square index of all periods, and its degrees of freedom."""
    n_cells = np.count_nonzero(expected > 0, axis=1)
    n_groups = sum(np.any(expected[:, group] > 0, axis=1) for group in (is_recent, ~is_recent))
    chi_square = _divided((known - expected) ** 2, expected).sum(axis=1)
    n_seasons = np.where(has_known_season(known, frequency), frequency - 1, 0)
    degrees = n_cells - n_seasons - n_groups
    index = np.where(degrees > 0, chi_square / np.maximum(degrees, 1), 1.0)
    return index, degrees.astype(np.float64)


def _between_years(
    known: FloatArray, expected: FloatArray, layout: Layout, is_recent: NDArray[np.bool_]
) -> tuple[FloatArray, FloatArray]:
    """Chi-square index of the earlier years' totals, and its degrees of freedom."""
    years = layout.year[~is_recent]
    starts = np.flatnonzero(np.diff(years, prepend=years[0] + 1))
    observed = np.add.reduceat(known[:, ~is_recent], starts, axis=1)
    fitted = np.add.reduceat(expected[:, ~is_recent], starts, axis=1)
    degrees = np.maximum(np.count_nonzero(fitted > 0, axis=1) - 1.0, 0.0)
    chi_square = _divided((observed - fitted) ** 2, fitted).sum(axis=1)
    return np.where(degrees > 0, chi_square / np.maximum(degrees, 1.0), 1.0), degrees


def _divided(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    """The quotient, and 0 where the denominator is 0."""
    return np.divide(numerator, denominator, out=np.zeros_like(denominator), where=denominator > 0)
