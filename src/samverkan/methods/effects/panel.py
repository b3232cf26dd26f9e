"""Difference-in-differences on a panel of areas, and the same question asked of each time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import special

from samverkan.methods.effects.counts import as_intervention
from samverkan.methods.effects.regression import (
    NO_FINITE_ESTIMATE,
    CountRegression,
    Family,
    fit_counts,
)
from samverkan.methods.effects.verdicts import Verdict, as_relevant_ratio, judge
from samverkan.methods.errors import MethodError
from samverkan.methods.series import as_counts, as_fraction

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]


class Covariance(StrEnum):
    """Which variation the standard error allows for."""

    MODEL = "model"
    CLUSTERED = "clustered"
    """Periods of an area may go together in any way; needs some ten areas."""
    CLUSTERED_UNADJUSTED = "clustered_unadjusted"
    ROBUST = "robust"


@dataclass(frozen=True)
class PanelEffect:
    """The treated areas' change against the others', as a ratio with its interval."""

    ratio: float
    log_ratio: float
    standard_error: float
    interval: tuple[float, float]
    p_value: float
    pearson: float
    dispersion: float
    power: float
    detectable_decrease: float
    verdict: Verdict
    family: Family
    covariance: Covariance


@dataclass(frozen=True)
class EventStudy:
    """One log ratio for each stretch of time, relative to the stretch just before the start.

    Stretches before it should lie around 0; if not, the areas were on different courses already.
    """

    stretches: IntArray
    log_ratios: FloatArray
    standard_errors: FloatArray
    clustered_standard_errors: FloatArray


def difference_in_differences(
    counts: npt.ArrayLike,
    treated: npt.ArrayLike,
    *,
    intervention_at: int,
    family: str = "poisson",
    covariance: str = "clustered",
    dispersion: float | None = None,
    alpha: float = 0.05,
    relevant_ratio: float = 0.5,
) -> PanelEffect:
    """Did the treated areas change more than the others, area by area and period by period?

    `counts`: (n_areas, n_periods). `treated`: one truth value an area. `intervention_at`: the
    number of the first period after. Every area and every period has a level of its own, so
    lasting differences between areas and what happens to all at once (season, trend) cancel.

    Guarantees: with "poisson" the ratio of a complete panel equals (T1/T0)/(C1/C0) of the
    totals. Areas and periods without any event carry nothing and are left out.
    Not when areas start at different times, nor with fewer than about ten areas and a
    "clustered" error (its interval is then too narrow: use `placebo_in_space`).
    Errors: `MethodError` for missing counts, no treated or no other areas, or a group without
    any event before or after (use `compare_before_after` with "exact").
    Source: Wooldridge (2023), The Econometrics Journal 26; Liang and Zeger (1986).
    """
    table, is_treated = _as_panel(counts, treated)
    start = as_intervention(intervention_at, table.shape[1])
    as_fraction(alpha, name="alpha")
    as_relevant_ratio(relevant_ratio)
    kind = Covariance(covariance)
    after = np.arange(table.shape[1]) >= start
    if any(table[np.ix_(group, after == phase)].sum() == 0
           for group in (is_treated, ~is_treated) for phase in (False, True)):  # fmt: skip
        raise MethodError(NO_FINITE_ESTIMATE)
    effect = np.outer(is_treated, after).astype(np.float64)
    fit, areas = _two_way_fit(table, [effect], Family(family), dispersion)
    estimate = float(fit.coefficients[-1])
    error = _standard_error(fit, areas, kind)
    z_score = estimate / error
    reach = float(special.ndtri(1 - alpha / 2))
    power = float(special.ndtr(abs(np.log(relevant_ratio)) / error - reach))
    p_value = 2 * float(special.ndtr(-abs(z_score)))
    ratio = float(np.exp(estimate))
    return PanelEffect(
        ratio=ratio,
        log_ratio=estimate,
        standard_error=error,
        interval=(
            float(np.exp(estimate - reach * error)),
            float(np.exp(estimate + reach * error)),
        ),
        p_value=p_value,
        pearson=fit.pearson,
        dispersion=fit.dispersion,
        power=power,
        detectable_decrease=float(np.exp(-(reach + float(special.ndtri(0.8))) * error)),
        verdict=judge(
            ratio=ratio, p_value=p_value, alpha=alpha, power=power, is_strong_design=True
        ),
        family=Family(family),
        covariance=kind,
    )


def event_study(
    counts: npt.ArrayLike,
    treated: npt.ArrayLike,
    *,
    intervention_at: int,
    stretch: int,
) -> EventStudy:
    """Were the areas on the same course before, and when did they part?

    `stretch`: periods in each step (6 months, say). The step just before the intervention is
    the reference. Arguments and errors otherwise as in `difference_in_differences`.
    """
    table, is_treated = _as_panel(counts, treated)
    start = as_intervention(intervention_at, table.shape[1])
    if stretch < 1:
        raise MethodError("stretch must be at least one period")
    number = (np.arange(table.shape[1]) - start) // stretch
    steps = np.array([step for step in np.unique(number) if step != -1])
    terms = [np.outer(is_treated, number == step).astype(np.float64) for step in steps]
    fit, areas = _two_way_fit(table, terms, Family.POISSON, None)
    clustered = fit.clustered(areas, adjusted=True)
    last = slice(-len(steps), None)
    return EventStudy(
        stretches=steps,
        log_ratios=fit.coefficients[last],
        standard_errors=fit.standard_errors[last],
        clustered_standard_errors=np.sqrt(np.diag(clustered))[last],
    )


def _as_panel(counts: npt.ArrayLike, treated: npt.ArrayLike) -> tuple[FloatArray, BoolArray]:
    table = as_counts(counts)
    if np.isnan(table).any():
        raise MethodError("counts has missing periods: leave them out of all areas")
    is_treated = np.asarray(treated, dtype=bool)
    if is_treated.shape != (len(table),):
        raise MethodError("treated must be one truth value an area")
    if is_treated.all() or not is_treated.any():
        raise MethodError("there must be treated areas and others")
    return table, is_treated


def _two_way_fit(
    table: FloatArray, terms: list[FloatArray], family: Family, dispersion: float | None
) -> tuple[CountRegression, IntArray]:
    """Own levels for areas and periods, and the terms last; the area of each row besides."""
    if any(table[term > 0].sum() == 0 for term in terms):
        raise MethodError(NO_FINITE_ESTIMATE)
    has_area, has_period = table.sum(axis=1) > 0, table.sum(axis=0) > 0
    kept = table[np.ix_(has_area, has_period)]
    n_areas, n_periods = kept.shape
    if not (n_areas > 1 and n_periods > 1):
        raise MethodError("there are too few areas or periods with events")
    area = np.repeat(np.arange(n_areas), n_periods)
    period = np.tile(np.arange(n_periods), n_areas)
    columns = [
        (area[:, None] == np.arange(n_areas)).astype(np.float64),
        (period[:, None] == np.arange(1, n_periods)).astype(np.float64),
        *(term[np.ix_(has_area, has_period)].reshape(-1, 1) for term in terms),
    ]
    without_effect = np.outer(kept.sum(axis=1), kept.sum(axis=0)) / kept.sum()
    fit = fit_counts(
        np.hstack(columns),
        kept.ravel(),
        family=family,
        dispersion=dispersion,
        start=without_effect.ravel(),
    )
    return fit, area


def _standard_error(fit: CountRegression, areas: IntArray, kind: Covariance) -> float:
    if kind is Covariance.MODEL:
        covariance = fit.covariance
    elif kind is Covariance.ROBUST:
        covariance = fit.robust()
    else:
        covariance = fit.clustered(areas, adjusted=kind is Covariance.CLUSTERED)
    return float(np.sqrt(covariance[-1, -1]))
