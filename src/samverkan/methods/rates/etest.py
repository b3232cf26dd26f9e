"""The E-test of two Poisson rates: unconditional, with the common rate put at its estimate.

Source: Krishnamoorthy and Thomson (2004), Journal of Statistical Planning and Inference
119:23-35, with their statistic (Wald) or with the score statistic of Gu et al. (2008), which
behaves better when the exposures differ.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from samverkan.methods.rates.results import FloatArray

SPREADS = 10.0
FEWEST_ABOVE = 30.0
"""Outcomes from ten standard deviations below to ten and thirty above hold all but 1e-16."""
TIE = 1e-10
"""Statistics within this distance of the observed one count as at least as extreme."""


def e_test_p(
    first: FloatArray,
    first_exposure: FloatArray,
    second: FloatArray,
    second_exposure: FloatArray,
    *,
    wald: bool,
) -> FloatArray:
    """Two-sided p-value for equal rates, element by element of flat arrays."""
    cases = np.stack([first, first_exposure, second, second_exposure], axis=1)
    distinct, back = np.unique(cases, axis=0, return_inverse=True)
    p_values = np.array([_one_p(case, wald=wald) for case in distinct])
    return p_values[back.reshape(-1)]


def _one_p(case: FloatArray, *, wald: bool) -> float:
    first, first_exposure, second, second_exposure = case
    if np.isnan(case).any():
        return float("nan")
    rate = (first + second) / (first_exposure + second_exposure)
    if rate == 0:
        return 1.0
    ours, ours_mass = _outcomes(rate * first_exposure)
    theirs, theirs_mass = _outcomes(rate * second_exposure)
    size = _statistic(ours[:, None], theirs[None, :], first_exposure, second_exposure, wald=wald)
    observed = abs(
        _statistic(
            np.array([[first]]), np.array([[second]]), first_exposure, second_exposure, wald=wald
        )[0, 0]
    )
    is_extreme = np.abs(size) >= observed - TIE
    return float(min(1.0, ours_mass @ is_extreme @ theirs_mass))


def _outcomes(mean: float) -> tuple[FloatArray, FloatArray]:
    low = max(0.0, np.floor(mean - SPREADS * np.sqrt(mean)))
    high = np.ceil(mean + SPREADS * np.sqrt(mean) + FEWEST_ABOVE)
    values = np.arange(low, high + 1.0)
    mass = np.exp(special.xlogy(values, mean) - mean - special.gammaln(values + 1.0))
    return values, mass


def _statistic(
    first: FloatArray,
    second: FloatArray,
    first_exposure: float,
    second_exposure: float,
    *,
    wald: bool,
) -> FloatArray:
    difference = first / first_exposure - second / second_exposure
    if wald:
        variance = first / first_exposure**2 + second / second_exposure**2
    else:
        variance = (first + second) / (first_exposure * second_exposure)
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = difference / np.sqrt(variance)
    return np.asarray(np.where(variance > 0, statistic, 0.0))
