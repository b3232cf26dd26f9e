"""pointpats' Knox test with permutations; events as rows of events.csv: east, north, day."""

from __future__ import annotations

import numpy as np
from pointpats.spacetime import Knox
from timing import ARGUMENTS, measure, table

events = table("events")
space, time, permutations = float(ARGUMENTS[0]), float(ARGUMENTS[1]), int(ARGUMENTS[2])
np.random.seed(1)
measure(
    lambda: Knox(events[:, :2], events[:, 2:], space, time, permutations),
    lambda result: [float(result.statistic_), float(np.squeeze(result.p_sim))],
)
