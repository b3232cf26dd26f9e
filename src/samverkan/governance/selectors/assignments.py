"""Assignments: whose they are, how they stand, which are late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from samverkan.platform.access.actor import Actor
from samverkan.platform.design.tones import Tone

from ..decision_kinds import Text
from ..models import Assignment, Group
from ..state_words import STATE_LABELS, STATE_TONES
from ..states import AssignmentState

OVER = (AssignmentState.CLOSED, AssignmentState.DECLINED)
NOT_LATE = (*OVER, AssignmentState.REPORTED)


@dataclass(frozen=True)
class AssignmentView:
    assignment: Assignment
    label: Text
    tone: Tone
    is_late: bool
    is_over: bool


def assignments(actor: Actor) -> list[AssignmentView]:
    """Every assignment that the actor may see: open ones first, by date."""
    views = _views(actor, Assignment.objects.visible_to(actor))
    return sorted(views, key=lambda view: (view.is_over, view.assignment.due_on))


def assignments_of_group(actor: Actor, one: Group) -> list[AssignmentView]:
    """Given to the group, open ones first."""
    views = _views(actor, Assignment.objects.visible_to(actor).filter(to_group=one))
    return sorted(views, key=lambda view: (view.is_over, view.assignment.due_on))


def assignments_given_by(actor: Actor, one: Group) -> list[AssignmentView]:
    views = _views(actor, Assignment.objects.visible_to(actor).filter(group=one))
    return sorted(views, key=lambda view: (view.is_over, view.assignment.due_on))


def assignment(actor: Actor, ref: str) -> AssignmentView | None:
    views = _views(actor, Assignment.objects.visible_to(actor).filter(ref=ref))
    return views[0] if views else None


def _views(actor: Actor, found: QuerySet[Assignment]) -> list[AssignmentView]:
    today = timezone.localdate(actor.at)
    rows = found.select_related("group__municipality", "to_group", "organisation", "function")
    return [_view(row, today) for row in rows]


def _view(row: Assignment, today: date) -> AssignmentView:
    state = AssignmentState(row.state)
    return AssignmentView(
        assignment=row,
        label=STATE_LABELS[state],
        tone=STATE_TONES[state],
        is_late=row.due_on < today and state not in NOT_LATE,
        is_over=state in OVER,
    )
