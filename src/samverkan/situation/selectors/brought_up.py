"""When a problem was talked about at a meeting."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from samverkan.platform.access.actor import Actor


def meetings_about(
    actor: Actor, problem_ids: Collection[int]
) -> Mapping[int, Collection[datetime]]:
    """The meetings at which each problem was brought up, the earliest first; none are known yet."""
    return {}
