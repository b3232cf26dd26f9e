"""Where the agreements' room tells the access rule which clauses are in force.

The floor below must not know the agreements; they register their answer here when they start.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from .actor import Grant

GrantProvider = Callable[[int, datetime], frozenset[Grant]]

_providers: list[GrantProvider] = []


def register_grant_provider(provider: GrantProvider) -> None:
    if provider not in _providers:
        _providers.append(provider)


def grants_for(party_id: int, at: datetime) -> frozenset[Grant]:
    """All clauses in force at the moment that let information reach this party."""
    return frozenset(grant for provider in _providers for grant in provider(party_id, at))
