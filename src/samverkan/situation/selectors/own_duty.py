"""What the actor's own unit is bound to report, and what it has said about the latest weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from samverkan.platform.access.actor import Actor

from ..models import NothingReported, ReportingDuty
from ..weeks import monday_of, week_of, weeks_later
from .reporting import UnitState, own_unit_status


@dataclass(frozen=True)
class OwnWeek:
    """A week, what the unit has said about it, and whether it has said that there was nothing."""

    week: int
    state: UnitState
    has_said_nothing: bool


def own_duty(actor: Actor, week: int) -> ReportingDuty | None:
    """The duty of the actor's unit in the week."""
    end = monday_of(week) + timedelta(weeks=1)
    found: ReportingDuty | None = (
        ReportingDuty.objects.visible_to(actor)
        .filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=monday_of(week)),
            valid_from__lt=end,
            organisation_id=actor.organisation_id,
        )
        .select_related("owner", "organisation")
        .order_by("pk")
        .first()
    )
    return found


def own_weeks(actor: Actor) -> tuple[OwnWeek, ...]:
    """Last week and this one, where the unit is bound to report."""
    this_week = week_of(timezone.localdate(actor.at))
    made = []
    for week in (weeks_later(this_week, -1), this_week):
        state = own_unit_status(actor, week)
        if state is not None:
            words = NothingReported.objects.visible_to(actor).filter(
                duty__organisation_id=actor.organisation_id, week=week
            )
            made.append(OwnWeek(week, state, words.exists()))
    return tuple(made)
