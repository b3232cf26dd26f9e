"""Counts by the year as they truly are, for a publication that decides itself what to hide."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from samverkan.documents.formats import PeriodKind
from samverkan.platform.access.actor import Actor

from .definitions import SeriesDefinition, Source, series_definitions, sources
from .models import Figure
from .release import KnownFigure, SeriesKey, summed_years


@dataclass(frozen=True)
class YearCount:
    year: int
    count: int
    is_preliminary: bool


@dataclass(frozen=True)
class YearlyCounts:
    """One series from one source, complete years only, small counts and all: not for show."""

    definition: SeriesDefinition
    source: Source
    counts: tuple[YearCount, ...]
    is_summed: bool


def yearly_counts(actor: Actor, municipality_code: str) -> list[YearlyCounts]:
    """Every series counted in offences that the actor may see, in the order of presentation.

    Of several sources the one that is published by its maker comes first, then the one that
    reaches furthest. The running year is left out.
    """
    grouped = _figures(actor, municipality_code)
    sums = summed_years(grouped)
    yearly = {key: found for key, found in grouped.items() if key.kind is PeriodKind.YEAR}
    chosen: dict[str, tuple[SeriesKey, list[KnownFigure]]] = {}
    for key, found in sorted({**yearly, **sums}.items()):
        other = chosen.get(key.code)
        if other is None or _rank(actor, key, found) > _rank(actor, *other):
            chosen[key.code] = (key, found)
    return [
        YearlyCounts(
            definition=definition,
            source=sources()[chosen[code][0].source],
            counts=_complete(actor, chosen[code][1]),
            is_summed=chosen[code][0] in sums,
        )
        for code, definition in series_definitions().items()
        if code in chosen and _complete(actor, chosen[code][1])
    ]


def _figures(actor: Actor, municipality_code: str) -> dict[SeriesKey, list[KnownFigure]]:
    rows = (
        Figure.objects.visible_to(actor)
        .current()
        .for_municipality(municipality_code)
        .filter(
            subgroup="",
            unit=Figure.Unit.COUNT,
            period_kind__in=(Figure.PeriodKind.YEAR, Figure.PeriodKind.MONTH),
        )
        .order_by("period_start", "pk")
        .values_list(
            "series_code",
            "unit",
            "period_kind",
            "source_code",
            "owner_id",
            "period_start",
            "value",
            "is_preliminary",
            "batch_id",
            "line",
        )
    )
    grouped: dict[SeriesKey, list[KnownFigure]] = defaultdict(list)
    for code, unit, kind, source, owner, *fields in rows:
        if code in series_definitions() and source in sources():
            key = SeriesKey(code, unit, PeriodKind(kind), source, owner)
            grouped[key].append(KnownFigure(*fields))
    return grouped


def _rank(actor: Actor, key: SeriesKey, found: list[KnownFigure]) -> tuple[object, ...]:
    is_own = key.owner == actor.party_id
    return (sources()[key.source].is_published, found[-1].start, is_own, -key.owner)


def _complete(actor: Actor, found: list[KnownFigure]) -> tuple[YearCount, ...]:
    return tuple(
        YearCount(figure.start.year, int(figure.value), figure.is_preliminary)
        for figure in sorted(found, key=lambda each: each.start)
        if figure.value is not None
        and figure.value == int(figure.value)
        and figure.start.year < actor.at.year
    )
