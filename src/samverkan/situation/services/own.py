"""A party changes its own problems and measures only."""

from __future__ import annotations

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require

from ..models import Measure, Problem


class NotOwnError(LookupError):
    """Not there, or another party's."""


def own_problem(actor: Actor, ref: str) -> Problem:
    """The problem, locked for the change; NotOwnError when it is not the actor's party's."""
    require(actor, Capability.PROBLEMS_WRITE)
    found: Problem | None = (
        Problem.objects.visible_to(actor)
        .filter(ref=ref, owner_id=actor.party_id)
        .select_for_update(of=("self",))
        .select_related("owner", "municipality")
        .first()
    )
    if found is None:
        raise NotOwnError(ref)
    return found


def own_measure(actor: Actor, ref: str) -> Measure:
    """The measure, locked for the change; NotOwnError when it is not the actor's party's."""
    require(actor, Capability.PROBLEMS_WRITE)
    found: Measure | None = (
        Measure.objects.visible_to(actor)
        .filter(ref=ref, problem__owner_id=actor.party_id)
        .select_for_update(of=("self",))
        .select_related("problem__owner", "problem__municipality", "responsible")
        .first()
    )
    if found is None:
        raise NotOwnError(ref)
    return found
