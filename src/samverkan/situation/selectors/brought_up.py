"""When a problem was talked about at a meeting."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from samverkan.governance.selectors.meetings import moments_about
from samverkan.platform.access.actor import Actor, system

from ..models import Problem


def meetings_about(
    actor: Actor, problem_ids: Collection[int]
) -> Mapping[int, Collection[datetime]]:
    """The meetings at which each problem was brought up, the earliest first.

    Only the moments: whoever reported may know that it was talked about, not what was said.
    """
    by_ref = dict(
        Problem.objects.for_system("when a report's problem was talked about")
        .filter(pk__in=problem_ids)
        .values_list("ref", "pk")
    )
    asking = system("when a report's problem was talked about", actor.at)
    found = moments_about(asking, "problem", by_ref)
    return {by_ref[ref]: moments for ref, moments in found.items()}
