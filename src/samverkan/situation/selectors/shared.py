"""What neighbours know of each other: counts of four weeks that have ended, small ones hidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from samverkan.organisations.selectors import municipality, party_of_municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, Detail, Information

from ..models import CountPublication
from ..services.sharing import compile_counts
from ..sharing.blocks import closed_blocks
from ..weeks import week_of


@dataclass(frozen=True)
class SharedCount:
    """A count with what is hidden left out: `known` at least, more when `is_partly_hidden`."""

    known: int = 0
    is_partly_hidden: bool = False

    def __add__(self, other: SharedCount) -> SharedCount:
        return SharedCount(
            self.known + other.known, self.is_partly_hidden or other.is_partly_hidden
        )


@dataclass(frozen=True)
class SharedBlock:
    """One owner's four weeks as they may be shown. A count that is None is hidden."""

    owner_id: int
    municipality_code: str
    first_week: int
    places: dict[str, int | None]
    categories: dict[str, int | None]
    cells: dict[tuple[str, str], int | None]
    weeks: dict[int, int | None]
    total: int | None

    def of_place(self, ref: str, category: str = "") -> SharedCount:
        """The place's count, of one category or of all."""
        if category:
            return _shared(self.cells.get((ref, category), 0))
        return self._summed(
            self.places.get(ref, 0),
            (count for (place, _code), count in self.cells.items() if place == ref),
        )

    def of_category(self, code: str) -> SharedCount:
        return self._summed(
            self.categories.get(code, 0),
            (count for (_place, each), count in self.cells.items() if each == code),
        )

    @property
    def of_all(self) -> SharedCount:
        return self._summed(self.total, self.places.values())

    def _summed(self, whole: int | None, parts: Iterable[int | None]) -> SharedCount:
        """The total where it is shown, else what is known of its parts."""
        if whole is not None:
            return SharedCount(whole)
        return SharedCount(sum(part or 0 for part in parts), is_partly_hidden=True)


def shared_blocks(
    actor: Actor, municipality_code: str, first_week: int, last_week: int
) -> tuple[SharedBlock, ...]:
    """The blocks that end among the weeks, of owners whose counts the actor may have, no more."""
    owners = counts_only_owners(actor, municipality_code)
    place = municipality(actor, municipality_code) if owners else None
    if place is None:
        return ()
    this_week = week_of(timezone.localdate(actor.at))
    blocks = closed_blocks(first_week, last_week, this_week)
    compile_counts(actor, owners, place.pk, blocks)
    found = (
        CountPublication.objects.visible_to(actor)
        .filter(owner_id__in=owners, municipality=place, first_week__in=blocks)
        .order_by("owner_id", "first_week", "edition")
    )
    latest = {(each.owner_id, each.first_week): each for each in found}
    return tuple(_block(each, municipality_code) for each in latest.values())


def counts_only_owners(actor: Actor, municipality_code: str) -> frozenset[int]:
    """Parties whose clauses let the actor have counts of the municipality, but no single events."""
    if not actor.may(Capability.INCIDENTS_READ):
        return frozenset()
    reaching = [
        grant
        for grant in actor.grants
        if grant.information == Information.INCIDENTS
        and (not grant.municipality_codes or municipality_code in grant.municipality_codes)
    ]
    singly = {grant.party_id for grant in reaching if grant.detail is Detail.DETAIL}
    return frozenset(grant.party_id for grant in reaching) - singly - {actor.party_id or 0}


def is_counts_only(actor: Actor, municipality_code: str) -> bool:
    """Whether the municipality's own party lets the actor have counts, but no single events."""
    owners = counts_only_owners(actor, municipality_code)
    if not owners:
        return False
    party = party_of_municipality(actor, municipality_code)
    return party is not None and party.pk in owners


def _block(each: CountPublication, municipality_code: str) -> SharedBlock:
    content: dict[str, Any] = each.content
    return SharedBlock(
        owner_id=each.owner_id,
        municipality_code=municipality_code,
        first_week=each.first_week,
        places=content["places"],
        categories=content["categories"],
        cells={(place, code): count for place, code, count in content["cells"]},
        weeks=dict(content["weeks"]),
        total=content["total"],
    )


def _shared(count: int | None) -> SharedCount:
    return SharedCount(0, is_partly_hidden=True) if count is None else SharedCount(count)
