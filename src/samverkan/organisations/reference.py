"""The 290 municipalities that ship with the product."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "municipalities.csv"
POPULATION_YEAR = 2024
POPULATION_SOURCE = "SCB, folkmängd 2024-12-31 (CC0)"


@dataclass(frozen=True)
class MunicipalityFacts:
    code: str
    name: str
    county_code: str
    county_name: str
    inhabitants: int


@cache
def municipality_facts() -> dict[str, MunicipalityFacts]:
    """Every municipality by its SCB code."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {
            row["code"]: MunicipalityFacts(
                code=row["code"],
                name=row["name"],
                county_code=row["county_code"],
                county_name=row["county_name"],
                inhabitants=int(row["inhabitants_2024"]),
            )
            for row in rows
        }
