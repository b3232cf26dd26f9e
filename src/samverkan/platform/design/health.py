"""Whether the house is well: for a person to read and for a watcher to poll. Nothing secret."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

import samverkan
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.http import ActorRequest, public
from samverkan.platform.jobs.models import Job

LEAST_FREE_BYTES = 200 * 1024 * 1024
LONGEST_WAIT = timedelta(minutes=10)


@dataclass(frozen=True)
class Check:
    """One question about the house, and the answer in words that give nothing away."""

    name: str
    label: str
    is_well: bool
    text: str


@require_GET
@never_cache
@public
def health(request: ActorRequest) -> HttpResponse:
    checks = (*_database_checks(request.actor), disk_check())
    is_well = all(check.is_well for check in checks)
    status = 200 if is_well else 503
    if _wants_json(request):
        answer = {
            "status": "ok" if is_well else "unwell",
            "version": samverkan.__version__,
            "checks": {check.name: {"ok": check.is_well, "text": check.text} for check in checks},
        }
        return JsonResponse(answer, status=status)
    context = {"checks": checks, "is_well": is_well, "version": samverkan.__version__}
    return render(request, "design/pages/health.html", context, status=status)


def _wants_json(request: ActorRequest) -> bool:
    return request.GET.get("format") == "json" or not request.accepts("text/html")


def _database_checks(actor: Actor) -> tuple[Check, ...]:
    """The database first: without it the other two cannot be asked."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return (
            Check("database", _("Database"), True, _("Answers.")),
            _migrations_check(),
            _worker_check(actor),
        )
    except DatabaseError:
        return (Check("database", _("Database"), False, _("Does not answer.")),)


def _migrations_check() -> Check:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    text = _("Not up to date: run the setup command.") if missing else _("Up to date.")
    return Check("migrations", _("Database structure"), not missing, text)


def _worker_check(actor: Actor) -> Check:
    """Work that has waited long means that nobody takes it."""
    is_stuck = (
        Job.objects.for_system("is anybody doing the work")
        .filter(state=Job.State.WAITING, created_at__lt=actor.at - LONGEST_WAIT)
        .exists()
    )
    text = _("Work has waited for more than 10 minutes.") if is_stuck else _("Nothing waits.")
    return Check("worker", _("Background work"), not is_stuck, text)


def disk_check() -> Check:
    folder = Path(settings.DATA_FOLDER)
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    has_room = shutil.disk_usage(existing).free >= LEAST_FREE_BYTES
    text = _("There is room.") if has_room else _("Almost full.")
    return Check("disk", _("Disk"), has_room, text)
