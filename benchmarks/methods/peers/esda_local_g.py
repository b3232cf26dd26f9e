"""esda's Getis-Ord G with 999 permutations on a square grid of values.csv, queen neighbours."""

from __future__ import annotations

import numpy as np
from esda.getisord import G_Local
from libpysal.weights import lat2W
from timing import ARGUMENTS, measure, table

values = table("values").ravel()
side = int(np.sqrt(values.size))
weights = lat2W(side, side, rook=False)
permutations, jobs = int(ARGUMENTS[0]), int(ARGUMENTS[1])
measure(
    lambda: G_Local(
        values, weights, transform="B", permutations=permutations, star=True, n_jobs=jobs, seed=1
    ),
    lambda result: result.Gs,
)
