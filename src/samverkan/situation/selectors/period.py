"""What happened to problems and measures in a period: for the analysis of a quarter or a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from samverkan.platform.access.actor import Actor

from ..models import EffectVerdict, Measure, Problem
from .problems import MeasureSummary, ProblemSummary, measure_summary, summaries


@dataclass(frozen=True)
class MeasureInPeriod:
    """A measure due or to be followed up in the period; `outcome` and `verdict` may be empty.

    `verdict` is what could last be said of its effect, in words.
    """

    summary: MeasureSummary
    outcome: str
    verdict: str


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
    rows = list(found)
    verdicts: dict[int, str] = {
        verdict.measure_id: verdict.get_verdict_display()
        for verdict in EffectVerdict.objects.visible_to(actor)
        .filter(measure__in=[each.pk for each in rows])
        .order_by("judged_at")
    }
    return [
        MeasureInPeriod(measure_summary(each, day), each.outcome, verdicts.get(each.pk, ""))
        for each in rows
    ]


def problems_before(
    actor: Actor, municipality_code: str, after: date
) -> tuple[ProblemSummary, ...]:
    """Problems opened before the day, the latest first: those closed since as well."""
    found = Problem.objects.visible_to(actor).filter(
        municipality__code=municipality_code, opened_on__lt=after
    )
    return summaries(actor, found.order_by("-opened_on", "-pk"))
