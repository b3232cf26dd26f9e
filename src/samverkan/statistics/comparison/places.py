"""What is known of every municipality, to find those that are like: size, density, neighbours."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samverkan.organisations.reference import POPULATION_YEAR, municipality_facts
from samverkan.swedish.sorting import sort_key

AREAS = Path(__file__).parents[1] / "data" / "municipal_areas.csv"
FACTS_YEAR = POPULATION_YEAR


@dataclass(frozen=True)
class PlaceFacts:
    """`density` is inhabitants per square kilometre within the boundary, lakes included."""

    code: str
    name: str
    county_code: str
    county_name: str
    inhabitants: int
    density: float
    neighbours: tuple[str, ...]


@cache
def place_facts() -> dict[str, PlaceFacts]:
    """Every municipality by its SCB code, in the order of names."""
    areas = _areas()
    found = []
    for code, facts in municipality_facts().items():
        area, neighbours = areas[code]
        found.append(
            PlaceFacts(
                code=code,
                name=facts.name,
                county_code=facts.county_code,
                county_name=facts.county_name,
                inhabitants=facts.inhabitants,
                density=facts.inhabitants / area,
                neighbours=neighbours,
            )
        )
    return {each.code: each for each in sorted(found, key=lambda each: sort_key(each.name))}


def _areas() -> dict[str, tuple[float, tuple[str, ...]]]:
    with AREAS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {
            row["code"]: (float(row["area_km2"]), tuple(row["neighbours"].split())) for row in rows
        }
