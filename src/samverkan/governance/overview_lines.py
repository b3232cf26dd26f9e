"""What this room says on the overview: one's next meetings, and when the council last met."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.design.overview import OverviewRow, OverviewSection, Question
from samverkan.platform.design.tones import Tone

from .models import Meeting
from .selectors import council_last_met, councils_of, own_meetings_within

AHEAD = timedelta(days=14)
# A council that meets two to four times a year has met within half a year (Brå's and SKR's advice).
LONGEST_BETWEEN_COUNCILS = timedelta(days=183)


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
        row for code in sorted(actor.municipality_codes) for row in _council_rows(actor, code)
    )
    if not rows:
        return None
    return OverviewSection(
        title=_("Strategic council"), rows=rows, question=Question.CLOCK, order=30
    )


PROVIDERS = (next_meetings, council_clock)


def _row(meeting: Meeting) -> OverviewRow:
    starts = timezone.localtime(meeting.starts_at)
    return OverviewRow(
        text=meeting.group.name,
        url=reverse("governance:meeting", args=[meeting.ref]),
        tag=f"{starts:%Y-%m-%d %H:%M}",
    )


def _council_rows(actor: Actor, code: str) -> list[OverviewRow]:
    councils = councils_of(actor, code)
    if not councils:
        return []
    met = council_last_met(actor, code)
    url = reverse("governance:group", args=[councils[0].ref])
    if met is None:
        return [OverviewRow(councils[0].name, url, _("has not met"), Tone.WARN)]
    day = timezone.localdate(met).isoformat()
    is_long_ago = actor.at - met > LONGEST_BETWEEN_COUNCILS
    tone = Tone.WARN if is_long_ago else Tone.OK
    return [OverviewRow(councils[0].name, url, _("met %(day)s") % {"day": day}, tone)]
