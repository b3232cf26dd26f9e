"""What happened to problems and measures in a period: for the analysis of a quarter or a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from samverkan.platform.access.actor import Actor

from ..models import Measure, Problem
from .problems import MeasureSummary, ProblemSummary, measure_summary, summaries


@dataclass(frozen=True)
class MeasureInPeriod:
    """A measure that fell due or was to be followed up in the period; `outcome` may be empty."""

    summary: MeasureSummary
    outcome: str


def measures_in_period(
    actor: Actor, municipality_code: str, first: date, after: date
) -> list[MeasureInPeriod]:
    """Measures due or to be followed up on the days [first, after), the earliest due first."""
    day = timezone.localdate(actor.at)
    found = (
        Measure.objects.visible_to(actor)
        .filter(
            Q(due_on__gte=first, due_on__lt=after)
            | Q(follow_up_on__gte=first, follow_up_on__lt=after),
            problem__municipality__code=municipality_code,
        )
        .select_related("problem", "responsible")
        .order_by("due_on", "pk")
    )
    return [MeasureInPeriod(measure_summary(each, day), each.outcome) for each in found]


def problems_before(
    actor: Actor, municipality_code: str, after: date
) -> tuple[ProblemSummary, ...]:
    """Problems opened before the day, the latest first: those closed since as well."""
    found = Problem.objects.visible_to(actor).filter(
        municipality__code=municipality_code, opened_on__lt=after
    )
    return summaries(actor, found.order_by("-opened_on", "-pk"))
