"""Opening and describing problems, gathering incidents into them, asking the neighbours."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from samverkan.documents.plain_text import clean
from samverkan.organisations.selectors import municipality, party_of_municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.audit.services import record

from ..free_text import refuse_persons
from ..models import GatheredIncident, Incident, Place, Problem
from .own import NotOwnError, own_problem
from .steps import begin_history

TEXTS = ("title", "description", "when_text", "affected", "goal")


@dataclass(frozen=True)
class ProblemText:
    """What is typed about a problem; refs are "" where nothing was chosen."""

    title: str
    description: str = ""
    when_text: str = ""
    affected: str = ""
    goal: str = ""
    category: str = ""
    place_ref: str = ""
    responsible_id: int | None = None


@dataclass(frozen=True)
class Clash:
    """Somebody saved in between: `saved` is what stands now, by field."""

    saved: dict[str, str]
    edition: int


@transaction.atomic
def open_problem(
    actor: Actor, municipality_code: str, text: ProblemText, incident_refs: Collection[str] = ()
) -> Problem:
    """A new problem of the municipality, with the incidents that it begins from."""
    require(actor, Capability.PROBLEMS_WRITE)
    place, owner = (
        municipality(actor, municipality_code),
        party_of_municipality(actor, municipality_code),
    )
    if place is None or owner is None or owner.pk != actor.party_id:
        raise NotOwnError(municipality_code)
    problem: Problem = Problem(
        owner=owner, municipality=place, opened_on=timezone.localdate(actor.at)
    )
    _describe(actor, problem, text)
    problem.save()
    begin_history(actor, problem)
    record(actor, "problem.opened", "problem", problem.ref)
    if incident_refs:
        gather(actor, problem.ref, incident_refs)
    return problem


@transaction.atomic
def edit_problem(actor: Actor, ref: str, text: ProblemText, edition: int) -> Problem | Clash:
    """Save the description, or hand back what somebody else has saved in between."""
    problem = own_problem(actor, ref)
    if problem.edition != edition:
        return Clash({name: getattr(problem, name) for name in TEXTS}, problem.edition)
    _describe(actor, problem, text)
    problem.edition += 1
    problem.save()
    record(actor, "problem.edited", "problem", problem.ref)
    return problem


@transaction.atomic
def gather(actor: Actor, ref: str, incident_refs: Collection[str]) -> int:
    """Put incidents that the actor may read into the problem; twice is once. How many are new."""
    problem = own_problem(actor, ref)
    known = GatheredIncident.objects.visible_to(actor).filter(problem=problem)
    new = list(
        Incident.objects.visible_to(actor)
        .filter(ref__in=list(incident_refs))
        .exclude(pk__in=known.values("incident_id"))
    )
    GatheredIncident.objects.bulk_create(
        [GatheredIncident(problem=problem, incident=each, gathered_at=actor.at) for each in new],
        ignore_conflicts=True,
    )
    if new:
        details = {"incidents": [each.ref for each in new]}
        record(actor, "problem.gathered", "problem", problem.ref, details=details)
    return len(new)


@transaction.atomic
def let_go(actor: Actor, ref: str, incident_ref: str) -> bool:
    """Take an incident out of the problem; the incident itself stays."""
    problem = own_problem(actor, ref)
    found = GatheredIncident.objects.visible_to(actor).filter(
        problem=problem, incident__ref=incident_ref
    )
    number, _models = found.delete()
    if number:
        details = {"incident": incident_ref}
        record(actor, "problem.let_go", "problem", problem.ref, details=details)
    return bool(number)


@transaction.atomic
def answer_neighbours(
    actor: Actor, ref: str, answer: str, reason: str, names: Collection[str]
) -> Problem:
    """Whether the problem is worked on with the neighbours: yes with whom, or no and why."""
    problem = own_problem(actor, ref)
    refuse_persons([reason])
    problem.neighbours_answer = Problem.NeighbourAnswer(answer)
    problem.neighbours_reason = clean(reason).strip()
    problem.neighbours = sorted(names) if answer == Problem.NeighbourAnswer.YES else []
    problem.neighbours_answered_on = timezone.localdate(actor.at)
    problem.neighbours_answered_by = actor.function_title
    problem.save(
        update_fields=[
            "neighbours_answer",
            "neighbours_reason",
            "neighbours",
            "neighbours_answered_on",
            "neighbours_answered_by",
        ]
    )
    record(actor, "problem.asked_neighbours", "problem", problem.ref, details={"answer": answer})
    return problem


def _describe(actor: Actor, problem: Problem, text: ProblemText) -> None:
    cleaned: dict[str, Any] = {name: clean(getattr(text, name)).strip() for name in TEXTS}
    refuse_persons(cleaned.values())
    for name, value in cleaned.items():
        setattr(problem, name, value)
    problem.category = text.category
    problem.place = (
        Place.objects.visible_to(actor).filter(ref=text.place_ref).first()
        if text.place_ref
        else None
    )
    problem.responsible_id = text.responsible_id
