"""The compiled twin of `pair_sums`; import it only where Numba is available."""

from __future__ import annotations

import numpy as np

from samverkan.methods.compiled import jit
from samverkan.methods.density.polygon import FloatArray, IntArray

# exp of less than this is below 1e-16 of the kernel's middle
LEAST_EXPONENT = -37.0


@jit
def sums_of_rows(
    east: FloatArray,
    north: FloatArray,
    height: FloatArray,
    narrowness: FloatArray,
    starts: IntArray,
    n_rows: int,
    n_columns: int,
    first_row: int,
    last_row: int,
    sums: FloatArray,
) -> None:
    """Fill `sums` for the events of cell rows [first_row, last_row) from the 3 x 3 cells around."""
    for row in range(first_row, last_row):
        for column in range(n_columns):
            cell = row * n_columns + column
            west, east_most = max(column - 1, 0), min(column + 1, n_columns - 1)
            for event in range(starts[cell], starts[cell + 1]):
                total = 0.0
                for near_row in range(max(row - 1, 0), min(row + 2, n_rows)):
                    first = starts[near_row * n_columns + west]
                    last = starts[near_row * n_columns + east_most + 1]
                    for other in range(first, last):
                        across = east[event] - east[other]
                        along = north[event] - north[other]
                        exponent = (across * across + along * along) * narrowness[other]
                        if exponent > LEAST_EXPONENT and other != event:
                            total += height[other] * np.exp(exponent)
                sums[event] = total
