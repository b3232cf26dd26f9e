"""Small counts repeat: work each distinct case out once and look the others up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samverkan.methods.rates.results import FloatArray

FEWEST_WORTH_LOOKING_UP = 64
LARGEST_TABLE_PART = 2
"""A dense table is used when it has at most a half as many cells as there are pairs."""


def distinct_pairs(
    first: FloatArray, second: FloatArray, share: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, NDArray[np.intp] | None]:
    """Distinct cases of three flat arrays, and where each element finds its own (None: all).

    With one share, small counts index a table directly, which costs a few nanoseconds an
    element; a sort is only tried when that is impossible and the shares are few.
    """
    if first.size < FEWEST_WORTH_LOOKING_UP or np.any(share != share[0]):
        return first, second, share, None
    width, height = first.max() + 1.0, second.max() + 1.0
    if not width * height * LARGEST_TABLE_PART <= first.size:
        return first, second, share, None
    columns, rows = int(height), int(width)
    position = first.astype(np.intp) * columns + second.astype(np.intp)
    each_first = np.repeat(np.arange(rows, dtype=np.float64), columns)
    each_second = np.tile(np.arange(columns, dtype=np.float64), rows)
    return each_first, each_second, np.full(rows * columns, share[0]), position
