"""What shows that a duty is done. Each room registers what it can show, and to whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from samverkan.organisations.selectors import party_of_municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, Detail, Information
from samverkan.platform.access.rules import sees_rows_of


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


Provide = Callable[[Actor, str], Iterable[Evidence]]
Sees = Callable[[Actor, str], bool]


@dataclass(frozen=True)
class EvidenceSource:
    """What a room can show: `provide(actor, municipality_code)` reads through `visible_to`.

    `sees(actor, municipality_code)` says whether the actor sees all that there is of `kinds`:
    where it is false, that nothing came does not mean that there is nothing.
    """

    kinds: tuple[str, ...]
    provide: Provide
    sees: Sees


_sources: list[EvidenceSource] = []


def register(source: EvidenceSource) -> None:
    if source not in _sources:
        _sources.append(source)


def evidence_for(actor: Actor, municipality_code: str) -> list[Evidence]:
    """Everything that the rooms can show, the latest first."""
    found = [piece for each in _sources for piece in each.provide(actor, municipality_code)]
    return sorted(found, key=lambda piece: (piece.on, piece.title), reverse=True)


def hidden_kinds(actor: Actor, municipality_code: str) -> frozenset[str]:
    """The kinds of which there may be more than the actor sees."""
    return frozenset(
        kind for each in _sources if not each.sees(actor, municipality_code) for kind in each.kinds
    )


def everybody(_actor: Actor, _municipality_code: str) -> bool:
    """What stands in the open."""
    return True


def by_clause(
    information: Information, capability: Capability, *, detail: Detail = Detail.DETAIL
) -> Sees:
    """The municipality's own function that may, and another party's by a clause in force."""

    def sees(actor: Actor, municipality_code: str) -> bool:
        owner = party_of_municipality(actor, municipality_code)
        return owner is None or sees_rows_of(
            actor,
            information,
            capability,
            owner_id=owner.pk,
            municipality_code=municipality_code,
            detail=detail,
        )

    return sees


def own_only(capability: Capability) -> Sees:
    """What only the municipality's own functions see the whole of."""

    def sees(actor: Actor, municipality_code: str) -> bool:
        owner = party_of_municipality(actor, municipality_code)
        is_own = owner is None or owner.pk == actor.party_id
        return actor.is_system or (is_own and actor.may(capability))

    return sees
