"""Planned absence, notes of a function, and handing a function over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from samverkan.organisations.stands import (
    FunctionFacts,
    function_facts,
    functions_of_person,
    stands_of,
)
from samverkan.platform.access.actor import Actor, system
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record
from samverkan.platform.outbox.rules import Channel
from samverkan.platform.outbox.services import Message, queue_message
from samverkan.swedish.guard import find_persons

from ..handovers import points_for
from ..models import Absence, FunctionNote, Handover, HandoverPoint
from ..rules import LONGEST_NOTE


@dataclass(frozen=True)
class Period:
    """Days [first_on, after_on)."""

    first_on: date
    after_on: date


@transaction.atomic
def plan_absence(actor: Actor, user_id: int, period: Period) -> Absence:
    """That a person is away: from the first day the deputies stand in, and after it no more.

    One's own, or that of somebody in the own party for whoever watches over continuity.
    """
    if actor.party_id is None:
        raise PermissionDenied
    if user_id != actor.user_id:
        require(actor, Capability.CONTINUITY_WRITE)
        if not functions_of_person(actor, user_id):
            raise PermissionDenied
    if period.after_on <= period.first_on:
        raise ValidationError({"after_on": _("The first day back comes after the first day away.")})
    if period.after_on <= timezone.localdate(actor.at):
        raise ValidationError({"after_on": _("The absence has already passed.")})
    overlapping = Absence.objects.for_system("no day is counted twice").filter(
        user_id=user_id, first_on__lt=period.after_on, after_on__gt=period.first_on
    )
    if overlapping.exists():
        raise ValidationError({"first_on": _("There is already an absence on some of these days.")})
    absence: Absence = Absence.objects.create(
        user_id=user_id,
        party_id=actor.party_id,
        first_on=period.first_on,
        after_on=period.after_on,
    )
    record(actor, "absence.planned", "absence", absence.ref)
    return absence


@transaction.atomic
def end_absence(actor: Actor, ref: str) -> None:
    """Back already, or not away after all: from today the work is the holder's again."""
    absence = Absence.objects.visible_to(actor).select_for_update(of=("self",)).get(ref=ref)
    if absence.user_id != actor.user_id:
        require(actor, Capability.CONTINUITY_WRITE)
    today = timezone.localdate(actor.at)
    if absence.first_on >= today:
        absence.delete()
    elif absence.after_on > today:
        absence.after_on = today
        absence.save(update_fields=["after_on"])
    record(actor, "absence.ended", "absence", ref)


def tell_of_absences(now: datetime) -> int:
    """On the first day away tell the deputies, on the first day back the holder: once each."""
    actor = system("move the work of whoever is away", now)
    today = timezone.localdate(now)
    found = Absence.objects.visible_to(actor).filter(
        Q(first_on__lte=today, told_deputy_at__isnull=True)
        | Q(after_on__lte=today, told_holder_at__isnull=True)
    )
    told = 0
    for pk in list(found.values_list("pk", flat=True)):
        with transaction.atomic():
            absence = Absence.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=pk)
            told += _tell(actor, absence, today)
    return told


def _tell(actor: Actor, absence: Absence, today: date) -> int:
    told = 0
    if absence.told_deputy_at is None and absence.after_on > today:
        told += _tell_deputies(actor, absence)
    absence.told_deputy_at = absence.told_deputy_at or actor.at
    if absence.after_on <= today and absence.told_holder_at is None:
        told += _tell_holder(actor, absence)
        absence.told_holder_at = actor.at
    absence.save(update_fields=["told_deputy_at", "told_holder_at"])
    return told


def _tell_deputies(actor: Actor, absence: Absence) -> int:
    told = 0
    for pk, stands in stands_of(actor, functions_of_person(actor, absence.user_id)).items():
        is_holder = any(
            stand.user_id == absence.user_id and not stand.is_deputy for stand in stands
        )
        for stand in stands:
            if not (is_holder and stand.is_deputy and stand.email):
                continue
            with override("sv"):
                subject = _("You stand in from today")
                body = _("Until %(date)s you stand in for a function in Samverkan.") % {
                    "date": absence.after_on.isoformat()
                }
            key = f"absence-{absence.ref}-{pk}-{stand.user_id}-away"
            queue_message(actor, Message(key, Channel.EMAIL, stand.email, subject, body))
            told += 1
    return told


def _tell_holder(actor: Actor, absence: Absence) -> int:
    for stands in stands_of(actor, functions_of_person(actor, absence.user_id)).values():
        for stand in stands:
            if stand.user_id == absence.user_id and stand.email:
                with override("sv"):
                    subject = _("Your functions are yours again")
                    body = _("Welcome back. What stands open is on your overview in Samverkan.")
                key = f"absence-{absence.ref}-back"
                queue_message(actor, Message(key, Channel.EMAIL, stand.email, subject, body))
                return 1
    return 0


@transaction.atomic
def write_note(actor: Actor, function_ref: str, text: str) -> FunctionNote:
    """Write down an unwritten rule of the function."""
    function = _function(actor, function_ref)
    clean = text.strip()
    if not clean:
        raise ValidationError({"text": _("Write something.")})
    if len(clean) > LONGEST_NOTE:
        raise ValidationError({"text": _("Write at most 2,000 characters.")})
    if find_persons(clean):
        raise ValidationError(
            {"text": _("Write of functions, not of persons: nobody may be pointed out here.")}
        )
    note: FunctionNote = FunctionNote.objects.create(
        function_id=function.pk,
        text=clean,
        written_at=actor.at,
        written_by=actor.function_title,
    )
    record(actor, "function_note.written", "function", function.ref)
    return note


@transaction.atomic
def remove_note(actor: Actor, ref: str) -> None:
    note = FunctionNote.objects.visible_to(actor).filter(removed_at__isnull=True).get(ref=ref)
    if note.function_id != actor.function_id:
        require(actor, Capability.CONTINUITY_WRITE)
    note.removed_at = actor.at
    note.save(update_fields=["removed_at"])
    record(actor, "function_note.removed", "function", note.function.ref)


@transaction.atomic
def make_handover(actor: Actor, function_ref: str) -> Handover:
    """Freeze what stands open in the function, as points for the successor to confirm."""
    function = _function(actor, function_ref)
    handover: Handover = Handover.objects.create(
        function_id=function.pk, made_at=actor.at, made_by=actor.function_title
    )
    HandoverPoint.objects.bulk_create(
        [
            HandoverPoint(
                handover=handover,
                position=position,
                part=point.part.value,
                text=point.text[:2000],
                note=point.note[:300],
                url=point.url[:200],
            )
            for position, point in enumerate(points_for(actor, function), start=1)
        ]
    )
    record(actor, "handover.made", "function", function.ref)
    return handover


@transaction.atomic
def confirm_point(actor: Actor, point_ref: str) -> HandoverPoint:
    """The successor, in the function itself, says: I have this."""
    visible = HandoverPoint.objects.visible_to(actor).filter(ref=point_ref)
    point: HandoverPoint = visible.select_related("handover__function").get()
    if point.handover.function_id != actor.function_id:
        raise PermissionDenied
    if point.confirmed_at is None:
        point.confirmed_at, point.confirmed_by = actor.at, actor.user_label
        point.save(update_fields=["confirmed_at", "confirmed_by"])
        record(actor, "handover.confirmed", "function", point.handover.function.ref)
    return point


def _function(actor: Actor, ref: str) -> FunctionFacts:
    """The actor's own function, or one of its party for whoever watches over continuity."""
    facts = function_facts(actor, ref)
    if facts is None:
        raise ValidationError(_("Choose a function that is in use."))
    if facts.pk != actor.function_id:
        require(actor, Capability.CONTINUITY_WRITE)
        if facts.party_id != actor.party_id:
            raise PermissionDenied
    return facts
