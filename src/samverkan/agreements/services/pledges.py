"""Write a pledge, promise it in public, log what is done, and tell what came of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.documents.plain_text import clean
from samverkan.organisations.parties import functions_by_ref
from samverkan.organisations.selectors import municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record
from samverkan.platform.design.guarded_text import refuse_persons

from ..lives import PLEDGE
from ..models import Pledge, PledgeEvent, PledgeLogEntry


@dataclass(frozen=True)
class PledgeText:
    """A pledge as it is written; `responsible_refs` are the functions that answer for it."""

    title: str
    area: str
    heard: str
    promised: str
    measured_by: str
    valid_from: date
    valid_to: date
    responsible_refs: Collection[str]


@transaction.atomic
def begin_pledge(
    actor: Actor, municipality_code: str, text: PledgeText, *, is_confirmed: bool = False
) -> Pledge:
    require(actor, Capability.AGREEMENTS_WRITE)
    place = municipality(actor, municipality_code)
    is_own = municipality_code in actor.municipality_codes
    if place is None or actor.party_id is None or not is_own:
        raise PermissionDenied
    pledge = Pledge(owner_id=actor.party_id, municipality=place, created_at=actor.at)
    _write(actor, pledge, text, is_confirmed=is_confirmed)
    record(actor, "pledge.begun", "pledge", pledge.ref)
    return pledge


@transaction.atomic
def edit_pledge(actor: Actor, ref: str, text: PledgeText, *, is_confirmed: bool = False) -> Pledge:
    """A draft is rewritten freely; what is promised stands as it was promised."""
    pledge = _own(actor, ref)
    if pledge.state != "draft":
        raise PermissionDenied
    _write(actor, pledge, text, is_confirmed=is_confirmed)
    record(actor, "pledge.edited", "pledge", pledge.ref)
    return pledge


@transaction.atomic
def log_done(
    actor: Actor, ref: str, on: date, text: str, *, is_confirmed: bool = False
) -> PledgeLogEntry:
    """Something that was done: inhabitants read it at once."""
    pledge = _answered_for(actor, ref)
    if pledge.state != "promised":
        raise PermissionDenied
    words = clean(text).strip()
    if not words:
        raise ValidationError({"text": _("Write what was done.")})
    if on > timezone.localdate(actor.at):
        raise ValidationError({"on": _("The day cannot lie ahead in time.")})
    _guard({"text": words}, is_confirmed)
    entry: PledgeLogEntry = PledgeLogEntry.objects.create(
        pledge=pledge,
        on=on,
        text=words[:400],
        written_at=actor.at,
        function_title=actor.function_title,
    )
    record(actor, "pledge.logged", "pledge", pledge.ref)
    return entry


@transaction.atomic
def turn_pledge(
    actor: Actor,
    ref: str,
    event: str,
    *,
    result: str = "",
    feedback: str = "",
    is_confirmed: bool = False,
) -> Pledge:
    """One step of its life: promised, kept or not with the result told, withdrawn."""
    pledge = _own(actor, ref)
    result, feedback = clean(result).strip(), clean(feedback).strip()
    _guard({"result": result, "feedback": feedback}, is_confirmed)
    held = {
        "is_complete": _is_complete(pledge),
        "has_result": bool(result and feedback),
        "has_feedback": bool(feedback),
    }
    before = pledge.state
    pledge.state = PLEDGE.step(before, event, lambda guard: held[guard])
    pledge.result, pledge.feedback = result or pledge.result, feedback or pledge.feedback
    pledge.save(update_fields=["state", "result", "feedback"])
    rows = PledgeEvent.objects.for_system("number the history").filter(pledge=pledge)
    PledgeEvent.objects.create(
        pledge=pledge,
        number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        event=event,
        from_state=before,
        to_state=pledge.state,
        on=timezone.localdate(actor.at),
        at=actor.at,
        by=actor.user_label,
        function_title=actor.function_title,
        reason=feedback,
    )
    record(
        actor,
        "pledge.moved",
        "pledge",
        pledge.ref,
        details={"event": event, "from": before, "to": pledge.state},
    )
    return pledge


def _is_complete(pledge: Pledge) -> bool:
    texts = (pledge.title, pledge.area, pledge.promised, pledge.measured_by)
    has_function = Pledge.responsible.through.objects.filter(pledge_id=pledge.pk).exists()
    return all(text.strip() for text in texts) and has_function


def _write(actor: Actor, pledge: Pledge, text: PledgeText, *, is_confirmed: bool) -> None:
    if text.valid_to <= text.valid_from:
        raise ValidationError({"valid_to": _("The last day must come after the first.")})
    written = {
        "title": clean(text.title).strip(),
        "area": clean(text.area).strip(),
        "heard": clean(text.heard).strip(),
        "promised": clean(text.promised).strip(),
        "measured_by": clean(text.measured_by).strip(),
    }
    _guard(written, is_confirmed)
    for name, value in written.items():
        setattr(pledge, name, value)
    pledge.valid_from, pledge.valid_to = text.valid_from, text.valid_to
    pledge.save()
    through = Pledge.responsible.through
    through.objects.filter(pledge_id=pledge.pk).delete()
    through.objects.bulk_create(
        [
            through(pledge_id=pledge.pk, function_id=function.pk)
            for function in functions_by_ref(actor, text.responsible_refs)
        ]
    )


def _guard(texts: dict[str, str], is_confirmed: bool) -> None:
    """A public text names nobody."""
    refused = _("Inhabitants will read this. Take away %(words)s.")
    refuse_persons(texts, refused, is_confirmed=is_confirmed)


def _own(actor: Actor, ref: str) -> Pledge:
    require(actor, Capability.AGREEMENTS_WRITE)
    pledge: Pledge = Pledge.objects.visible_to(actor).select_for_update(of=("self",)).get(ref=ref)
    if not actor.is_system and pledge.owner_id != actor.party_id:
        raise PermissionDenied
    return pledge


def _answered_for(actor: Actor, ref: str) -> Pledge:
    """By a function that answers for the pledge, or by its party's writers."""
    require(actor, Capability.OVERVIEW_READ)
    pledge: Pledge = Pledge.objects.visible_to(actor).select_for_update(of=("self",)).get(ref=ref)
    if not may_log(actor, pledge):
        raise PermissionDenied
    return pledge


def may_log(actor: Actor, pledge: Pledge) -> bool:
    if actor.is_system:
        return True
    is_writer = actor.may(Capability.AGREEMENTS_WRITE) and pledge.owner_id == actor.party_id
    if is_writer or actor.function_id is None:
        return is_writer
    through = Pledge.responsible.through.objects
    return through.filter(pledge_id=pledge.pk, function_id=actor.function_id).exists()
