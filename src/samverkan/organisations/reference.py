"""The 290 municipalities that ship with the product: who they are, and who borders whom."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "data"
DATA = FOLDER / "municipalities.csv"
AREAS = FOLDER / "municipal_areas.csv"
POPULATION_YEAR = 2024
POPULATION_SOURCE = "SCB, folkmängd 2024-12-31 (CC0)"


@dataclass(frozen=True)
class MunicipalityFacts:
    code: str
    name: str
    county_code: str
    county_name: str
    inhabitants: int


@dataclass(frozen=True)
class MunicipalArea:
    """`square_kilometres` are within the border, lakes included; `neighbours` meet it."""

    square_kilometres: float
    neighbours: tuple[str, ...]


@cache
def municipal_areas() -> dict[str, MunicipalArea]:
    """Every municipality's area by its SCB code. Who borders whom is the same from both sides."""
    with AREAS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {
            row["code"]: MunicipalArea(float(row["area_km2"]), tuple(row["neighbours"].split()))
            for row in rows
        }


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
