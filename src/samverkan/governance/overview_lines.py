"""What this room says on the overview: what one owes, one's next meetings, the council's clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.design.overview import OverviewRow, OverviewSection, Question
from samverkan.platform.design.tones import Tone
from samverkan.platform.work.registry import WorkItem

from .models import Group, Meeting
from .own_work import WORK
from .selectors import councils, own_meetings_within

AHEAD = timedelta(days=14)
# A council that meets two to four times a year has met within half a year (Brå's and SKR's advice).
LONGEST_BETWEEN_COUNCILS = timedelta(days=183)


def owed_to_groups(actor: Actor) -> OverviewSection | None:
    """Minutes to adjust, assignments, notices to send: what the own function owes."""
    if not actor.may(Capability.GROUPS_READ) or not actor.function_ref:
        return None
    wanted = frozenset([actor.function_ref])
    found = [item for provider in WORK for item in provider(actor, wanted)]
    if not found:
        return None
    today = timezone.localdate(actor.at)
    late = sum(item.is_late(today) for item in found)
    title = (
        ngettext(
            "%(number)d thing for the groups is late",
            "%(number)d things for the groups are late",
            late,
        )
        % {"number": late}
        if late
        else ngettext(
            "You have %(number)d thing to do for the groups",
            "You have %(number)d things to do for the groups",
            len(found),
        )
        % {"number": len(found)}
    )
    ordered = sorted(found, key=lambda item: (item.due_on or today, item.key))
    return OverviewSection(
        title=title,
        rows=tuple(_work_row(item, item.is_late(today)) for item in ordered[:8]),
        question=Question.OWED,
        order=30,
    )


def next_meetings(actor: Actor) -> OverviewSection | None:
    """Meetings within two weeks of the groups that one's function sits in."""
    if not actor.may(Capability.GROUPS_READ):
        return None
    found = own_meetings_within(actor, AHEAD)
    if not found:
        return None
    title = ngettext(
        "You have %(number)d meeting within two weeks",
        "You have %(number)d meetings within two weeks",
        len(found),
    ) % {"number": len(found)}
    return OverviewSection(
        title=title,
        rows=tuple(_row(meeting) for meeting in found),
        question=Question.DUE,
        order=10,
    )


def council_clock(actor: Actor) -> OverviewSection | None:
    """The law asks for a strategic council (lag 2023:196, 10 §): when did it last meet?"""
    if not actor.may(Capability.GROUPS_READ):
        return None
    rows = tuple(
        _council_row(actor, group, met) for group, met in councils(actor, actor.municipality_codes)
    )
    if not rows:
        return None
    return OverviewSection(
        title=_("Strategic council"), rows=rows, question=Question.CLOCK, order=30
    )


PROVIDERS = (owed_to_groups, next_meetings, council_clock)


def _work_row(item: WorkItem, is_late: bool) -> OverviewRow:
    due = item.due_on.isoformat() if item.due_on else ""
    tag = _("late since %(day)s") % {"day": due} if is_late else due
    return OverviewRow(
        text=f"{item.kind_label}: {item.title}",
        url=item.url,
        tag=tag,
        tone=Tone.STOP if is_late else Tone.NEUTRAL,
    )


def _row(meeting: Meeting) -> OverviewRow:
    starts = timezone.localtime(meeting.starts_at)
    return OverviewRow(
        text=meeting.group.name,
        url=reverse("governance:meeting", args=[meeting.ref]),
        tag=f"{starts:%Y-%m-%d %H:%M}",
    )


def _council_row(actor: Actor, council: Group, met: datetime | None) -> OverviewRow:
    url = reverse("governance:group", args=[council.ref])
    if met is None:
        return OverviewRow(council.name, url, _("has not met"), Tone.WARN)
    day = timezone.localdate(met).isoformat()
    tone = Tone.WARN if actor.at - met > LONGEST_BETWEEN_COUNCILS else Tone.OK
    return OverviewRow(council.name, url, _("met %(day)s") % {"day": day}, tone)
