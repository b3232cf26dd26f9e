"""Poisson regression of many series on one shared design, all in one iteration.

Iteratively reweighted least squares with a stacked solve (Nelder and Wedderburn 1972). Missing
counts have no weight.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from samverkan.methods.rates.results import FloatArray

MOST_STEPS = 60
BLOCK = 1 << 16
DEVIANCE_TOLERANCE = 1e-12
LOWEST_LOG_MEAN = -30.0
"""A season without any event has no finite estimate; its mean stops here, at 1e-13."""


@dataclass(frozen=True, slots=True)
class PoissonFits:
    """One row a series."""

    coefficients: FloatArray
    """(n_series, n_columns)."""
    standard_errors: FloatArray
    """(n_series, n_columns), for a dispersion of 1."""
    fitted: FloatArray
    """(n_series, n_periods) expected counts, also where the count is missing."""
    deviance: FloatArray
    chi_square: FloatArray
    """Pearson's, over the known periods."""
    degrees_of_freedom: FloatArray
    has_converged: NDArray[np.bool_]


def fit_poisson(counts: FloatArray, design: FloatArray, log_exposure: FloatArray) -> PoissonFits:
    """Maximum likelihood of counts ~ Poisson(exp(design @ coefficients + log_exposure)).

    ``counts`` and ``log_exposure`` are (n_series, n_periods), ``design`` (n_periods, n_columns).
    """
    is_known = ~np.isnan(counts)
    known = np.where(is_known, counts, 0.0)
    linear = np.log(np.where(is_known, known + 0.1, 1.0)) * is_known + log_exposure * ~is_known
    deviance = np.full(len(known), np.inf)
    has_converged = np.zeros(len(known), dtype=bool)
    coefficients = np.zeros((len(known), design.shape[1]))
    for _ in range(MOST_STEPS):
        mean = np.exp(linear)
        weight = mean * is_known
        response = np.where(is_known, linear - log_exposure + (known - mean) / mean, 0.0)
        information = _information(design, weight)
        coefficients = _solved(information, (weight * response) @ design)
        linear = np.maximum(coefficients @ design.T, LOWEST_LOG_MEAN) + log_exposure
        before, deviance = deviance, _deviance(known, linear, is_known)
        has_converged = np.abs(before - deviance) <= DEVIANCE_TOLERANCE * (deviance + 0.1)
        if has_converged.all():
            break
    fitted = np.exp(linear)
    covariance = np.linalg.pinv(_information(design, fitted * is_known), hermitian=True)
    variances = np.maximum(np.diagonal(covariance, axis1=1, axis2=2), 0.0)
    chi_square = np.where(is_known, (known - fitted) ** 2 / fitted, 0.0).sum(axis=1)
    degrees = is_known.sum(axis=1) - float(np.linalg.matrix_rank(design))
    return PoissonFits(
        coefficients,
        np.sqrt(variances),
        fitted,
        deviance,
        chi_square,
        degrees,
        has_converged & is_known.any(axis=1),
    )


def fit_weighted(
    counts: FloatArray,
    design: FloatArray,
    log_exposure: FloatArray,
    fitted: FloatArray,
    size: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """Coefficients and means of a negative-binomial fit with a known size for each series.

    Starts from ``fitted``; the weights are mean / (1 + mean / size).
    """
    is_known = ~np.isnan(counts)
    known = np.where(is_known, counts, 0.0)
    linear = np.log(fitted)
    coefficients = np.zeros((len(known), design.shape[1]))
    for _ in range(MOST_STEPS):
        mean = np.exp(linear)
        weight = mean / (1.0 + mean / size[:, None]) * is_known
        response = np.where(is_known, linear - log_exposure + (known - mean) / mean, 0.0)
        before = coefficients
        coefficients = _solved(_information(design, weight), (weight * response) @ design)
        linear = np.maximum(coefficients @ design.T, LOWEST_LOG_MEAN) + log_exposure
        if np.all(np.abs(coefficients - before) <= 1e-11 * (1.0 + np.abs(before))):
            break
    return coefficients, np.exp(linear)


def _information(design: FloatArray, weight: FloatArray) -> FloatArray:
    """Weighted cross-products of the design for each series, in blocks of periods."""
    n_columns = design.shape[1]
    total = np.zeros((len(weight), n_columns**2))
    for start in range(0, len(design), BLOCK):
        block = design[start : start + BLOCK]
        products = (block[:, :, None] * block[:, None, :]).reshape(len(block), n_columns**2)
        total += weight[:, start : start + BLOCK] @ products
    return total.reshape(len(weight), n_columns, n_columns)


def _solved(information: FloatArray, score: FloatArray) -> FloatArray:
    """Newton's step; a ridge far below rounding keeps empty seasons solvable."""
    n_columns = information.shape[1]
    scale = np.trace(information, axis1=1, axis2=2)[:, None, None] / n_columns
    ridge = (1e-14 * scale + 1e-300) * np.eye(n_columns)
    return np.linalg.solve(information + ridge, score[:, :, None])[:, :, 0]


def _deviance(known: FloatArray, linear: FloatArray, is_known: NDArray[np.bool_]) -> FloatArray:
    mean = np.exp(linear)
    parts = special.xlogy(known, known) - known * linear - (known - mean)
    return np.asarray(2.0 * np.where(is_known, parts, 0.0).sum(axis=1))
