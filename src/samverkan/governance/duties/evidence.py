"""What shows that a duty is done. Each room registers what it can show."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from samverkan.platform.access.actor import Actor


@dataclass(frozen=True)
class Evidence:
    """One piece: of which kind, what it is, since when, and where it can be looked at.

    `until` is the day when the thing itself ends (an agreement's last day), if it does.
    """

    kind: str
    title: str
    on: date
    url: str = ""
    until: date | None = None


EvidenceProvider = Callable[[Actor, str], Iterable[Evidence]]

_providers: list[EvidenceProvider] = []


def register(provider: EvidenceProvider) -> None:
    """Add `provider(actor, municipality_code)`; it reads through `visible_to(actor)`."""
    if provider not in _providers:
        _providers.append(provider)


def evidence_for(actor: Actor, municipality_code: str) -> list[Evidence]:
    """Everything that the rooms can show, the latest first."""
    found = [piece for provider in _providers for piece in provider(actor, municipality_code)]
    return sorted(found, key=lambda piece: (piece.on, piece.title), reverse=True)
