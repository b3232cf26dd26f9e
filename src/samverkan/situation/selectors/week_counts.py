"""Weekly counts as the week and its signals need them: three years, by place and category."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Sum
from django.utils import timezone

from samverkan.platform.access.actor import Actor

from ..models import Incident, IncidentCount
from ..signals import NearEvents, Series, SignalReport, SubjectKind, judge
from ..weeks import Period, monday_of, weeks_from_to, weeks_later

HISTORY_WEEKS = 156
# Above so many places the quietest are left out of the screen: they could not be judged anyway.
MOST_PLACES = 60
NEAR_WEEKS = 26
MOST_EVENTS = 300
KEPT_SECONDS = 3600

Table = Mapping[str, Mapping[int, int]]


@dataclass(frozen=True)
class WeekCounts:
    """Counts by place ref and by category; every inner mapping is week to incidents."""

    period: Period
    places: Table
    names: Mapping[str, str]
    categories: Table

    def total(self, weeks: Iterable[int]) -> int:
        return sum(counts.get(week, 0) for counts in self.categories.values() for week in weeks)

    @property
    def first_week(self) -> int | None:
        """The earliest week with any incident: before it nobody reported."""
        weeks = [week for counts in self.categories.values() for week in counts]
        return min(weeks) if weeks else None


def week_counts(actor: Actor, municipality_code: str, period: Period) -> WeekCounts:
    """Counts of the municipality up to the period's last week."""
    first = weeks_later(period.last_week, 1 - HISTORY_WEEKS)
    counted = IncidentCount.objects.visible_to(actor).filter(
        municipality__code=municipality_code,
        week__gte=first,
        week__lte=period.last_week,
        incidents__gt=0,
    )
    places: dict[str, dict[int, int]] = {}
    names: dict[str, str] = {}
    by_place = counted.values_list("place__ref", "place__name", "week").order_by()
    for ref, name, week, total in by_place.annotate(total=Sum("incidents")):
        places.setdefault(ref or "", {})[week] = total
        names[ref or ""] = name or ""
    categories: dict[str, dict[int, int]] = {}
    by_category = counted.values_list("category", "week").order_by()
    for category, week, total in by_category.annotate(total=Sum("incidents")):
        categories.setdefault(category, {})[week] = total
    return WeekCounts(period, places, names, categories)


def signals_of(actor: Actor, municipality_code: str, counts: WeekCounts) -> SignalReport:
    """The signals of the period. Kept for an hour, for as long as nothing is counted anew."""
    series = list(_series(counts))
    weeks = len(counts.period.weeks)
    total = sum(sum(each.counts) for each in series)
    clauses = ".".join(sorted(grant.clause_ref for grant in actor.grants))
    key = (
        f"signals:{actor.party_id}:{actor.organisation_id}:{hash(clauses)}:{municipality_code}:"
        f"{counts.period.first_week}:{counts.period.last_week}:{total}"
    )
    kept: SignalReport | None = cache.get(key)
    if kept is None:
        near = _near_events(actor, municipality_code, counts.period)
        kept = judge(series, weeks_a_period=weeks, near=near)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _series(counts: WeekCounts) -> Iterable[Series]:
    """All together, the places and the categories, in periods as long as the one judged."""
    first = counts.first_week
    if first is None:
        return
    weeks = weeks_from_to(first, counts.period.last_week)
    length = len(counts.period.weeks)
    weeks = weeks[len(weeks) % length :]
    groups = [weeks[at : at + length] for at in range(0, len(weeks), length)]

    def grouped(of_week: Mapping[int, int]) -> tuple[int, ...]:
        return tuple(sum(of_week.get(week, 0) for week in group) for group in groups)

    totals = {week: counts.total([week]) for week in weeks}
    yield Series(SubjectKind.ALL, "", "", grouped(totals))
    busiest = sorted(counts.places, key=lambda ref: (-sum(counts.places[ref].values()), ref))
    for ref in [ref for ref in busiest if ref][:MOST_PLACES]:
        yield Series(SubjectKind.PLACE, ref, counts.names[ref], grouped(counts.places[ref]))
    for code in sorted(counts.categories):
        yield Series(SubjectKind.CATEGORY, code, "", grouped(counts.categories[code]))


def _near_events(actor: Actor, municipality_code: str, period: Period) -> NearEvents:
    since = monday_of(weeks_later(period.last_week, 1 - NEAR_WEEKS))
    found = (
        Incident.objects.visible_to(actor)
        .filter(
            municipality__code=municipality_code,
            week__gte=weeks_later(period.last_week, 1 - NEAR_WEEKS),
            week__lte=period.last_week,
            place__east__isnull=False,
        )
        .order_by("-occurred_from", "-id")
        .values_list("place__east", "place__north", "occurred_from")[:MOST_EVENTS]
    )
    rows = [
        (float(east), float(north), (timezone.localdate(at) - since).days)
        for east, north, at in found
    ]
    east, north, days = zip(*rows, strict=True) if rows else ((), (), ())
    return NearEvents(tuple(east), tuple(north), tuple(days))
