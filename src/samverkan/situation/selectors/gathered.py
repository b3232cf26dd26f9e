"""The incidents that a problem gathers, and how many there were month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samverkan.documents.charts import Observation, SeriesChart, SourceKind
from samverkan.documents.formats import Language, PeriodKind
from samverkan.platform.access.actor import Actor

from ..models import GatheredIncident, Incident, IncidentCount, Place, Problem
from ..weeks import monday_of, week_of, weeks_from_to, weeks_later

MONTHS_SHOWN = 18


@dataclass(frozen=True)
class WhatCounts:
    """What is counted for a problem: its category at its place, or what of these it has."""

    category: str
    place_ids: tuple[int, ...]
    municipality_id: int
    owner_id: int

    @property
    def is_narrowed(self) -> bool:
        return bool(self.category or self.place_ids)


def gathered_incidents(actor: Actor, problem: Problem) -> list[Incident]:
    """The gathered incidents that the actor may read, the latest first."""
    rows = GatheredIncident.objects.visible_to(actor).filter(problem=problem)
    return list(
        Incident.objects.visible_to(actor)
        .filter(pk__in=rows.values("incident_id"))
        .select_related("place", "reporting_organisation")
        .order_by("-occurred_from", "-pk")
    )


def gathered_refs(actor: Actor, problem: Problem) -> frozenset[str]:
    rows = GatheredIncident.objects.visible_to(actor).filter(problem=problem)
    return frozenset(rows.values_list("incident__ref", flat=True))


def what_counts(actor: Actor, problem: Problem) -> WhatCounts:
    return WhatCounts(
        category=problem.category,
        place_ids=place_and_parts(actor, problem.place_id),
        municipality_id=problem.municipality_id,
        owner_id=problem.owner_id,
    )


def place_and_parts(actor: Actor, place_id: int | None) -> tuple[int, ...]:
    """The place, and the places that lie in it when it is an area."""
    if place_id is None:
        return ()
    parts = Place.objects.visible_to(actor).filter(Q(pk=place_id) | Q(area_id=place_id))
    return tuple(parts.values_list("pk", flat=True)) or (place_id,)


def counts_by_week(
    actor: Actor, what: WhatCounts, first_week: int, last_week: int
) -> dict[int, int]:
    """Incidents a week, both weeks counted; weeks without any are there with 0."""
    found = _counted(actor, what, first_week, last_week)
    totals = dict(found.values_list("week").annotate(total=Sum("incidents")).order_by())
    return {week: int(totals.get(week, 0)) for week in weeks_from_to(first_week, last_week)}


def counts_by_place_and_week(
    actor: Actor, what: WhatCounts, first_week: int, last_week: int
) -> dict[int, dict[int, int]]:
    """The category's incidents at every place of the municipality: place, then week."""
    everywhere = WhatCounts(what.category, (), what.municipality_id, what.owner_id)
    found = _counted(actor, everywhere, first_week, last_week).exclude(place=None)
    rows = found.values_list("place_id", "week").annotate(total=Sum("incidents")).order_by()
    tables: dict[int, dict[int, int]] = {}
    for place, week, total in rows:
        tables.setdefault(place, {})[week] = int(total)
    return tables


def month_chart(actor: Actor, problem: Problem) -> SeriesChart | None:
    """What is counted for the problem, month by month; None when it names no kind or place."""
    what = what_counts(actor, problem)
    if not what.is_narrowed:
        return None
    today = timezone.localdate(actor.at)
    months = _months_before(today, MONTHS_SHOWN)
    last = weeks_later(week_of(today), -1)
    totals = counts_by_week(actor, what, week_of(months[0]), last)
    by_month = dict.fromkeys(months, 0)
    for week, count in totals.items():
        # A week belongs to the month that its Thursday lies in.
        start = (monday_of(week) + timedelta(days=3)).replace(day=1)
        if start in by_month:
            by_month[start] += count
    number = sum(by_month.values())
    return SeriesChart(
        key=f"months-{problem.ref}",
        title=ngettext(
            "%(number)d incident in %(months)d months",
            "%(number)d incidents in %(months)d months",
            number,
        )
        % {"number": number, "months": len(months)},
        description=", ".join(f"{start:%Y-%m}: {count}" for start, count in by_month.items()),
        unit=_("incidents a month"),
        period_kind=PeriodKind.MONTH,
        observations=tuple(
            Observation(start, float(count), is_preliminary=start == months[-1])
            for start, count in by_month.items()
        ),
        language=Language.of(get_language() or "sv"),
        source_kind=SourceKind.EST,
    )


def candidates(
    actor: Actor,
    problem: Problem,
    *,
    category: str,
    place_ref: str,
    weeks: int,
    at_most: int = 100,
) -> Sequence[Incident]:
    """Incidents of the municipality that could be gathered, the latest first."""
    since = weeks_later(week_of(timezone.localdate(actor.at)), -weeks)
    known = GatheredIncident.objects.visible_to(actor).filter(problem=problem)
    found = (
        Incident.objects.visible_to(actor)
        .filter(owner_id=problem.owner_id, municipality_id=problem.municipality_id)
        .filter(week__gte=since)
        .exclude(pk__in=known.values("incident_id"))
    )
    if category:
        found = found.filter(category=category)
    if place_ref:
        found = found.filter(place__ref=place_ref)
    found = found.select_related("place", "reporting_organisation")
    return list(found.order_by("-occurred_from", "-pk")[:at_most])


def _counted(actor: Actor, what: WhatCounts, first_week: int, last_week: int) -> Any:
    found = IncidentCount.objects.visible_to(actor).filter(
        municipality_id=what.municipality_id,
        owner_id=what.owner_id,
        week__gte=first_week,
        week__lte=last_week,
        incidents__gt=0,
    )
    if what.category:
        found = found.filter(category=what.category)
    if what.place_ids:
        found = found.filter(place_id__in=what.place_ids)
    return found


def _months_before(today: date, number: int) -> list[date]:
    months, start = [], today.replace(day=1)
    for _month in range(number):
        months.append(start)
        start = (start - timedelta(days=1)).replace(day=1)
    return months[::-1]
