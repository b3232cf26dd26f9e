"""What problems and measures put on a function's table, and what was decided about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.work.registry import TakenDecision, WorkItem

from .lives import MEASURE, PROBLEM
from .models import Measure, Problem, StateChange

# Its words are what came of the measure, not why something was chosen.
OUTCOME_WRITTEN = "follow_up"


def problems_and_measures(actor: Actor, function_refs: frozenset[str]) -> Iterable[WorkItem]:
    """Measures to carry out, follow-ups to make, problems to analyse or to consider again."""
    yield from _measures(actor, function_refs)
    yield from _problems(actor, function_refs)


def _measures(actor: Actor, function_refs: frozenset[str]) -> Iterable[WorkItem]:
    open_states = (Measure.State.DECIDED, Measure.State.ONGOING, Measure.State.DONE)
    found = (
        Measure.objects.visible_to(actor)
        .filter(responsible__ref__in=function_refs, state__in=open_states)
        .select_related("responsible", "problem__municipality")
    )
    for each in found:
        is_done = each.state == Measure.State.DONE
        if is_done and each.follow_up_on is None:
            continue
        yield WorkItem(
            key=f"follow-up-{each.ref}" if is_done else f"measure-{each.ref}",
            kind_label=_("Follow-up of a measure") if is_done else _("Measure"),
            title=each.title,
            url=reverse("situation:measure", args=[each.ref]),
            function_ref=each.responsible.ref,
            due_on=each.follow_up_on if is_done else each.due_on,
            municipality_code=each.problem.municipality.code,
        )


def _problems(actor: Actor, function_refs: frozenset[str]) -> Iterable[WorkItem]:
    found = (
        Problem.objects.visible_to(actor)
        .filter(
            responsible__ref__in=function_refs,
            state__in=(Problem.State.OPEN, Problem.State.SET_ASIDE),
        )
        .select_related("responsible", "municipality")
    )
    for each in found:
        is_aside = each.state == Problem.State.SET_ASIDE
        yield WorkItem(
            key=f"reconsider-{each.ref}" if is_aside else f"analyse-{each.ref}",
            kind_label=_("Problem to consider again") if is_aside else _("Problem to analyse"),
            title=each.title,
            url=reverse("situation:problem", args=[each.ref]),
            function_ref=each.responsible.ref if each.responsible else "",
            due_on=each.reconsider_on if is_aside else None,
            municipality_code=each.municipality.code,
        )


def choices_with_reasons(
    actor: Actor, function_refs: frozenset[str], since: date
) -> Iterator[TakenDecision]:
    """Steps that were taken for a reason, such as setting a problem aside or stopping a measure."""
    found = (
        StateChange.objects.visible_to(actor)
        .filter(
            Q(problem__responsible__ref__in=function_refs)
            | Q(measure__responsible__ref__in=function_refs)
        )
        .filter(at__date__gte=since)
        .exclude(reason="")
        .exclude(event=OUTCOME_WRITTEN)
        .select_related("problem__responsible", "measure__responsible")
    )
    for each in found:
        if each.problem is not None:
            subject, machine, route = each.problem, PROBLEM, "situation:problem"
        else:
            subject, machine, route = each.measure, MEASURE, "situation:measure"
        yield TakenDecision(
            key=f"step-{subject.ref}-{each.pk}",
            title=f"{machine.event(each.event).label}: {subject.title}",
            reason=each.reason,
            url=reverse(route, args=[subject.ref]),
            function_ref=subject.responsible.ref,
            decided_on=timezone.localdate(each.at),
            where=each.function_title,
        )
