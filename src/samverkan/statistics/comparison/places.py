"""What is known of every municipality, to find those that are like: size, density, neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from samverkan.organisations.reference import POPULATION_YEAR, municipal_areas, municipality_facts
from samverkan.swedish.sorting import sort_key

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
    areas = municipal_areas()
    found = []
    for code, facts in municipality_facts().items():
        found.append(
            PlaceFacts(
                code=code,
                name=facts.name,
                county_code=facts.county_code,
                county_name=facts.county_name,
                inhabitants=facts.inhabitants,
                density=facts.inhabitants / areas[code].square_kilometres,
                neighbours=areas[code].neighbours,
            )
        )
    return {each.code: each for each in sorted(found, key=lambda each: sort_key(each.name))}
