"""Questions to the audit trail, for the function that audits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from samverkan.platform.access.actor import Actor

from .models import AuditEntry, AuditEntryQuerySet

PAGE_SIZE = 50


@dataclass(frozen=True)
class Filter:
    first_day: date | None = None
    last_day: date | None = None
    function: str = ""
    action: str = ""
    object_ref: str = ""


@dataclass(frozen=True)
class Page:
    entries: list[AuditEntry]
    older_than: int | None
    newer_than: int | None


def page_of_entries(
    actor: Actor, chosen: Filter, *, before: int | None = None, after: int | None = None
) -> Page:
    """Newest first; `before` and `after` are sequences to go on from."""
    entries = _filtered(actor, chosen)
    if after is not None:
        rows = list(entries.filter(sequence__gt=after).order_by("sequence")[: PAGE_SIZE + 1])
        has_newer, rows = len(rows) > PAGE_SIZE, rows[:PAGE_SIZE][::-1]
        has_older = bool(rows)
    else:
        if before is not None:
            entries = entries.filter(sequence__lt=before)
        rows = list(entries[: PAGE_SIZE + 1])
        has_older, rows = len(rows) > PAGE_SIZE, rows[:PAGE_SIZE]
        has_newer = before is not None
    return Page(
        entries=rows,
        older_than=rows[-1].sequence if rows and has_older else None,
        newer_than=rows[0].sequence if rows and has_newer else None,
    )


def all_entries(actor: Actor, chosen: Filter) -> Iterator[AuditEntry]:
    """Every entry that the filter leaves, newest first, read as it is used."""
    return _filtered(actor, chosen).iterator(2000)


def entry(actor: Actor, sequence: int) -> AuditEntry | None:
    found: AuditEntry | None = (
        AuditEntry.objects.visible_to(actor).filter(sequence=sequence).first()
    )
    return found


def actions_seen(actor: Actor) -> list[str]:
    return list(
        AuditEntry.objects.visible_to(actor)
        .order_by("action")
        .values_list("action")
        .distinct()
        .values_list("action", flat=True)
    )


def _filtered(actor: Actor, chosen: Filter) -> AuditEntryQuerySet:
    entries: AuditEntryQuerySet = AuditEntry.objects.visible_to(actor)
    if chosen.first_day:
        entries = entries.filter(at__gte=_midnight(chosen.first_day))
    if chosen.last_day:
        entries = entries.filter(at__lt=_midnight(chosen.last_day + timedelta(days=1)))
    if chosen.action:
        entries = entries.filter(action=chosen.action)
    if chosen.object_ref:
        entries = entries.filter(object_ref=chosen.object_ref)
    if chosen.function:
        entries = entries.filter(
            Q(function_title__icontains=chosen.function) | Q(function_ref=chosen.function)
        )
    return entries


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_current_timezone())
