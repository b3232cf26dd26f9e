"""Work for the tests of `map`, importable by the processes that do it."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Series:
    name: str
    counts: NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    name: str
    total: float
    length: float
    rank: int


def judge(item: tuple[Series, int]) -> Judged:
    """Sums, a long dot product and a Monte Carlo rank: whatever the last bit depends on."""
    series, seed = item
    draws = np.random.default_rng(seed).normal(size=(99, series.counts.size))
    statistics = draws @ series.counts
    observed = float(series.counts.sum(axis=-1).sum())
    length = float(np.dot(series.counts.ravel(), series.counts.ravel()))
    return Judged(series.name, observed, length, int((statistics >= statistics[0]).sum()))


def square(value: int) -> int:
    return value * value


def late_when_small(value: int) -> int:
    time.sleep(0.03 if value < 3 else 0.0)
    return value


def overwrite(values: NDArray[np.float64]) -> float:
    values *= 0
    return float(values.sum())


def refuse_seven(value: int) -> int:
    if value == 7:
        raise ValueError("seven is not wanted here")
    return value


def something_unsendable(value: int) -> object:
    return (number for number in range(value))


def process_id(value: int) -> int:
    time.sleep(0.01)
    return os.getpid()


def die_once(item: tuple[int, str]) -> int:
    """Kills its own process the first time it meets an item with a path."""
    value, path = item
    if path and not Path(path).exists():
        Path(path).write_text("was here", encoding="utf-8")
        os.kill(os.getpid(), signal.SIGKILL)
    return value * value


def die_at_seven(value: int) -> int:
    if value == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return value


def linger(item: tuple[int, str]) -> int:
    """Writes down which process works on it, then takes its time."""
    value, folder = item
    (Path(folder) / f"{os.getpid()}").touch()
    time.sleep(0.1)
    return value * value
