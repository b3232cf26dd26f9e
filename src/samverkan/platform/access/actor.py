"""Who acts: a person in a function, at a moment, with what the agreements in force let through."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from .capabilities import Capability, Detail, Information


@dataclass(frozen=True)
class Grant:
    """One clause in force: `party_id` lets the actor's party have `information`."""

    party_id: int
    information: Information
    detail: Detail
    clause_ref: str
    municipality_codes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Actor:
    """Everything that the access rule and the audit trail need to know of whoever acts.

    `party_id` is the legal party (a municipality, the police) and owns objects;
    `organisation_id` is the unit within it (a school). Both are None for nobody and for the system.
    """

    at: datetime
    user_id: int | None = None
    user_label: str = ""
    function_id: int | None = None
    function_ref: str = ""
    function_title: str = ""
    function_kind: str = ""
    organisation_id: int | None = None
    organisation_name: str = ""
    party_id: int | None = None
    party_ref: str = ""
    party_name: str = ""
    municipality_codes: frozenset[str] = frozenset()
    capabilities: frozenset[Capability] = frozenset()
    grants: frozenset[Grant] = frozenset()
    on_behalf_of: str = ""
    purpose: str = ""
    language: str = field(default="sv", compare=False)

    @property
    def is_anonymous(self) -> bool:
        return self.user_id is None and not self.purpose

    @property
    def is_system(self) -> bool:
        """The system on its own. A job that acts for a function has that function's rights only."""
        return bool(self.purpose) and self.function_id is None

    @property
    def has_function(self) -> bool:
        return self.function_id is not None

    def may(self, capability: Capability) -> bool:
        return capability in self.capabilities

    def limited_to(self, capabilities: frozenset[Capability]) -> Actor:
        """The same actor with fewer capabilities: how a token's scope narrows its owner."""
        return replace(self, capabilities=self.capabilities & capabilities)


def anonymous(at: datetime) -> Actor:
    """Somebody who has not signed in: may nothing, sees what is public."""
    return Actor(at=at)


def system(purpose: str, at: datetime) -> Actor:
    """The system itself, for a named purpose that the audit trail keeps."""
    if not purpose:
        raise ValueError("the system acts for a purpose")
    return Actor(at=at, purpose=purpose, user_label=f"system: {purpose}")
