"""Counts of incidents. They come from the summary table, never from counting the incidents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Sum

from samverkan.platform.access.actor import Actor
from samverkan.swedish.sorting import sort_key

from ..models import IncidentCount, Place
from ..weeks import weeks_from_to
from .shared import SharedBlock, SharedCount, shared_blocks


@dataclass(frozen=True)
class WeekRow:
    """One place and category, and its count in each week of the table; no place is ""."""

    place_ref: str
    place: str
    category: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def weeks_with_incidents(self) -> int:
        return sum(1 for count in self.counts if count)


@dataclass(frozen=True)
class WeekTable:
    """Counts by place, category and week; `weeks` names the columns of every row's counts."""

    weeks: tuple[int, ...]
    rows: tuple[WeekRow, ...]

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)

    def totals_a_week(self) -> tuple[int, ...]:
        return tuple(sum(column) for column in zip(*(row.counts for row in self.rows), strict=True))


@dataclass(frozen=True)
class PlaceCount:
    """How many incidents a place had; `place_id` is None for those without a place.

    `is_partly_hidden`: a neighbour's counts are in it, and some are too small to be shown, so
    that `incidents` is what is known at least.
    """

    place_id: int | None
    incidents: int
    is_partly_hidden: bool = False


def incident_week_table(
    actor: Actor, municipality_code: str, first_week: int, last_week: int
) -> WeekTable:
    """Incidents per place, category and week, both weeks counted; the most frequent first."""
    weeks = weeks_from_to(first_week, last_week)
    column = {week: index for index, week in enumerate(weeks)}
    cells = (
        _counts(actor, municipality_code, first_week, last_week)
        .values_list("place__ref", "place__name", "category", "week")
        .annotate(total=Sum("incidents"))
        .order_by()
    )
    rows: dict[tuple[str, str, str], list[int]] = {}
    for ref, name, category, week, total in cells:
        counts = rows.setdefault((ref or "", name or "", category), [0] * len(weeks))
        counts[column[week]] = total
    made = (
        WeekRow(ref, name, category, tuple(counts))
        for (ref, name, category), counts in rows.items()
    )
    return WeekTable(
        weeks, tuple(sorted(made, key=lambda row: (-row.total, sort_key(row.place), row.category)))
    )


def incidents_a_week(
    actor: Actor, municipality_code: str, first_week: int, last_week: int
) -> dict[int, int]:
    """All incidents of each week, with a zero for the weeks that had none."""
    found = (
        _counts(actor, municipality_code, first_week, last_week)
        .values_list("week")
        .annotate(total=Sum("incidents"))
        .order_by()
    )
    return {**dict.fromkeys(weeks_from_to(first_week, last_week), 0), **dict(found)}


def weekly_counts_of_place(
    actor: Actor, place: Place, first_week: int, last_week: int
) -> WeekTable:
    """Incidents at the place (an area: at its places too) per category and week."""
    weeks = weeks_from_to(first_week, last_week)
    column = {week: index for index, week in enumerate(weeks)}
    cells = (
        IncidentCount.objects.visible_to(actor)
        .filter(
            Q(place=place) | Q(place__area=place),
            week__gte=first_week,
            week__lte=last_week,
            incidents__gt=0,
        )
        .values_list("category", "week")
        .annotate(total=Sum("incidents"))
        .order_by()
    )
    rows: dict[str, list[int]] = {}
    for category, week, total in cells:
        rows.setdefault(category, [0] * len(weeks))[column[week]] = total
    made = (
        WeekRow(place.ref, place.name, category, tuple(counts)) for category, counts in rows.items()
    )
    return WeekTable(weeks, tuple(sorted(made, key=lambda row: (-row.total, row.category))))


def counts_by_place(
    actor: Actor, municipality_code: str, first_week: int, last_week: int, category: str = ""
) -> list[PlaceCount]:
    """How many incidents each place had, the most frequent first.

    Of neighbours who share counts only, those of the four-week blocks that end in the weeks.
    """
    counts = _counts(actor, municipality_code, first_week, last_week)
    if category:
        counts = counts.filter(category=category)
    found = counts.values_list("place_id").annotate(total=Sum("incidents")).order_by("-total")
    exact = [PlaceCount(place_id, total) for place_id, total in found]
    blocks = shared_blocks(actor, municipality_code, first_week, last_week)
    return _with_shared(actor, exact, blocks, category) if blocks else exact


def _with_shared(
    actor: Actor, exact: list[PlaceCount], blocks: tuple[SharedBlock, ...], category: str
) -> list[PlaceCount]:
    """Own counts and what neighbours share, place by place."""
    refs = {ref for block in blocks for ref in block.places}
    ids = dict(Place.objects.visible_to(actor).filter(ref__in=refs - {""}).values_list("ref", "pk"))
    totals = {each.place_id: SharedCount(each.incidents) for each in exact}
    for block in blocks:
        for ref in block.places:
            place_id = ids.get(ref)
            if ref and place_id is None:
                continue
            shared = block.of_place(ref, category)
            totals[place_id] = totals.get(place_id, SharedCount()) + shared
    made = [
        PlaceCount(place_id, count.known, count.is_partly_hidden)
        for place_id, count in totals.items()
        if count.known or count.is_partly_hidden
    ]
    return sorted(made, key=lambda each: -each.incidents)


def _counts(actor: Actor, municipality_code: str, first_week: int, last_week: int) -> Any:
    return IncidentCount.objects.visible_to(actor).filter(
        municipality__code=municipality_code,
        week__gte=first_week,
        week__lte=last_week,
        incidents__gt=0,
    )
