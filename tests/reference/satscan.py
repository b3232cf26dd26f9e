"""Reads the input and output files of SaTScan 10.3.2 below ../shared/reference/15_scan."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.reference.shared import shared_path


@dataclass(frozen=True)
class Reported:
    """One cluster as SaTScan reports it, numbers still as printed."""

    ratio: float
    p_value: float
    observed: int
    expected: str
    radius: float
    first_day: int
    last_day: int
    places: frozenset[str]


@dataclass(frozen=True)
class Study:
    """One folder: settings, places, cases by place and time, what was reported."""

    folder: Path
    settings: dict[str, str]
    places: dict[str, tuple[float, float]]
    cases: list[list[str]]
    reported: list[Reported]
    maxima: np.ndarray

    @property
    def is_prospective(self) -> bool:
        return self.settings["AnalysisType"] == "4"

    @property
    def is_degrees(self) -> bool:
        return self.settings["CoordinatesType"] == "1"

    @property
    def is_monthly(self) -> bool:
        return self.settings["TimeAggregationUnits"] == "2"

    def east_north(self) -> tuple[np.ndarray, np.ndarray]:
        first, second = np.array(list(self.places.values())).T
        return (second, first) if self.is_degrees else (first, second)

    def time(self, date: str) -> int:
        """A day number, or a month number in monthly studies."""
        parts = [int(part) for part in date.split("/")] + [1, 1]
        day = datetime.date(*parts[:3])
        return day.year * 12 + day.month - 1 if self.is_monthly else day.toordinal()

    def by_place(self, file_name: str, column: int) -> np.ndarray:
        """The sum of a column of a file by place, in the order of `places`."""
        totals = dict.fromkeys(self.places, 0.0)
        for line in (self.folder / file_name).read_text().split("\n"):
            if line.strip():
                fields = line.split()
                totals[fields[0]] += float(fields[column])
        return np.array(list(totals.values()))


def read_study(name: str) -> Study:
    """The study in one sub-folder of 15_scan."""
    folder = shared_path(f"reference/15_scan/{name}")
    lines = (folder / "run.prm").read_text().splitlines()
    settings = dict(line.strip().split("=", 1) for line in lines if "=" in line)
    table = [
        line.split() for line in (folder / settings["CoordinatesFile"]).read_text().split("\n")
    ]
    places = {row[0]: (float(row[1]), float(row[2])) for row in table if row}
    text = (folder / settings["CaseFile"]).read_text()
    cases = [line.split() for line in text.split("\n") if line.strip()]
    maxima = np.array([float(x) for x in (folder / "out.llr.txt").read_text().split()[1:]])
    study = Study(folder, settings, places, cases, [], maxima)
    study.reported.extend(_reported(study))
    return study


def _reported(study: Study) -> list[Reported]:
    members: dict[str, set[str]] = {}
    for line in (study.folder / "out.gis.txt").read_text().splitlines()[1:]:
        fields = line.split()
        members.setdefault(fields[1], set()).add(fields[0])
    heading, *rows = (study.folder / "out.col.txt").read_text().splitlines()
    clusters = []
    for line in rows:
        row = dict(zip(heading.split(), line.split(), strict=True))
        clusters.append(
            Reported(
                ratio=float(row.get("TEST_STAT", row.get("LLR", "nan"))),
                p_value=float(row["P_VALUE"]),
                observed=int(row["OBSERVED"]),
                expected=row["EXPECTED"],
                radius=float(row["RADIUS"]) * (1000 if study.is_degrees else 1),
                first_day=study.time(row["START_DATE"]),
                last_day=study.time(row["END_DATE"]),
                places=frozenset(members[row["CLUSTER"]]),
            )
        )
    return clusters


def days_in_months(first_year: int, last_year: int) -> np.ndarray:
    """Days of every month from January of the first year to December of the last."""
    years = range(first_year, last_year + 1)
    return np.array(
        [calendar.monthrange(year, month)[1] for year in years for month in range(1, 13)]
    )
