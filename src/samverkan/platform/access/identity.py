"""Who a signed-in person is right now. The room of functions gives the answer when it starts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from .actor import Actor

if TYPE_CHECKING:
    from samverkan.platform.accounts.models import User

ActorProvider = Callable[["User", str, datetime], Actor]

_provider: list[ActorProvider] = []


def provide_actors(provider: ActorProvider) -> None:
    _provider[:] = [provider]


def resolve(user: User, function_ref: str, at: datetime) -> Actor:
    """The actor that the person is, in the function if the person holds it at that moment."""
    return _provider[0](user, function_ref, at)
