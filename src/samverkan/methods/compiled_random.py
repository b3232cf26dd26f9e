"""Counter-based random numbers inside compiled kernels: the twins of those in ``compiled``.

Import only after ``compiled.is_available()``: this module needs Numba. Each function gives the
same bits as its NumPy twin for the same key and counter (a test compares them).
"""

import numpy as np
from numpy.typing import NDArray

from samverkan.methods.compiled import (
    GOLDEN_GAMMA,
    HALF_WORD,
    MULTIPLIER_ONE,
    MULTIPLIER_TWO,
    SHIFT_ONE,
    SHIFT_THREE,
    SHIFT_TWO,
    STREAM_GAMMA,
    jit,
)

ONE = np.uint64(1)
ELEVEN = np.uint64(11)


@jit
def mixed_scalar(state: np.uint64) -> np.uint64:
    """The SplitMix64 finaliser of one value."""
    state = (state ^ (state >> SHIFT_ONE)) * MULTIPLIER_ONE
    state = (state ^ (state >> SHIFT_TWO)) * MULTIPLIER_TWO
    return state ^ (state >> SHIFT_THREE)


@jit
def stream_key(key: np.uint64, stream: int) -> np.uint64:
    """The key of one stream, for example of one permutation."""
    return mixed_scalar(key + (np.uint64(stream) + ONE) * STREAM_GAMMA)


@jit
def bits_at(key: np.uint64, counter: int) -> np.uint64:
    """64 random bits at a counter of a stream."""
    return mixed_scalar(key + (np.uint64(counter) + ONE) * GOLDEN_GAMMA)


@jit
def below(bits: np.uint64, bound: int) -> np.int64:
    """A whole number in ``[0, bound)``."""
    return np.int64(((bits >> HALF_WORD) * np.uint64(bound)) >> HALF_WORD)


@jit
def unit(bits: np.uint64) -> float:
    """A uniform number in ``[0, 1)``."""
    return np.int64(bits >> ELEVEN) * 2.0**-53


@jit
def shuffle(values: NDArray[np.int32], key: np.uint64) -> None:
    """Shuffle in place (Fisher-Yates), as ``compiled.permutations`` does."""
    for last in range(len(values) - 1, 0, -1):
        chosen = below(bits_at(key, last), last + 1)
        taken = values[chosen]
        values[chosen] = values[last]
        values[last] = taken
