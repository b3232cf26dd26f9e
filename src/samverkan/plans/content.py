"""The whole plan as data: what pages, paper and the history's kept copies are made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from samverkan.platform.access.actor import Actor

from .lives import PLAN
from .models import EarlierMeasure, MeasureOutcome, Plan, PlanFollowUp, PlanMeasure, PlanProblem
from .rules import CLOSED_OUTCOMES, MeasureFacts, Missing, ProblemFacts, lacks


@dataclass(frozen=True)
class OutcomeContent:
    """How a measure stood at a follow-up."""

    measure_ref: str
    measure: str
    kind: str
    kind_label: str
    words: str
    verdict: str
    on: date


@dataclass(frozen=True)
class MeasureContent:
    pk: int
    ref: str
    measure_ref: str
    number: str
    title: str
    description: str
    responsible: str
    parties: tuple[str, ...]
    indicator: str
    baseline: str
    target: str
    follow_up_on: date | None
    latest: OutcomeContent | None

    @property
    def is_open(self) -> bool:
        return self.latest is None or self.latest.kind not in CLOSED_OUTCOMES


@dataclass(frozen=True)
class ProblemContent:
    ref: str
    problem_ref: str
    number: int
    grid_number: int | None
    name: str
    place: str
    reason: str
    goal: str
    measures: tuple[MeasureContent, ...]


@dataclass(frozen=True)
class DeselectedContent:
    name: str
    place: str
    reason: str


@dataclass(frozen=True)
class FollowUpContent:
    on: date
    body: str
    paragraph: str
    reference_number: str
    summary: str
    function_title: str
    outcomes: tuple[OutcomeContent, ...]


@dataclass(frozen=True)
class PlanContent:
    """`revises` names the plan before, empty when there is none."""

    ref: str
    number: int
    title: str
    municipality: str
    owner: str
    summary: str
    valid_from: date
    valid_to: date
    state: str
    state_label: str
    picture: str
    has_decided_picture: bool
    decided_on: date | None
    decision_body: str
    decision_paragraph: str
    reference_number: str
    revises: str
    problems: tuple[ProblemContent, ...]
    deselected: tuple[DeselectedContent, ...]
    follow_ups: tuple[FollowUpContent, ...]

    @property
    def measures(self) -> tuple[MeasureContent, ...]:
        return tuple(measure for problem in self.problems for measure in problem.measures)

    @property
    def open_measures(self) -> tuple[MeasureContent, ...]:
        return tuple(measure for measure in self.measures if measure.is_open)


def content_of(actor: Actor, plan: Plan) -> PlanContent:
    """The plan as it stands now, as far as the actor may see it."""
    follow_ups = _follow_ups(actor, plan)
    latest = {outcome.measure_ref: outcome for each in follow_ups for outcome in each.outcomes}
    rows = list(PlanProblem.objects.visible_to(actor).filter(plan=plan))
    measures: dict[int, list[PlanMeasure]] = {}
    for measure in PlanMeasure.objects.visible_to(actor).filter(plan=plan):
        measures.setdefault(measure.problem_id, []).append(measure)
    before = plan.revises
    return PlanContent(
        ref=plan.ref,
        number=plan.number,
        title=plan.title,
        municipality=plan.municipality.name,
        owner=plan.owner.name,
        summary=plan.summary,
        valid_from=plan.valid_from,
        valid_to=plan.valid_to,
        state=plan.state,
        state_label=str(PLAN.state(plan.state).label),
        picture=plan.picture_words,
        has_decided_picture=plan.picture_version_id is not None,
        decided_on=plan.decided_on,
        decision_body=plan.decision_body,
        decision_paragraph=plan.decision_paragraph,
        reference_number=plan.reference_number,
        revises=f"{before.number}: {before.title}" if before else "",
        problems=tuple(
            _problem(number, row, measures.get(row.pk, ()), latest)
            for number, row in enumerate((each for each in rows if not each.is_deselected), 1)
        ),
        deselected=tuple(
            DeselectedContent(row.name, row.place, row.reason) for row in rows if row.is_deselected
        ),
        follow_ups=follow_ups,
    )


def _problem(
    number: int,
    row: PlanProblem,
    measures: Sequence[PlanMeasure],
    latest: dict[str, OutcomeContent],
) -> ProblemContent:
    return ProblemContent(
        ref=row.ref,
        problem_ref=row.problem_ref,
        number=number,
        grid_number=row.grid_number,
        name=row.name,
        place=row.place,
        reason=row.reason,
        goal=row.goal,
        measures=tuple(
            _measure(f"{number}.{at}", each, latest.get(each.ref))
            for at, each in enumerate(measures, 1)
        ),
    )


def _measure(number: str, each: PlanMeasure, latest: OutcomeContent | None) -> MeasureContent:
    return MeasureContent(
        pk=each.pk,
        ref=each.ref,
        measure_ref=each.measure_ref,
        number=number,
        title=each.title,
        description=each.description,
        responsible=each.responsible_title,
        parties=tuple(each.parties),
        indicator=each.indicator,
        baseline=each.baseline,
        target=each.target,
        follow_up_on=each.follow_up_on,
        latest=latest,
    )


def _follow_ups(actor: Actor, plan: Plan) -> tuple[FollowUpContent, ...]:
    """In the order of their days: a late registration of an earlier one changes no later word."""
    rows = PlanFollowUp.objects.visible_to(actor).filter(plan=plan)
    outcomes: dict[int, list[MeasureOutcome]] = {}
    found = MeasureOutcome.objects.visible_to(actor).filter(follow_up__plan=plan)
    for each in found.select_related("measure", "follow_up"):
        outcomes.setdefault(each.follow_up_id, []).append(each)
    return tuple(
        FollowUpContent(
            on=row.followed_up_on,
            body=row.body,
            paragraph=row.paragraph,
            reference_number=row.reference_number,
            summary=row.summary,
            function_title=row.function_title,
            outcomes=tuple(_outcome(each) for each in outcomes.get(row.pk, ())),
        )
        for row in rows.order_by("followed_up_on", "number")
    )


def _outcome(each: MeasureOutcome) -> OutcomeContent:
    return OutcomeContent(
        measure_ref=each.measure.ref,
        measure=each.measure.title,
        kind=each.kind,
        kind_label=each.get_kind_display(),
        words=each.words,
        verdict=each.verdict,
        on=each.follow_up.followed_up_on,
    )


def missing_in(content: PlanContent) -> tuple[Missing, ...]:
    """What the plan lacks before it can be proposed for decision."""
    return lacks(
        has_decided_picture=content.has_decided_picture,
        problems=[
            ProblemFacts(
                problem.ref,
                problem.name,
                tuple(
                    MeasureFacts(
                        each.ref,
                        each.title,
                        bool(each.responsible),
                        each.indicator,
                        each.baseline,
                        each.follow_up_on,
                    )
                    for each in problem.measures
                ),
            )
            for problem in content.problems
        ],
    )


def to_json(content: PlanContent) -> dict[str, Any]:
    """As the history keeps it: days as text."""

    def plain(value: Any) -> Any:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, dict):
            return {key: plain(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [plain(each) for each in value]
        return value

    kept: dict[str, Any] = plain(asdict(content))
    return kept


def fates_of(actor: Actor, plan: Plan) -> list[EarlierMeasure]:
    """The measures of the plan before that were not taken along."""
    return list(
        EarlierMeasure.objects.visible_to(actor).filter(plan=plan).select_related("measure")
    )
