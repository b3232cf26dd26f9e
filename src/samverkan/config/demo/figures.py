"""Monthly figures of the demo: a year's total is planned, its months fall by chance."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from .plan import MUNICIPALITIES, SEED, PlannedMunicipality

FIRST_PLANNED_YEARS = 5
PUBLISHED_AFTER_DAYS = 10
STOCKHOLM = ZoneInfo("Europe/Stockholm")
DERIVED = {"violence": ("violence_home", "violence_public", "violence_other")}
HIDDEN = {"violence_other"}


@dataclass(frozen=True)
class MonthlyCount:
    municipality: str
    series: str
    month: date
    count: int


def months_published(today: date) -> list[date]:
    """The last sixty months that the police have had time to publish, oldest first."""
    newest = (today - timedelta(days=PUBLISHED_AFTER_DAYS)).replace(day=1)
    newest = (newest - timedelta(days=1)).replace(day=1)
    months = [newest]
    while len(months) < FIRST_PLANNED_YEARS * 12:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months[::-1]


def counts_in(month: date) -> Iterator[MonthlyCount]:
    """Every series of every municipality in one month: the same whenever it is asked."""
    for municipality in MUNICIPALITIES:
        own = {series: _count(municipality, series, month) for series in municipality.yearly}
        for total, parts in DERIVED.items():
            own[total] = sum(own[part] for part in parts)
        for series, count in sorted(own.items()):
            if series not in HIDDEN:
                yield MonthlyCount(municipality.code, series, month, count)


def _count(municipality: PlannedMunicipality, series: str, month: date) -> int:
    planned = municipality.yearly[series]
    total = planned[month.year % len(planned)]
    key = int.from_bytes(hashlib.sha256(series.encode()).digest()[:4], "big")
    generator = np.random.default_rng([SEED, int(municipality.code), key, month.year])
    return int(generator.multinomial(total, [1 / 12] * 12)[month.month - 1])


def published_at(month: date) -> datetime:
    """When the figures of a month were fetched: ten days into the next month."""
    following = (month + timedelta(days=32)).replace(day=1)
    return datetime.combine(
        following + timedelta(days=PUBLISHED_AFTER_DAYS - 1), time(9, 30), STOCKHOLM
    )


@dataclass(frozen=True)
class PoliceFile:
    """A file as the police would send it: of a month, or of a whole year that has passed."""

    name: str
    months: tuple[date, ...]

    @property
    def fetched_at(self) -> datetime:
        return published_at(self.months[-1])

    @property
    def content(self) -> bytes:
        """Semicolons, one row a figure; the same whenever it is asked."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\n")
        writer.writerow(["kommun", "period", "serie", "antal"])
        for month in self.months:
            for row in counts_in(month):
                writer.writerow([row.municipality, f"{row.month:%Y-%m}", row.series, row.count])
        return text.getvalue().encode("utf-8")


def police_files(months: Sequence[date]) -> list[PoliceFile]:
    """The files that bring the months in: past years whole, the newest year month by month."""
    if not months:
        return []
    years: dict[int, list[date]] = {}
    for month in months:
        years.setdefault(month.year, []).append(month)
    newest = years.pop(max(years))
    return [
        *(PoliceFile(f"polisen-{year}.csv", tuple(own)) for year, own in sorted(years.items())),
        *(PoliceFile(f"polisen-{month:%Y-%m}.csv", (month,)) for month in newest),
    ]
