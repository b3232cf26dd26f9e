"""One measure with its parties; measures that a party shares; lessons of earlier ones."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from samverkan.platform.access.actor import Actor

from ..measure_kinds import MeasureKind, kind_of
from ..models import EffectVerdict, Measure, MeasureParty, Problem

MOST_READ = 500


@dataclass(frozen=True)
class Lesson:
    """What was said of an earlier measure; `kind` is what was tried, where its words tell."""

    measure: str
    approach: str
    problem: str
    place: str
    verdict: str
    verdict_label: str
    sentence: str
    outcome: str
    judged_on: date
    url_ref: str
    kind: MeasureKind | None = None
    is_same_problem: bool = True
    is_same_measure: bool = False


def measure(actor: Actor, ref: str) -> Measure | None:
    found: Measure | None = (
        Measure.objects.visible_to(actor)
        .filter(ref=ref)
        .select_related(
            "problem__owner", "problem__municipality", "problem__place", "responsible", "cause"
        )
        .first()
    )
    return found


def parties_of(actor: Actor, one: Measure) -> list[MeasureParty]:
    """The parties of the measure, in the order that they were put down."""
    return list(
        MeasureParty.objects.visible_to(actor)
        .filter(measure=one)
        .select_related("organisation")
        .order_by("pk")
    )


def may_read_problem(actor: Actor, one: Measure) -> bool:
    """A party of a joint measure reads the measure, not always the problem."""
    return bool(Problem.objects.visible_to(actor).filter(pk=one.problem_id).exists())


def joint_measures(actor: Actor) -> list[Measure]:
    """Measures of other parties' problems in which the actor's party has a part."""
    return list(
        Measure.objects.visible_to(actor)
        .exclude(problem__owner_id=actor.party_id)
        .filter(parties__organisation_id=actor.party_id)
        .select_related("problem__owner", "responsible")
        .order_by("due_on", "pk")
    )


def verdicts_of(actor: Actor, one: Measure) -> list[EffectVerdict]:
    """What has been said of the measure's effect, the latest first."""
    return list(
        EffectVerdict.objects.visible_to(actor).filter(measure=one).order_by("-judged_at", "-pk")
    )


def lessons_for(
    actor: Actor,
    problem: Problem,
    at_most: int = 5,
    *,
    leave_out: Collection[int] = (),
) -> tuple[Lesson, ...]:
    """Verdicts on measures against other problems, those that teach most first, then the latest.

    The same kind is the same category or place. Most of all teaches the same kind of measure
    against the same kind of problem; least the same kind of measure against something else.
    """
    own = Measure.objects.visible_to(actor).filter(problem=problem)
    tried = {kind.key for each in own if (kind := kind_of(each.title, each.description))}
    rows = (
        EffectVerdict.objects.visible_to(actor)
        .filter(measure__problem__in=Problem.objects.visible_to(actor).values("pk"))
        .exclude(measure__problem=problem)
        .exclude(measure_id__in=leave_out)
        .select_related("measure__problem__place")
        .order_by("-judged_at", "-pk")
    )
    if not tried:
        rows = rows.filter(_alike(problem))
    latest: dict[int, Lesson] = {}
    for row in rows[:MOST_READ]:
        if row.measure_id not in latest:
            latest[row.measure_id] = _lesson(row, problem, tried)
    taught = [each for each in latest.values() if each.is_same_problem or each.is_same_measure]
    taught.sort(key=lambda each: (not each.is_same_problem, not each.is_same_measure))
    return tuple(taught[:at_most])


def _alike(problem: Problem) -> Q:
    same = Q(category=problem.category) if problem.category else Q(pk__in=())
    if problem.place_id:
        same |= Q(measure__problem__place_id=problem.place_id)
    return same


def _lesson(row: EffectVerdict, problem: Problem, tried: Collection[str]) -> Lesson:
    one = row.measure
    kind = kind_of(one.title, one.description)
    is_same_place = problem.place_id is not None and one.problem.place_id == problem.place_id
    return Lesson(
        measure=one.title,
        approach=one.get_approach_display(),
        problem=one.problem.title,
        place=one.problem.place.name if one.problem.place else "",
        verdict=row.verdict,
        verdict_label=row.get_verdict_display(),
        sentence=str(row.result.get("sentence", "")),
        outcome=one.outcome,
        judged_on=row.judged_at.date(),
        url_ref=one.ref,
        kind=kind,
        is_same_problem=is_same_place or bool(row.category and row.category == problem.category),
        is_same_measure=kind is not None and kind.key in tried,
    )
