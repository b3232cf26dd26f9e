"""Inhabitants out of SCB's cubes: which dimension is the region, which the year, which a total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samverkan.platform.imports.cubes import Cube, Dimension
from samverkan.platform.imports.problems import UnreadableFileError

MUNICIPALITY = re.compile(r"\d{4}\Z")
YEAR = re.compile(r"(?:19|20)\d{2}\Z")
YEAR_NAMES = frozenset({"tid", "år", "year", "time", "period"})
CONTENT_WORDS = ("folkmängd", "befolkning", "population", "invånare", "inhabitants")
TOTAL_CODES = frozenset({"tot", "t", "total", "totalt", "1+2", "samtliga", "all", "*", "tsamt"})
TOTAL_LABELS = ("total", "totalt", "samtliga", "båda könen", "both sexes", "alla åldrar")
# Where there is no total, these parts together are everybody.
ADDED_UP = ("kön", "sex", "gender")


@dataclass(frozen=True)
class PopulationCell:
    region: str
    region_label: str
    year: int
    inhabitants: int | None


def population_cells(cube: Cube) -> Iterator[PopulationCell]:
    """One cell for each region and year; refuses a cube that does not hold inhabitants."""
    if not any(word in cube.content.lower() for word in CONTENT_WORDS):
        raise UnreadableFileError(
            _("The table holds “%(content)s”, not inhabitants.") % {"content": cube.content[:60]},
            _("Fetch the table of inhabitants (folkmängd) per region and year."),
        )
    year = _year_dimension(cube)
    region = _region_dimension(cube, year)
    fixed = [_fixed(entry) for entry in cube.dimensions if entry not in (region, year)]
    for region_position, region_code in enumerate(region.codes):
        if len(region_code) == 2:
            continue
        for year_position, year_code in enumerate(year.codes):
            position = {region.name: region_position, year.name: year_position}
            yield PopulationCell(
                region_code,
                region.labels[region_position],
                int(year_code),
                _sum(cube, position, fixed),
            )


def _year_dimension(cube: Cube) -> Dimension:
    """The dimension whose codes are all years; 1980 to 1984 are municipalities as well."""
    years = [entry for entry in cube.dimensions if all(YEAR.match(code) for code in entry.codes)]
    named = [entry for entry in years if entry.name.lower() in YEAR_NAMES]
    if not years:
        raise _unusable(_("It has no years."))
    return (named or years)[0]


def _region_dimension(cube: Cube, year: Dimension) -> Dimension:
    for dimension in cube.dimensions:
        if dimension is not year and any(MUNICIPALITY.match(code) for code in dimension.codes):
            return dimension
    raise _unusable(_("It has no municipalities among its regions."))


def _unusable(why: str) -> UnreadableFileError:
    return UnreadableFileError(
        _("The table cannot be used for inhabitants.") + " " + why,
        _("Fetch the table of inhabitants (folkmängd) per region and year."),
    )


def _fixed(dimension: Dimension) -> tuple[str, list[int]]:
    """The positions of a dimension that together are everybody."""
    positions = range(len(dimension.codes))
    if len(dimension.codes) == 1:
        return dimension.name, [0]
    for position in positions:
        label = dimension.labels[position].lower()
        if dimension.codes[position].lower() in TOTAL_CODES or label in TOTAL_LABELS:
            return dimension.name, [position]
    for position in positions:
        if dimension.labels[position].lower() in CONTENT_WORDS:
            return dimension.name, [position]
    if any(word in dimension.name.lower() for word in ADDED_UP) and len(dimension.codes) == 2:
        return dimension.name, list(positions)
    raise UnreadableFileError(
        _("“%(dimension)s” has no total that holds everybody.")
        % {"dimension": dimension.name[:40]},
        _("Fetch the table again with the total chosen for it."),
    )


def _sum(cube: Cube, position: dict[str, int], fixed: list[tuple[str, list[int]]]) -> int | None:
    total = 0.0
    combinations: list[dict[str, int]] = [position]
    for name, positions in fixed:
        combinations = [{**chosen, name: place} for chosen in combinations for place in positions]
    for chosen in combinations:
        value = cube.value(chosen)
        if value is None:
            return None
        total += value
    return round(total)
