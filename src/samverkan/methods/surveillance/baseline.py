"""From a baseline to the expected count of the judged period: fit, down-weight, fit, choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import Enum

import numpy as np
from scipy import special

from samverkan.methods import compiled
from samverkan.methods.series import BoolArray, FloatArray, IntArray
from samverkan.methods.surveillance.grouped_fit import (
    Design,
    GroupedFit,
    fit_converged,
    make_design,
)
from samverkan.methods.surveillance.reference_window import ReferenceWindow
from samverkan.methods.surveillance.stepwise_fit import fit_stepwise


class Fitting(Enum):
    """Where the search for the maximum of the likelihood stops."""

    CONVERGED = "converged"
    AS_R = "as_r"


class StandardErrors(Enum):
    """Which dispersion widens the standard errors."""

    FLOORED = "floored"
    """Pearson's, at least 1 for the mean, as it is for the trend (right)."""
    PEARSON = "pearson"
    """Pearson's as it is, for both."""
    RELATIVE = "relative"
    """Squared relative residuals, for both (R surveillance's farringtonFlexible as released)."""


@dataclass(frozen=True)
class BaselineRule:
    has_trend: bool
    trend_p_threshold: float
    """1 keeps every trend that does not extrapolate."""
    weights_threshold: float | None
    """Standardised residuals above it are down-weighted; None: no reweighting."""
    fitting: Fitting
    standard_errors: StandardErrors


@dataclass(frozen=True)
class Baselines:
    """What the baselines say of the judged periods; every array (n_series, n_evaluated)."""

    log_mean: FloatArray
    standard_error: FloatArray
    """Of the log mean, dispersion included."""
    dispersion: FloatArray
    """At least 1."""
    slope: FloatArray
    """Change of the log mean per period; NaN where no trend is used."""


def estimate_baselines(
    counts: FloatArray,
    exposure: FloatArray | None,
    periods: IntArray,
    windows: Sequence[ReferenceWindow | None],
    rule: BaselineRule,
) -> Baselines:
    """Fit every series at every period that has a window; NaN elsewhere."""
    if rule.fitting is Fitting.CONVERGED and compiled.is_available():
        from samverkan.methods.surveillance.baseline_compiled import estimate_compiled

        return Baselines(*estimate_compiled(counts, exposure, periods, windows, rule))
    answer = _nothing((len(counts), len(periods)))
    for column, (period, window) in enumerate(zip(periods, windows, strict=True)):
        if window is None:
            continue
        fitted = _estimate_one(counts, exposure, int(period), window, rule)
        for item in fields(Baselines):
            getattr(answer, item.name)[:, column] = getattr(fitted, item.name)
    return answer


def _nothing(shape: tuple[int, int]) -> Baselines:
    return Baselines(*(np.full(shape, np.nan) for _ in fields(Baselines)))


def _estimate_one(
    counts: FloatArray,
    exposure: FloatArray | None,
    period: int,
    window: ReferenceWindow,
    rule: BaselineRule,
) -> Baselines:
    by_group = np.argsort(window.groups, kind="stable")
    columns = window.columns[by_group]
    design = make_design(window.times[by_group], window.groups[by_group])
    baseline = counts[:, columns]
    weights = (~np.isnan(baseline)).astype(np.float64)
    baseline = np.nan_to_num(baseline, nan=0.0)
    shares = np.ones_like(baseline) if exposure is None else exposure[:, columns]
    now = np.ones(len(counts)) if exposure is None else exposure[:, period]
    plain = _fit_twice(design, baseline, weights, shares, rule, has_trend=False)
    answer = _as_baselines(plain, now, rule, has_trend=False)
    if not rule.has_trend:
        return answer
    sloped = _fit_twice(design, baseline, weights, shares, rule, has_trend=True)
    trended = _as_baselines(sloped, now, rule, has_trend=True)
    is_used = _is_trend_used(sloped, trended, baseline.max(axis=1), rule)
    return Baselines(
        *(
            np.where(is_used, getattr(trended, item.name), getattr(answer, item.name))
            for item in fields(Baselines)
        )
    )


def _fit_twice(
    design: Design,
    counts: FloatArray,
    weights: FloatArray,
    exposure: FloatArray,
    rule: BaselineRule,
    *,
    has_trend: bool,
) -> GroupedFit:
    """Fit, give unusually high counts less weight, fit again (Farrington 1996, section 3.6)."""
    fit = fit_converged if rule.fitting is Fitting.CONVERGED else fit_stepwise
    first = fit(design, counts, weights, exposure, has_trend)
    if rule.weights_threshold is None:
        return first
    lighter = _reweighted(first, counts, weights, rule.weights_threshold)
    return fit(design, counts, lighter, exposure, has_trend)


def _reweighted(
    fit: GroupedFit, counts: FloatArray, weights: FloatArray, threshold: float
) -> FloatArray:
    """Weights from standardised Anscombe residuals, summing to the number of counts."""
    floored = np.maximum(fit.dispersion, 1.0)[:, None]
    with np.errstate(all="ignore"):
        residual = 1.5 * (counts ** (2 / 3) * fit.mean ** (-1 / 6) - np.sqrt(fit.mean))
        residual /= np.sqrt(floored * (1 - fit.leverage))
        is_high = (residual > threshold) & (weights > 0)
        lighter = np.where(is_high, residual**-2.0, weights)
        lighter *= (weights > 0).sum(axis=1, keepdims=True) / lighter.sum(axis=1, keepdims=True)
    return np.nan_to_num(lighter, nan=0.0)


def _as_baselines(
    fit: GroupedFit, exposure_now: FloatArray, rule: BaselineRule, *, has_trend: bool
) -> Baselines:
    if rule.standard_errors is StandardErrors.RELATIVE:
        scale = fit.relative_dispersion
    elif rule.standard_errors is StandardErrors.PEARSON:
        scale = fit.dispersion
    else:
        scale = np.maximum(fit.dispersion, 1.0)
    is_known = np.isfinite(fit.log_mean) & np.isfinite(fit.dispersion)
    return Baselines(
        np.where(is_known, fit.log_mean + np.log(exposure_now), np.nan),
        np.where(is_known, np.sqrt(scale * fit.log_mean_variance), np.nan),
        np.where(is_known, np.maximum(fit.dispersion, 1.0), np.nan),
        np.where(is_known, fit.slope if has_trend else np.nan, np.nan),
    )


def _is_trend_used(
    fit: GroupedFit, trended: Baselines, largest: FloatArray, rule: BaselineRule
) -> BoolArray:
    """Significant, and not expecting more than the baseline has ever seen."""
    is_relative = rule.standard_errors is StandardErrors.RELATIVE
    scale = fit.relative_dispersion if is_relative else fit.dispersion
    with np.errstate(all="ignore"):
        statistic = np.abs(fit.slope) / np.sqrt(scale * fit.slope_variance)
        p_value = 2 * special.stdtr(fit.degrees_of_freedom, -statistic)
        is_significant = (p_value < rule.trend_p_threshold) | (rule.trend_p_threshold >= 1)
        used: BoolArray = is_significant & (np.exp(trended.log_mean) <= largest)
    return used
