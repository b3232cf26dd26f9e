"""Places, incidents with their counts, problems, measures and duties for tests."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import F

from samverkan.organisations.models import Function, Organisation
from samverkan.platform.imports.models import ImportBatch
from samverkan.situation.models import (
    Incident,
    IncidentCount,
    Measure,
    NewsEvent,
    NothingReported,
    Place,
    Problem,
    ReportingDuty,
)
from samverkan.situation.weeks import week_of
from samverkan.swedish.sorting import search_key

SWEDEN = ZoneInfo("Europe/Stockholm")
MONDAY_MORNING = datetime(2026, 11, 16, 8, 0, tzinfo=SWEDEN)


def make_place(owner: Organisation, name: str = "Biblioteket", **fields: object) -> Place:
    values: dict[str, object] = {
        "owner": owner,
        "municipality": owner.municipality,
        "name": name,
        "search_key": search_key(name),
        "latitude": 59.53,
        "longitude": 14.27,
        **fields,
    }
    place: Place = Place.objects.create(**values)
    return place


def make_incident(
    unit: Organisation,
    *,
    place: Place | None = None,
    category: str = "E10",
    occurred: datetime = MONDAY_MORNING,
    text: str = "",
    review: str = "reviewed",
) -> Incident:
    """An incident that the unit reported, and its place in the summary table."""
    owner = unit.parent or unit
    week = week_of(occurred.astimezone(SWEDEN).date())
    cell = {
        "owner": owner,
        "reporting_organisation": unit,
        "municipality": unit.municipality,
        "place": place,
        "category": category,
        "week": week,
    }
    incident: Incident = Incident.objects.create(
        **cell, occurred_from=occurred, reported_at=occurred, text=text, review=review
    )
    cell["is_reviewed"] = review == "reviewed"
    counted = IncidentCount.objects.for_system("count in a test").filter(**cell)
    if not counted.update(incidents=F("incidents") + 1):
        IncidentCount.objects.create(**cell, incidents=1)
    return incident


def make_duty(unit: Organisation, since: date = date(2020, 1, 1)) -> ReportingDuty:
    duty: ReportingDuty = ReportingDuty.objects.create(
        owner=unit.parent or unit,
        municipality=unit.municipality,
        organisation=unit,
        valid_from=since,
    )
    return duty


def say_nothing_to_report(duty: ReportingDuty, week: int) -> NothingReported:
    word: NothingReported = NothingReported.objects.create(duty=duty, week=week)
    return word


def make_problem(
    owner: Organisation, title: str = "Oro vid busstorget", **fields: object
) -> Problem:
    values: dict[str, object] = {
        "owner": owner,
        "municipality": owner.municipality,
        "title": title,
        "opened_on": date(2026, 9, 1),
        **fields,
    }
    problem: Problem = Problem.objects.create(**values)
    return problem


def make_measure(
    problem: Problem, responsible: Function, title: str = "Bättre belysning", **fields: object
) -> Measure:
    values: dict[str, object] = {
        "problem": problem,
        "responsible": responsible,
        "title": title,
        "state": "decided",
        "due_on": date(2026, 12, 1),
        **fields,
    }
    measure: Measure = Measure.objects.create(**values)
    return measure


def make_news(police_id: int = 1, **fields: object) -> NewsEvent:
    batch = ImportBatch.objects.create(
        kind="news",
        party_ref="",
        file_name="events.json",
        sha256="0" * 64,
        size_bytes=1,
        source_code="polisen",
        fetched_at=MONDAY_MORNING,
        created_at=MONDAY_MORNING,
    )
    values: dict[str, object] = {
        "police_id": police_id,
        "published_at": MONDAY_MORNING,
        "event_type": "Brand",
        "name": "16 november 08.00, Brand, Storfors",
        "batch": batch,
        **fields,
    }
    news: NewsEvent = NewsEvent.objects.create(**values)
    return news
