"""Put figures in, let a revision supersede, and take an import back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.imports.models import ImportBatch

from .definitions import sources
from .models import Figure

# SQLite takes 32,766 parameters in a statement; a figure has 17.
CHUNK = 1000

FigureKey = tuple[int, str, str, str, str, date]


@dataclass(frozen=True)
class FigureRow:
    """One figure of a file. A value of None is a known gap with its reason, never a zero."""

    line: int
    municipality_id: int
    series_code: str
    subgroup: str
    unit: Figure.Unit
    period_kind: Figure.PeriodKind
    period_start: date
    value: float | None
    missing_reason: str
    is_preliminary: bool

    @property
    def key(self) -> FigureKey:
        return (
            self.municipality_id,
            self.series_code,
            self.subgroup,
            self.unit,
            self.period_kind,
            self.period_start,
        )


@dataclass(frozen=True)
class FigureCounts:
    """What putting figures in came to; `outdated` had a preliminary value where a final stands."""

    added: int
    revised: int
    unchanged: int
    outdated: int


@dataclass(frozen=True)
class _Standing:
    pk: int
    value: float | None
    missing_reason: str
    is_preliminary: bool


class LaterImportError(Exception):
    """A later import has superseded figures of this one."""

    def __init__(self, batch_refs: Sequence[str]) -> None:
        super().__init__(", ".join(batch_refs))
        self.batch_refs = tuple(batch_refs)


def put_in_figures(actor: Actor, batch: ImportBatch, rows: Iterable[FigureRow]) -> FigureCounts:
    """Write the figures of one import; keys must not repeat within `rows`.

    An equal figure stays as it is. A different one supersedes: the earlier figure is kept, no
    longer current. A preliminary value never supersedes a final one.
    """
    require(actor, Capability.IMPORTS_WRITE)
    counts = FigureCounts(0, 0, 0, 0)
    chunk: list[FigureRow] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            counts = _sum(counts, _put_in(actor, batch, chunk))
            chunk = []
    return _sum(counts, _put_in(actor, batch, chunk))


def take_back_figures(actor: Actor, batch: ImportBatch) -> int:
    """Remove an import's figures; those that they superseded are current again.

    Raises LaterImportError when a later import has superseded any of them.
    """
    require(actor, Capability.IMPORTS_WRITE)
    mine = Figure.objects.for_system("undo an import").filter(batch=batch)
    later = mine.filter(replaced_by__isnull=False).values_list("replaced_by__batch__ref", flat=True)
    later_refs = sorted(set(later))
    if later_refs:
        raise LaterImportError(later_refs)
    superseded = list(mine.exclude(replaces=None).values_list("replaces_id", flat=True))
    rows: int = mine.delete()[0]
    for start in range(0, len(superseded), CHUNK):
        Figure.objects.for_system("undo an import").filter(
            pk__in=superseded[start : start + CHUNK]
        ).update(is_current=True)
    return rows


def _put_in(actor: Actor, batch: ImportBatch, chunk: list[FigureRow]) -> FigureCounts:
    standing = _standing(actor, batch.source_code, chunk)
    fresh: list[Figure] = []
    superseded: list[int] = []
    unchanged = outdated = 0
    for row in chunk:
        old = standing.get(row.key)
        if old is not None and _is_same(old, row):
            unchanged += 1
        elif old is not None and row.is_preliminary and not old.is_preliminary:
            outdated += 1
        else:
            fresh.append(_figure(actor, batch, row, old.pk if old else None))
            if old is not None:
                superseded.append(old.pk)
    # The old ones step down first: only one figure may be current.
    Figure.objects.for_system("a revision supersedes").filter(pk__in=superseded).update(
        is_current=False
    )
    Figure.objects.bulk_create(fresh)
    return FigureCounts(len(fresh) - len(superseded), len(superseded), unchanged, outdated)


def _standing(actor: Actor, source_code: str, chunk: list[FigureRow]) -> dict[FigureKey, _Standing]:
    """The party's current figures of the source that the rows may meet."""
    found = Figure.objects.for_system("what a file's figures may supersede").filter(
        owner_id=actor.party_id,
        source_code=source_code,
        is_current=True,
        municipality_id__in={row.municipality_id for row in chunk},
        series_code__in={row.series_code for row in chunk},
        period_start__gte=min((row.period_start for row in chunk), default=date.min),
        period_start__lte=max((row.period_start for row in chunk), default=date.min),
    )
    columns = ("municipality_id", "series_code", "subgroup", "unit", "period_kind", "period_start")
    rest = ("pk", "value", "missing_reason", "is_preliminary")
    return {row[:6]: _Standing(*row[6:]) for row in found.values_list(*columns, *rest)}


def _is_same(old: _Standing, row: FigureRow) -> bool:
    return (old.value, old.missing_reason, old.is_preliminary) == (
        row.value,
        row.missing_reason,
        row.is_preliminary,
    )


def _figure(actor: Actor, batch: ImportBatch, row: FigureRow, replaces: int | None) -> Figure:
    return Figure(
        owner_id=_party(actor),
        municipality_id=row.municipality_id,
        series_code=row.series_code,
        subgroup=row.subgroup,
        unit=row.unit,
        period_kind=row.period_kind,
        period_start=row.period_start,
        value=row.value,
        missing_reason=row.missing_reason,
        source_code=batch.source_code,
        is_preliminary=row.is_preliminary,
        is_published=sources()[batch.source_code].is_published,
        fetched_at=batch.fetched_at,
        batch=batch,
        line=row.line,
        replaces_id=replaces,
    )


def _party(actor: Actor) -> int:
    if actor.party_id is None:
        raise PermissionDenied("figures are owned by a party")
    return actor.party_id


def _sum(first: FigureCounts, second: FigureCounts) -> FigureCounts:
    return FigureCounts(
        first.added + second.added,
        first.revised + second.revised,
        first.unchanged + second.unchanged,
        first.outdated + second.outdated,
    )
