"""Reads the reference results of surveillance and stacks the series that share a question."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

DATA = Path(__file__).parent / "data"
Columns = dict[str, np.ndarray]


@dataclass(frozen=True)
class Question:
    """Series of one length and frequency, judged at the same periods with the same settings.

    `series` holds the columns of the input and `expected` those of the reference's output, as
    (n_series, n_periods) and (n_series, n_evaluated).
    """

    settings: dict[str, str]
    names: tuple[str, ...]
    evaluate: np.ndarray
    series: Columns
    expected: Columns

    def number(self, name: str) -> float:
        return as_number(self.settings[name])

    def whole(self, name: str) -> int:
        return int(self.number(name))

    def flag(self, name: str) -> bool:
        return self.settings[name] == "TRUE"


def as_number(text: str) -> float:
    return float(text) if text not in ("", "NA", "null") else np.nan


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows as text; lines that begin with # are comments; .gz is unpacked."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    lines = (line for line in io.StringIO(text) if not line.startswith("#"))
    return list(csv.DictReader(lines))


def small_table(name: str) -> Columns:
    """A table kept in this repository, every column as numbers."""
    rows = read_rows(DATA / f"{name}.csv")
    return {key: np.array([as_number(row[key]) for row in rows]) for key in rows[0]}


def questions(folder: Path, inputs: str, outputs: str) -> Iterator[Question]:
    """Every setting with every series that it was run on, stacked where lengths allow."""
    settings = {row["cfg"]: row for row in read_rows(folder / "config.csv")}
    series = _by_key(read_rows(folder / inputs), ("series",))
    answers = _by_key(read_rows(folder / outputs), ("series", "cfg"))
    alike: dict[tuple[object, ...], list[str]] = {}
    for name, cfg in answers:
        periods = tuple(row["t"] for row in answers[name, cfg])
        rows = series[(name,)]
        calendar = tuple(row.get("epoch", "") for row in rows)
        alike.setdefault((cfg, rows[0]["freq"], len(rows), periods, calendar), []).append(name)
    for (cfg, *_), names in alike.items():
        yield Question(
            settings=settings[str(cfg)],
            names=tuple(names),
            evaluate=np.array([int(row["t"]) - 1 for row in answers[names[0], str(cfg)]]),
            series=_stacked([series[(name,)] for name in names]),
            expected=_stacked([answers[name, str(cfg)] for name in names]),
        )


def differs(ours: np.ndarray, theirs: np.ndarray, relative: float) -> np.ndarray:
    """Where two tables differ by more than allowed; NaN agrees with NaN only."""
    is_same = (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
    with np.errstate(invalid="ignore"):
        is_near = np.abs(ours - theirs) <= relative * np.abs(theirs)
    return ~(is_same | is_near)


def _by_key(
    rows: list[dict[str, str]], key: tuple[str, ...]
) -> dict[tuple[str, ...], list[dict[str, str]]]:
    groups: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in key), []).append(row)
    return groups


def _stacked(tables: list[list[dict[str, str]]]) -> Columns:
    columns: Columns = {}
    for name in tables[0][0]:
        texts = [[row[name] for row in table] for table in tables]
        try:
            columns[name] = np.array([[as_number(text) for text in row] for row in texts])
        except ValueError:
            columns[name] = np.array(texts)
    return columns
