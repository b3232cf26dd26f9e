"""Log-linear regression of counts: Poisson, quasi-Poisson and negative binomial.

Small and plain on purpose: a dense design, iteratively reweighted least squares, and the
covariances that difference-in-differences needs.
Source: McCullagh and Nelder (1989), Generalized Linear Models; Liang and Zeger (1986).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import linalg

from samverkan.methods.effects.dispersion import dispersion_at_means
from samverkan.methods.errors import MethodError

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

MOST_ITERATIONS = 100
CONVERGED = 1e-12
LARGEST_STEP = 5.0
SMALLEST_EIGENVALUE = 1e-11
NO_FINITE_ESTIMATE = "a term has no finite estimate: one of its groups has no events"


class Family(StrEnum):
    """How counts vary around their means."""

    POISSON = "poisson"
    QUASI_POISSON = "quasi_poisson"
    """Variance is a factor times the mean; the factor is Pearson's and may be below 1."""
    NEGATIVE_BINOMIAL = "negative_binomial"


@dataclass(frozen=True)
class CountRegression:
    """Coefficients on the log scale, means, and the model's own covariance.

    `pearson` is Pearson's statistic over its degrees of freedom; `dispersion` the negative
    binomial's (0 for the others).
    """

    coefficients: FloatArray
    covariance: FloatArray
    means: FloatArray
    design: FloatArray
    counts: FloatArray
    pearson: float
    dispersion: float
    degrees_of_freedom: int

    @property
    def standard_errors(self) -> FloatArray:
        return np.asarray(np.sqrt(np.diag(self.covariance)))

    def clustered(self, clusters: IntArray, *, adjusted: bool = True) -> FloatArray:
        """The covariance that lets periods of one cluster (area) go together as they like.

        `adjusted` multiplies by clusters / (clusters - 1).
        """
        scores = self.design * self._score_residuals[:, None]
        labels, number = np.unique(clusters, return_inverse=True)
        sums = np.zeros((len(labels), scores.shape[1]))
        np.add.at(sums, number, scores)
        factor = len(labels) / (len(labels) - 1) if adjusted else 1.0
        bread = self._bread
        return np.asarray(factor * bread @ (sums.T @ sums) @ bread)

    def robust(self) -> FloatArray:
        """The covariance that lets each period vary as it likes (HC0)."""
        scores = self.design * self._score_residuals[:, None]
        return np.asarray(self._bread @ (scores.T @ scores) @ self._bread)

    @property
    def _score_residuals(self) -> FloatArray:
        return np.asarray((self.counts - self.means) / (1 + self.dispersion * self.means))

    @property
    def _bread(self) -> FloatArray:
        weights = self.means / (1 + self.dispersion * self.means)
        return np.asarray(linalg.inv(self.design.T @ (self.design * weights[:, None])))


def fit_counts(
    design: FloatArray,
    counts: FloatArray,
    *,
    offset: FloatArray | None = None,
    family: Family = Family.POISSON,
    dispersion: float | None = None,
    start: FloatArray | None = None,
) -> CountRegression:
    """Maximum likelihood of log mean = design @ coefficients + offset.

    `start` holds means near the answer, where the caller knows such.
    Errors: `MethodError` when columns of the design repeat each other, when there are not more
    counts than columns, or when a coefficient has no finite estimate.
    """
    if design.shape[0] <= design.shape[1]:
        raise MethodError("there are too few periods for this many terms")
    if not _has_full_rank(design):
        raise MethodError("the terms cannot be told apart in these periods")
    shift = np.zeros(len(counts)) if offset is None else offset
    spread = 0.0
    means = np.maximum(counts, 0.1) + 0.1 if start is None else start
    if family is Family.NEGATIVE_BINOMIAL:
        spread = dispersion or 0.0
        if dispersion is None:
            spread, means = _fitted_dispersion(design, counts, shift, means)
    coefficients, means = _reweighted(design, counts, shift, spread, means)
    freedom = design.shape[0] - design.shape[1]
    variance = means * (1 + spread * means)
    pearson = float(((counts - means) ** 2 / variance).sum() / freedom)
    weights = means / (1 + spread * means)
    covariance = linalg.inv(design.T @ (design * weights[:, None]))
    if family is Family.QUASI_POISSON:
        covariance = covariance * pearson
    return CountRegression(
        coefficients, covariance, means, design, counts, pearson, spread, freedom
    )


def _has_full_rank(design: FloatArray) -> bool:
    length = np.sqrt((design**2).sum(axis=0))
    if (length == 0).any():
        return False
    scaled = design / length
    return float(linalg.eigvalsh(scaled.T @ scaled)[0]) > SMALLEST_EIGENVALUE


def _solved(matrix: FloatArray, target: FloatArray) -> FloatArray:
    """The solution after scaling the matrix to a unit diagonal, where rounding is smallest."""
    scale = 1 / np.sqrt(np.diag(matrix))
    try:
        factor = linalg.cho_factor(matrix * np.outer(scale, scale))
    except linalg.LinAlgError as error:
        raise MethodError(NO_FINITE_ESTIMATE) from error
    return np.asarray(scale * linalg.cho_solve(factor, scale * target))


def _fitted_dispersion(
    design: FloatArray, counts: FloatArray, offset: FloatArray, start: FloatArray
) -> tuple[float, FloatArray]:
    """Dispersion and means in turn until neither moves."""
    spread, means = 0.0, start
    for _ in range(MOST_ITERATIONS):
        _, means = _reweighted(design, counts, offset, spread, means)
        following = dispersion_at_means(counts, means)
        if abs(following - spread) <= 1e-9 * max(following, 1e-6):
            return following, means
        spread = following
    return spread, means


def _reweighted(
    design: FloatArray,
    counts: FloatArray,
    offset: FloatArray,
    dispersion: float,
    start: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    means = start
    predictor = np.log(means)
    previous = np.inf
    for _ in range(MOST_ITERATIONS):
        weights = means / (1 + dispersion * means)
        working = predictor - offset + (counts - means) / means
        weighted = design * weights[:, None]
        coefficients = _solved(weighted.T @ design, weighted.T @ working)
        step = design @ coefficients + offset - predictor
        predictor = predictor + np.clip(step, -LARGEST_STEP, LARGEST_STEP)
        means = np.exp(predictor)
        moved = float(np.abs(weights * step).max())
        if moved <= CONVERGED * (1 + float(np.abs(weights).max())) or (
            moved < 1e-9 and moved >= previous
        ):
            if np.abs(coefficients).max() > 30 or not np.isfinite(coefficients).all():
                break
            return coefficients, means
        previous = moved
    raise MethodError(NO_FINITE_ESTIMATE)
