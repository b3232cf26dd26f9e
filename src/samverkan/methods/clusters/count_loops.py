"""The loops of the scans over counts, as plain Python that Numba compiles unchanged.

Counts and exposures (expected cases, or individuals) stand by place and period. A window can only
be the best if it holds a case that the circle's last step added. See `scan_loops` for why every
function keeps to one body.
"""

from __future__ import annotations

from math import log

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Members = npt.NDArray[np.int32]


def largest_count_ratio(
    circles: tuple[Array, Array, Members],
    cases: Array,
    exposure: Floats,
    max_periods: int,
    min_cases: int,
    is_prospective: bool,
    is_bernoulli: bool,
    taken: tuple[Array, Array],
    where: Array,
) -> float:
    """The largest log-likelihood ratio of the Poisson or Bernoulli scan of one data set.

    ``cases`` and ``exposure`` have shape (n_places, n_periods). For the Poisson model exposure is
    expected cases and sums to the cases; for the Bernoulli model it is individuals. ``taken`` and
    ``where`` are as in `scan_loops.largest_ratio`.
    """
    step_start, member_start, members = circles
    taken_from, taken_periods = taken
    n_periods = cases.shape[1]
    all_cases, all_exposure = cases.sum(), exposure.sum()
    null_ratio = 0.0
    if is_bernoulli:
        without = all_exposure - all_cases
        null_ratio = all_cases * log(all_cases / all_exposure) if all_cases > 0 else 0.0
        null_ratio += without * log(without / all_exposure) if without > 0 else 0.0
    running = np.zeros(n_periods + 1, np.int64)
    running_news = np.zeros(n_periods + 1, np.int64)
    running_exposure = np.zeros(n_periods + 1, np.float64)
    best = 0.0
    for centre in range(len(step_start) - 1):
        counts = np.zeros(n_periods, np.int64)
        exposures = np.zeros(n_periods, np.float64)
        for step in range(step_start[centre], step_start[centre + 1]):
            news = np.zeros(n_periods, np.int64)
            for member in range(member_start[step], member_start[step + 1]):
                place = members[member]
                for period in range(n_periods):
                    news[period] += cases[place, period]
                    exposures[period] += exposure[place, period]
            n_news = 0
            for period in range(n_periods):
                n_news += news[period]
                counts[period] += news[period]
                running[period + 1] = running[period] + counts[period]
                running_news[period + 1] = running_news[period] + news[period]
                running_exposure[period + 1] = running_exposure[period] + exposures[period]
            if n_news == 0 or running[n_periods] < min_cases:
                continue
            for first in range(n_periods):
                begin = n_periods if is_prospective else first + 1
                for end in range(begin, min(first + max_periods, n_periods) + 1):
                    inside = running[end] - running[first]
                    if inside < min_cases or running_news[end] == running_news[first]:
                        continue
                    exposed = running_exposure[end] - running_exposure[first]
                    if inside * all_exposure <= exposed * all_cases:
                        continue
                    rest, rest_exposed = all_cases - inside, all_exposure - exposed
                    if is_bernoulli:
                        without, rest_without = exposed - inside, rest_exposed - rest
                        ratio = inside * log(inside / exposed) - null_ratio
                        ratio += without * log(without / exposed) if without > 0 else 0.0
                        ratio += rest * log(rest / rest_exposed) if rest > 0 else 0.0
                        if rest_without > 0:
                            ratio += rest_without * log(rest_without / rest_exposed)
                    else:
                        ratio = inside * log(inside / exposed)
                        if ratio > best and rest > 0:
                            ratio += rest * log(rest / rest_exposed)
                    if ratio <= best * (1.0 + 1e-12):
                        continue
                    is_free = True
                    for cluster in range(len(taken_from)):
                        if (
                            step >= taken_from[cluster, centre]
                            and first <= taken_periods[cluster, 1]
                            and end - 1 >= taken_periods[cluster, 0]
                        ):
                            is_free = False
                    if is_free:
                        best = ratio
                        where[0], where[1], where[4] = centre, step, inside
                        where[2], where[3] = first, end - 1
    return best
