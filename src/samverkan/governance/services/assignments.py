"""An uppdrag: proposed, accepted by an organisation, done in a group, reported back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from samverkan.documents.plain_text import clean
from samverkan.organisations.function_facts import function_facts
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require

from ..models import Assignment, Group, Seat
from ..states import AssignmentEvent
from .common import FieldError, guard_text, may_run, step
from .trail import record


@dataclass(frozen=True)
class AssignmentDraft:
    group_ref: str
    text: str
    function_ref: str
    due_on: date
    follow_up_how: str = ""
    to_group_ref: str = ""
    subject_kind: str = ""
    subject_ref: str = ""


@transaction.atomic
def propose_assignment(actor: Actor, draft: AssignmentDraft) -> Assignment:
    """Propose work to the function's organisation. It is nobody's until that has accepted it."""
    require(actor, Capability.MEETINGS_RUN)
    group: Group = Group.objects.visible_to(actor).get(ref=draft.group_ref)
    if not may_run(actor, group):
        raise PermissionDenied
    function = function_facts(actor, [draft.function_ref])[draft.function_ref]
    to_group = _group_of(actor, group, draft.to_group_ref, function.pk)
    assignment: Assignment = Assignment.objects.create(
        group=group,
        to_group=to_group,
        organisation_id=function.party_id,
        function_id=function.pk,
        title=_title(draft.text),
        text=draft.text,
        follow_up_how=draft.follow_up_how,
        subject_kind=draft.subject_kind,
        subject_ref=draft.subject_ref,
        proposed_at=actor.at,
        due_on=draft.due_on,
    )
    record(actor, "assignment.proposed", assignment)
    return assignment


@transaction.atomic
def accept_assignment(actor: Actor, ref: str) -> Assignment:
    """The organisation takes it on: kept with who said yes, in which function, and when."""
    assignment = _for_organisation(actor, ref)
    assignment.accepted_at, assignment.accepted_by = actor.at, actor.user_label
    assignment.accepted_as = actor.function_title[:120]
    _take(actor, assignment, AssignmentEvent.ACCEPT)
    record(actor, "assignment.accepted", assignment)
    return assignment


@transaction.atomic
def decline_assignment(actor: Actor, ref: str, reason: str) -> Assignment:
    assignment = _for_organisation(actor, ref)
    _take(actor, assignment, AssignmentEvent.DECLINE, reason)
    record(actor, "assignment.declined", assignment)
    return assignment


@transaction.atomic
def begin_assignment(actor: Actor, ref: str) -> Assignment:
    assignment = _for_worker(actor, ref)
    _take(actor, assignment, AssignmentEvent.BEGIN)
    record(actor, "assignment.begun", assignment)
    return assignment


@transaction.atomic
def report_assignment(
    actor: Actor, ref: str, report: str, *, is_confirmed: bool = False
) -> Assignment:
    """The work comes back with its report to the group that gave it."""
    assignment = _for_worker(actor, ref)
    text = clean(report).strip()
    if not text:
        raise FieldError({"text": ""})
    guard_text("text", text, is_guarded=True, is_confirmed=is_confirmed)
    assignment.report, assignment.reported_at = text, actor.at
    _take(actor, assignment, AssignmentEvent.REPORT, text)
    record(actor, "assignment.reported", assignment)
    return assignment


@transaction.atomic
def return_assignment(actor: Actor, ref: str, reason: str) -> Assignment:
    """The group that gave it wants more; the earlier report stays in the history."""
    assignment = _for_giver(actor, ref)
    _take(actor, assignment, AssignmentEvent.RETURN, reason)
    record(actor, "assignment.returned", assignment)
    return assignment


@transaction.atomic
def close_assignment(actor: Actor, ref: str) -> Assignment:
    assignment = _for_giver(actor, ref)
    _take(actor, assignment, AssignmentEvent.CLOSE)
    record(actor, "assignment.closed", assignment)
    return assignment


def may_answer(actor: Actor, assignment: Assignment) -> bool:
    """For the organisation speaks who leads it in the group, or who writes its groups."""
    if actor.party_id != assignment.organisation_id:
        return False
    if actor.may(Capability.GROUPS_WRITE) or actor.function_id == assignment.function_id:
        return True
    leading = Seat.objects.visible_to(actor).filled_on(timezone.localdate(actor.at))
    found: bool = leading.filter(
        group_id=assignment.group_id, function_id=actor.function_id, is_leading_position=True
    ).exists()
    return found


def may_work(actor: Actor, assignment: Assignment) -> bool:
    if actor.function_id == assignment.function_id:
        return True
    return actor.party_id == assignment.organisation_id and actor.may(Capability.MEETINGS_RUN)


def may_judge(actor: Actor, assignment: Assignment) -> bool:
    return may_run(actor, assignment.group)


def _for_organisation(actor: Actor, ref: str) -> Assignment:
    assignment = _locked(actor, ref)
    if not may_answer(actor, assignment):
        raise PermissionDenied
    return assignment


def _for_worker(actor: Actor, ref: str) -> Assignment:
    assignment = _locked(actor, ref)
    if not may_work(actor, assignment):
        raise PermissionDenied
    return assignment


def _for_giver(actor: Actor, ref: str) -> Assignment:
    assignment = _locked(actor, ref)
    if not may_judge(actor, assignment):
        raise PermissionDenied
    return assignment


def _locked(actor: Actor, ref: str) -> Assignment:
    require(actor, Capability.GROUPS_READ)
    found: Assignment = (
        Assignment.objects.visible_to(actor)
        .select_for_update(of=("self",))
        .select_related("group__owner")
        .get(ref=ref)
    )
    return found


def _take(actor: Actor, assignment: Assignment, event: AssignmentEvent, note: str = "") -> None:
    assignment.state = step(
        actor, "assignment", assignment.group, assignment.ref, assignment.state, event, note
    )
    assignment.save()


def _group_of(actor: Actor, giver: Group, ref: str, function_id: int) -> Group | None:
    """The group that does the work: the named one, or one where the function has a seat."""
    groups = Group.objects.visible_to(actor).exclude(pk=giver.pk)
    if ref:
        named: Group = groups.get(ref=ref)
        return named
    today = timezone.localdate(actor.at)
    seats = Seat.objects.visible_to(actor).filled_on(today).filter(function_id=function_id)
    found: Group | None = (
        groups.in_use(today)
        .filter(municipality=giver.municipality, pk__in=seats.values("group"))
        .order_by("pk")
        .first()
    )
    return found


def _title(text: str) -> str:
    first = text.strip().splitlines()[0] if text.strip() else ""
    return first if len(first) <= 160 else f"{first[:157]}…"
