"""Compiled kernels where Numba is installed, the same answers where it is not.

Question answered: how does a method get speed without making Numba a condition?

* A package keeps its kernels in a module of their own, decorated with :func:`jit`, and imports
  that module inside the function that needs it, only when :func:`is_available` says so. The web
  process therefore never pays for Numba at start.
* Every kernel has a NumPy twin that gives the same answer. Tests force it with
  :func:`without_numba`; an operator forces it with ``SAMVERKAN_WITHOUT_NUMBA=1``.
* :func:`map_chunks` runs pieces of work in threads of our own (kernels release the GIL). Numba's
  ``prange`` is not used: its fall-back layer aborts the process when two threads call it.
* Random numbers are a pure function of (seed, stream, counter), so neither the number of threads
  nor the presence of Numba changes a Monte Carlo answer. ``compiled_random`` holds the same
  functions for use inside kernels.

Source of the generator: Steele, Lea and Flood (2014), Fast splittable pseudorandom number
generators, OOPSLA. Not for cryptography.
"""

import importlib.util
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

FALLBACK_VARIABLE = "SAMVERKAN_WITHOUT_NUMBA"
THREADS_VARIABLE = "SAMVERKAN_THREADS"

GOLDEN_GAMMA = np.uint64(0x9E3779B97F4A7C15)
STREAM_GAMMA = np.uint64(0xD1342543DE82EF95)
MULTIPLIER_ONE = np.uint64(0xBF58476D1CE4E5B9)
MULTIPLIER_TWO = np.uint64(0x94D049BB133111EB)
SHIFT_ONE, SHIFT_TWO, SHIFT_THREE = np.uint64(30), np.uint64(27), np.uint64(31)
HALF_WORD = np.uint64(32)

FunctionT = TypeVar("FunctionT", bound=Callable[..., object])
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

_is_fallback_forced: ContextVar[bool] = ContextVar("is_fallback_forced", default=False)


def is_available() -> bool:
    """Whether compiled kernels may be used here: Numba is installed and nobody forbids it."""
    if _is_fallback_forced.get() or os.environ.get(FALLBACK_VARIABLE, "") not in {"", "0"}:
        return False
    return importlib.util.find_spec("numba") is not None


@contextmanager
def without_numba() -> Iterator[None]:
    """Inside the block every method takes its NumPy path (for tests and for comparing)."""
    token = _is_fallback_forced.set(True)
    try:
        yield
    finally:
        _is_fallback_forced.reset(token)


def jit(function: FunctionT) -> FunctionT:
    """Compile at first call, cached on disk, with the GIL released.

    Use only in modules that are imported after :func:`is_available` said yes. Numba caches beside
    the source, else in ``NUMBA_CACHE_DIR``, else in the user's cache directory; where none of
    them can be written it refuses to decorate, and we compile afresh in each process instead.
    The cache of a kernel is renewed when its own file changes, not when one that it calls does:
    after editing such a file delete the ``*.nbi`` beside the callers (an installation does).
    """
    import numba

    try:
        compiled = numba.njit(nogil=True, cache=True, error_model="numpy")(function)
    except RuntimeError:
        compiled = numba.njit(nogil=True, error_model="numpy")(function)
    return cast(FunctionT, compiled)


def thread_count(n_threads: int | None = None) -> int:
    """Threads to use: the argument, else ``SAMVERKAN_THREADS``, else the processors we may use."""
    if n_threads is not None:
        return max(1, n_threads)
    wanted = os.environ.get(THREADS_VARIABLE, "")
    if wanted:
        return max(1, int(wanted))
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def map_chunks(
    function: Callable[[ItemT], ResultT],
    chunks: Sequence[ItemT],
    *,
    n_threads: int | None = None,
) -> list[ResultT]:
    """``[function(chunk) for chunk in chunks]`` in threads, in order, errors passed on.

    The answers must not depend on how the work is cut: let each item carry its own index and take
    its random numbers from that.
    """
    n_workers = min(thread_count(n_threads), len(chunks))
    if n_workers <= 1:
        return [function(chunk) for chunk in chunks]
    with ThreadPoolExecutor(n_workers) as pool:
        futures = [pool.submit(copy_context().run, function, chunk) for chunk in chunks]
        return [future.result() for future in futures]


def split_range(n_items: int, chunk_size: int) -> list[tuple[int, int]]:
    """Half-open ``(start, stop)``, at most ``chunk_size`` long, that cover ``range(n_items)``."""
    step = max(1, chunk_size)
    return [(start, min(start + step, n_items)) for start in range(0, n_items, step)]


def seed_key(seed: int | Sequence[int] | np.random.Generator) -> np.uint64:
    """A 64-bit key from a seed; a Generator is drawn from once."""
    if isinstance(seed, np.random.Generator):
        return np.uint64(seed.integers(0, 2**64, dtype=np.uint64))
    return np.uint64(np.random.SeedSequence(seed).generate_state(1, np.uint64)[0])


def mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The SplitMix64 finaliser, element by element."""
    state = np.array(values, dtype=np.uint64, ndmin=1)
    state ^= state >> SHIFT_ONE
    state *= MULTIPLIER_ONE
    state ^= state >> SHIFT_TWO
    state *= MULTIPLIER_TWO
    state ^= state >> SHIFT_THREE
    return state


def stream_keys(key: np.uint64, streams: NDArray[np.int64]) -> NDArray[np.uint64]:
    """One key for each stream (for example each permutation's index)."""
    steps = (np.atleast_1d(streams).astype(np.uint64) + np.uint64(1)) * STREAM_GAMMA
    return mixed(steps + np.array([key], dtype=np.uint64))


def random_bits(keys: NDArray[np.uint64], counters: NDArray[np.int64]) -> NDArray[np.uint64]:
    """64 random bits for each (stream key, counter), broadcast."""
    steps = (np.atleast_1d(counters).astype(np.uint64) + np.uint64(1)) * GOLDEN_GAMMA
    return mixed(np.atleast_1d(keys) + steps)


def random_below(bits: NDArray[np.uint64], bound: int) -> NDArray[np.int64]:
    """Whole numbers in ``[0, bound)`` from random bits; ``bound`` below 2**32.

    The relative bias is at most ``bound / 2**32``, far below what any Monte Carlo p-value shows.
    """
    return (((bits >> HALF_WORD) * np.uint64(bound)) >> HALF_WORD).astype(np.int64)


def random_unit(bits: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Uniform numbers in ``[0, 1)`` with 53 bits."""
    return (bits >> np.uint64(11)).astype(np.float64) * 2.0**-53


def permutations(n_items: int, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """One Fisher-Yates permutation of ``range(n_items)`` for each key, as rows.

    Equal to ``compiled_random.shuffle`` of ``range(n_items)`` with the same key.
    """
    columns = np.repeat(np.arange(n_items, dtype=np.int64)[:, None], len(keys), axis=1)
    lanes = np.arange(len(keys))
    for last in range(n_items - 1, 0, -1):
        chosen = random_below(random_bits(keys, np.array([last])), last + 1)
        taken = columns[chosen, lanes]
        columns[chosen, lanes] = columns[last]
        columns[last] = taken
    return np.ascontiguousarray(columns.T)
