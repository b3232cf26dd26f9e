"""How long a CUSUM runs before it raises an alarm, exactly, and limits that run long enough."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from scipy import special

from samverkan.methods.errors import MethodError
from samverkan.methods.series import FloatArray
from samverkan.methods.surveillance.quantiles import count_tail

# The sum lives on a lattice; more states than this would take minutes.
MOST_STATES = 1500
FINEST_STEP = 100
QUADRATURE_POINTS = 64


@dataclass(frozen=True)
class CusumLimits:
    """Settings of a CUSUM and what they promise, in periods until an alarm."""

    reference_value: float
    decision_limit: float
    in_control_run_length: float
    out_of_control_run_length: float


def poisson_cusum_run_length(
    mean: float,
    *,
    reference_value: float,
    decision_limit: float,
    dispersion: float = 1.0,
) -> float:
    """The average number of periods until max(0, S + count - reference_value) reaches the limit.

    Question answered: how often does this CUSUM of plain counts cry wolf, and how fast does it
    see a shift? Exact (a Markov chain on the lattice of the sum, solved without subtraction), so
    that run lengths of 10**13 keep their digits. mean: of the counts. dispersion: variance over
    mean, above 1 for negative-binomial counts. reference_value: rounded to a hundredth (more
    coarsely where the limit is high); decision_limit: at least one lattice step.
    Errors: `MethodError` when the lattice is too fine. Source: Brook and Evans (1972),
    Biometrika 59; Lucas (1985), Technometrics 27; Grassmann, Taksar and Heyman (1985).
    """
    if not (mean > 0 and np.isfinite(mean)):
        raise MethodError("mean must be positive")
    if not dispersion >= 1:
        raise MethodError("dispersion must be at least 1")
    if not (reference_value > 0 and decision_limit > 0):
        raise MethodError("reference_value and decision_limit must be positive")
    step = Fraction(reference_value).limit_denominator(FINEST_STEP)
    unit = step.denominator
    n_states = int(np.ceil(decision_limit * unit - 1e-9))
    if n_states > MOST_STATES:
        raise MethodError("the limit has too many lattice steps; use a coarser reference_value")
    moves, escapes = _transitions(n_states, unit, step.numerator, mean, dispersion)
    return float(_time_to_absorption(moves, escapes))


def poisson_cusum_limits(
    in_control_mean: float,
    *,
    shifted_mean: float,
    in_control_run_length: float,
    dispersion: float = 1.0,
) -> CusumLimits:
    """The lowest limit whose exact run length without a shift is at least the one asked for.

    Question answered: which CUSUM finds a shift to shifted_mean fastest while a false alarm comes
    on average at most once in in_control_run_length periods? The reference value is the one of
    the likelihood ratio, (m1 - m0) / log(m1 / m0), rounded to the lattice. Counts come in whole
    numbers, so the run length reached may be longer than asked for; both are returned.
    Errors: `MethodError` unless 0 < in_control_mean < shifted_mean and the run length > 1.
    Source: Lucas (1985), Technometrics 27; Hawkins and Olwell (1998), chapter 5.
    """
    if not 0 < in_control_mean < shifted_mean < np.inf:
        raise MethodError("shifted_mean must be above in_control_mean, and both positive")
    if not 1 < in_control_run_length < 1e12:
        raise MethodError("in_control_run_length must lie between 1 and 1e12 periods")
    best = (shifted_mean - in_control_mean) / np.log(shifted_mean / in_control_mean)
    step = _lattice(float(best), in_control_mean)
    value = float(step)

    def run_length(limit_steps: int, mean: float) -> float:
        return poisson_cusum_run_length(
            mean,
            reference_value=value,
            decision_limit=limit_steps / step.denominator,
            dispersion=dispersion,
        )

    low, high = 0, 1
    while run_length(high, in_control_mean) < in_control_run_length:
        low, high = high, high * 2
        if high > MOST_STATES:
            raise MethodError("no limit within the lattice runs that long")
    while high - low > 1:
        middle = (low + high) // 2
        if run_length(middle, in_control_mean) < in_control_run_length:
            low = middle
        else:
            high = middle
    return CusumLimits(
        reference_value=value,
        decision_limit=high / step.denominator,
        in_control_run_length=run_length(high, in_control_mean),
        out_of_control_run_length=run_length(high, shifted_mean),
    )


def normal_cusum_limits(
    *, in_control_run_length: float, out_of_control_run_length: float
) -> CusumLimits:
    """Reference value and limit for standardised counts, as if they were normal.

    Question answered: which k and h run in_control_run_length periods without a shift, and
    out_of_control_run_length with a shift of 2 k? An approximation for counts: below a mean of
    about ten use `poisson_cusum_limits`. Errors: `MethodError` when the run lengths do not allow.
    Source: Vance (1986), Journal of Quality Technology 18; Hawkins and Olwell (1998).
    """
    from scipy import optimize  # slow to import, and no other method here needs it

    if not 1 < out_of_control_run_length < in_control_run_length <= 1e6:
        raise MethodError("run lengths must satisfy 1 < out of control < in control <= 1e6")

    def limit(value: float) -> float:
        return _normal_limit(value, in_control_run_length)

    def miss(value: float) -> float:
        return _normal_run_length(2 * value, value, limit(value)) - out_of_control_run_length

    # At the highest value a limit of nearly zero runs long enough without a shift.
    lowest, highest = 0.05, 0.999 * float(-special.ndtri(1 / in_control_run_length))
    if highest <= lowest or miss(lowest) < 0 or miss(highest) > 0:
        raise MethodError("no reference value gives these run lengths")
    value = float(optimize.brentq(miss, lowest, highest, xtol=1e-10))
    reached = limit(value)
    return CusumLimits(
        value,
        reached,
        _normal_run_length(0.0, value, reached),
        _normal_run_length(2 * value, value, reached),
    )


def _normal_limit(value: float, run_length: float) -> float:
    from scipy import optimize

    high = 1.0
    while _normal_run_length(0.0, value, high) < run_length:
        high *= 1.5

    def miss(limit: float) -> float:
        return float(np.log(_normal_run_length(0.0, value, limit) / run_length))

    return float(optimize.brentq(miss, 1e-9, high, xtol=1e-13))


def _lattice(value: float, mean: float) -> Fraction:
    """A fine lattice for small means, where whole steps would leave no choice of limit."""
    finest = 10 if mean < 5 else 4 if mean < 20 else 1
    step = Fraction(value).limit_denominator(finest)
    return step if step > 0 else Fraction(1, finest)


def _transitions(
    n_states: int, unit: int, reference: int, mean: float, dispersion: float
) -> tuple[FloatArray, FloatArray]:
    """From each sum (in lattice steps) to each, and the probability of reaching the limit.

    From state i a count c leads to max(0, i + unit * c - reference).
    """
    states = np.arange(n_states)
    moves = np.zeros((n_states, n_states))
    largest = (n_states + reference) // unit + 1
    counts = np.arange(largest + 1, dtype=np.float64)
    probability = _probabilities(counts, mean, dispersion)
    for count, chance in enumerate(probability):
        reached = np.maximum(states + unit * count - reference, 0)
        inside = reached < n_states
        np.add.at(moves, (states[inside], reached[inside]), chance)
    # The smallest count that reaches the limit from each state.
    needed = np.ceil((n_states + reference - states) / unit)
    escapes = count_tail(needed, np.array(mean), np.array(dispersion))
    return moves, escapes


def _probabilities(counts: FloatArray, mean: float, dispersion: float) -> FloatArray:
    if dispersion <= 1:
        log = special.xlogy(counts, mean) - mean - special.gammaln(counts + 1)
    else:
        size = mean / (dispersion - 1)
        log = special.gammaln(counts + size) - special.gammaln(size) - special.gammaln(counts + 1)
        log += -size * np.log(dispersion) + counts * np.log1p(-1 / dispersion)
    probabilities: FloatArray = np.exp(log)
    return probabilities


def _time_to_absorption(moves: FloatArray, escapes: FloatArray) -> float:
    """Expected steps from state 0, by elimination without subtraction.

    State after state is removed from the last: its visits are handed to the others. Everything
    added is positive, so no digits are lost however rare the absorption is.
    """
    moves, escapes = moves.copy(), escapes.copy()
    time = np.ones(len(escapes))
    for last in range(len(escapes) - 1, 0, -1):
        leaving = moves[last, :last].sum() + escapes[last]
        share = moves[:last, last] / leaving
        moves[:last, :last] += np.outer(share, moves[last, :last])
        escapes[:last] += share * escapes[last]
        time[:last] += share * time[last]
    return float(time[0] / escapes[0])


def _normal_run_length(shift: float, value: float, limit: float) -> float:
    """Page's integral equation with an atom at zero, by Gauss-Legendre quadrature."""
    nodes, weights = np.polynomial.legendre.leggauss(QUADRATURE_POINTS)
    nodes, weights = (nodes + 1) * limit / 2, weights * limit / 2
    points = np.concatenate([[0.0], nodes])
    apart = nodes[None, :] - points[:, None] + value - shift
    kernel = np.exp(-(apart**2) / 2) / np.sqrt(2 * np.pi) * weights
    atom = special.ndtr(value - shift - points)
    matrix = np.eye(len(points)) - np.column_stack([atom, kernel])
    return float(np.linalg.solve(matrix, np.ones(len(points)))[0])
