"""Sound a path: seek one function after the other until somebody says that they have it."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from samverkan.platform.access.actor import Actor, system
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record
from samverkan.platform.outbox.rules import Channel
from samverkan.platform.outbox.services import Message, queue_message
from samverkan.swedish.guard import find_persons

from ..duty import Post, posts_of
from ..matters import matters
from ..models import Attempt, Call, ContactPath, PathStep
from ..rules import (
    LONGEST_MESSAGE,
    CallState,
    Hours,
    StepPlan,
    Way,
    exhausted_at,
    steps_due,
    steps_open,
)

SENT = {Way.SMS: Channel.SMS, Way.EMAIL: Channel.EMAIL}


@transaction.atomic
def sound(actor: Actor, path_ref: str, key: str, message: str, *, is_drill: bool) -> Call:
    """Begin to seek somebody. The same key again answers with the call that was begun."""
    require(actor, Capability.CONTACTS_READ)
    path = ContactPath.objects.visible_to(actor).get(ref=path_ref)
    if actor.function_id is None:
        raise PermissionDenied
    text = _clean(message)
    call, is_new = Call.objects.for_system("a key is sounded once").get_or_create(
        key=f"{actor.function_ref}-{key}"[:40],
        defaults={
            "path": path,
            "message": text,
            "is_drill": is_drill,
            "sounded_by_id": actor.function_id,
            "sounded_at": actor.at,
        },
    )
    if is_new:
        record(
            actor,
            "call.sounded",
            "call",
            call.ref,
            owner_party_ref=path.owner.ref,
            details={"path": path.ref, "is_drill": is_drill},
        )
        _seek(call, actor.at)
    found: Call = call
    return found


@transaction.atomic
def acknowledge(actor: Actor, call_ref: str) -> Call:
    """Somebody says that they have it: nobody more is sought. The first one counts."""
    call = _locked(actor, call_ref)
    if actor.function_id is None or not _is_asked(actor, call):
        raise PermissionDenied
    if call.acknowledged_at is None and call.state != CallState.CLOSED:
        call.state = CallState.ACKNOWLEDGED.value
        call.acknowledged_at = actor.at
        call.acknowledged_by_id = actor.function_id
        call.save(update_fields=["state", "acknowledged_at", "acknowledged_by"])
        record(actor, "call.acknowledged", "call", call.ref, owner_party_ref=call.path.owner.ref)
    return call


@transaction.atomic
def close(actor: Actor, call_ref: str) -> Call:
    """Whoever sounded it, or the path's owner, says that it is over."""
    call = _locked(actor, call_ref)
    if call.sounded_by_id != actor.function_id and call.path.owner_id != actor.party_id:
        raise PermissionDenied
    if call.state != CallState.CLOSED:
        call.state, call.closed_at = CallState.CLOSED.value, actor.at
        call.save(update_fields=["state", "closed_at"])
        record(actor, "call.closed", "call", call.ref, owner_party_ref=call.path.owner.ref)
    return call


@transaction.atomic
def log_attempt(actor: Actor, call_ref: str, position: int, *, has_answered: bool) -> Attempt:
    """Somebody rang by hand: whom, and whether they answered."""
    call = _locked(actor, call_ref)
    step = (
        PathStep.objects.for_system("the call's own step")
        .filter(path=call.path, position=position)
        .first()
    )
    if step is None:
        raise ValidationError(_("There is no such step."))
    post = posts_of(system("who is on duty", actor.at), [step.function_id])[step.function_id]
    attempt: Attempt = Attempt.objects.create(
        call=call,
        position=position,
        function_id=step.function_id,
        is_deputy=post.is_deputy,
        way=Way.PHONE.value,
        at=actor.at,
        result="answered" if has_answered else "no_answer",
    )
    if has_answered and call.acknowledged_at is None and call.state != CallState.CLOSED:
        call.state = CallState.ACKNOWLEDGED.value
        call.acknowledged_at, call.acknowledged_by_id = actor.at, step.function_id
        call.save(update_fields=["state", "acknowledged_at", "acknowledged_by"])
    record(
        actor,
        "call.attempted",
        "call",
        call.ref,
        owner_party_ref=call.path.owner.ref,
        details={"position": position, "answered": has_answered},
    )
    return attempt


def escalate_due(now: datetime) -> int:
    """Turn to the next function in every open call whose wait is over. Safe to run again."""
    actor = system("seek the next function", now)
    found = Call.objects.visible_to(actor).filter(state=CallState.OPEN)
    made = 0
    for ref in found.values_list("ref", flat=True):
        with transaction.atomic():
            made += _seek(_locked(actor, ref), now)
    return made


def _seek(call: Call, now: datetime) -> int:
    """Send to the steps whose turn has come and who have not been sent to."""
    if call.state != CallState.OPEN:
        return 0
    steps = {
        step.position: step
        for step in PathStep.objects.for_system("the call's own steps")
        .filter(path_id=call.path_id)
        .select_related("function")
    }
    plans = [
        StepPlan(step.position, step.wait_minutes, Hours(step.hours)) for step in steps.values()
    ]
    plan = steps_open(plans, timezone.localtime(call.sounded_at))
    actor = system("seek the next function", now)
    posts = posts_of(actor, [step.function_id for step in steps.values()])
    made = sum(
        _send_to(call, steps[due.position], posts[steps[due.position].function_id], now)
        for due in steps_due(plan, call.sounded_at, now)
    )
    if now >= exhausted_at(plan, call.sounded_at):
        call.state = CallState.EXHAUSTED.value
        call.save(update_fields=["state"])
        record(actor, "call.exhausted", "call", call.ref, owner_party_ref=call.path.owner.ref)
    return made


def _send_to(call: Call, step: PathStep, post: Post, now: datetime) -> int:
    made = 0
    for way in (Way(each) for each in step.ways):
        address = post.address(way)
        if way not in SENT or not address:
            continue
        key = f"call-{call.ref}-{step.position}-{way.value}"
        _attempt, is_new = Attempt.objects.for_system("a step is sent to once").get_or_create(
            call=call,
            position=step.position,
            way=way.value,
            message_key=key,
            defaults={"function": step.function, "is_deputy": post.is_deputy, "at": now},
        )
        if is_new:
            subject, body = _words(call)
            queue_message(
                system("seek the next function", now),
                Message(key, SENT[way], address, subject, body),
            )
            made += 1
    return made


def _words(call: Call) -> tuple[str, str]:
    """In Swedish: a message outside the house has no reader whose language we know."""
    with override("sv"):
        name = matters()[call.path.matter].name("sv")
        drill = f"{_('Drill:')} " if call.is_drill else ""
        subject = _("%(drill)s%(matter)s, %(place)s") % {
            "drill": drill,
            "matter": name,
            "place": call.path.municipality.name,
        }
        answer = _("Say that you have it in Samverkan, call %(ref)s.") % {"ref": call.ref}
        return subject, "\n".join(line for line in (subject, call.message, answer) if line)


def _clean(message: str) -> str:
    """A call says what is up, never about whom."""
    text = " ".join(message.split())
    if len(text) > LONGEST_MESSAGE:
        raise ValidationError(_("Write at most 300 characters."))
    if find_persons(text):
        raise ValidationError(
            _("Write what has happened and where, nothing that points out a person.")
        )
    return text


def _locked(actor: Actor, ref: str) -> Call:
    visible = Call.objects.visible_to(actor).filter(ref=ref).values("pk")
    call: Call = (
        Call.objects.for_system("the call is locked while it changes")
        .select_related("path__owner", "path__municipality")
        .select_for_update(of=("self",))
        .get(pk__in=visible)
    )
    return call


def _is_asked(actor: Actor, call: Call) -> bool:
    steps = PathStep.objects.for_system("who is asked to answer").filter(path=call.path)
    return bool(steps.filter(function_id=actor.function_id).exists())
