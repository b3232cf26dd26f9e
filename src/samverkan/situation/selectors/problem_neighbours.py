"""Could we do this with the neighbours? What is known, by what the clauses let through.

Where a clause lets single incidents through, they are counted. Where it lets counts through only,
no count is shown but how it lies: none to four, five to nineteen, twenty or more. The time is
fixed (26 whole weeks), so that asking again does not give the difference away.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import hypot

from django.db.models import Sum
from django.utils import timezone

from samverkan.organisations.function_choices import parties_by_municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Detail, Information

from ..models import IncidentCount, Place, Problem
from ..weeks import week_of, weeks_later
from .municipalities import municipalities_in_sight
from .shared import shared_blocks

WEEKS = 26
BLOCK = 2
SMALL = 5
MANY = 20


class Amount(StrEnum):
    """How many, where the clause lets counts through only."""

    FEW = "few"
    SOME = "some"
    MANY = "many"


@dataclass(frozen=True)
class Neighbour:
    """`incidents` only where single incidents may be seen; `amount` always.

    `shared_weeks` are fortnights in which both had such incidents; None where that may not be
    said. `kilometres` is to the nearest place of the neighbour's register; None without points.
    """

    code: str
    name: str
    party: str
    amount: Amount
    incidents: int | None
    shared_fortnights: int | None
    kilometres: float | None


@dataclass(frozen=True)
class NeighbourPicture:
    """`own` is the problem's own municipality in the same weeks."""

    own: int
    weeks: int
    neighbours: tuple[Neighbour, ...]


def neighbour_picture(actor: Actor, problem: Problem) -> NeighbourPicture:
    """The same kind of incidents in the neighbours' municipalities, in the same weeks."""
    last = weeks_later(week_of(timezone.localdate(actor.at)), -1)
    first = weeks_later(last, 1 - WEEKS)
    tables = _weeks_by_municipality(actor, problem, first, last)
    parties = parties_by_municipality(actor)
    own_code = problem.municipality.code
    own = tables.get(own_code, {})
    found = [
        _neighbour(actor, problem, each.code, each.name, tables.get(each.code, {}), own)
        for each in municipalities_in_sight(actor)
        if each.code != own_code and each.code in parties
    ]
    return NeighbourPicture(
        own=sum(own.values()),
        weeks=WEEKS,
        neighbours=tuple(
            sorted(found, key=lambda each: (each.kilometres is None, each.kilometres or 0.0))
        ),
    )


def _neighbour(
    actor: Actor,
    problem: Problem,
    code: str,
    name: str,
    table: dict[int, int],
    own: dict[int, int],
) -> Neighbour:
    party = parties_by_municipality(actor)[code]
    is_open = _sees_single(actor, party.pk, code)
    total = sum(table.values()) if is_open else _shared_total(actor, problem, code)
    amount = Amount.FEW if total < SMALL else Amount.SOME if total < MANY else Amount.MANY
    shared = {week // BLOCK for week in own} & {week // BLOCK for week in table}
    return Neighbour(
        code=code,
        name=name,
        party=party.name,
        amount=amount,
        incidents=total if is_open else None,
        shared_fortnights=len(shared) if is_open else None,
        kilometres=_kilometres(actor, problem, code),
    )


def _shared_total(actor: Actor, problem: Problem, code: str) -> int:
    """What a neighbour that shares counts only has published for the weeks: at least so many."""
    last = weeks_later(week_of(timezone.localdate(actor.at)), -1)
    blocks = shared_blocks(actor, code, weeks_later(last, 1 - WEEKS), last)
    counts = [
        block.of_category(problem.category) if problem.category else block.of_all
        for block in blocks
    ]
    return sum(each.known for each in counts)


def _sees_single(actor: Actor, party_id: int, code: str) -> bool:
    if party_id == actor.party_id:
        return True
    return any(
        grant.party_id == party_id
        and grant.information is Information.INCIDENTS
        and grant.detail is Detail.DETAIL
        and (not grant.municipality_codes or code in grant.municipality_codes)
        for grant in actor.grants
    )


def _weeks_by_municipality(
    actor: Actor, problem: Problem, first: int, last: int
) -> dict[str, dict[int, int]]:
    found = IncidentCount.objects.visible_to(actor).filter(
        week__gte=first, week__lte=last, incidents__gt=0
    )
    if problem.category:
        found = found.filter(category=problem.category)
    rows = (
        found.values_list("municipality__code", "week").annotate(total=Sum("incidents")).order_by()
    )
    tables: dict[str, dict[int, int]] = {}
    for code, week, total in rows:
        tables.setdefault(code, {})[week] = int(total)
    return tables


def _kilometres(actor: Actor, problem: Problem, code: str) -> float | None:
    """From the problem's place, or the middle of its municipality's places, to the nearest."""
    points = list(
        Place.objects.visible_to(actor)
        .filter(municipality__code__in={code, problem.municipality.code}, east__isnull=False)
        .values_list("municipality__code", "east", "north")
    )
    theirs = [(east, north) for place, east, north in points if place == code]
    ours = [(east, north) for place, east, north in points if place == problem.municipality.code]
    if problem.place and problem.place.east is not None and problem.place.north is not None:
        ours = [(problem.place.east, problem.place.north)]
    if not theirs or not ours:
        return None
    east = sum(point[0] for point in ours) / len(ours)
    north = sum(point[1] for point in ours) / len(ours)
    return round(min(hypot(x - east, y - north) for x, y in theirs) / 1000)
