"""Problems, and the measures that are meant to mend them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from samverkan.platform.access.actor import Actor
from samverkan.swedish.sorting import search_key

from ..models import Measure, Problem

# Decided and not carried out: only these can be late.
UNFINISHED = (Measure.State.DECIDED, Measure.State.ONGOING)
CARRIED_OUT = (Measure.State.DONE, Measure.State.FOLLOWED_UP)

# Nobody works with these: solved, or set aside with a reason.
AT_REST = (Problem.State.CLOSED, Problem.State.SET_ASIDE)


@dataclass(frozen=True)
class MeasureSummary:
    """One measure as a list shows it; `days_late` is 0 when it is not late."""

    ref: str
    title: str
    problem_ref: str
    problem_title: str
    responsible: str
    responsible_ref: str
    state: str
    state_label: str
    due_on: date
    follow_up_on: date | None
    days_late: int


@dataclass(frozen=True)
class ProblemSummary:
    """One problem as a list shows it, with how far its measures have come."""

    ref: str
    title: str
    place: str
    category: str
    state: str
    state_label: str
    opened_on: date
    measures: int
    measures_done: int
    measures_late: int


def open_problems(actor: Actor, municipality_code: str) -> tuple[ProblemSummary, ...]:
    """Problems of the municipality that are worked with, the latest first."""
    problems = _problems(actor, municipality_code).exclude(state__in=AT_REST)
    return summaries(actor, problems)


def problems_in(
    actor: Actor, municipality_code: str, state: str = ""
) -> tuple[ProblemSummary, ...]:
    """Problems of the municipality, in one state or in all, the latest first."""
    problems = _problems(actor, municipality_code)
    return summaries(actor, problems.filter(state=state) if state else problems)


def problem(actor: Actor, ref: str) -> Problem | None:
    found: Problem | None = (
        Problem.objects.visible_to(actor)
        .filter(ref=ref)
        .select_related("place", "municipality", "owner")
        .first()
    )
    return found


def measures_of(actor: Actor, one: Problem) -> list[Measure]:
    """The problem's measures, the first due first."""
    return list(
        Measure.objects.visible_to(actor)
        .filter(problem=one)
        .select_related("responsible", "problem")
        .order_by("due_on", "pk")
    )


def problems_at(actor: Actor, place_ref: str) -> tuple[ProblemSummary, ...]:
    """Problems of a place, the latest first."""
    found = Problem.objects.visible_to(actor).filter(place__ref=place_ref)
    return summaries(actor, found.order_by("-opened_on", "-pk"))


def problems_matching(actor: Actor, query: str, limit: int) -> list[Problem]:
    """Problems whose title holds the words, the latest first."""
    wanted = search_key(query)
    found = Problem.objects.visible_to(actor).order_by("-opened_on", "-pk")
    return [each for each in found if wanted in search_key(each.title)][:limit]


def measures_matching(actor: Actor, query: str, limit: int) -> list[Measure]:
    """Measures whose title holds the words, the next due first."""
    wanted = search_key(query)
    found = Measure.objects.visible_to(actor).select_related("problem").order_by("due_on", "pk")
    return [each for each in found if wanted in search_key(each.title)][:limit]


def opened_since(actor: Actor, since: date) -> tuple[ProblemSummary, ...]:
    """Problems that have been opened on the day or after."""
    found = Problem.objects.visible_to(actor).filter(opened_on__gte=since)
    return summaries(actor, found.order_by("-opened_on", "-pk"))


def summaries(actor: Actor, problems: Any) -> tuple[ProblemSummary, ...]:
    """Problems as lists show them."""
    day = timezone.localdate(actor.at)
    measures = Prefetch("measures", queryset=Measure.objects.visible_to(actor))
    found = problems.select_related("place").prefetch_related(measures)
    return tuple(_problem_summary(problem, list(problem.measures.all()), day) for problem in found)


def measures_due(actor: Actor, municipality_code: str, until: date) -> tuple[MeasureSummary, ...]:
    """Unfinished measures that fall due on the day or before, the most urgent first."""
    return measures_due_in(actor, {municipality_code}, until)


def measures_due_in(
    actor: Actor, municipality_codes: Collection[str], until: date
) -> tuple[MeasureSummary, ...]:
    """The same for several municipalities together."""
    found = (
        Measure.objects.visible_to(actor)
        .filter(
            problem__in=Problem.objects.visible_to(actor).values("pk"),
            problem__municipality__code__in=municipality_codes,
            state__in=UNFINISHED,
            due_on__lte=until,
        )
        .select_related("problem", "responsible")
        .order_by("due_on", "pk")
    )
    day = timezone.localdate(actor.at)
    return tuple(measure_summary(measure, day) for measure in found)


def measure_summary(measure: Measure, day: date) -> MeasureSummary:
    return MeasureSummary(
        ref=measure.ref,
        title=measure.title,
        problem_ref=measure.problem.ref,
        problem_title=measure.problem.title,
        responsible=measure.responsible.title,
        responsible_ref=measure.responsible.ref,
        state=measure.state,
        state_label=measure.get_state_display(),
        due_on=measure.due_on,
        follow_up_on=measure.follow_up_on,
        days_late=days_late(measure, day),
    )


def days_late(measure: Measure, day: date) -> int:
    if measure.state not in UNFINISHED:
        return 0
    return max(0, (day - measure.due_on).days)


def _problems(actor: Actor, municipality_code: str) -> Any:
    return (
        Problem.objects.visible_to(actor)
        .filter(municipality__code=municipality_code)
        .order_by("-opened_on", "-pk")
    )


def _problem_summary(problem: Problem, measures: list[Measure], day: date) -> ProblemSummary:
    return ProblemSummary(
        ref=problem.ref,
        title=problem.title,
        place=problem.place.name if problem.place else "",
        category=problem.category,
        state=problem.state,
        state_label=problem.get_state_display(),
        opened_on=problem.opened_on,
        measures=len(measures),
        measures_done=sum(measure.state in CARRIED_OUT for measure in measures),
        measures_late=sum(days_late(measure, day) > 0 for measure in measures),
    )
