"""Reads the reference tables of the rate methods: columns as arrays, text where it is no number."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

DATA = Path(__file__).parent / "data"


def columns(path: Path) -> dict[str, np.ndarray]:
    """The columns of a CSV file; lines that begin with # are comments, NA is NaN."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    return {name: _as_array([row[name] for row in rows]) for name in rows[0]}


def small_table(name: str) -> dict[str, np.ndarray]:
    """A table that is kept in this repository."""
    return columns(DATA / f"{name}.csv")


def _as_array(texts: list[str]) -> np.ndarray:
    try:
        return np.array([float(text) if text not in ("", "NA") else np.nan for text in texts])
    except ValueError:
        return np.array(texts)


def largest_difference(ours: np.ndarray, theirs: np.ndarray) -> float:
    """Largest relative difference; equal values (also infinite or both NaN) differ by nothing."""
    ours, theirs = np.broadcast_arrays(np.asarray(ours, float), np.asarray(theirs, float))
    is_same = (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
    with np.errstate(all="ignore"):
        relative = np.abs(ours - theirs) / np.maximum(np.abs(theirs), 1e-300)
    relative = np.where(is_same, 0.0, relative)
    return float(np.where(np.isnan(relative), np.inf, relative).max(initial=0.0))
