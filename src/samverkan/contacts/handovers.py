"""What a successor has to know: open work, deadlines, meetings, whom the function works with,
decisions with their reasons, and unwritten rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samverkan.governance.selectors import fellows
from samverkan.organisations.stands import FunctionFacts
from samverkan.platform.access.actor import Actor
from samverkan.platform.work.registry import (
    TakenDecision,
    appointments,
    decisions,
    open_work,
)

from .matters import matters
from .models import FunctionNote, PathStep

MEETINGS_AHEAD = timedelta(weeks=12)
DECISIONS_BACK = timedelta(days=366)
LONGEST = 2000


class Part(StrEnum):
    WORK = "work"
    DEADLINES = "deadlines"
    MEETINGS = "meetings"
    CONTACTS = "contacts"
    PATHS = "paths"
    DECISIONS = "decisions"
    NOTES = "notes"


PART_NAMES: dict[Part, Promise] = {
    Part.DEADLINES: gettext_lazy("Deadlines"),
    Part.WORK: gettext_lazy("Open work and promises"),
    Part.MEETINGS: gettext_lazy("Coming meetings"),
    Part.CONTACTS: gettext_lazy("Whom the function works with"),
    Part.PATHS: gettext_lazy("Contact paths where others count on the function"),
    Part.DECISIONS: gettext_lazy("Decisions of the last year, with their reasons"),
    Part.NOTES: gettext_lazy("Unwritten rules"),
}


@dataclass(frozen=True)
class Point:
    part: Part
    text: str
    note: str = ""
    url: str = ""


def points_for(actor: Actor, function: FunctionFacts) -> list[Point]:
    """Everything that stands open in the function, in the order of the handover."""
    return [
        *_work(actor, function),
        *_meetings(actor, function),
        *_contacts(actor, function),
        *_paths(actor, function),
        *_decisions(actor, function),
        *_notes(actor, function),
    ]


def _work(actor: Actor, function: FunctionFacts) -> list[Point]:
    today = timezone.localdate(actor.at)
    items = open_work(actor, [function.ref])
    dated = [
        Point(
            Part.DEADLINES,
            f"{item.kind_label}: {item.title}",
            _("late since %(date)s") % {"date": item.due_on.isoformat()}
            if item.is_late(today)
            else item.due_on.isoformat(),
            item.url,
        )
        for item in items
        if item.due_on is not None
    ]
    undated = [
        Point(Part.WORK, f"{item.kind_label}: {item.title}", str(item.note), item.url)
        for item in items
        if item.due_on is None
    ]
    return [*dated, *undated]


def _meetings(actor: Actor, function: FunctionFacts) -> list[Point]:
    today = timezone.localdate(actor.at)
    return [
        Point(
            Part.MEETINGS,
            each.title,
            f"{timezone.localtime(each.starts_at):%Y-%m-%d %H:%M} {each.place}".strip(),
            each.url,
        )
        for each in appointments(actor, [function.ref], today, today + MEETINGS_AHEAD)
    ]


def _contacts(actor: Actor, function: FunctionFacts) -> list[Point]:
    return [
        Point(
            Part.CONTACTS,
            f"{each.title}, {each.organisation}",
            " · ".join(part for part in (each.phone, each.email, ", ".join(each.groups)) if part),
        )
        for each in fellows(actor, function.ref)
    ]


def _decisions(actor: Actor, function: FunctionFacts) -> list[Point]:
    since = timezone.localdate(actor.at) - DECISIONS_BACK
    return [
        Point(
            Part.DECISIONS,
            _with_reason(each),
            ", ".join(part for part in (each.decided_on.isoformat(), each.where) if part),
            each.url,
        )
        for each in decisions(actor, [function.ref], since)
    ]


def _with_reason(decision: TakenDecision) -> str:
    reason = decision.reason.strip() or _("none was written down")
    text = _("%(decision)s. Reason: %(reason)s") % {
        "decision": decision.title.strip().rstrip("."),
        "reason": reason,
    }
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _paths(actor: Actor, function: FunctionFacts) -> list[Point]:
    language = get_language() or "sv"
    steps = (
        PathStep.objects.visible_to(actor)
        .filter(function_id=function.pk)
        .select_related("path__municipality")
        .order_by("path__municipality__code", "path__matter")
    )
    return [
        Point(
            Part.PATHS,
            f"{matters()[step.path.matter].name(language)}, {step.path.municipality.name}",
            _("step %(position)d") % {"position": step.position},
        )
        for step in steps
        if step.path.matter in matters()
    ]


def _notes(actor: Actor, function: FunctionFacts) -> list[Point]:
    notes = FunctionNote.objects.visible_to(actor).filter(
        function_id=function.pk, removed_at__isnull=True
    )
    return [Point(Part.NOTES, note.text, note.written_by) for note in notes]
