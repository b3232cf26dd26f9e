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


def measure(
    call: Callable[[], object], answer: Callable[[object], object], *, warms_up: bool = True
) -> None:
    fastest([call], answer, warms_up=warms_up)


def remark(text: str) -> None:
    """Words for the notes below the table."""
    (FOLDER / "remark.txt").write_text(text, encoding="utf-8")


def fastest(
    calls: list[Callable[[], object]],
    answer: Callable[[object], object],
    *,
    warms_up: bool = True,
) -> None:
    """Of several ways to the same answer, the times of the one with the best median."""
    found = [_times(call, warms_up) for call in calls]
    seconds, result = min(found, key=lambda pair: float(np.median(pair[0])))
    np.savetxt(FOLDER / "seconds.txt", seconds)
    np.savetxt(FOLDER / "answer.csv", np.atleast_1d(np.asarray(answer(result), dtype=float)))


def _times(call: Callable[[], object], warms_up: bool) -> tuple[list[float], object]:
    result = call() if warms_up else None  # compiles what is compiled at first use
    seconds = []
    for _ in range(REPEATS):
        started = perf_counter()
        result = call()
        seconds.append(perf_counter() - started)
    return seconds, result
