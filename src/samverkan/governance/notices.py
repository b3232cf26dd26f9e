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

from .models import AgendaItem, Meeting, Seat


def send_notices(actor: Actor, meeting: Meeting, seats: Iterable[Seat]) -> int:
    """Queue the notice to each function that has a mailbox; sent again, nobody gets two.

    In Swedish, the language of the papers. It holds the points' titles and no papers: those are
    read behind the door.
    """
    mailboxes = {each.pk: each for each in functions_in_use(actor) if each.email}
    with override("sv"):
        subject, body = _words(actor, meeting)
    sent = 0
    for seat in seats:
        function = mailboxes.get(seat.function_id)
        if function is not None:
            key = f"notice-{meeting.ref}-{function.ref}"
            queue_message(actor, Message(key, Channel.EMAIL, function.email, subject, body))
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
