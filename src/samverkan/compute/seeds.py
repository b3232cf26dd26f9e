"""Seeds that belong to an item, not to whoever happens to work on it."""

from __future__ import annotations

import numpy as np


def seeds(root: int, count: int) -> list[int]:
    """`count` independent 64-bit seeds from one root.

    Put them into the items (`zip(series, seeds(7, len(series)))`): item i then draws the same
    random numbers on one machine or on forty, in any order, after any retry. The streams are
    those of NumPy's `SeedSequence(root).spawn(count)`.
    """
    children = np.random.SeedSequence(root).spawn(count)
    return [int(child.generate_state(1, np.uint64)[0]) for child in children]
