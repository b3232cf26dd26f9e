"""Build the demo world, and bring it up to today when it is opened again."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from samverkan.organisations.models import Municipality, Organisation
from samverkan.platform.access.actor import system
from samverkan.platform.audit.services import record
from samverkan.platform.imports.models import ImportBatch
from samverkan.situation.models import Incident
from samverkan.statistics.models import Figure

from .events import WEEKS, oblige_reporters, open_problems, register_places, report_weeks
from .figures import counts_in, monthly_file, months_published, published_at
from .people import REASON, form_groups, gather, sign_agreement
from .pictures import write_pictures
from .plan import POLICE


def ensure(now: datetime) -> None:
    """The whole world on the first day; on later days what has come since."""
    today = now.date()
    with transaction.atomic():
        is_new = not Organisation.objects.for_system(REASON).filter(name=POLICE).exists()
        if is_new:
            _build(today)
            record(system("demo", now), "demo.built", "demo")
        _publish_figures(today)
        report_weeks(_weeks_missing(today))
        if is_new:
            write_pictures(today)


def _build(today: date) -> None:
    cast = gather(date(today.year - 5, 1, 1))
    sign_agreement(cast, today)
    form_groups(cast, today)
    register_places(cast)
    oblige_reporters(cast)
    open_problems(cast, today)


def _weeks_missing(today: date) -> list[date]:
    """Mondays of the past weeks that have no incidents yet, the running week apart."""
    monday = today - timedelta(days=today.weekday())
    newest = Incident.objects.for_system(REASON).aggregate(newest=Max("week"))["newest"]
    mondays = [monday - timedelta(weeks=back) for back in range(WEEKS, 0, -1)]
    if newest is None:
        return mondays
    last = date.fromisocalendar(newest // 100, newest % 100, 1)
    return [day for day in mondays if day > last]


def _publish_figures(today: date) -> None:
    police = Organisation.objects.for_system(REASON).get(name=POLICE)
    places = Municipality.objects.for_system(REASON).in_bulk(field_name="code")
    newest = (
        Figure.objects.for_system(REASON)
        .filter(owner=police)
        .aggregate(newest=Max("period_start"))["newest"]
    )
    for month in months_published(today):
        if newest is None or month > newest:
            _publish_month(month, police, places)


def _publish_month(month: date, police: Organisation, places: dict[str, Municipality]) -> None:
    content = monthly_file(month)
    digest = hashlib.sha256(content).hexdigest()
    folder = Path(settings.MEDIA_ROOT) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / digest).write_bytes(content)
    at = published_at(month)
    rows = list(counts_in(month))
    batch = ImportBatch.objects.create(
        kind="crime_statistics",
        party_ref=police.ref,
        state=ImportBatch.State.DONE,
        file_name=f"manadsfil-{month:%Y-%m}.csv",
        sha256=digest,
        size_bytes=len(content),
        stored_as=f"imports/{digest}",
        source_code="police",
        is_preliminary=False,
        fetched_at=at,
        rows_read=len(rows),
        rows_added=len(rows),
        imported_by="Demo: Kommunpolis",
        created_at=at,
        finished_at=at,
    )
    Figure.objects.bulk_create(
        [
            Figure(
                owner=police,
                municipality=places[row.municipality],
                series_code=row.series,
                period_kind=Figure.PeriodKind.MONTH,
                period_start=row.month,
                value=row.count,
                source_code="police",
                fetched_at=at,
                batch=batch,
                line=number,
            )
            for number, row in enumerate(rows, start=2)
        ]
    )
