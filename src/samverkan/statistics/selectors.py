"""Figures of a municipality with their provenance, series by series; each answers one question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from samverkan.documents.formats import PeriodKind
from samverkan.organisations.selectors import municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.imports.models import ImportBatch

from .definitions import (
    Sensitivity,
    SeriesDefinition,
    SeriesSetting,
    Source,
    series_definitions,
    sources,
)
from .derived import derived_series
from .models import Figure
from .release import KnownFigure, SeriesKey, is_small, released, summed_years


@dataclass(frozen=True)
class Provenance:
    """Which file a figure came in with, from whom, when."""

    import_ref: str
    file_name: str
    sha256: str
    fetched_at: datetime
    imported_by: str
    imported_at: datetime
    definition: str


@dataclass(frozen=True)
class FigureSeries:
    """The current figures of one series from one source, in time order."""

    municipality_code: str
    definition: SeriesDefinition
    unit: str
    period_kind: PeriodKind
    source: Source
    figures: tuple[KnownFigure, ...]
    provenance: tuple[Provenance, ...]
    is_summed: bool = False
    """Years that nobody delivered: sums of the months, complete years only."""

    @property
    def first(self) -> date:
        return self.figures[0].start

    @property
    def last(self) -> date:
        return self.figures[-1].start

    @property
    def is_count(self) -> bool:
        return self.unit == Figure.Unit.COUNT

    @property
    def preliminary_from(self) -> date | None:
        return next((figure.start for figure in self.figures if figure.is_preliminary), None)


@dataclass(frozen=True)
class SupersededFigure:
    """What a figure was before a revision, and what it became."""

    period_kind: PeriodKind
    start: date
    value: float | None
    is_preliminary: bool
    fetched_at: datetime
    file_name: str
    became: float | None
    became_at: datetime


@dataclass(frozen=True)
class Inhabitants:
    year: int
    number: int
    source: str


@dataclass(frozen=True)
class PartOfYear:
    """How many of a year's events were of one kind: at home, in public places."""

    definition: SeriesDefinition
    total: int


@dataclass(frozen=True)
class PartsOfYears:
    """The parts of the last so many years, and the total that they are parts of."""

    years: int
    total: int
    parts: tuple[PartOfYear, ...]


MOST_YEARS_OF_PARTS = 5


def figure_series(
    actor: Actor, municipality_code: str, *, codes: Iterable[str] = (), until: date | None = None
) -> list[FigureSeries]:
    """The series that the actor may see, in the order of presentation.

    `until` leaves out periods that start after that day. Of a sensitive series only years are
    given, and no year with fewer than five: months would tell of persons.
    """
    figures = Figure.objects.visible_to(actor).current().for_municipality(municipality_code)
    wanted = list(codes)
    if wanted:
        figures = figures.filter(series_code__in=wanted)
    if until is not None:
        figures = figures.filter(period_start__lte=until)
    grouped: dict[SeriesKey, list[KnownFigure]] = defaultdict(list)
    known = series_definitions()
    rows = figures.filter(subgroup="").order_by("period_start", "pk")
    for code, unit, kind, source, owner, *fields in rows.values_list(
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
    ):
        if code in known and source in sources():
            key = SeriesKey(code, unit, PeriodKind(kind), source, owner)
            grouped[key].append(KnownFigure(*fields))
    grouped = _once(actor, grouped)
    grouped = {**grouped, **derived_series(grouped)}
    sums = summed_years(grouped)
    handed_out = {
        key: released(known[key.code], key.kind, figures_of)
        for key, figures_of in {**grouped, **sums}.items()
    }
    present = {key: figures_of for key, figures_of in handed_out.items() if figures_of}
    return _in_order(municipality_code, present, frozenset(sums))


def _once(
    actor: Actor, grouped: dict[SeriesKey, list[KnownFigure]]
) -> dict[SeriesKey, list[KnownFigure]]:
    """Published figures that several parties have put in are shown once: the actor's own, or
    else those that reach furthest."""
    chosen: dict[tuple[object, ...], SeriesKey] = {}
    for key in grouped:
        shared = sources()[key.source].is_published
        subject = (key.code, key.unit, key.kind, key.source, shared or key.owner)
        rank = (key.owner == actor.party_id, grouped[key][-1].start, -key.owner)
        other = chosen.get(subject)
        if other is None or rank > (
            other.owner == actor.party_id,
            grouped[other][-1].start,
            -other.owner,
        ):
            chosen[subject] = key
    return {key: grouped[key] for key in chosen.values()}


def parts_of_last_year(
    actor: Actor, municipality_code: str, series_code: str, until: date
) -> list[PartOfYear]:
    """How the last twelve months' events of a series divide over places."""
    found = parts_of_years(actor, municipality_code, series_code, until).get(1)
    return list(found.parts) if found else []


def parts_of_years(
    actor: Actor, municipality_code: str, series_code: str, until: date
) -> dict[int, PartsOfYears]:
    """How the events of the last year, and of the most whole years up to five, divide over places.

    A number of years is left out unless every part is known for all its months, and neither a
    part nor what is left is so small that it could tell of persons.
    """
    parts = [
        definition
        for definition in series_definitions().values()
        if definition.part_of == series_code and definition.setting is not SeriesSetting.ANY
    ]
    if not parts:
        return {}
    codes = [series_code, *(definition.code for definition in parts)]
    months = (
        Figure.objects.visible_to(actor)
        .current()
        .for_municipality(municipality_code)
        .filter(
            series_code__in=codes,
            subgroup="",
            unit=Figure.Unit.COUNT,
            period_kind=Figure.PeriodKind.MONTH,
            period_start__gt=date(until.year - MOST_YEARS_OF_PARTS, until.month, 1),
            period_start__lte=until,
        )
    )
    values: dict[str, list[tuple[date, float]]] = {code: [] for code in codes}
    for code, start, value in months.values_list("series_code", "period_start", "value"):
        if value is not None:
            values[code].append((start, value))
    found = {
        years: _parts(years, series_code, parts, values, date(until.year - years, until.month, 1))
        for years in range(MOST_YEARS_OF_PARTS, 0, -1)
    }
    known = {years: each for years, each in found.items() if each is not None}
    return {years: known[years] for years in {1, max(known, default=1)} if years in known}


def _parts(
    years: int,
    series_code: str,
    parts: list[SeriesDefinition],
    values: dict[str, list[tuple[date, float]]],
    after: date,
) -> PartsOfYears | None:
    kept = {
        code: [value for start, value in found if start > after] for code, found in values.items()
    }
    known = {code: int(sum(found)) for code, found in kept.items() if len(found) == years * 12}
    told = [PartOfYear(each, known[each.code]) for each in parts if each.code in known]
    total = known.get(series_code, 0)
    rest = total - sum(part.total for part in told)
    is_safe = rest >= 0 and not any(is_small(count) for count in (rest, *(p.total for p in told)))
    if not told or series_code not in known or not is_safe:
        return None
    return PartsOfYears(years, total, tuple(told))


def superseded_figures(
    actor: Actor, municipality_code: str, series_code: str
) -> list[SupersededFigure]:
    """Earlier figures that a revision replaced, the latest revision first."""
    definition = series_definitions().get(series_code)
    if definition is None:
        return []
    replaced = (
        Figure.objects.visible_to(actor)
        .for_municipality(municipality_code)
        .filter(series_code=series_code, replaced_by__isnull=False, subgroup="")
        .select_related("batch", "replaced_by__batch")
        .order_by("-replaced_by__fetched_at", "-period_start")
    )
    if definition.sensitivity is Sensitivity.SENSITIVE:
        replaced = replaced.filter(period_kind=Figure.PeriodKind.YEAR)
    return [_superseded(figure, definition) for figure in replaced]


def population(actor: Actor, municipality_code: str) -> list[Inhabitants]:
    """Inhabitants on 31 December, the earliest year first."""
    place = municipality(actor, municipality_code)
    if place is None:
        return []
    manager: Any = place.populations
    rows = manager.visible_to(actor).filter(municipality_id=place.pk).order_by("year")
    return [Inhabitants(row.year, row.inhabitants, row.source) for row in rows]


def missing_series(actor: Actor, municipality_code: str) -> list[SeriesDefinition]:
    """Crime series counted in offences of which the actor can see no figure at all."""
    present = set(
        Figure.objects.visible_to(actor)
        .current()
        .for_municipality(municipality_code)
        .values_list("series_code", flat=True)
        .distinct()
    )
    return [
        definition
        for code, definition in series_definitions().items()
        if definition.is_crime and definition.unit == Figure.Unit.COUNT and code not in present
    ]


def _in_order(
    municipality_code: str,
    grouped: dict[SeriesKey, list[KnownFigure]],
    summed: frozenset[SeriesKey],
) -> list[FigureSeries]:
    order = {code: at for at, code in enumerate(series_definitions())}
    kinds = list(PeriodKind)
    imports = _imports({row.import_id for rows in grouped.values() for row in rows})
    keys = sorted(grouped, key=lambda key: (order[key.code], kinds.index(key.kind), *key))
    return [
        FigureSeries(
            municipality_code=municipality_code,
            definition=series_definitions()[key.code],
            unit=key.unit,
            period_kind=key.kind,
            source=sources()[key.source],
            figures=tuple(grouped[key]),
            provenance=tuple(
                imports[pk] for pk in sorted({row.import_id for row in grouped[key]}, reverse=True)
            ),
            is_summed=key in summed,
        )
        for key in keys
    ]


def _imports(keys: set[int]) -> dict[int, Provenance]:
    """The files behind figures that the actor may see: a figure's provenance goes with it."""
    batches = ImportBatch.objects.for_system("provenance follows the figures that are shown")
    return {
        batch.pk: Provenance(
            import_ref=batch.ref,
            file_name=batch.file_name,
            sha256=batch.sha256,
            fetched_at=batch.fetched_at,
            imported_by=batch.imported_by,
            imported_at=batch.created_at,
            definition=batch.definition,
        )
        for batch in batches.filter(pk__in=keys)
    }


def _superseded(figure: Figure, definition: SeriesDefinition) -> SupersededFigure:
    is_sensitive = definition.sensitivity is Sensitivity.SENSITIVE

    def shown(value: float | None) -> float | None:
        return None if is_sensitive and is_small(value) else value

    later: Figure = figure.replaced_by
    return SupersededFigure(
        period_kind=PeriodKind(figure.period_kind),
        start=figure.period_start,
        value=shown(figure.value),
        is_preliminary=figure.is_preliminary,
        fetched_at=figure.fetched_at,
        file_name=figure.batch.file_name,
        became=shown(later.value),
        became_at=later.fetched_at,
    )
