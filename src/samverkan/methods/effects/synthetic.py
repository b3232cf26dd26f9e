"""A comparison area put together from a pool, so that it went the target's way before."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import optimize, special

from samverkan.methods.effects.counts import as_intervention
from samverkan.methods.effects.verdicts import Verdict, as_relevant_ratio, judge
from samverkan.methods.errors import MethodError
from samverkan.methods.series import as_counts, as_fraction, as_population

FloatArray = npt.NDArray[np.float64]

FEWEST_AREAS = 3
SUM_WEIGHT = 1e5


@dataclass(frozen=True)
class SyntheticComparison:
    """`expected` is the target's series had nothing been done, by the weighted pool.

    `weights` are the pool areas' shares in it. `ratio` is observed / expected after the start,
    `interval` how far pool areas' own ratios reach with the same method; `p_value` the rank of
    the target's growth of error among theirs, (1 + at least as large) / (1 + areas).
    `error_before` is the root mean square of observed - expected before, in events.
    """

    weights: FloatArray
    expected: FloatArray
    observed_after: int
    expected_after: float
    ratio: float
    interval: tuple[float, float]
    p_value: float
    error_before: float
    placebo_ratios: FloatArray = field(repr=False)
    power: float
    verdict: Verdict


def synthetic_comparison(
    target: npt.ArrayLike,
    pool: npt.ArrayLike,
    *,
    intervention_at: int,
    exposure: npt.ArrayLike | None = None,
    pool_exposure: npt.ArrayLike | None = None,
    alpha: float = 0.05,
    relevant_ratio: float = 0.5,
) -> SyntheticComparison:
    """What would the target have had, judged by a mix of areas that went the same way before?

    `target`: (n_periods,); `pool`: (n_areas, n_periods), areas where nothing was done.
    `exposure`, `pool_exposure`: populations, when the pool is of other size (rates are then
    mixed). The weights are at least 0, add to 1, and give the least squared difference before.

    Guarantees: no extrapolation beyond the pool; the p-value cannot be below 1 / (1 + areas),
    so with fewer than 19 areas nothing can pass 5 % and the verdict says "too few to tell".
    Not for a target above or below the whole pool, nor for counts so small that the mix
    imitates chance: `error_before` then looks small and the effect large.
    Errors: `MethodError` for fewer than three areas, missing counts or no events before.
    Source: Abadie, Diamond and Hainmueller (2010), JASA 105.
    """
    as_fraction(alpha, name="alpha")
    as_relevant_ratio(relevant_ratio)
    rates, sizes = _rates(target, pool, exposure, pool_exposure)
    start = as_intervention(intervention_at, rates.shape[1], fewest=2)
    weights, expected = _imitated(rates, 0, start)
    ratio, growth, error = _judged(rates[0] * sizes[0], expected * sizes[0], start)
    others = [
        _judged(rates[area] * sizes[area], _imitated(rates, area, start, 0)[1] * sizes[area], start)
        for area in range(1, len(rates))
    ]
    placebos = np.array([other[0] for other in others])
    growths = np.array([other[1] for other in others])
    p_value = (1 + int(np.count_nonzero(growths >= growth))) / (1 + len(growths))
    logs = np.log(placebos[(placebos > 0) & np.isfinite(placebos)])
    interval, power = _reach(ratio, logs, alpha, relevant_ratio)
    return SyntheticComparison(
        weights=weights,
        expected=expected * sizes[0],
        observed_after=round(float((rates[0] * sizes[0])[start:].sum())),
        expected_after=float((expected * sizes[0])[start:].sum()),
        ratio=ratio,
        interval=interval,
        p_value=p_value,
        error_before=error,
        placebo_ratios=placebos,
        power=power,
        verdict=judge(
            ratio=ratio, p_value=p_value, alpha=alpha, power=power, is_strong_design=True
        ),
    )


def _rates(
    target: npt.ArrayLike,
    pool: npt.ArrayLike,
    exposure: npt.ArrayLike | None,
    pool_exposure: npt.ArrayLike | None,
) -> tuple[FloatArray, FloatArray]:
    """Rates with the target first, and the sizes that turn them into counts again."""
    own, others = as_counts(target, name="target"), as_counts(pool, name="pool")
    if len(own) != 1 or own.shape[1] != others.shape[1]:
        raise MethodError("target must be one series, and the pool as long")
    if len(others) < FEWEST_AREAS:
        raise MethodError(f"the pool must hold at least {FEWEST_AREAS} areas")
    if np.isnan(own).any() or np.isnan(others).any():
        raise MethodError("target and pool must have no missing periods")
    if (exposure is None) != (pool_exposure is None):
        raise MethodError("give exposure for both the target and the pool, or for neither")
    size = as_population(exposure, (1, own.shape[1]), name="exposure")
    sizes = as_population(pool_exposure, (len(others), own.shape[1]), name="pool_exposure")
    counts = np.vstack((own, others))
    every = np.ones_like(counts) if size is None or sizes is None else np.vstack((size, sizes))
    return counts / every, every


def _imitated(
    rates: FloatArray, area: int, start: int, left_out: int | None = None
) -> tuple[FloatArray, FloatArray]:
    """The weights on the others (the target never serves as pool) and the mixed rates."""
    donors = [row for row in range(len(rates)) if row not in {area, left_out}]
    mixed = rates[donors]
    scale = float(np.abs(rates[[*donors, area], :start]).max())
    if scale == 0:
        raise MethodError("there must be events before the intervention")
    # one heavy row makes the weights add to 1
    heavy = SUM_WEIGHT * np.ones((1, len(donors)))
    system = np.vstack((mixed[:, :start].T / scale, heavy))
    wanted = np.append(rates[area, :start] / scale, SUM_WEIGHT)
    weights = optimize.nnls(system, wanted, maxiter=100 * len(donors))[0]
    weights = weights / weights.sum()
    return weights, weights @ mixed


def _judged(observed: FloatArray, expected: FloatArray, start: int) -> tuple[float, float, float]:
    """Ratio after, growth of the squared error from before to after, error before."""
    total = float(expected[start:].sum())
    ratio = float(observed[start:].sum()) / total if total > 0 else float("nan")
    gaps = (observed - expected) ** 2
    before, after = float(gaps[:start].mean()), float(gaps[start:].mean())
    # an error of less than Poisson's cannot be told from luck
    floor = max(float(observed[:start].mean()), 1e-9)
    return ratio, after / max(before, floor), float(np.sqrt(before))


def _reach(
    ratio: float, placebo_logs: FloatArray, alpha: float, relevant_ratio: float
) -> tuple[tuple[float, float], float]:
    if len(placebo_logs) < FEWEST_AREAS or not ratio > 0:
        return (0.0, float("inf")), 0.0
    deviation = float(np.sqrt(np.mean(placebo_logs**2)))
    reach = float(special.ndtri(1 - alpha / 2))
    interval = (
        float(ratio * np.exp(-reach * deviation)),
        float(ratio * np.exp(reach * deviation)),
    )
    if 1 / (1 + len(placebo_logs)) > alpha or deviation == 0:
        return interval, 0.0
    return interval, float(special.ndtr(abs(np.log(relevant_ratio)) / deviation - reach))
