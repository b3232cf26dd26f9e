"""The municipalities' pictures side by side and as one, by what the clauses let through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum
from django.utils import timezone

from samverkan.platform.access.actor import Actor

from ..models import Incident, IncidentCount
from ..sharing.blocks import BLOCK_WEEKS, block_of, weeks_of
from ..weeks import week_of, weeks_later
from .municipalities import MunicipalityChoice, municipalities_in_sight
from .places import places_with_counts
from .shared import SharedCount, is_counts_only, shared_blocks

PLACES = 3
EVENTS = 5


@dataclass(frozen=True)
class NeighbourPlace:
    ref: str
    name: str
    count: SharedCount


@dataclass(frozen=True)
class NeighbourPicture:
    """One municipality's four weeks; `is_exact` where its single events may be seen.

    `categories` are in the order of `JointPicture.categories`. `has_counts` is False where nothing
    was ever counted.
    """

    municipality: MunicipalityChoice
    is_exact: bool
    total: SharedCount
    before: SharedCount
    categories: tuple[SharedCount, ...]
    places: tuple[NeighbourPlace, ...]
    events: tuple[Incident, ...]


@dataclass(frozen=True)
class JointPicture:
    """All of them beside each other, and together, for the latest four weeks that have ended."""

    weeks: tuple[int, ...]
    categories: tuple[str, ...]
    pictures: tuple[NeighbourPicture, ...]

    @property
    def total(self) -> SharedCount:
        return sum((each.total for each in self.pictures), SharedCount())

    def rows(self) -> list[tuple[str, tuple[SharedCount, ...], SharedCount]]:
        """(category, one count a municipality, all together), the most frequent first."""
        made = []
        for at, code in enumerate(self.categories):
            counts = tuple(picture.categories[at] for picture in self.pictures)
            made.append((code, counts, sum(counts, SharedCount())))
        return sorted(made, key=lambda row: (-row[2].known, row[0]))


def joint_picture(actor: Actor) -> JointPicture:
    """Every municipality in sight, by the latest block that has ended."""
    this_week = week_of(timezone.localdate(actor.at))
    block = weeks_later(block_of(this_week), -BLOCK_WEEKS)
    found = [_counted(actor, place, block) for place in municipalities_in_sight(actor)]
    codes = tuple(sorted({code for each in found for code in each.categories}))
    return JointPicture(
        weeks=weeks_of(block),
        categories=codes,
        pictures=tuple(_picture(actor, each, block, codes) for each in found),
    )


@dataclass(frozen=True)
class _Counted:
    municipality: MunicipalityChoice
    is_exact: bool
    total: SharedCount
    before: SharedCount
    categories: dict[str, SharedCount]


def _counted(actor: Actor, place: MunicipalityChoice, block: int) -> _Counted:
    earlier = weeks_later(block, -BLOCK_WEEKS)
    exact = _exact(actor, place.code, weeks_of(block))
    before = _exact(actor, place.code, weeks_of(earlier))
    total, total_before = _sum(exact), _sum(before)
    for shared in shared_blocks(actor, place.code, earlier, weeks_of(block)[-1]):
        if shared.first_week == earlier:
            total_before += shared.of_all
            continue
        total += shared.of_all
        for code in shared.categories:
            exact[code] = exact.get(code, SharedCount()) + shared.of_category(code)
    is_exact = not is_counts_only(actor, place.code)
    return _Counted(place, is_exact, total, total_before, exact)


def _sum(counts: dict[str, SharedCount]) -> SharedCount:
    return sum(counts.values(), SharedCount())


def _exact(actor: Actor, code: str, weeks: Sequence[int]) -> dict[str, SharedCount]:
    found = (
        IncidentCount.objects.visible_to(actor)
        .filter(municipality__code=code, week__in=weeks, incidents__gt=0)
        .values_list("category")
        .annotate(total=Sum("incidents"))
        .order_by()
    )
    return {category: SharedCount(total) for category, total in found}


def _picture(
    actor: Actor, counted: _Counted, block: int, codes: tuple[str, ...]
) -> NeighbourPicture:
    place, weeks = counted.municipality, weeks_of(block)
    places = [
        NeighbourPlace(each.ref, each.name, SharedCount(each.incidents, each.is_partly_hidden))
        for each in places_with_counts(actor, place.code, weeks[0], weeks[-1])
        if not each.is_area and each.incidents
    ]
    return NeighbourPicture(
        municipality=place,
        is_exact=counted.is_exact,
        total=counted.total,
        before=counted.before,
        categories=tuple(counted.categories.get(code, SharedCount()) for code in codes),
        places=tuple(places[:PLACES]),
        events=_events(actor, place.code) if counted.is_exact else (),
    )


def _events(actor: Actor, code: str) -> tuple[Incident, ...]:
    """The latest single events, where they may be seen."""
    found = (
        Incident.objects.visible_to(actor)
        .filter(municipality__code=code, occurred_from__lte=actor.at)
        .select_related("place")
        .order_by("-occurred_from", "-id")
    )
    return tuple(found[:EVENTS])
