"""The notice of a meeting by mail: to the functions with a seat, each once."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from samverkan.organisations.stands import functions_in_use
from samverkan.platform.access.actor import Actor
from samverkan.platform.outbox.rules import Channel
from samverkan.platform.outbox.services import Message, queue_message

from .models import AgendaItem, Meeting, Seat, StateStep
from .states import MeetingEvent


def send_notices(actor: Actor, meeting: Meeting, seats: Iterable[Seat]) -> int:
    """Queue the notice to each function that has a mailbox; sent again, nobody gets two.

    In Swedish, the language of the papers. It holds the points' titles and no papers: those are
    read behind the door.
    """
    with override("sv"):
        subject, body = _words(actor, meeting)
    return _send(actor, f"notice-{meeting.ref}", seats, subject, body)


def send_new_time(actor: Actor, meeting: Meeting, seats: Iterable[Seat], before: str) -> int:
    """Tell whoever was called that the meeting has moved; each move is told once."""
    moves = StateStep.objects.visible_to(actor).filter(
        subject_kind="meeting", subject_ref=meeting.ref, event=MeetingEvent.MOVE
    )
    with override("sv"):
        _subject, body = _words(actor, meeting)
        starts = timezone.localtime(meeting.starts_at)
        subject = _("New time or place: %(group)s %(day)s") % {
            "group": meeting.group.name,
            "day": f"{starts:%Y-%m-%d}",
        }
        changed = _("The meeting has been changed. Before: %(before)s.") % {"before": before}
    key = f"notice-{meeting.ref}-{moves.count()}"
    return _send(actor, key, seats, subject, f"{changed}\n{body}")


def _send(actor: Actor, key: str, seats: Iterable[Seat], subject: str, body: str) -> int:
    mailboxes = {each.pk: each for each in functions_in_use(actor) if each.email}
    sent = 0
    for seat in seats:
        function = mailboxes.get(seat.function_id)
        if function is not None:
            message = Message(f"{key}-{function.ref}", Channel.EMAIL, function.email, subject, body)
            queue_message(actor, message)
            sent += 1
    return sent


def _words(actor: Actor, meeting: Meeting) -> tuple[str, str]:
    starts = timezone.localtime(meeting.starts_at)
    subject = _("Notice: %(group)s %(day)s") % {
        "group": meeting.group.name,
        "day": f"{starts:%Y-%m-%d}",
    }
    points = AgendaItem.objects.visible_to(actor).filter(meeting=meeting, skipped_because="")
    lines = [
        _("%(group)s meets %(day)s at %(time)s.")
        % {"group": meeting.group.name, "day": f"{starts:%Y-%m-%d}", "time": f"{starts:%H:%M}"},
        _("Place: %(place)s") % {"place": meeting.place} if meeting.place else "",
        "",
        *(f"{number}. {each.title}" for number, each in enumerate(points, start=1)),
        "",
        _("Agenda and papers are in Samverkan."),
    ]
    return subject, "\n".join(lines)
