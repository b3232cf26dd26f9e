"""What became of each report: the chain from report to measure, as its reporter may know it.

A reporter who may not read problems is told in which state they are, never what they are called:
titles are written for others. What the coordinator answers is written for the reporter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.urls import reverse
from django.utils import timezone

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability

from ..models import (
    GatheredIncident,
    Incident,
    IncidentChange,
    Measure,
    Problem,
    ReportAnswer,
    StateChange,
)
from ..models.incidents import Review
from .brought_up import meetings_about

REASON = "tell a reporter what became of its own reports, in states only"
PAGE = 15


class StepKind(StrEnum):
    RECEIVED = "received"
    ASKED = "asked"
    ANSWERED = "answered"
    REVIEWED = "reviewed"
    GATHERED = "gathered"
    BROUGHT_UP = "brought_up"
    MEASURE = "measure"
    CLOSED = "closed"
    WORD = "word"
    NOT_TAKEN = "not_taken"


# What a reviewer and a reporter did, as steps; the question itself stands at the report.
REVIEWING = {
    IncidentChange.Kind.APPROVED: StepKind.REVIEWED,
    IncidentChange.Kind.RETURNED: StepKind.ASKED,
    IncidentChange.Kind.ANSWERED: StepKind.ANSWERED,
}


@dataclass(frozen=True)
class FeedbackStep:
    """One thing that happened to a report. `title` and `url` only for whoever may read the thing.

    `state` is a measure's; `at` is None where nobody noted the moment.
    """

    kind: StepKind
    at: datetime | None
    state: str = ""
    title: str = ""
    url: str = ""
    due_on: date | None = None
    text: str = ""


@dataclass(frozen=True)
class ReportFeedback:
    """One report with its steps, the first one first."""

    incident: Incident
    steps: tuple[FeedbackStep, ...]
    new_since: datetime | None

    @property
    def waits_for_answer(self) -> bool:
        """A reviewer has asked, and nobody has answered yet."""
        return self.incident.review == Review.RETURNED

    @property
    def latest(self) -> FeedbackStep:
        return self.steps[-1]

    @property
    def new_steps(self) -> tuple[FeedbackStep, ...]:
        """Steps after the reporter's last visit; that it was received is no news."""
        since = self.new_since
        if since is None:
            return ()
        return tuple(
            step
            for step in self.steps
            if step.at is not None and step.at > since and step.kind is not StepKind.RECEIVED
        )

    @property
    def is_new(self) -> bool:
        return bool(self.new_steps)


def own_reports(
    actor: Actor, *, since: datetime | None = None, before: str = "", size: int = PAGE
) -> tuple[tuple[ReportFeedback, ...], bool]:
    """The unit's latest reports with what became of them, and whether there are older ones."""
    found = _own(actor)
    cut = found.filter(ref=before).first() if before else None
    if cut is not None:
        found = found.filter(pk__lt=cut.pk)
    incidents = list(found.select_related("place", "municipality").order_by("-pk")[: size + 1])
    return _with_steps(actor, incidents[:size], since), len(incidents) > size


def changed_reports(actor: Actor, since: datetime) -> tuple[ReportFeedback, ...]:
    """The unit's reports of which there is something new since the moment, the latest first."""
    own = _own(actor).values("pk")
    links = GatheredIncident.objects.for_system(REASON)
    changed = set(
        links.filter(incident__in=own, gathered_at__gt=since).values_list("incident_id", flat=True)
    )
    moves = StateChange.objects.for_system(REASON).filter(at__gt=since, measure__isnull=False)
    changed |= set(
        links.filter(incident__in=own, problem__in=moves.values("measure__problem")).values_list(
            "incident_id", flat=True
        )
    )
    asked = IncidentChange.objects.for_system(REASON).filter(
        incident__in=own, changed_at__gt=since, kind=IncidentChange.Kind.RETURNED
    )
    changed |= set(asked.values_list("incident_id", flat=True))
    answers = ReportAnswer.objects.visible_to(actor)
    changed |= set(
        answers.filter(incident__in=own, answered_at__gt=since).values_list(
            "incident_id", flat=True
        )
    )
    incidents = list(
        _own(actor).filter(pk__in=changed).select_related("place", "municipality").order_by("-pk")
    )
    return tuple(each for each in _with_steps(actor, incidents, since) if each.is_new)


def _own(actor: Actor):  # type: ignore[no-untyped-def]
    if not actor.may(Capability.INCIDENTS_REPORT) or actor.organisation_id is None:
        return Incident.objects.visible_to(actor).none()
    return Incident.objects.visible_to(actor).filter(
        reporting_organisation_id=actor.organisation_id
    )


def _with_steps(
    actor: Actor, incidents: Collection[Incident], since: datetime | None
) -> tuple[ReportFeedback, ...]:
    keys = [each.pk for each in incidents]
    links: dict[int, list[GatheredIncident]] = defaultdict(list)
    for link in (
        GatheredIncident.objects.for_system(REASON)
        .filter(incident_id__in=keys)
        .select_related("problem")
        .order_by("gathered_at")
    ):
        links[link.incident_id].append(link)
    problem_ids = {link.problem_id for each in links.values() for link in each}
    known = _Known(actor, problem_ids, keys)
    answers: dict[int, list[ReportAnswer]] = defaultdict(list)
    for answer in (
        ReportAnswer.objects.visible_to(actor).filter(incident_id__in=keys).order_by("answered_at")
    ):
        answers[answer.incident_id].append(answer)
    return tuple(
        ReportFeedback(each, tuple(_steps(each, links[each.pk], answers[each.pk], known)), since)
        for each in incidents
    )


class _Known:
    """The measures and meetings of the problems, and which of the problems the actor may read."""

    def __init__(
        self, actor: Actor, problem_ids: Collection[int], incident_ids: Collection[int]
    ) -> None:
        self.reviewing: dict[int, list[FeedbackStep]] = defaultdict(list)
        for incident_id, kind, at in (
            IncidentChange.objects.for_system(REASON)
            .filter(incident_id__in=incident_ids, kind__in=REVIEWING)
            .order_by("changed_at", "pk")
            .values_list("incident_id", "kind", "changed_at")
        ):
            self.reviewing[incident_id].append(FeedbackStep(REVIEWING[kind], at))
        self.readable = set(
            Problem.objects.visible_to(actor)
            .filter(pk__in=problem_ids)
            .values_list("pk", flat=True)
        )
        self.measures: dict[int, list[Measure]] = defaultdict(list)
        for measure in (
            Measure.objects.for_system(REASON)
            .filter(problem_id__in=problem_ids)
            .order_by("due_on", "pk")
        ):
            self.measures[measure.problem_id].append(measure)
        self.moved: dict[int, datetime] = dict(
            StateChange.objects.for_system(REASON)
            .filter(measure__problem_id__in=problem_ids)
            .order_by("at")
            .values_list("measure_id", "at")
        )
        self.meetings: Mapping[int, Collection[datetime]] = meetings_about(actor, problem_ids)


def _steps(
    incident: Incident,
    links: Iterable[GatheredIncident],
    answers: Iterable[ReportAnswer],
    known: _Known,
) -> Iterable[FeedbackStep]:
    yield FeedbackStep(StepKind.RECEIVED, incident.reported_at)
    yield from known.reviewing[incident.pk]
    for link in links:
        yield from _steps_of_problem(link, known)
    for answer in answers:
        kind = StepKind.NOT_TAKEN if answer.kind == ReportAnswer.Kind.NOT_TAKEN else StepKind.WORD
        yield FeedbackStep(kind, answer.answered_at, text=answer.text)


def _steps_of_problem(link: GatheredIncident, known: _Known) -> Iterable[FeedbackStep]:
    problem = link.problem
    may_read = problem.pk in known.readable
    url = reverse("situation:problem", args=[problem.ref]) if may_read else ""
    yield FeedbackStep(
        StepKind.GATHERED, link.gathered_at, title=problem.title if may_read else "", url=url
    )
    for met_at in known.meetings.get(problem.pk, ()):
        yield FeedbackStep(StepKind.BROUGHT_UP, met_at)
    for measure in known.measures[problem.pk]:
        yield FeedbackStep(
            StepKind.MEASURE,
            known.moved.get(measure.pk),
            state=measure.get_state_display(),
            title=measure.title if may_read else "",
            url=f"{url}#{measure.ref}" if may_read else "",
            due_on=measure.due_on,
        )
    if problem.state == Problem.State.CLOSED:
        yield FeedbackStep(StepKind.CLOSED, None)


def local_day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at is not None else None
