"""Used by the Python peers: time one call several times, write what run() reads."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np

FOLDER = Path(sys.argv[1])
REPEATS = int(sys.argv[2])
ARGUMENTS = sys.argv[3:]


def table(name: str) -> np.ndarray:
    return np.loadtxt(FOLDER / f"{name}.csv", delimiter=",", ndmin=2)


def measure(call: Callable[[], object], answer: Callable[[object], object]) -> None:
    fastest([call], answer)


def fastest(calls: list[Callable[[], object]], answer: Callable[[object], object]) -> None:
    """Of several ways to the same answer, the times of the one with the best median."""
    found = [_times(call) for call in calls]
    seconds, result = min(found, key=lambda pair: float(np.median(pair[0])))
    np.savetxt(FOLDER / "seconds.txt", seconds)
    np.savetxt(FOLDER / "answer.csv", np.atleast_1d(np.asarray(answer(result), dtype=float)))


def _times(call: Callable[[], object]) -> tuple[list[float], object]:
    result = call()  # compiles what is compiled at first use
    seconds = []
    for _ in range(REPEATS):
        started = perf_counter()
        result = call()
        seconds.append(perf_counter() - started)
    return seconds, result
