"""The minutes of a meeting as plain data: what a version keeps and its hash is made of."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from samverkan.platform.access.actor import Actor

from .models import AgendaItem, Attendance, Decision, Meeting, PointNote


def content_of(actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """Time, place, who was there, and per point what was noted and decided."""
    notes = notes_of(actor, meeting)
    decisions: dict[int, list[Decision]] = {}
    for decision in Decision.objects.visible_to(actor).filter(meeting=meeting):
        decisions.setdefault(decision.item_id, []).append(decision)
    items = AgendaItem.objects.visible_to(actor).filter(meeting=meeting)
    return {
        "group": meeting.group.name,
        "municipality": meeting.group.municipality.name,
        "owner": meeting.group.owner.name,
        "place": meeting.place,
        "started": _moment(meeting.started_at),
        "ended": _moment(meeting.ended_at),
        "attendance": [
            _line(line) for line in Attendance.objects.visible_to(actor).filter(meeting=meeting)
        ],
        "points": [
            {
                "ref": item.ref,
                "title": item.title,
                "sentence": item.sentence,
                "skipped": item.skipped_because,
                "note": notes[item.pk].text if item.pk in notes else "",
                "decisions": [_decision(each) for each in decisions.get(item.pk, [])],
            }
            for item in items
        ],
    }


def notes_of(actor: Actor, meeting: Meeting) -> dict[int, PointNote]:
    """The latest note of each point, by the point's key."""
    found: dict[int, PointNote] = {}
    rows = PointNote.objects.visible_to(actor).filter(item__meeting=meeting).order_by("number")
    for note in rows:
        found[note.item_id] = note
    return found


def _line(line: Attendance) -> dict[str, Any]:
    return {
        "title": line.title,
        "organisation": line.organisation_name,
        "position": line.position,
        "is_chair": line.is_chair,
        "presence": line.presence,
        "left": _moment(line.left_at),
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "number": decision.number,
        "kind": decision.kind,
        "text": decision.text,
        "reason": decision.reason,
        "function": decision.function_title,
        "due_on": decision.due_on.isoformat() if decision.due_on else "",
        "follow_up_on": decision.follow_up_on.isoformat() if decision.follow_up_on else "",
        "follow_up_how": decision.follow_up_how,
        "result": decision.result_title,
    }


def _moment(at: Any) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""
