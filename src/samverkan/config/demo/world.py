"""Build the demo world, and bring it up to today when it is opened again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.db.models import Max

from samverkan.organisations.models import Function, Holding, Organisation
from samverkan.organisations.selectors import actor_for
from samverkan.platform.access.actor import system
from samverkan.platform.audit.services import record
from samverkan.platform.imports.reception import FileRequest, receive
from samverkan.platform.imports.services import commit_import
from samverkan.situation.models import Incident
from samverkan.statistics.models import Figure

from .action_plans import write_plans
from .events import WEEKS, oblige_reporters, open_problems, register_places, report_weeks
from .figures import months_published, police_files
from .people import REASON, Cast, form_groups, gather, sign_agreement
from .pictures import write_pictures
from .plan import POLICE, POLICE_FUNCTIONS
from .rooms import build_rooms


def ensure(now: datetime) -> None:
    """The whole world on the first day; on later days what has come since."""
    today = now.date()
    with transaction.atomic():
        is_new = not Organisation.objects.for_system(REASON).filter(name=POLICE).exists()
        cast = _build(today) if is_new else None
        if cast is not None:
            record(system("demo", now), "demo.built", "demo")
        _publish_figures(today)
        report_weeks(_weeks_missing(today))
        if cast is not None:
            # First: what a municipality publishes holds the summary of its picture.
            write_pictures(today)
            build_rooms(cast, today)
            write_plans(cast, today)


def _build(today: date) -> Cast:
    cast = gather(date(today.year - 5, 1, 1))
    sign_agreement(cast, today)
    form_groups(cast, today)
    register_places(cast)
    oblige_reporters(cast)
    open_problems(cast, today)
    return cast


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
    """Imported at the time by the police, through the same services as in the web."""
    newest = (
        Figure.objects.for_system(REASON)
        .filter(owner__name=POLICE)
        .aggregate(newest=Max("period_start"))["newest"]
    )
    missing = [month for month in months_published(today) if newest is None or month > newest]
    function = Function.objects.for_system(REASON).get(title=POLICE_FUNCTIONS[0].title)
    holding = Holding.objects.for_system(REASON).get(function=function, role=Holding.Role.HOLDER)
    with TemporaryDirectory() as folder:
        for file in police_files(missing):
            path = Path(folder) / file.name
            path.write_bytes(file.content)
            actor = actor_for(holding.user, function.ref, file.fetched_at)
            batch = receive(actor, FileRequest(path, "statistics", "police"))
            if not commit_import(actor, batch.ref).is_done:
                raise RuntimeError(f"the demo's own file {file.name} was refused")
