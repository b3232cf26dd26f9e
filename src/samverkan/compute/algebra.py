"""One thread inside the linear algebra library while `map` works.

OpenBLAS splits a long dot product over its threads, so the last bits of the sum depend on how many
there are: two in this process, one in a Dask worker. With one thread everywhere the bits agree,
and workers do not fight over processors.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass
class _Held:
    """What to put back when the last of the nested or parallel users leaves."""

    users: int = 0
    restore: list[Callable[[], None]] = field(default_factory=list)


_lock = threading.Lock()
_held = _Held()


@contextmanager
def single_threaded() -> Iterator[None]:
    with _lock:
        if _held.users == 0:
            _held.restore = [*_limit_environment(), *_limit_loaded_libraries()]
        _held.users += 1
    try:
        yield
    finally:
        with _lock:
            _held.users -= 1
            if _held.users == 0:
                for put_back in _held.restore:
                    put_back()
                _held.restore = []


def _limit_environment() -> list[Callable[[], None]]:
    """For libraries loaded from now on, and for processes started from now on."""

    def put_back(name: str, value: str | None) -> None:
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value

    restore: list[Callable[[], None]] = []
    for name in VARIABLES:
        before = os.environ.get(name)
        restore.append(lambda name=name, before=before: put_back(name, before))  # type: ignore[misc]
        os.environ[name] = "1"
    return restore


def _limit_loaded_libraries() -> list[Callable[[], None]]:
    """For the OpenBLAS builds that NumPy's and SciPy's wheels bring, when they are loaded."""
    restore: list[Callable[[], None]] = []
    site = Path(np.__file__).parent.parent
    for path in sorted(site.glob("*.libs/libscipy_openblas*")):
        try:
            library = ctypes.CDLL(str(path), mode=getattr(os, "RTLD_NOLOAD", 0) | os.RTLD_NOW)
        except OSError:
            continue
        for suffix in ("64_", ""):
            setter = getattr(library, f"scipy_openblas_set_num_threads{suffix}", None)
            getter = getattr(library, f"scipy_openblas_get_num_threads{suffix}", None)
            if setter is None or getter is None:
                continue
            before = int(getter())
            setter(1)
            restore.append(lambda setter=setter, before=before: setter(before))  # type: ignore[misc]
    return restore
