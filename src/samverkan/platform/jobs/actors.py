"""Where the rooms tell how a job becomes the function that started it.

A job acts with its function's rights as they are when it runs, not as they were.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from samverkan.platform.access.actor import Actor

# (function ref, purpose, moment) -> actor
ActorResolver = Callable[[str, str, datetime], Actor]

_resolvers: list[ActorResolver] = []


def register_actor_resolver(resolver: ActorResolver) -> None:
    _resolvers[:] = [resolver]


def actor_of_job(function_ref: str, purpose: str, at: datetime) -> Actor:
    """The actor that does the work for the function."""
    if not _resolvers:
        raise RuntimeError("no room has told how a job becomes a function")
    return _resolvers[0](function_ref, purpose, at)
