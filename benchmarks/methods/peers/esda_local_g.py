"""esda's Getis-Ord G with permutations on a square grid of values.csv, queen neighbours."""

from __future__ import annotations

import numpy as np
from esda.getisord import G_Local
from libpysal.weights import lat2W
from timing import ARGUMENTS, fastest, table

values = table("values").ravel()
side = int(np.sqrt(values.size))
weights = lat2W(side, side, rook=False)
permutations, most_jobs = int(ARGUMENTS[0]), int(ARGUMENTS[1])


def with_jobs(jobs: int) -> G_Local:
    return G_Local(
        values, weights, transform="B", permutations=permutations, star=True, n_jobs=jobs, seed=1
    )


# Its processes cost more than they save on some machines: the better of one and all counts.
fastest([lambda: with_jobs(1), lambda: with_jobs(most_jobs)], lambda result: result.Gs)
