"""What this room itself brings up at a meeting: earlier decisions, minutes, assignments."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor

from .agenda_sources import AgendaPart, AgendaPoint, MeetingFrame
from .models import Assignment, Group, Meeting
from .selectors.assignments import OVER
from .selectors.decisions import open_decisions
from .states import AssignmentState, MeetingState


def unadjusted_minutes(actor: Actor, frame: MeetingFrame) -> Iterator[AgendaPoint]:
    waiting = Meeting.objects.visible_to(actor).filter(
        group__ref=frame.group_ref, state=MeetingState.ENDED
    )
    for each in waiting.order_by("starts_at"):
        day = timezone.localtime(each.starts_at).date().isoformat()
        yield AgendaPoint(
            key=f"minutes-{each.ref}",
            part=AgendaPart.SINCE_LAST,
            title=_("Earlier minutes are not adjusted"),
            sentence=_("The meeting of %(day)s.") % {"day": day},
            url=reverse("governance:minutes", args=[each.ref]),
            subject_kind="meeting",
            subject_ref=each.ref,
        )


def earlier_decisions(actor: Actor, frame: MeetingFrame) -> Iterator[AgendaPoint]:
    """Decisions that are not done yet, each with how it stands."""
    for view in open_decisions(actor, frame.group_ref):
        if view.kind == "assignment":
            continue
        yield AgendaPoint(
            key=f"decision-{view.ref}",
            part=AgendaPart.SINCE_LAST,
            title=view.text[:200],
            sentence=_("%(function)s, due %(day)s: %(standing)s.")
            % {
                "function": view.function_title,
                "day": view.due_on.isoformat() if view.due_on else "–",
                "standing": view.standing.label,
            },
            url=view.standing.url or view.meeting_url,
            subject_kind="decision",
            subject_ref=view.ref,
        )


def open_assignments(actor: Actor, frame: MeetingFrame) -> Iterator[AgendaPoint]:
    """Given by the group, or given to it."""
    group = Group.objects.visible_to(actor).filter(ref=frame.group_ref).first()
    if group is None:
        return
    mine = Assignment.objects.visible_to(actor).exclude(state__in=OVER)
    for each in mine.filter(group=group) | mine.filter(to_group=group):
        yield AgendaPoint(
            key=f"assignment-{each.ref}",
            part=AgendaPart.ASSIGNMENTS,
            title=each.title,
            sentence=_sentence(each),
            url=reverse("governance:assignment", args=[each.ref]),
            subject_kind="assignment",
            subject_ref=each.ref,
        )


def next_meeting(actor: Actor, frame: MeetingFrame) -> Iterator[AgendaPoint]:
    following = (
        Meeting.objects.visible_to(actor)
        .filter(group__ref=frame.group_ref, starts_at__gt=frame.starts_at)
        .exclude(state=MeetingState.CANCELLED)
        .order_by("starts_at")
        .first()
    )
    if following is None:
        title, sentence = _("Next meeting"), _("No meeting is planned. When do we meet?")
    else:
        title = _("Next meeting")
        sentence = f"{timezone.localtime(following.starts_at):%Y-%m-%d %H:%M}"
    yield AgendaPoint("next-meeting", AgendaPart.AHEAD, title, sentence)


SOURCES = (unadjusted_minutes, earlier_decisions, open_assignments, next_meeting)


def _sentence(each: Assignment) -> str:
    if each.state == AssignmentState.REPORTED:
        return _("Reported: %(report)s") % {"report": each.report}
    return _("Due %(day)s.") % {"day": each.due_on.isoformat()}
