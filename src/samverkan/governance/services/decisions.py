"""Decide in the meeting: typed once, carried out by its kind, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.documents.plain_text import clean
from samverkan.organisations.function_facts import FunctionFacts, function_facts
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require

from ..decision_kinds import DecisionDraft, DecisionKind, kinds
from ..group_templates import template_of
from ..models import AgendaItem, Attendance, Decision, FormalDecision, Group, Meeting
from ..rules import Hindrance, quorum_standing
from ..states import MeetingState
from .common import FieldError, HinderedError, guard_text, own_group, run_meeting
from .trail import record


@dataclass(frozen=True)
class TypedDecision:
    """What stands in the meeting's form."""

    kind: str
    text: str
    reason: str = ""
    function_ref: str = ""
    due_on: date | None = None
    follow_up_on: date | None = None
    follow_up_how: str = ""
    cause: str = ""
    baseline: str = ""
    is_confirmed: bool = False


def kinds_for(group: Group) -> list[DecisionKind]:
    """The kinds that the group's template lets it decide and some room carries out."""
    template = template_of(group.kind)
    if template is None:
        return kinds()
    known = {kind.key: kind for kind in kinds()}
    return [known[key] for key in template.decision_kinds if key in known]


def needs_work(kind: DecisionKind) -> bool:
    """A measure or an assignment wants a function and dates; a statement does not."""
    return bool(getattr(kind, "needs_work", True))


@transaction.atomic
def decide(actor: Actor, meeting_ref: str, item_ref: str, typed: TypedDecision) -> Decision:
    """Keep the decision and make what it decides, or refuse both with messages by field."""
    meeting = run_meeting(actor, meeting_ref)
    if meeting.state != MeetingState.ONGOING:
        raise PermissionDenied
    item: AgendaItem = AgendaItem.objects.visible_to(actor).get(ref=item_ref, meeting=meeting)
    kind = _kind(meeting.group, typed.kind)
    _require_quorum(actor, meeting)
    _guard(meeting.group, typed)
    function = _function(actor, kind, typed)
    draft = _draft(actor, meeting, item, typed)
    problems = _lacking(kind, typed) or kind.problems_with(actor, draft)
    if problems:
        raise FieldError(dict(problems))
    result = kind.carry_out(actor, draft)
    decision: Decision = Decision.objects.create(
        meeting=meeting,
        item=item,
        number=_next_number(actor, meeting),
        kind=kind.key,
        text=draft.text,
        reason=clean(typed.reason).strip(),
        function_id=function.pk if function else None,
        function_title=function.title if function else "",
        due_on=typed.due_on,
        follow_up_on=typed.follow_up_on,
        follow_up_how=typed.follow_up_how,
        subject_kind=item.subject_kind,
        subject_ref=item.subject_ref,
        result_ref=result.ref,
        result_title=result.title[:200],
        result_url=result.url,
        decided_at=actor.at,
        decided_by=actor.user_label,
    )
    record(actor, "meeting.decided", meeting, details={"kind": kind.key, "decision": decision.ref})
    return decision


@dataclass(frozen=True)
class FormalDraft:
    """What a body with the right to decide has decided, as its minutes have it."""

    title: str
    body: str
    decided_on: date
    paragraph: str
    reference_number: str
    decision_ref: str = ""


@transaction.atomic
def record_formal_decision(actor: Actor, group_ref: str, draft: FormalDraft) -> FormalDecision:
    """Point to a formal decision: the body's own, never the council's."""
    require(actor, Capability.GROUPS_WRITE)
    group = own_group(actor, group_ref)
    about = (
        Decision.objects.visible_to(actor)
        .filter(ref=draft.decision_ref, meeting__group=group)
        .first()
    )
    made: FormalDecision = FormalDecision.objects.create(
        group=group,
        decision=about,
        title=draft.title,
        body=draft.body,
        decided_on=draft.decided_on,
        paragraph=draft.paragraph,
        reference_number=draft.reference_number,
        recorded_at=actor.at,
        recorded_by=actor.user_label,
    )
    record(
        actor,
        "group.formal_decision_recorded",
        made,
        details={"body": draft.body, "reference_number": draft.reference_number},
    )
    return made


def _kind(group: Group, key: str) -> DecisionKind:
    found = {kind.key: kind for kind in kinds_for(group)}
    if key not in found:
        raise FieldError({"kind": _("This group does not decide in that way.")})
    return found[key]


def _require_quorum(actor: Actor, meeting: Meeting) -> None:
    template = template_of(meeting.group.kind)
    if template is None or not template.quorum:
        return
    lines = list(Attendance.objects.visible_to(actor).filter(meeting=meeting))
    here = [
        line
        for line in lines
        if line.presence in (Attendance.Presence.PRESENT, Attendance.Presence.DEPUTY)
        and line.left_at is None
    ]
    if not quorum_standing(template.quorum, len(here), len(lines)).is_met:
        raise HinderedError(Hindrance.NO_QUORUM)


def _guard(group: Group, typed: TypedDecision) -> None:
    template = template_of(group.kind)
    is_guarded = bool(template and template.guards_texts)
    for field, text in (
        ("text", typed.text),
        ("reason", typed.reason),
        ("follow_up_how", typed.follow_up_how),
        ("cause", typed.cause),
        ("baseline", typed.baseline),
    ):
        guard_text(field, text, is_guarded=is_guarded, is_confirmed=typed.is_confirmed)


def _function(actor: Actor, kind: DecisionKind, typed: TypedDecision) -> FunctionFacts | None:
    if not typed.function_ref:
        return None
    found = function_facts(actor, [typed.function_ref]).get(typed.function_ref)
    if found is None or not found.is_in_use(timezone.localdate(actor.at)):
        raise FieldError({"function_ref": _("The function has ended. Choose another one.")})
    return found


def _lacking(kind: DecisionKind, typed: TypedDecision) -> dict[str, Any]:
    lacking: dict[str, Any] = {}
    if not typed.text.strip():
        lacking["text"] = _("Write what is decided.")
    if not needs_work(kind):
        return lacking
    if not typed.function_ref:
        lacking["function_ref"] = _("Choose which function does it.")
    if typed.due_on is None:
        lacking["due_on"] = _("Say when it is to be done.")
    if typed.follow_up_on is None:
        lacking["follow_up_on"] = _("Say when it is followed up.")
    if not typed.follow_up_how.strip():
        lacking["follow_up_how"] = _("Say how it is followed up.")
    return lacking


def _draft(actor: Actor, meeting: Meeting, item: AgendaItem, typed: TypedDecision) -> DecisionDraft:
    today = timezone.localdate(actor.at)
    values: dict[str, Any] = {
        "group_ref": meeting.group.ref,
        "meeting_ref": meeting.ref,
        "municipality_code": meeting.group.municipality.code,
        "text": clean(typed.text).strip(),
        "function_ref": typed.function_ref,
        "due_on": typed.due_on or today,
        "follow_up_on": typed.follow_up_on or today,
        "follow_up_how": clean(typed.follow_up_how).strip(),
        "subject_kind": item.subject_kind,
        "subject_ref": item.subject_ref,
        "cause": clean(typed.cause).strip(),
        "baseline": clean(typed.baseline).strip(),
    }
    known = {field.name for field in fields(DecisionDraft)}
    return DecisionDraft(**{name: value for name, value in values.items() if name in known})


def _next_number(actor: Actor, meeting: Meeting) -> int:
    last = (
        Decision.objects.visible_to(actor)
        .filter(meeting=meeting)
        .aggregate(last=Max("number"))["last"]
    )
    return int(last or 0) + 1
