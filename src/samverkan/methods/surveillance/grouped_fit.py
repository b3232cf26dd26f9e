"""Quasi-Poisson regression on season groups and one slope, for many series at once.

log mean = log exposure + group effect + slope * time. For a fixed slope the group effects are
closed form (cases of the group over its exposure), so the fit is a concave search in one
dimension without a design matrix. Standard error, leverage and dispersion are closed form too.
Time is counted from the judged period, which belongs to group 0: its log mean is the effect of
group 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from samverkan.methods.series import FloatArray, IntArray

MOST_STEPS = 60
# The log mean may change by at most this over the whole baseline in one step.
LARGEST_STEP = 4.0
# Beyond this change over the baseline the slope has no finite estimate.
LARGEST_CHANGE = 60.0
PRECISION = 1e-8


@dataclass(frozen=True)
class Design:
    """What all series of one judged period share: times before it (negative) and groups."""

    times: FloatArray
    groups: IntArray
    """Ascending: the rows of a group lie together, and every group has a row."""
    starts: IntArray
    """The first row of each group."""

    @property
    def n_groups(self) -> int:
        return len(self.starts)

    @property
    def span(self) -> float:
        return max(float(np.ptp(self.times)), 1.0)

    def sums(self, rows: FloatArray) -> FloatArray:
        """Sums by group: (n_series, n_rows) to (n_series, n_groups)."""
        return np.add.reduceat(rows, self.starts, axis=1)

    def spread(self, by_group: FloatArray) -> FloatArray:
        """A value of each group at each of its rows."""
        return by_group[:, self.groups]


@dataclass(frozen=True)
class GroupedFit:
    """All arrays (n_series,), except `mean` and `leverage`, (n_series, n_rows)."""

    log_mean: FloatArray
    log_mean_variance: FloatArray
    """Unscaled: times the dispersion it is the squared standard error."""
    slope: FloatArray
    slope_variance: FloatArray
    dispersion: FloatArray
    """Pearson's statistic over degrees of freedom, not floored at one."""
    relative_dispersion: FloatArray
    """The sum of squared relative residuals over degrees of freedom (the released program's)."""
    degrees_of_freedom: FloatArray
    mean: FloatArray
    leverage: FloatArray


def make_design(times: FloatArray, groups: IntArray) -> Design:
    """Times and groups of rows that are sorted by group."""
    present, starts = np.unique(groups, return_index=True)
    return Design(times, np.searchsorted(present, groups), starts)


def fit_converged(
    design: Design, counts: FloatArray, weights: FloatArray, exposure: FloatArray, has_trend: bool
) -> GroupedFit:
    """The maximum of the likelihood, to rounding.

    counts, weights, exposure: (n_series, n_rows); a missing count has weight 0 and any value.
    A series without cases in group 0, or whose slope has no finite estimate, gets NaN.
    """
    slope = np.zeros(len(counts))
    if has_trend:
        slope = _best_slope(design, counts, weights, exposure)
    growth = weights * exposure * np.exp(slope[:, None] * design.times)
    cases = design.sums(weights * counts)
    with np.errstate(all="ignore"):
        level = cases / design.sums(growth)
    level = np.nan_to_num(level, nan=0.0)
    mean = exposure * np.exp(slope[:, None] * design.times) * design.spread(level)
    with np.errstate(divide="ignore"):
        log_mean = np.where(level[:, 0] > 0, np.log(level[:, 0]), np.nan)
    log_mean = np.where(np.isnan(slope), np.nan, log_mean)
    return summarise(design, counts, weights, mean, mean, log_mean, slope, has_trend, growth)


def summarise(
    design: Design,
    counts: FloatArray,
    weights: FloatArray,
    mean: FloatArray,
    working_mean: FloatArray,
    log_mean: FloatArray,
    slope: FloatArray,
    has_trend: bool,
    growth: FloatArray,
) -> GroupedFit:
    """Standard errors, leverage and dispersion of fitted means.

    `working_mean` holds the means that the last weights were made of: the means themselves at
    the maximum, those of the step before where a search stopped early.
    `growth` stands for the weights of a group without cases, whose means are zero.
    """
    work = weights * working_mean
    total = design.sums(work)
    centre = _group_centres(design, np.where(design.spread(total) > 0, work, growth))
    away = design.times - design.spread(centre)
    n_parameters = (design.sums(weights) > 0).sum(axis=1) + int(has_trend)
    freedom = (weights > 0).sum(axis=1) - n_parameters
    with np.errstate(all="ignore"):
        slope_variance = 1 / (work * away**2).sum(axis=1)
        share = np.where(design.spread(total) > 0, work / design.spread(total), 0.0)
        variance = 1 / total[:, 0]
        leverage = share
        if has_trend:
            variance = variance + centre[:, 0] ** 2 * slope_variance
            leverage = share + work * away**2 * slope_variance[:, None]
        residual = np.where(mean > 0, (counts - mean) / mean, -1.0)
        squares = np.where(weights > 0, residual**2, 0.0)
        positive_freedom = np.where(freedom > 0, freedom, np.nan)
        dispersion = (work * squares).sum(axis=1) / positive_freedom
        relative = (weights * squares).sum(axis=1) / positive_freedom
    return GroupedFit(
        log_mean,
        variance,
        slope,
        slope_variance,
        dispersion,
        relative,
        freedom.astype(np.float64),
        mean,
        leverage,
    )


def _best_slope(
    design: Design, counts: FloatArray, weights: FloatArray, exposure: FloatArray
) -> FloatArray:
    """Newton in one dimension for all series; NaN where the likelihood has no finite maximum."""
    cases = design.sums(weights * counts)
    wanted = (weights * counts) @ design.times
    slope = np.zeros(len(counts))
    base = weights * exposure
    active = np.flatnonzero(cases.sum(axis=1) > 0)
    slope[cases.sum(axis=1) <= 0] = np.nan
    for _ in range(MOST_STEPS):
        growth = base[active] * np.exp(slope[active, None] * design.times)
        step = _newton_step(design, cases[active], wanted[active], growth)
        slope[active] += np.clip(step, -LARGEST_STEP / design.span, LARGEST_STEP / design.span)
        is_lost = ~(np.abs(slope[active]) * design.span <= LARGEST_CHANGE)
        slope[active[is_lost]] = np.nan
        active = active[~is_lost & (np.abs(step) * design.span > PRECISION)]
        if not active.size:
            break
    slope[active] = np.nan
    return slope


def _newton_step(
    design: Design, cases: FloatArray, wanted: FloatArray, growth: FloatArray
) -> FloatArray:
    with np.errstate(all="ignore"):
        total = design.sums(growth)
        first = np.nan_to_num(design.sums(growth * design.times) / total, nan=0.0)
        second = np.nan_to_num(design.sums(growth * design.times**2) / total, nan=0.0)
        gradient = wanted - (cases * first).sum(axis=1)
        curvature = (cases * (second - first**2)).sum(axis=1)
        step: FloatArray = gradient / curvature
    return step


def _group_centres(design: Design, work: FloatArray) -> FloatArray:
    with np.errstate(all="ignore"):
        centres = design.sums(work * design.times) / design.sums(work)
    return np.nan_to_num(centres, nan=0.0)
