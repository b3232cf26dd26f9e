"""The counts that municipalities can be compared by, and what a model expects of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from samverkan.platform.access.actor import Actor

from ..definitions import (
    Sensitivity,
    SeriesDefinition,
    comparability_breaks,
    series_definitions,
    sources,
)
from ..models import Figure
from .places import place_facts
from .rates import PlaceCount

MOST_YEARS = 3
# Kolada's comparison with a model: which crime group each key figure is about.
MODEL_SERIES = {"U00489": "violence", "U00490": "theft"}


@dataclass(frozen=True)
class YearsOfPlaces:
    """One crime group from one source: the same years of every municipality that has them."""

    definition: SeriesDefinition
    source_code: str
    first_year: int
    last_year: int
    is_preliminary: bool
    places: tuple[PlaceCount, ...]


@dataclass(frozen=True)
class ModelExpected:
    """What a model says of a municipality with the same conditions: 2 fewer, 1 as many, 0 more."""

    series_code: str
    year: int
    value: int
    source_code: str


def years_of_places(actor: Actor, own: str, others: Iterable[str]) -> list[YearsOfPlaces]:
    """Yearly counts of published statistics, crime group by crime group, in order.

    The last years, at most three, that the municipality has after the last change of codes; another
    municipality takes part when it has them all. Sensitive groups are not compared: their small
    counts are not given out.
    """
    rows: dict[tuple[str, str], dict[str, dict[int, tuple[float, bool]]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    figures = (
        Figure.objects.visible_to(actor)
        .current()
        .filter(
            municipality__code__in=[own, *others],
            series_code__in=[each.code for each in _comparable()],
            period_kind=Figure.PeriodKind.YEAR,
            unit=Figure.Unit.COUNT,
            is_published=True,
            subgroup="",
            period_start__gte=_since(),
        )
    )
    for code, series, source, start, value, is_preliminary in figures.values_list(
        "municipality__code",
        "series_code",
        "source_code",
        "period_start",
        "value",
        "is_preliminary",
    ):
        if value is not None and source in sources():
            rows[series, source][code][start.year] = (value, is_preliminary)
    found = [
        _years(series_definitions()[series], source, own, by_place)
        for (series, source), by_place in rows.items()
    ]
    order = list(series_definitions())
    return sorted(
        (each for each in found if each is not None),
        key=lambda each: (order.index(each.definition.code), each.source_code),
    )


def _comparable() -> list[SeriesDefinition]:
    return [
        each
        for each in series_definitions().values()
        if each.is_crime
        and each.unit == Figure.Unit.COUNT
        and each.sensitivity is Sensitivity.ORDINARY
    ]


def _since() -> date:
    return max(broken.on for broken in comparability_breaks())


def _years(
    definition: SeriesDefinition,
    source: str,
    own: str,
    by_place: dict[str, dict[int, tuple[float, bool]]],
) -> YearsOfPlaces | None:
    years = sorted(by_place.get(own, {}))[-MOST_YEARS:]
    if not years:
        return None
    places = place_facts()
    counted = [
        PlaceCount(
            code=code,
            name=places[code].name,
            inhabitants=places[code].inhabitants,
            count=int(sum(values[year][0] for year in years)),
            years=len(years),
        )
        for code, values in by_place.items()
        if code in places and all(year in values for year in years)
    ]
    order = list(places)
    return YearsOfPlaces(
        definition=definition,
        source_code=source,
        first_year=years[0],
        last_year=years[-1],
        is_preliminary=any(by_place[own][year][1] for year in years),
        places=tuple(sorted(counted, key=lambda each: order.index(each.code))),
    )


def model_expected(actor: Actor, own: str) -> list[ModelExpected]:
    """The latest year of each comparison with a model that the source gives."""
    figures = (
        Figure.objects.visible_to(actor)
        .current()
        .for_municipality(own)
        .filter(series_code__in=list(MODEL_SERIES), period_kind=Figure.PeriodKind.YEAR)
        .exclude(value=None)
        .order_by("series_code", "-period_start")
    )
    latest: dict[str, ModelExpected] = {}
    for series, start, value, source in figures.values_list(
        "series_code", "period_start", "value", "source_code"
    ):
        if series not in latest and value in (0.0, 1.0, 2.0):
            latest[series] = ModelExpected(MODEL_SERIES[series], start.year, int(value), source)
    return list(latest.values())
