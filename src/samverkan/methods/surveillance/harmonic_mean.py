"""An expected count with one yearly wave, by Poisson regression on the periods before."""

from __future__ import annotations

import numpy as np
from scipy import special

from samverkan.methods.errors import MethodError
from samverkan.methods.series import FloatArray, IntArray
from samverkan.methods.surveillance.baseline import Fitting

MOST_STEPS = {Fitting.AS_R: 25, Fitting.CONVERGED: 60}
TOLERANCE = {Fitting.AS_R: 1e-8, Fitting.CONVERGED: 1e-14}
FIRST_ADDED = 0.1


def harmonic_mean(
    counts: FloatArray, n_training: int, periods: IntArray, frequency: int, fitting: Fitting
) -> FloatArray:
    """Expected counts at `periods` from the first n_training; (n_series, n_evaluated).

    log mean = level + sine + cosine of the season. NaN for a series without a case, or with
    fewer than four observations, before the judged periods.
    """
    if frequency < 2 or n_training < 4:
        raise MethodError("a seasonal mean needs frequency >= 2 and four periods before")
    design = _waves(np.arange(n_training), frequency)
    ahead = _waves(periods, frequency)
    expected = np.full((len(counts), len(periods)), np.nan)
    for series, row in enumerate(counts[:, :n_training]):
        is_known = ~np.isnan(row)
        if is_known.sum() >= 4 and row[is_known].sum() > 0:
            fitted = _poisson_regression(design[is_known], row[is_known], fitting)
            expected[series] = np.exp(ahead @ fitted)
    return expected


def _waves(periods: IntArray, frequency: int) -> FloatArray:
    angle = 2 * np.pi * (periods + 1) / frequency
    return np.column_stack([np.ones(len(periods)), np.sin(angle), np.cos(angle)])


def _poisson_regression(design: FloatArray, counts: FloatArray, fitting: Fitting) -> FloatArray:
    mean = counts + FIRST_ADDED
    effects: FloatArray = np.zeros(design.shape[1])
    deviance = np.inf
    for _ in range(MOST_STEPS[fitting]):
        target = np.log(mean) + (counts - mean) / mean
        weighted = design * np.sqrt(mean)[:, None]
        effects[:] = np.linalg.lstsq(weighted, target * np.sqrt(mean), rcond=None)[0]
        mean = np.exp(np.clip(design @ effects, -36.0, 700.0))
        reached = float(2 * np.sum(special.xlogy(counts, counts / mean) - (counts - mean)))
        if abs(reached - deviance) / (abs(reached) + 0.1) < TOLERANCE[fitting]:
            break
        deviance = reached
    return effects
