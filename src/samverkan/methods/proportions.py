"""Shares out of samples: how sure they are, with weights, small bases and finite populations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import special

from samverkan.methods.errors import MethodError

FEWEST_OF_A_KIND = 5.0


class ShareMethod(StrEnum):
    WILSON = "wilson"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Share:
    """A share between 0 and 1 with the interval that the sample carries."""

    share: float
    lower: float
    upper: float
    effective_base: float
    """As many answers of a simple random sample would say as much; infinite for a whole count."""
    method: ShareMethod

    @property
    def margin(self) -> float:
        """The farther of the two ends."""
        return max(self.share - self.lower, self.upper - self.share)


def design_effect(weights: npt.ArrayLike) -> float:
    """How many times more answers are needed because they count unequally?

    n times the sum of squares over the square of the sum (Kish 1965). 1 for equal weights. Not
    for: clusters, such as whole classes that answer together.
    """
    given = np.asarray(weights, dtype=np.float64)
    if given.ndim != 1 or given.size == 0:
        raise MethodError("weights must be a list of at least one number")
    if not np.all(np.isfinite(given)) or np.any(given < 0) or given.sum() <= 0:
        raise MethodError("weights must be finite, not negative and not all zero")
    return float(given.size * np.square(given).sum() / given.sum() ** 2)


def share_interval(
    share: float,
    base: int,
    *,
    effect: float = 1.0,
    population: int | None = None,
    confidence: float = 0.95,
    method: ShareMethod | None = None,
) -> Share:
    """Between which shares does the truth lie, when so many of the sample said so?

    `share` 0 to 1 of `base` answers; `effect` is the design effect of the weights; `population`
    how many could have been asked. The base is divided by the design effect and, when a good part
    of the population has answered, enlarged by the finite population correction. Wilson's score
    interval; where fewer than five effective answers are of one kind, Clopper and Pearson's exact
    one, with a base that need not be whole (Korn and Graubard 1998).
    Not for: people who chose themselves to answer; no interval holds for them.
    Errors: `MethodError` for a share outside 0 to 1, an empty base, an effect under 0.1, a
    population smaller than the base.
    Sources: Wilson (1927), JASA 22:209-212; Clopper and Pearson (1934), Biometrika 26:404-413;
    Korn and Graubard (1998), Survey Methodology 24:193-201; Kish (1965), Survey Sampling.
    """
    _check(share, base, effect, population, confidence)
    effective = base / effect
    if population is not None:
        if population == base:
            return Share(share, share, share, float("inf"), method or ShareMethod.WILSON)
        effective *= (population - 1) / (population - base)
    rarest = min(share, 1 - share) * effective
    chosen = method or (ShareMethod.EXACT if rarest < FEWEST_OF_A_KIND else ShareMethod.WILSON)
    ends = _exact if chosen is ShareMethod.EXACT else _wilson
    lower, upper = ends(share, effective, confidence)
    return Share(share, min(lower, share), max(upper, share), effective, chosen)


def _check(
    share: float, base: int, effect: float, population: int | None, confidence: float
) -> None:
    if not 0 <= share <= 1:
        raise MethodError("share must lie between 0 and 1")
    if base < 1:
        raise MethodError("base must be at least 1")
    if not 0.1 <= effect < np.inf:
        raise MethodError("effect must be at least 0.1")
    if population is not None and population < base:
        raise MethodError("population cannot be smaller than base")
    if not 0 < confidence < 1:
        raise MethodError("confidence must lie between 0 and 1")


def _wilson(share: float, base: float, confidence: float) -> tuple[float, float]:
    z = float(special.ndtri(0.5 + confidence / 2))
    shrunk = 1 + z * z / base
    middle = (share + z * z / (2 * base)) / shrunk
    half = z / shrunk * np.sqrt(share * (1 - share) / base + z * z / (4 * base * base))
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def _exact(share: float, base: float, confidence: float) -> tuple[float, float]:
    tail, hits = (1 - confidence) / 2, share * base
    lower = 0.0 if hits <= 0 else float(special.betaincinv(hits, base - hits + 1, tail))
    upper = 1.0 if hits >= base else float(special.betaincinv(hits + 1, base - hits, 1 - tail))
    return lower, upper
