"""The weekly counts, in step with each incident that comes, changes or goes."""

from __future__ import annotations

from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import F

from ..models import Incident, IncidentCount
from ..models.incidents import Review

REASON = "keep the counts in step"


class Cell(NamedTuple):
    """Where an incident is counted."""

    owner_id: int
    reporting_organisation_id: int
    municipality_id: int
    place_id: int | None
    category: str
    week: int
    is_reviewed: bool


def cell_of(incident: Incident) -> Cell | None:
    """None for one that is not counted: a duplicate, or removed."""
    if not incident.is_standing:
        return None
    return Cell(
        incident.owner_id,
        incident.reporting_organisation_id,
        incident.municipality_id,
        incident.place_id,
        incident.category,
        incident.week,
        incident.review == Review.REVIEWED,
    )


def move(before: Cell | None, after: Cell | None) -> None:
    """Count the incident in its new cell and no longer in the old; the caller's transaction."""
    if before == after:
        return
    if before is not None:
        cell = IncidentCount.objects.for_system(REASON).filter(**before._asdict())
        cell.update(incidents=F("incidents") - 1)
        cell.filter(incidents=0).delete()
    if after is not None:
        _add(after)


def _add(cell: Cell) -> None:
    if _grow(cell):
        return
    try:
        with transaction.atomic():
            IncidentCount.objects.create(**cell._asdict(), incidents=1)
    except IntegrityError:
        # Somebody else made the cell between our two questions.
        _grow(cell)


def _grow(cell: Cell) -> bool:
    found = IncidentCount.objects.for_system(REASON).filter(**cell._asdict())
    return bool(found.update(incidents=F("incidents") + 1))
