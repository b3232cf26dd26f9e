"""The agenda: built from the rooms' points, the template's parts and one's own; then arranged."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from samverkan.documents.plain_text import clean
from samverkan.platform.access.actor import Actor
from samverkan.platform.refs import new_ref

from ..agenda_sources import AgendaPart, AgendaPoint, MeetingFrame, points_for
from ..group_templates import GroupTemplate, template_of
from ..models import AgendaItem, Decision, Meeting, PointNote
from ..states import MeetingState
from .common import guard_texts, run_meeting
from .trail import record

LONGEST_TITLE = 200
# What ends every meeting: the next one, and any other business.
CLOSING = (AgendaPart.AHEAD, AgendaPart.OTHER)
OPEN = (MeetingState.PLANNED, MeetingState.CALLED, MeetingState.ONGOING)


@transaction.atomic
def build_agenda(actor: Actor, ref: str) -> int:
    """Bring in every point that is not there yet; how many came. What stands is left alone.

    Points that have no note, no decision and are no longer brought up by any room are taken away.
    """
    meeting = _open_meeting(actor, ref)
    template = template_of(meeting.group.kind)
    wanted = _points(actor, meeting, template)
    items = {
        item.key: item for item in AgendaItem.objects.visible_to(actor).filter(meeting=meeting)
    }
    fresh = [point for point in wanted if point.key not in items]
    _forget(actor, items, {point.key for point in wanted})
    AgendaItem.objects.bulk_create([_item(meeting, point) for point in fresh])
    _arrange(actor, meeting, is_fresh=not items)
    if fresh:
        record(actor, "meeting.agenda_built", meeting, details={"points": len(fresh)})
    return len(fresh)


@transaction.atomic
def add_point(
    actor: Actor,
    ref: str,
    title: str,
    *,
    paper_title: str = "",
    paper_text: str = "",
    is_confirmed: bool = False,
) -> AgendaItem:
    """A point of one's own, with a paper if there is one: before what ends every meeting."""
    meeting = _open_meeting(actor, ref)
    typed = {"title": title, "paper_title": paper_title, "paper_text": paper_text}
    guard_texts(meeting.group, typed, is_confirmed=is_confirmed)
    items = list(AgendaItem.objects.visible_to(actor).filter(meeting=meeting))
    item: AgendaItem = AgendaItem.objects.create(
        meeting=meeting,
        key=f"own-{new_ref()}",
        position=len(items) + 1,
        part=AgendaPart.OTHER,
        title=clean(title).strip()[:LONGEST_TITLE],
        is_own=True,
        paper_title=paper_title,
        paper_text=clean(paper_text).strip(),
    )
    closing = [at for at, each in enumerate(items) if each.part in CLOSING and not each.is_own]
    items.insert(closing[0] if closing else len(items), item)
    _number(items)
    record(actor, "meeting.point_added", meeting)
    return item


@transaction.atomic
def move_point(actor: Actor, ref: str, item_ref: str, steps: int) -> None:
    """Move a point up (-1) or down (+1); at the end of the list it stays."""
    meeting = _open_meeting(actor, ref)
    items = list(AgendaItem.objects.visible_to(actor).filter(meeting=meeting))
    here = next(at for at, item in enumerate(items) if item.ref == item_ref)
    there = min(max(here + steps, 0), len(items) - 1)
    items.insert(there, items.pop(here))
    _number(items)
    record(actor, "meeting.point_moved", meeting)


@transaction.atomic
def skip_point(
    actor: Actor, ref: str, item_ref: str, reason: str, *, is_confirmed: bool = False
) -> AgendaItem:
    """Leave a point out of this meeting, and say why; without a reason it is taken up again."""
    meeting = _open_meeting(actor, ref)
    guard_texts(meeting.group, {"reason": reason}, is_confirmed=is_confirmed)
    item: AgendaItem = AgendaItem.objects.visible_to(actor).get(ref=item_ref, meeting=meeting)
    item.skipped_because = reason
    item.save(update_fields=["skipped_because"])
    record(actor, "meeting.point_skipped", meeting, details={"skipped": bool(reason)})
    return item


@transaction.atomic
def set_paper(
    actor: Actor, ref: str, item_ref: str, title: str, text: str, *, is_confirmed: bool = False
) -> AgendaItem:
    """The paper that belongs to a point and goes out with the notice."""
    meeting = _open_meeting(actor, ref)
    typed = {"paper_title": title, "paper_text": text}
    guard_texts(meeting.group, typed, is_confirmed=is_confirmed)
    item: AgendaItem = AgendaItem.objects.visible_to(actor).get(ref=item_ref, meeting=meeting)
    item.paper_title, item.paper_text = title, clean(text).strip()
    item.save(update_fields=["paper_title", "paper_text"])
    record(actor, "meeting.paper_written", meeting)
    return item


def frame_of(actor: Actor, meeting: Meeting) -> MeetingFrame:
    previous = (
        Meeting.objects.visible_to(actor)
        .filter(group=meeting.group, starts_at__lt=meeting.starts_at)
        .exclude(state=MeetingState.CANCELLED)
        .order_by("-starts_at")
        .values_list("starts_at", flat=True)
        .first()
    )
    return MeetingFrame(
        meeting_ref=meeting.ref,
        group_ref=meeting.group.ref,
        group_kind=meeting.group.kind,
        municipality_code=meeting.group.municipality.code,
        owner_party_id=meeting.group.owner_id,
        starts_at=meeting.starts_at,
        previous_at=previous,
    )


def _points(actor: Actor, meeting: Meeting, template: GroupTemplate | None) -> list[AgendaPoint]:
    """The template's fixed points and the rooms' points of its parts, in the template's order."""
    brought = points_for(actor, frame_of(actor, meeting))
    if template is None:
        return brought
    points: list[AgendaPoint] = []
    for number, planned in enumerate(template.agenda):
        if planned.words is None:
            points += [point for point in brought if point.part == planned.part]
        else:
            title = planned.words.to(actor.language)
            points.append(AgendaPoint(f"fixed-{number}", planned.part, title))
    return points


def _item(meeting: Meeting, point: AgendaPoint) -> AgendaItem:
    return AgendaItem(
        meeting=meeting,
        key=point.key[:80],
        position=10_000,
        part=int(point.part),
        title=str(point.title)[:LONGEST_TITLE],
        sentence=str(point.sentence),
        url=point.url,
        subject_kind=point.subject_kind,
        subject_ref=point.subject_ref,
    )


def _forget(actor: Actor, items: dict[str, AgendaItem], wanted: set[str]) -> None:
    noted = set(
        PointNote.objects.visible_to(actor)
        .filter(item__in=items.values())
        .values_list("item_id", flat=True)
    ) | set(
        Decision.objects.visible_to(actor)
        .filter(item__in=items.values())
        .values_list("item_id", flat=True)
    )
    for key, item in items.items():
        is_touched = item.is_own or item.skipped_because or item.paper_text or item.pk in noted
        if key not in wanted and not is_touched:
            item.delete()


def _arrange(actor: Actor, meeting: Meeting, *, is_fresh: bool) -> None:
    """A new agenda stands in the template's order; later points come in after their part's."""
    items = list(
        AgendaItem.objects.visible_to(actor).filter(meeting=meeting).order_by("position", "pk")
    )
    if not is_fresh:
        settled = [item for item in items if item.position < 10_000]
        for item in (item for item in items if item.position >= 10_000):
            before = [at for at, each in enumerate(settled) if each.part <= item.part]
            settled.insert(before[-1] + 1 if before else 0, item)
        items = settled
    _number(items)


def _number(items: list[AgendaItem]) -> None:
    for position, item in enumerate(items, start=1):
        item.position = position
    AgendaItem.objects.for_system("write the order that was chosen").bulk_update(
        items, ["position"]
    )


def _open_meeting(actor: Actor, ref: str) -> Meeting:
    meeting = run_meeting(actor, ref)
    if meeting.state not in OPEN:
        raise PermissionDenied
    return meeting
