"""What has been decided, and whether it was done: the measures of the municipality's problems."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from samverkan.platform.access.actor import Actor

from ..models import Measure
from ..weeks import Period
from .problems import UNFINISHED, days_late

# Decisions that fall due within two weeks after the period stand on the page as well.
SOON = timedelta(weeks=2)
LOOKED_BACK = timedelta(weeks=8)


@dataclass(frozen=True)
class Decided:
    """One decision: who does it by when, and how it stands."""

    ref: str
    title: str
    responsible: str
    due_on: date
    label: str
    is_done: bool
    days_late: int
    url: str

    @property
    def is_late(self) -> bool:
        return self.days_late > 0


def decided_since(actor: Actor, municipality_code: str, period: Period) -> tuple[Decided, ...]:
    """Measures that are due by now or soon and not done, and those done lately; late ones first."""
    is_unfinished = Q(state__in=UNFINISHED, due_on__lt=period.day_after + SOON)
    is_done_lately = Q(state=Measure.State.DONE, due_on__gte=period.first_day - LOOKED_BACK)
    found = (
        Measure.objects.visible_to(actor)
        .filter(is_unfinished | is_done_lately, problem__municipality__code=municipality_code)
        .select_related("problem", "responsible")
        .order_by("due_on", "pk")
    )
    day = timezone.localdate(actor.at)
    made = (_decided(measure, day) for measure in found)
    return tuple(sorted(made, key=lambda each: (each.is_done, -each.days_late, each.due_on)))


def _decided(measure: Measure, day: date) -> Decided:
    return Decided(
        ref=measure.ref,
        title=measure.title,
        responsible=measure.responsible.title,
        due_on=measure.due_on,
        label=measure.get_state_display(),
        is_done=measure.state == Measure.State.DONE,
        days_late=days_late(measure, day),
        url=f"{reverse('situation:problem', args=[measure.problem.ref])}#{measure.ref}",
    )
