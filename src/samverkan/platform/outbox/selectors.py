"""How messages went."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from samverkan.platform.access.actor import system

from .models import OutgoingMessage


def states_of(keys: Collection[str], at: datetime) -> dict[str, str]:
    """The state of each message, by its key; for rooms that know whose messages they ask for."""
    found = OutgoingMessage.objects.visible_to(system("how messages went", at))
    return dict(found.filter(key__in=keys).values_list("key", "state"))
