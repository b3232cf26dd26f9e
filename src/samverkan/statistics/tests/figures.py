"""Figures for tests: a whole series in one call, with its import."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from samverkan.organisations.models import Municipality, Organisation
from samverkan.platform.imports.models import ImportBatch
from samverkan.statistics.models import Figure
from tests.world import NOW, World

# Reported vandalism in a place of Storfors' size: two a month, by chance alone.
TWO_A_MONTH = tuple(
    int(count)
    for count in "213204212531 220314223122 132240231221 320251232124 221302321423".replace(" ", "")
)
FIRST_MONTH = date(2021, 11, 1)


def make_import(
    owner: Organisation, *, file_name: str = "manadsfil.csv", source_code: str = "police"
) -> ImportBatch:
    batch: ImportBatch = ImportBatch.objects.create(
        kind="statistics",
        party_ref=owner.ref,
        state=ImportBatch.State.DONE,
        file_name=file_name,
        sha256="ab" * 32,
        size_bytes=1,
        source_code=source_code,
        fetched_at=NOW,
        imported_by="Testperson",
        created_at=NOW,
    )
    return batch


def make_series(
    world: World,
    values: Sequence[float | None],
    *,
    code: str = "vandalism",
    kind: str = "month",
    first: date = FIRST_MONTH,
    owner: Organisation | None = None,
    municipality: Municipality | None = None,
    source_code: str = "police",
    preliminary: int = 0,
    is_published: bool = False,
    unit: str = "count",
) -> ImportBatch:
    """One figure a period from `first` on; None leaves the period out; the last are preliminary."""
    owner = owner or world.storfors
    batch = make_import(owner, source_code=source_code)
    months = {"month": 1, "quarter": 3, "year": 12}[kind]
    figures = []
    for at, value in enumerate(values):
        month = first.month - 1 + at * months
        figures.append(
            Figure(
                owner=owner,
                municipality=municipality or world.storfors_municipality,
                series_code=code,
                unit=unit,
                period_kind=kind,
                period_start=date(first.year + month // 12, month % 12 + 1, 1),
                value=value,
                source_code=source_code,
                is_preliminary=at >= len(values) - preliminary,
                is_published=is_published,
                fetched_at=NOW,
                batch=batch,
            )
        )
    Figure.objects.bulk_create([figure for figure in figures if figure.value is not None])
    return batch
