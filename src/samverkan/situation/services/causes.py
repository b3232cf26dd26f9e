"""Growing a problem's cause tree."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from samverkan.documents.plain_text import clean
from samverkan.platform.access.actor import Actor
from samverkan.platform.audit.services import record

from ..free_text import refuse_persons
from ..models import Cause, Problem
from ..rules.trees import would_loop
from .own import NotOwnError, own_problem
from .problems import Clash


class LoopError(ValueError):
    """A cause cannot lie beneath itself."""


@dataclass(frozen=True)
class CauseText:
    text: str
    kind: str
    evidence: str = ""
    is_root: bool = False
    parent_ref: str = ""


@transaction.atomic
def add_cause(actor: Actor, problem_ref: str, text: CauseText) -> Cause:
    problem = own_problem(actor, problem_ref)
    cause = Cause(problem=problem)
    _fill(actor, cause, problem, text)
    cause.save()
    record(actor, "cause.added", "cause", cause.ref, details={"problem": problem.ref})
    return cause


@transaction.atomic
def edit_cause(actor: Actor, ref: str, text: CauseText, edition: int) -> Cause | Clash:
    cause, problem = _own(actor, ref)
    if cause.edition != edition:
        return Clash({"text": cause.text, "evidence": cause.evidence}, cause.edition)
    _fill(actor, cause, problem, text)
    cause.edition += 1
    cause.save()
    record(actor, "cause.edited", "cause", cause.ref, details={"problem": problem.ref})
    return cause


@transaction.atomic
def remove_cause(actor: Actor, ref: str) -> Problem:
    """Take a cause out of the tree; those beneath it move up to what it explained."""
    cause, problem = _own(actor, ref)
    Cause.objects.visible_to(actor).filter(parent=cause).update(parent=cause.parent_id)
    record(
        actor,
        "cause.removed",
        "cause",
        cause.ref,
        details={"problem": problem.ref, "edition": cause.edition},
    )
    cause.delete()
    return problem


def _own(actor: Actor, ref: str) -> tuple[Cause, Problem]:
    found: Cause | None = (
        Cause.objects.visible_to(actor).filter(ref=ref).select_related("problem").first()
    )
    if found is None:
        raise NotOwnError(ref)
    return found, own_problem(actor, found.problem.ref)


def _fill(actor: Actor, cause: Cause, problem: Problem, text: CauseText) -> None:
    refuse_persons([text.text, text.evidence])
    others = Cause.objects.visible_to(actor).filter(problem=problem)
    parent = others.filter(ref=text.parent_ref).first() if text.parent_ref else None
    if text.parent_ref and parent is None:
        raise NotOwnError(text.parent_ref)
    parents = dict(others.values_list("pk", "parent_id"))
    if parent is not None and cause.pk and would_loop(parents, cause.pk, parent.pk):
        raise LoopError
    cause.text = " ".join(clean(text.text).split())
    cause.kind = Cause.Kind(text.kind)
    cause.evidence = clean(text.evidence).strip()
    cause.is_root = text.is_root
    cause.parent = parent
