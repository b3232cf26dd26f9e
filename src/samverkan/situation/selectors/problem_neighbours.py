"""Could we do this with the neighbours? What is known, by what the clauses let through.

Where a clause lets single incidents through, they are counted. Where it lets counts through only,
no count is shown but how it lies: none to four, five to nineteen, twenty or more. The time is
fixed (26 whole weeks), so that asking again does not give the difference away.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Sum
from django.utils import timezone

from samverkan.organisations.borders import bordering
from samverkan.organisations.function_choices import parties_by_municipality
from samverkan.organisations.reference import municipality_facts
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability, Information
from samverkan.platform.access.rules import sees_rows_of

from ..models import IncidentCount, Problem
from ..weeks import week_of, weeks_later
from .distances import Spot, point_of, spots_of, to_border, to_nearest_place
from .municipalities import MunicipalityChoice, municipalities_in_sight
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
    said. `metres` is to the neighbour's border, 0 within it; `kilometres` is to the nearest place
    of the neighbour's register. Both are None where nothing has a point to measure from.
    """

    code: str
    name: str
    party: str
    amount: Amount
    incidents: int | None
    shared_fortnights: int | None
    metres: float | None
    kilometres: float | None
    borders: bool


@dataclass(frozen=True)
class BorderingMunicipality:
    """One that borders the problem's municipality and shares no figures with the reader."""

    name: str
    metres: float | None


@dataclass(frozen=True)
class NeighbourPicture:
    """`own` is the problem's own municipality in the same weeks.

    Distances are measured from the problem's place; without one from the own places with such
    incidents in these weeks, the nearest of them.
    """

    own: int
    weeks: int
    neighbours: tuple[Neighbour, ...]
    others: tuple[BorderingMunicipality, ...]
    is_measured_from_place: bool


def neighbour_picture(actor: Actor, problem: Problem) -> NeighbourPicture:
    """The same kind of incidents in the neighbours' municipalities, in the same weeks."""
    last = weeks_later(week_of(timezone.localdate(actor.at)), -1)
    first = weeks_later(last, 1 - WEEKS)
    tables = _weeks_by_municipality(actor, problem, first, last)
    spots = spots_of(actor, problem, first, last)
    parties = parties_by_municipality(actor)
    own_code = problem.municipality.code
    own = tables.get(own_code, {})
    found = [
        _neighbour(actor, problem, each, tables.get(each.code, {}), own, spots)
        for each in municipalities_in_sight(actor)
        if each.code != own_code and each.code in parties
    ]
    return NeighbourPicture(
        own=sum(own.values()),
        weeks=WEEKS,
        neighbours=tuple(sorted(found, key=_nearest_first)),
        others=_others(own_code, {each.code for each in found}, spots),
        is_measured_from_place=point_of(problem.place) is not None,
    )


def _neighbour(
    actor: Actor,
    problem: Problem,
    municipality: MunicipalityChoice,
    table: dict[int, int],
    own: dict[int, int],
    spots: Sequence[Spot],
) -> Neighbour:
    code = municipality.code
    party = parties_by_municipality(actor)[code]
    is_open = sees_rows_of(
        actor,
        Information.INCIDENTS,
        Capability.INCIDENTS_READ,
        owner_id=party.pk,
        municipality_code=code,
    )
    total = sum(table.values()) if is_open else _shared_total(actor, problem, code)
    amount = Amount.FEW if total < SMALL else Amount.SOME if total < MANY else Amount.MANY
    shared = {week // BLOCK for week in own} & {week // BLOCK for week in table}
    return Neighbour(
        code=code,
        name=municipality.name,
        party=party.name,
        amount=amount,
        incidents=total if is_open else None,
        shared_fortnights=len(shared) if is_open else None,
        metres=to_border(code, spots),
        kilometres=to_nearest_place(actor, code, spots),
        borders=code in bordering(problem.municipality.code),
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


def _others(
    own_code: str, known: Collection[str], spots: Sequence[Spot]
) -> tuple[BorderingMunicipality, ...]:
    facts = municipality_facts()
    found = [
        BorderingMunicipality(facts[code].name, to_border(code, spots))
        for code in bordering(own_code) - {*known, own_code}
        if code in facts
    ]
    return tuple(sorted(found, key=_nearest_first))


def _nearest_first(each: Neighbour | BorderingMunicipality) -> tuple[bool, float, str]:
    return each.metres is None, each.metres or 0.0, each.name
