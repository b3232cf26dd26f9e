"""The two one-parameter families behind every exact statement about counts.

A family says how likely outcomes are under a parameter: the mean of a Poisson count, or the
share of a total that falls in the first of two periods. Both are exponential families, which is
all that the ordered (minlike and Blaker) methods need.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy import special

from samverkan.methods.rates import poisson_limits
from samverkan.methods.rates.results import FloatArray

SMALLEST = 1e-300


class Family(Protocol):
    """Outcomes 0, 1, ... up to ``largest`` (infinite for Poisson) under one parameter."""

    @property
    def largest(self) -> FloatArray:
        """The largest possible outcome."""

    def at_least(self, outcome: FloatArray, parameter: FloatArray) -> FloatArray:
        """P(X >= outcome)."""

    def at_most(self, outcome: FloatArray, parameter: FloatArray) -> FloatArray:
        """P(X <= outcome)."""

    def log_weight(self, outcome: FloatArray) -> FloatArray:
        """The part of the log probability that does not depend on the parameter."""

    def natural(self, parameter: FloatArray) -> FloatArray:
        """The natural parameter: the log probability is weight + outcome * natural + constant."""

    def from_natural(self, natural: FloatArray) -> FloatArray:
        """The inverse of ``natural``."""

    def where_at_least(self, outcome: FloatArray, tail: float) -> FloatArray:
        """The parameter under which P(X >= outcome) equals tail (0 for outcome 0)."""

    def where_at_most(self, outcome: FloatArray, tail: float) -> FloatArray:
        """The parameter under which P(X <= outcome) equals tail (the largest at the end)."""

    def mean(self, parameter: FloatArray) -> FloatArray:
        """The mean outcome."""

    def take(self, index: int) -> Family:
        """The family of one element."""


@dataclass(frozen=True)
class Poisson:
    """A Poisson count; the parameter is its mean."""

    largest: FloatArray

    def at_least(self, outcome: FloatArray, parameter: FloatArray) -> FloatArray:
        return poisson_limits.at_least(outcome, parameter)

    def at_most(self, outcome: FloatArray, parameter: FloatArray) -> FloatArray:
        return poisson_limits.at_most(outcome, parameter)

    def log_weight(self, outcome: FloatArray) -> FloatArray:
        return -np.asarray(special.gammaln(outcome + 1.0))

    def natural(self, parameter: FloatArray) -> FloatArray:
        return np.log(np.maximum(parameter, SMALLEST))

    def from_natural(self, natural: FloatArray) -> FloatArray:
        return np.exp(natural)

    def where_at_least(self, outcome: FloatArray, tail: float) -> FloatArray:
        return poisson_limits.central_limits(outcome, 2 * tail).lower

    def where_at_most(self, outcome: FloatArray, tail: float) -> FloatArray:
        return np.asarray(special.gammainccinv(outcome + 1.0, tail))

    def mean(self, parameter: FloatArray) -> FloatArray:
        return parameter

    def take(self, index: int) -> Poisson:
        return self


@dataclass(frozen=True)
class Binomial:
    """How many of ``trials`` fall in the first group; the parameter is the chance of one."""

    trials: FloatArray

    @property
    def largest(self) -> FloatArray:
        return self.trials

    def at_least(self, outcome: FloatArray, parameter: FloatArray) -> FloatArray:
        rest = np.maximum(self.trials - outcome + 1.0, SMALLEST)
        tail = special.betainc(np.maximum(outcome, SMALLEST), rest, parameter)
        return np.asarray(np.where(outcome <= 0, 1.0, np.where(outcome > self.trials, 0.0, tail)))

    def at_most(self, outcome: FloatArray, parameter: FloatArray) -> FloatArray:
        rest = np.maximum(self.trials - outcome, SMALLEST)
        tail = special.betaincc(np.maximum(outcome + 1.0, SMALLEST), rest, parameter)
        return np.asarray(np.where(outcome < 0, 0.0, np.where(outcome >= self.trials, 1.0, tail)))

    def log_weight(self, outcome: FloatArray) -> FloatArray:
        trials = self.trials
        return np.asarray(
            special.gammaln(trials + 1.0)
            - special.gammaln(outcome + 1.0)
            - special.gammaln(trials - outcome + 1.0)
        )

    def natural(self, parameter: FloatArray) -> FloatArray:
        return np.asarray(special.logit(np.clip(parameter, SMALLEST, 1.0 - 1e-16)))

    def from_natural(self, natural: FloatArray) -> FloatArray:
        return np.asarray(special.expit(natural))

    def where_at_least(self, outcome: FloatArray, tail: float) -> FloatArray:
        rest = np.maximum(self.trials - outcome + 1.0, SMALLEST)
        limit = special.betaincinv(np.maximum(outcome, SMALLEST), rest, tail)
        return np.asarray(np.where(outcome > 0, limit, 0.0))

    def where_at_most(self, outcome: FloatArray, tail: float) -> FloatArray:
        rest = np.maximum(self.trials - outcome, SMALLEST)
        limit = special.betainccinv(outcome + 1.0, rest, tail)
        return np.asarray(np.where(outcome < self.trials, limit, 1.0))

    def mean(self, parameter: FloatArray) -> FloatArray:
        return self.trials * parameter

    def take(self, index: int) -> Binomial:
        return Binomial(self.trials[index : index + 1])
