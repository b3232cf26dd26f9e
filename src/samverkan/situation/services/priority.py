"""Judging how pressing a problem is."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from samverkan.platform.access.actor import Actor
from samverkan.platform.audit.services import record

from ..models import Problem, Rating
from ..rules.priority import STEPS, criteria_in_force
from .own import own_problem


class UnknownStepError(ValueError):
    """A criterion or a step that the grid does not have."""


@transaction.atomic
def rate_problem(actor: Actor, ref: str, steps: Mapping[str, int]) -> Problem:
    """Keep the answers by the criteria in force; earlier versions' answers stay beside."""
    problem = own_problem(actor, ref)
    criteria = criteria_in_force()
    known = {each.key for each in criteria.criteria}
    if set(steps) - known or set(steps.values()) - set(STEPS):
        raise UnknownStepError
    for key, step in steps.items():
        Rating.objects.for_system("the actor owns the problem").update_or_create(
            problem=problem,
            criterion=key,
            criteria_version=criteria.version,
            defaults={
                "step": step,
                "rated_at": actor.at,
                "function_title": actor.function_title,
            },
        )
    record(
        actor,
        "problem.rated",
        "problem",
        problem.ref,
        details={"version": criteria.version, "steps": dict(steps)},
    )
    return problem
