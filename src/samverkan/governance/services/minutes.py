"""The minutes: made when the meeting ends, mended with both texts in sight, adjusted, locked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from samverkan.documents.plain_text import clean
from samverkan.organisations.function_facts import (
    FunctionFacts,
    function_facts,
    function_facts_by_pk,
)
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require

from ..group_templates import template_of
from ..minutes_content import content_of
from ..models import Adjuster, AgendaItem, Meeting, MinutesVersion, PointNote
from ..rules import LONGEST_TEXT, Collision, Hindrance, collides, seal
from ..states import MeetingEvent, MeetingState, MinutesEvent
from .common import FieldError, HinderedError, guard_text, run_meeting, step
from .trail import record

OPEN_FOR_NOTES = (MeetingState.ONGOING, MeetingState.ENDED)


@transaction.atomic
def write_note(
    actor: Actor,
    meeting_ref: str,
    item_ref: str,
    text: str,
    *,
    based_on: int,
    is_confirmed: bool = False,
) -> PointNote | Collision | None:
    """Note something on a point, as a new version; or both texts when two have written.

    Answers None when nothing changed. After the meeting an edit makes new minutes, and whoever
    had approved the earlier ones is asked again.
    """
    meeting = run_meeting(actor, meeting_ref)
    if meeting.state not in OPEN_FOR_NOTES:
        raise PermissionDenied
    item: AgendaItem = AgendaItem.objects.visible_to(actor).get(ref=item_ref, meeting=meeting)
    mine = clean(text).strip()
    if len(mine) > LONGEST_TEXT:
        raise FieldError({"text": LONGEST_TEXT})
    versions = {note.number: note for note in PointNote.objects.visible_to(actor).filter(item=item)}
    latest = versions[max(versions)] if versions else None
    latest_text = latest.text if latest else ""
    start = versions[based_on].text if based_on in versions else ""
    if latest is not None and collides(mine, start, latest_text):
        return Collision(item_ref, mine, latest.text, latest.written_by, latest.number)
    if mine in (latest_text, start):
        return None
    template = template_of(meeting.group.kind)
    guard_text(
        "text", mine, is_guarded=bool(template and template.guards_texts), is_confirmed=is_confirmed
    )
    note: PointNote = PointNote.objects.create(
        item=item,
        number=(latest.number if latest else 0) + 1,
        text=mine,
        written_at=actor.at,
        written_by=actor.user_label,
        function_title=actor.function_title,
        on_behalf_of=actor.on_behalf_of,
    )
    record(actor, "meeting.noted", meeting, details={"version": note.number})
    if meeting.state == MeetingState.ENDED:
        _renew(actor, meeting)
    return note


def make_minutes(actor: Actor, meeting: Meeting) -> MinutesVersion:
    """Inside the caller's transaction: the first version, when the meeting ends."""
    meeting.minutes_state = step(
        actor, "minutes", meeting.group, meeting.ref, meeting.minutes_state, MinutesEvent.MAKE
    )
    meeting.save(update_fields=["minutes_state"])
    return _add_version(actor, meeting)


def ask_to_adjust(meeting: Meeting, functions: Iterable[FunctionFacts]) -> None:
    Adjuster.objects.bulk_create(
        [Adjuster(meeting=meeting, function_id=each.pk, title=each.title) for each in functions]
    )


@transaction.atomic
def replace_adjusters(actor: Actor, ref: str, function_refs: Iterable[str]) -> Meeting:
    """Others adjust, for example when an adjuster's function has ended."""
    meeting = run_meeting(actor, ref)
    if meeting.state != MeetingState.ENDED:
        raise PermissionDenied
    chosen = function_facts(actor, list(function_refs))
    if not chosen:
        raise HinderedError(Hindrance.NO_ADJUSTER)
    wanted = {each.pk for each in chosen.values()}
    current = Adjuster.objects.visible_to(actor).filter(meeting=meeting)
    known = set(current.values_list("function_id", flat=True))
    current.exclude(function_id__in=wanted).filter(approved_at__isnull=True).delete()
    ask_to_adjust(meeting, [each for each in chosen.values() if each.pk not in known])
    record(actor, "minutes.adjusters_changed", meeting, details={"number": len(wanted)})
    return meeting


@transaction.atomic
def approve_minutes(actor: Actor, ref: str, number: int) -> Meeting:
    """An adjuster says that the version is right; the last one's yes locks it with its hash."""
    meeting = _for_adjuster(actor, ref)
    latest = _latest(actor, meeting)
    if latest.number != number:
        raise StaleVersionError(number)
    adjuster = _adjuster(actor, meeting)
    adjuster.approved_at, adjuster.approved_by = actor.at, actor.user_label
    adjuster.approved_version, adjuster.remark = number, ""
    adjuster.save()
    _take(actor, meeting, MinutesEvent.APPROVE)
    record(actor, "minutes.approved", meeting, details={"version": number})
    if not waiting_adjusters(actor, meeting):
        _lock(actor, meeting, latest)
    return meeting


@transaction.atomic
def return_minutes(actor: Actor, ref: str, remark: str) -> Meeting:
    """An adjuster says what is wrong; the minutes are mended and come again."""
    meeting = _for_adjuster(actor, ref)
    adjuster = _adjuster(actor, meeting)
    adjuster.remark, adjuster.approved_at, adjuster.approved_version = remark, None, None
    adjuster.save()
    _take(actor, meeting, MinutesEvent.RETURN, remark)
    record(actor, "minutes.returned", meeting)
    return meeting


class StaleVersionError(ValueError):
    """The minutes have changed since the adjuster read them."""


def waiting_adjusters(actor: Actor, meeting: Meeting) -> list[Adjuster]:
    """Those who have not approved and whose function is still in use.

    An adjuster whose function has ended is not waited for, as long as somebody has approved.
    """
    open_ones = list(
        Adjuster.objects.visible_to(actor).filter(meeting=meeting, approved_at__isnull=True)
    )
    facts = function_facts_by_pk(actor, [each.function_id for each in open_ones])
    day = timezone.localdate(actor.at)
    return [each for each in open_ones if facts[each.function_id].is_in_use(day)]


def _for_adjuster(actor: Actor, ref: str) -> Meeting:
    require(actor, Capability.GROUPS_READ)
    meeting: Meeting = (
        Meeting.objects.visible_to(actor)
        .select_for_update(of=("self",))
        .select_related("group")
        .get(ref=ref)
    )
    if meeting.state != MeetingState.ENDED:
        raise PermissionDenied
    return meeting


def _adjuster(actor: Actor, meeting: Meeting) -> Adjuster:
    found: Adjuster | None = (
        Adjuster.objects.visible_to(actor)
        .filter(meeting=meeting, function_id=actor.function_id)
        .first()
    )
    if found is None:
        raise PermissionDenied
    return found


def _renew(actor: Actor, meeting: Meeting) -> None:
    """The minutes changed after the meeting: a new version, and approvals are asked for again."""
    Adjuster.objects.visible_to(actor).filter(meeting=meeting).update(
        approved_at=None, approved_by="", approved_version=None
    )
    _take(actor, meeting, MinutesEvent.EDIT)
    version = _add_version(actor, meeting)
    record(actor, "minutes.edited", meeting, details={"version": version.number})


def _lock(actor: Actor, meeting: Meeting, version: MinutesVersion) -> None:
    version.is_adjusted = True
    version.save(update_fields=["is_adjusted"])
    meeting.adjusted_at = actor.at
    meeting.state = step(
        actor, "meeting", meeting.group, meeting.ref, meeting.state, MeetingEvent.ADJUST
    )
    _take(actor, meeting, MinutesEvent.ADJUST)
    record(
        actor,
        "minutes.adjusted",
        meeting,
        details={"version": version.number, "hash": version.content_hash},
    )


def _take(actor: Actor, meeting: Meeting, event: MinutesEvent, note: str = "") -> None:
    meeting.minutes_state = step(
        actor, "minutes", meeting.group, meeting.ref, meeting.minutes_state, event, note
    )
    meeting.save()


def _latest(actor: Actor, meeting: Meeting) -> MinutesVersion:
    found: MinutesVersion = (
        MinutesVersion.objects.visible_to(actor).filter(meeting=meeting).latest("number")
    )
    return found


def _add_version(actor: Actor, meeting: Meeting) -> MinutesVersion:
    versions = MinutesVersion.objects.visible_to(actor).filter(meeting=meeting)
    last = versions.aggregate(last=Max("number"))["last"] or 0
    content: dict[str, Any] = content_of(actor, meeting)
    version: MinutesVersion = MinutesVersion.objects.create(
        meeting=meeting,
        number=last + 1,
        content=content,
        content_hash=seal(content),
        made_at=actor.at,
        made_by=actor.user_label,
        function_title=actor.function_title,
    )
    return version
