"""pointpats' Knox test with permutations; events as rows of events.csv: east, north, day."""

from __future__ import annotations

import warnings
from time import perf_counter

import numpy as np
from pointpats.spacetime import Knox, knox
from timing import ARGUMENTS, measure, remark, table

warnings.simplefilter("ignore", DeprecationWarning)
events = table("events")
space, time, permutations = float(ARGUMENTS[0]), float(ARGUMENTS[1]), int(ARGUMENTS[2])
np.random.seed(1)
measure(
    lambda: Knox(events[:, :2], events[:, 2:], space, time, permutations),
    lambda result: [float(result.statistic_), float(np.squeeze(result.p_sim))],
    warms_up=False,
)

# The old function is quicker, but deprecated, and it shuffles the caller's times: hence the copy.
times = events[:, 2:].copy()
started = perf_counter()
knox(events[:, :2], times, space, time, permutations)
remark(f"the class Knox; its deprecated function knox takes {perf_counter() - started:.1f} s")
