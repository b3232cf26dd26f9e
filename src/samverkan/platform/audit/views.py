"""The log for whoever audits it. Reading it leaves a trace in it as well."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from urllib.parse import urlencode

from django.db import transaction
from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from . import selectors
from .forms import FilterForm
from .labels import action_label
from .models import AuditEntry
from .services import record, record_read

FILTERS = ("first_day", "last_day", "function", "action", "object_ref")


@require_GET
@requires(Capability.AUDIT_READ)
def index(request: ActorRequest) -> HttpResponseBase:
    form = FilterForm(request.actor, request.GET)
    page = selectors.page_of_entries(
        request.actor,
        form.chosen(),
        before=_number(request, "before"),
        after=_number(request, "after"),
    )
    record_read(request.actor, "audit", "")
    query = _kept(request)
    return render(
        request,
        "audit/index.html",
        {
            "form": form,
            "entries": [(entry, action_label(entry.action)) for entry in page.entries],
            "newer_url": _turn(query, "after", page.newer_than),
            "older_url": _turn(query, "before", page.older_than),
            "export_query": urlencode(query),
        },
    )


@require_GET
@requires(Capability.AUDIT_READ)
def detail(request: ActorRequest, sequence: int) -> HttpResponseBase:
    entry = selectors.entry(request.actor, sequence)
    if entry is None:
        raise Http404
    record_read(request.actor, "audit", str(sequence))
    details = json.dumps(entry.details, ensure_ascii=False, indent=2) if entry.details else ""
    return render(
        request,
        "audit/detail.html",
        {"entry": entry, "label": action_label(entry.action), "details": details},
    )


@require_GET
@requires(Capability.AUDIT_READ)
def export(request: ActorRequest) -> HttpResponseBase:
    form = FilterForm(request.actor, request.GET)
    with transaction.atomic():
        record(request.actor, "audit.exported", "audit", details=_kept(request))
    lines = _lines(selectors.all_entries(request.actor, form.chosen()))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_("log")}.csv"'
    return response


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _lines(entries: Iterator[AuditEntry]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    names = [name for name in _columns() if name != "details"]
    yield "\ufeff" + writer.writerow([*names, "details"])
    for entry in entries:
        values = [_safe(str(getattr(entry, name))) for name in names]
        yield writer.writerow([*values, json.dumps(entry.details, ensure_ascii=False)])


def _columns() -> list[str]:
    return [field.name for field in AuditEntry._meta.concrete_fields if field.name != "id"]


def _safe(text: str) -> str:
    """A spreadsheet must never take a cell for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _kept(request: ActorRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in FILTERS if request.GET.get(name)}


def _turn(query: dict[str, str], name: str, sequence: int | None) -> str:
    return f"?{urlencode({**query, name: sequence})}" if sequence is not None else ""


def _number(request: ActorRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
