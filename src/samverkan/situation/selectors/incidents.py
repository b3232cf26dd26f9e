"""Incidents for a list that stays fast with a million of them: by key, never by offset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Q, Sum

from samverkan.organisations.selectors import municipality
from samverkan.platform.access.actor import Actor

from ..models import Incident, IncidentCount, Place
from ..weeks import monday_of
from .shared import SharedCount, shared_blocks

PAGE = 50
FIRST_WEEK, LAST_WEEK = 190_001, 999_952
NO_ROW = 0
# Up to this many, sorting all is quicker than walking the order and leaving others out.
FEW_ENOUGH_TO_SORT = 5_000
STOCKHOLM = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True)
class IncidentFilter:
    """What the list shows. Weeks are both counted; "" and 0 mean all."""

    municipality_code: str
    first_week: int = 0
    last_week: int = 0
    category: str = ""
    place_ref: str = ""

    @property
    def is_narrowed(self) -> bool:
        return self != IncidentFilter(self.municipality_code)

    def without_weeks(self) -> IncidentFilter:
        return replace(self, first_week=0, last_week=0)


@dataclass(frozen=True)
class IncidentPage:
    """One page, newest first; whether there is more on either side; and how many there are."""

    incidents: tuple[Incident, ...]
    has_newer: bool
    has_older: bool
    total: int


@dataclass(frozen=True)
class _Cut:
    """Where a page is cut out of the order: at a row, towards the older or the newer."""

    occurred_from: datetime
    row: int
    is_towards_older: bool

    def condition(self) -> Q:
        if self.is_towards_older:
            return Q(occurred_from__lte=self.occurred_from) & (
                Q(occurred_from__lt=self.occurred_from) | Q(id__lt=self.row)
            )
        return Q(occurred_from__gte=self.occurred_from) & (
            Q(occurred_from__gt=self.occurred_from) | Q(id__gt=self.row)
        )


def incident_page(
    actor: Actor, wanted: IncidentFilter, *, before: str = "", after: str = "", size: int = PAGE
) -> IncidentPage:
    """The incidents next to the one with the given ref: older than `before`, newer than `after`.

    Without either, the newest. A ref that the actor may not see counts as not given.
    """
    matching = _matching_by_owner(actor, wanted)
    cut = _cut(actor, before or after, is_towards_older=bool(before))
    keys = [
        key
        for owner_id, number in matching.items()
        for key in _keys(actor, wanted, owner_id, number, cut, size + 1)
    ]
    keys.sort(reverse=cut is None or cut.is_towards_older)
    page = tuple(_in_order(actor, [row for _at, row in keys[:size]]))
    total, has_more = sum(matching.values()), len(keys) > size
    if cut is None:
        return IncidentPage(page, has_newer=False, has_older=has_more, total=total)
    if cut.is_towards_older:
        return IncidentPage(page, has_newer=True, has_older=has_more, total=total)
    return IncidentPage(page, has_newer=has_more, has_older=True, total=total)


def counted_but_not_shown(actor: Actor, wanted: IncidentFilter) -> SharedCount:
    """Incidents that a clause lets the actor count but not read, of four weeks at a time."""
    first, last = wanted.first_week or FIRST_WEEK, wanted.last_week or LAST_WEEK
    total = SharedCount()
    for block in shared_blocks(actor, wanted.municipality_code, first, last):
        if wanted.place_ref:
            total += block.of_place(wanted.place_ref, wanted.category)
        else:
            total += block.of_category(wanted.category) if wanted.category else block.of_all
    return total


def incident(actor: Actor, ref: str) -> Incident | None:
    found: Incident | None = (
        Incident.objects.visible_to(actor)
        .filter(ref=ref)
        .select_related(
            "place__area",
            "place_until",
            "municipality",
            "reporting_organisation",
            "owner",
            "batch",
            "local_category",
        )
        .first()
    )
    return found


def latest_incidents(actor: Actor, since: datetime, at_most: int) -> Sequence[Incident]:
    """Incidents that happened after the moment, the newest first, no more than `at_most`."""
    return list(
        Incident.objects.visible_to(actor)
        .filter(occurred_from__gt=since)
        .order_by("-occurred_from", "-id")[:at_most]
    )


def _matching_by_owner(actor: Actor, wanted: IncidentFilter) -> dict[int, int]:
    """How many incidents the list holds from each owner, from the summary table."""
    return dict(
        IncidentCount.objects.visible_to(actor)
        .filter(_narrowing(wanted), incidents__gt=0)
        .values_list("owner_id")
        .annotate(total=Sum("incidents"))
        .order_by()
    )


def _keys(
    actor: Actor, wanted: IncidentFilter, owner_id: int, number: int, cut: _Cut | None, size: int
) -> list[tuple[datetime, int]]:
    """The sort keys of one owner's incidents next to the cut.

    One owner at a time, so that the index (owner, moment, row) gives them in order: the access
    rule alone, which is an "or" of owners, would make the database sort all of them.
    """
    found = Incident.objects.visible_to(actor).filter(*_moments(wanted), owner_id=owner_id)
    # Rows by number, not by joins: a join would let the database begin at the other end. Adding
    # nothing keeps it from reading all of a place, or of a municipality, by that one's index.
    narrowed = {"municipality": _municipality_id(actor, wanted), "place": _place_id(actor, wanted)}
    for field, row in narrowed.items():
        if row is None:
            continue
        if number > FEW_ENOUGH_TO_SORT:
            found = found.alias(**{f"its_{field}": F(f"{field}_id") + 0}).filter(
                **{f"its_{field}": row}
            )
        else:
            found = found.filter(**{f"{field}_id": row})
    if wanted.category:
        found = found.filter(category=wanted.category)
    if cut is not None:
        found = found.filter(cut.condition())
    order = ("occurred_from", "id")
    if cut is None or cut.is_towards_older:
        order = ("-occurred_from", "-id")
    return list(found.order_by(*order).values_list("occurred_from", "id")[:size])


def _in_order(actor: Actor, rows: list[int]) -> list[Incident]:
    """The incidents of a page, newest first."""
    return list(
        Incident.objects.visible_to(actor)
        .filter(pk__in=rows)
        .select_related("place", "reporting_organisation")
        .order_by("-occurred_from", "-id")
    )


def _narrowing(wanted: IncidentFilter) -> Q:
    narrowed = Q(municipality__code=wanted.municipality_code)
    if wanted.first_week:
        narrowed &= Q(week__gte=wanted.first_week)
    if wanted.last_week:
        narrowed &= Q(week__lte=wanted.last_week)
    if wanted.category:
        narrowed &= Q(category=wanted.category)
    if wanted.place_ref:
        narrowed &= Q(place__ref=wanted.place_ref)
    return narrowed


def _municipality_id(actor: Actor, wanted: IncidentFilter) -> int:
    found = municipality(actor, wanted.municipality_code)
    return found.pk if found else NO_ROW


def _place_id(actor: Actor, wanted: IncidentFilter) -> int | None:
    if not wanted.place_ref:
        return None
    found = (
        Place.objects.visible_to(actor)
        .filter(ref=wanted.place_ref)
        .values_list("pk", flat=True)
        .first()
    )
    return NO_ROW if found is None else found


def _moments(wanted: IncidentFilter) -> list[Q]:
    """The same weeks as bounds on the moment, which is what the index is sorted by."""
    bounds = []
    if wanted.first_week:
        bounds.append(Q(occurred_from__gte=_midnight(wanted.first_week)))
    if wanted.last_week:
        bounds.append(Q(occurred_from__lt=_midnight(wanted.last_week, weeks=1)))
    return bounds


def _midnight(week: int, weeks: int = 0) -> datetime:
    monday = monday_of(week) + timedelta(weeks=weeks)
    return datetime(monday.year, monday.month, monday.day, tzinfo=STOCKHOLM)


def _cut(actor: Actor, ref: str, *, is_towards_older: bool) -> _Cut | None:
    if not ref:
        return None
    found = (
        Incident.objects.visible_to(actor)
        .filter(ref=ref)
        .values_list("occurred_from", "id")
        .first()
    )
    if found is None:
        return None
    occurred_from, row = found
    return _Cut(occurred_from, row, is_towards_older)
