"""Monthly figures typed in by hand: read for the grid, saved as an import to be undone."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.imports.kinds import ImportOptions
from samverkan.platform.imports.models import ImportBatch
from samverkan.platform.imports.results import ImportResult, Origin
from samverkan.platform.imports.services import commit_import, register_file
from samverkan.platform.imports.storage import store_chunks

from .definitions import SeriesDefinition, series_definitions
from .models import Figure
from .typed_rules import Judged, Place, Standing

SOURCES = ("police", "manual")
MONTHS_SHOWN = 12
USUAL = (
    "vandalism",
    "theft",
    "shoplifting",
    "burglary",
    "violence",
    "violence_home",
    "violence_public",
)
HEADER = ("kommun", "period", "serie", "antal", "preliminär", "inmatad")
MAPPING = {"municipality": 0, "period": 1, "series": 2, "count": 3, "preliminary": 4}
KNOWN_GAP = "saknas"


@dataclass(frozen=True)
class Grid:
    """What a grid is of: one municipality and source, the months and the series."""

    municipality_code: str
    source_code: str
    months: tuple[date, ...]
    series: tuple[SeriesDefinition, ...]

    @property
    def places(self) -> list[Place]:
        return [Place(each.code, month) for month in self.months for each in self.series]


def typable_series(source_code: str) -> list[SeriesDefinition]:
    """The counted series that the source can give."""
    return [
        definition
        for definition in series_definitions().values()
        if definition.unit == Figure.Unit.COUNT and source_code in definition.source_codes
    ]


def grid_of(
    actor: Actor, municipality_code: str, source_code: str, year: int, codes: Sequence[str] = ()
) -> Grid:
    """The months of a year that have begun, and the wanted series (the usual ones unless said)."""
    known = typable_series(source_code)
    wanted = set(codes) & {each.code for each in known} or set(USUAL)
    today = timezone.localdate(actor.at)
    months = [date(year, month, 1) for month in range(1, MONTHS_SHOWN + 1)]
    return Grid(
        municipality_code,
        source_code,
        tuple(month for month in months if month <= today),
        tuple(each for each in known if each.code in wanted),
    )


def standing_figures(actor: Actor, grid: Grid) -> dict[Place, Standing]:
    """What the actor's own party has in the cells now."""
    require(actor, Capability.STATISTICS_WRITE)
    if not grid.months:
        return {}
    found = (
        Figure.objects.visible_to(actor)
        .current()
        .for_municipality(grid.municipality_code)
        .filter(
            owner_id=actor.party_id,
            source_code=grid.source_code,
            period_kind=Figure.PeriodKind.MONTH,
            unit=Figure.Unit.COUNT,
            subgroup="",
            period_start__range=(grid.months[0], grid.months[-1]),
            series_code__in=[each.code for each in grid.series],
        )
    )
    columns = ("series_code", "period_start", "value", "is_preliminary")
    return {
        Place(code, month): Standing(None if value is None else int(value), is_preliminary, True)
        for code, month, value, is_preliminary in found.values_list(*columns)
    }


def save_typed(actor: Actor, grid: Grid, changed: Sequence[Judged]) -> ImportResult:
    """Write the changed cells as one import: with provenance, and to be undone as a whole."""
    require(actor, Capability.STATISTICS_WRITE)
    local = timezone.localtime(actor.at)
    stored = store_chunks([_file(grid, changed, actor)])
    origin = Origin(
        file_name=f"inmatning-{grid.municipality_code}-{local:%Y-%m-%d-%H%M%S}.csv",
        source_code=grid.source_code,
        fetched_at=actor.at,
    )
    with transaction.atomic():
        batch: ImportBatch = register_file(
            actor, stored, "statistics", origin, ImportOptions(mapping=MAPPING)
        )
        return commit_import(actor, batch.ref)


def _file(grid: Grid, changed: Sequence[Judged], actor: Actor) -> bytes:
    """The cells as a file; the moment keeps it apart from an equal one typed earlier."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(HEADER)
    for cell in changed:
        count = KNOWN_GAP if cell.value is None else cell.value
        mark = "1" if cell.written.is_preliminary and cell.value is not None else ""
        month, code = f"{cell.place.month:%Y-%m}", cell.place.series_code
        moment = actor.at.isoformat()
        writer.writerow([grid.municipality_code, month, code, count, mark, moment])
    return text.getvalue().encode("utf-8")
