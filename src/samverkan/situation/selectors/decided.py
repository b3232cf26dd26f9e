"""What has been decided, and whether it was done: measures, and other decisions of the group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from samverkan.governance.selectors.decisions import decisions_since
from samverkan.governance.selectors.groups import groups_of_kind
from samverkan.platform.access.actor import Actor

from ..models import Measure
from ..weeks import Period
from .problems import UNFINISHED, days_late

# Decisions that fall due within two weeks after the period stand on the page as well.
SOON = timedelta(weeks=2)
LOOKED_BACK = timedelta(weeks=8)
DONE = (Measure.State.DONE, Measure.State.FOLLOWED_UP)


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
    is_done_lately = Q(state__in=DONE, due_on__gte=period.first_day - LOOKED_BACK)
    found = (
        Measure.objects.visible_to(actor)
        .filter(is_unfinished | is_done_lately, problem__municipality__code=municipality_code)
        .select_related("problem", "responsible")
        .order_by("due_on", "pk")
    )
    day = timezone.localdate(actor.at)
    made = [_decided(measure, day) for measure in found]
    made += _other_decisions(actor, municipality_code, period)
    return tuple(sorted(made, key=lambda each: (each.is_done, -each.days_late, each.due_on)))


def _other_decisions(actor: Actor, municipality_code: str, period: Period) -> list[Decided]:
    """What the EST group has decided lately that did not become a measure."""
    day, since = timezone.localdate(actor.at), period.first_day - LOOKED_BACK
    return [
        Decided(
            ref=each.ref,
            title=each.text,
            responsible=each.function_title,
            due_on=each.due_on,
            label=str(each.standing.label),
            is_done=each.standing.is_done,
            days_late=0 if each.standing.is_done else max(0, (day - each.due_on).days),
            url=each.standing.url or each.meeting_url,
        )
        for group in groups_of_kind(actor, municipality_code, "est")
        for each in decisions_since(actor, group.ref, since)
        if each.due_on is not None and each.kind != "measure"
    ]


def _decided(measure: Measure, day: date) -> Decided:
    return Decided(
        ref=measure.ref,
        title=measure.title,
        responsible=measure.responsible.title,
        due_on=measure.due_on,
        label=measure.get_state_display(),
        is_done=measure.state in DONE,
        days_late=days_late(measure, day),
        url=f"{reverse('situation:problem', args=[measure.problem.ref])}#{measure.ref}",
    )
