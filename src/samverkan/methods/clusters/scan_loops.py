"""The loops of the scans over events, as plain Python that Numba compiles unchanged.

A window (circle and run of periods) can only be the best if it begins and ends with a period
that has a case in the circle, and if it holds a case that the circle's last step added: any other
window is beaten by a smaller one. With c cases the log-likelihood ratio is at most
``c log(c / expected)``, so for every c the largest expectation that can still win is tabulated
anew whenever the best so far grows; almost every window is then dismissed by one multiplication.

Every function here keeps to one body without helpers, because a helper would have to be compiled
too; ``scan_kernels`` compiles them, and the plain ones run where Numba is absent.
"""

from __future__ import annotations

from math import ceil, exp, log

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.int64]
Labels = npt.NDArray[np.int32]


def largest_ratio(
    circles: tuple[Array, Array, Labels],
    periods: Labels,
    running_totals: Array,
    max_periods: int,
    min_cases: int,
    taken: tuple[Array, Array],
    where: Array,
) -> float:
    """The largest log-likelihood ratio of the space-time permutation scan of one data set.

    ``taken`` describes clusters that a window may not overlap: for each the step of each centre
    from which circles touch it, shape (k, n_centres), and its first and last period, shape
    (k, 2). ``where`` receives centre, step, first period, last period and cases of the best.
    """
    step_start, member_start, members = circles
    taken_from, taken_periods = taken
    n_periods, n_events = len(running_totals) - 1, len(periods)
    most_cases = 0
    for period in range(n_periods):
        end = min(period + 2 * max_periods, n_periods)
        most_cases = max(most_cases, running_totals[end] - running_totals[period])
    # A window with c cases wins only if cases in circle x cases in time < can_win[c].
    can_win = np.zeros(most_cases + 1, np.int64)
    for cases in range(min_cases, most_cases + 1):
        can_win[cases] = cases * n_events
    counts = np.zeros(n_periods + 2 * max_periods, np.int32)
    totals = np.zeros(n_periods + 2 * max_periods + 1, np.int64)
    totals[max_periods : max_periods + n_periods + 1] = running_totals
    totals[max_periods + n_periods + 1 :] = n_events
    # The fewest cases in time of windows longer than one, two ... sevenths of what is allowed:
    # with the cases of the circle around a case they dismiss most cases at once.
    reaches, fewest = np.empty(7, np.int64), np.empty(7, np.int64)
    for scale in range(7):
        reaches[scale] = (max_periods * (scale + 1) + 6) // 7
        length = 1 if scale == 0 else min(reaches[scale - 1] + 1, n_periods)
        fewest[scale] = n_events
        for period in range(n_periods - length + 1):
            within = running_totals[period + length] - running_totals[period]
            fewest[scale] = min(fewest[scale], within)
    best = 0.0
    for centre in range(len(step_start) - 1):
        begin = member_start[step_start[centre]]
        for step in range(step_start[centre], step_start[centre + 1]):
            for member in range(member_start[step], member_start[step + 1]):
                counts[periods[members[member]] + max_periods] += 1
            in_circle = member_start[step + 1] - begin
            if in_circle < min_cases:
                continue
            # Windows around each case added; or all windows, by first period, where that is less.
            n_added = member_start[step + 1] - member_start[step]
            is_sweep = n_added * max_periods > 2 * n_periods
            for anchor in range(n_periods if is_sweep else n_added):
                middle = anchor + max_periods
                if not is_sweep:
                    middle = periods[members[member_start[step] + anchor]] + max_periods
                n_firsts = 1 if is_sweep else max_periods
                nearby = counts[middle]
                reached = 1
                may_win = False
                for scale in range(7):
                    for offset in range(reached, reaches[scale]):
                        nearby += counts[middle - offset] + counts[middle + offset]
                    reached = reaches[scale]
                    if in_circle * fewest[scale] < can_win[nearby]:
                        may_win = True
                        break
                if not may_win:
                    continue
                after = 0
                for period in range(middle + 1, middle + max_periods):
                    after += counts[period]
                before = 0
                for first in range(middle, middle - n_firsts, -1):
                    before += counts[first]
                    if first < middle:
                        after -= counts[first + max_periods]
                    scaled_start = in_circle * totals[first]
                    product = in_circle * totals[middle + 1] - scaled_start
                    if product >= can_win[before + after] or counts[first] == 0:
                        continue
                    cases = before
                    for last in range(middle, first + max_periods):
                        if last > middle:
                            cases += counts[last]
                        product = in_circle * totals[last + 1] - scaled_start
                        if product >= can_win[cases] or counts[last] == 0:
                            continue
                        expected = product / n_events
                        rest = n_events - cases
                        ratio = cases * log(cases / expected)
                        if rest > 0:
                            ratio += rest * log(rest / (n_events - expected))
                        if ratio <= best * (1.0 + 1e-12):
                            continue
                        is_free = True
                        for cluster in range(len(taken_from)):
                            if (
                                step >= taken_from[cluster, centre]
                                and first - max_periods <= taken_periods[cluster, 1]
                                and last - max_periods >= taken_periods[cluster, 0]
                            ):
                                is_free = False
                        if is_free:
                            best = ratio
                            where[0], where[1], where[4] = centre, step, cases
                            where[2], where[3] = first - max_periods, last - max_periods
                            for size in range(min_cases, min(most_cases, n_events - 1) + 1):
                                # Newton from below: the ratio is convex and falling in E.
                                rest = n_events - size
                                root = size * exp(-1.0 - best / size)
                                for _ in range(50):
                                    gap = size * log(size / root) - best
                                    gap += rest * log(rest / (n_events - root))
                                    move = gap / (size / root - rest / (n_events - root))
                                    root += move
                                    if move <= 1e-5 * root:
                                        break
                                can_win[size] = ceil(root * n_events * (1.0 + 1e-6))
        stop = member_start[step_start[centre + 1]]
        if (stop - begin) * 8 > n_periods:
            counts[:] = 0
        else:
            for position in range(begin, stop):
                counts[periods[members[position]] + max_periods] = 0
    return best


def largest_alive_ratio(
    circles: tuple[Array, Array, Labels],
    periods: Labels,
    running_totals: Array,
    max_periods: int,
    min_cases: int,
    taken: tuple[Array, Array],
    where: Array,
) -> float:
    """As `largest_ratio`, of the windows that last until the final period."""
    step_start, member_start, members = circles
    taken_from = taken[0]
    n_periods, n_events = len(running_totals) - 1, len(periods)
    earliest = max(n_periods - max_periods, 0)
    counts = np.zeros(n_periods, np.int32)
    best = 0.0
    for centre in range(len(step_start) - 1):
        begin = member_start[step_start[centre]]
        n_recent = 0
        for step in range(step_start[centre], step_start[centre + 1]):
            latest_news = -1
            for member in range(member_start[step], member_start[step + 1]):
                period = periods[members[member]]
                if period >= earliest:
                    counts[period] += 1
                    n_recent += 1
                    latest_news = max(latest_news, period)
            if latest_news < 0 or n_recent < min_cases:
                continue
            in_circle = member_start[step + 1] - begin
            cases = 0
            for first in range(n_periods - 1, earliest - 1, -1):
                cases += counts[first]
                if first > latest_news or counts[first] == 0 or cases < min_cases:
                    continue
                expected = in_circle * (n_events - running_totals[first]) / n_events
                if cases <= expected:
                    continue
                ratio = cases * log(cases / expected)
                rest = n_events - cases
                if ratio > best and rest > 0:
                    ratio += rest * log(rest / (n_events - expected))
                if ratio <= best * (1.0 + 1e-12):
                    continue
                is_free = True
                for cluster in range(len(taken_from)):
                    if step >= taken_from[cluster, centre]:
                        is_free = False
                if is_free:
                    best = ratio
                    where[0], where[1], where[4] = centre, step, cases
                    where[2], where[3] = first, n_periods - 1
        if n_recent > 0:
            counts[:] = 0
    return best
