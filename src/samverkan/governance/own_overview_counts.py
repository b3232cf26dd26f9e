"""This room's counts on the council's overview: meetings, minutes, decisions, assignments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.design.tones import Tone

from .models import Assignment, Group, Meeting
from .overview_counts import CountTopic, OverviewCount
from .state_words import STATE_LABELS, STATE_TONES
from .states import AssignmentState, MeetingState

YEAR = timedelta(days=365)


def group_counts(actor: Actor, code: str) -> Iterator[OverviewCount]:
    """How often each group has met in the past year."""
    groups = Group.objects.visible_to(actor).in_use(timezone.localdate(actor.at))
    for group in groups.filter(municipality__code=code).order_by("name"):
        held = (
            Meeting.objects.visible_to(actor)
            .filter(group=group, starts_at__lt=actor.at, starts_at__gte=actor.at - YEAR)
            .exclude(state=MeetingState.CANCELLED)
            .count()
        )
        yield OverviewCount(
            CountTopic.GROUPS,
            _("%(group)s: meetings in the past year") % {"group": group.name},
            held,
            Tone.NEUTRAL if held else Tone.WARN,
            reverse("governance:group", args=[group.ref]),
        )


def overdue_counts(actor: Actor, code: str) -> Iterator[OverviewCount]:
    today = timezone.localdate(actor.at)
    late = (
        Assignment.objects.visible_to(actor)
        .filter(group__municipality__code=code, due_on__lt=today)
        .exclude(
            state__in=(
                AssignmentState.CLOSED,
                AssignmentState.DECLINED,
                AssignmentState.REPORTED,
            )
        )
        .count()
    )
    unadjusted = (
        Meeting.objects.visible_to(actor)
        .filter(group__municipality__code=code, state=MeetingState.ENDED, adjust_by__lt=today)
        .count()
    )
    assignments = reverse("governance:assignments")
    yield OverviewCount(CountTopic.OVERDUE, _("late assignments"), late, _tone(late), assignments)
    yield OverviewCount(
        CountTopic.OVERDUE,
        _("minutes not adjusted in time"),
        unadjusted,
        _tone(unadjusted),
        reverse("governance:groups"),
    )


def assignment_counts(actor: Actor, code: str) -> Iterator[OverviewCount]:
    states = list(
        Assignment.objects.visible_to(actor)
        .filter(group__municipality__code=code)
        .values_list("state", flat=True)
    )
    for state in AssignmentState:
        if number := states.count(state):
            yield OverviewCount(
                CountTopic.ASSIGNMENTS,
                STATE_LABELS[state],
                number,
                STATE_TONES[state],
                reverse("governance:assignments"),
            )


PROVIDERS = (group_counts, overdue_counts, assignment_counts)


def _tone(late: int) -> Tone:
    return Tone.STOP if late else Tone.OK
