"""What governance itself can show: the council's meetings, the coordinator, what was written
down."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.organisations.stands import functions_of_kind, stands_of
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, Information

from ..models import Meeting
from ..states import MeetingState
from .evidence import Evidence, EvidenceSource, by_clause, everybody
from .models import DutyRecord


def council_meetings(actor: Actor, code: str) -> Iterator[Evidence]:
    """Meetings that the strategic council has held."""
    held = (
        Meeting.objects.visible_to(actor)
        .filter(group__kind="council", group__municipality__code=code, starts_at__lt=actor.at)
        .exclude(state=MeetingState.CANCELLED)
        .select_related("group")
        .order_by("-starts_at")[:8]
    )
    for meeting in held:
        yield Evidence(
            "council_met",
            meeting.group.name,
            timezone.localdate(meeting.starts_at),
            reverse("governance:meeting", args=[meeting.ref]),
        )


def coordination_function(actor: Actor, code: str) -> Iterator[Evidence]:
    """A coordinator with both a holder and a deputy: one person less is no function."""
    functions = functions_of_kind(actor, "safety_coordinator", code)
    stands = stands_of(actor, [each.pk for each in functions])
    for each in functions:
        holders = [stand for stand in stands[each.pk] if not stand.is_deputy]
        deputies = [stand for stand in stands[each.pk] if stand.is_deputy]
        if holders and deputies:
            since = max(holders[0].since, deputies[0].since)
            title = _("%(function)s, with a holder and a deputy") % {"function": each.title}
            yield Evidence("coordinator_held", title, since, reverse("functions"))


def written_down(actor: Actor, code: str) -> Iterator[Evidence]:
    found = DutyRecord.objects.visible_to(actor).filter(
        municipality__code=code, withdrawn_at__isnull=True
    )
    for each in found:
        title = ", ".join(part for part in (each.title, each.body, each.reference_number) if part)
        yield Evidence(each.kind, title, each.done_on)


SOURCES = (
    EvidenceSource(
        ("council_met",), council_meetings, by_clause(Information.MEETINGS, Capability.GROUPS_READ)
    ),
    EvidenceSource(("coordinator_held",), coordination_function, everybody),
    EvidenceSource(
        tuple(DutyRecord.Kind.values),
        written_down,
        by_clause(Information.PLANS, Capability.PLANS_READ),
    ),
)
