"""Before and after: which weeks, which places to compare with, and what may be said.

The rule, stated: as many whole weeks before as after (8 to 52 each), the weeks after counted from
the one in which the measure began. Compared with the same kind of incidents at all other places
of the municipality that lie farther away than the buffer; the places within the buffer are where
the problem may have moved. A person may choose another comparison; the choice is kept with the
verdict.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

BUFFER_METRES = 500
FEWEST_WEEKS = 8
MOST_WEEKS = 52
# Fewer than this in all, before and after together, and nothing is said.
FEWEST_EVENTS = 10
# Below this anywhere, only the exact test is trusted.
FEW = 20
ALPHA = 0.05
FEWEST_IN_POOL = 5


class Choice(StrEnum):
    """Which comparison: by the rule, everything but the target, another municipality, nothing."""

    BY_RULE = "rule"
    EVERYWHERE = "everywhere"
    MUNICIPALITY = "municipality"
    NONE = "none"


@dataclass(frozen=True)
class Spot:
    """A place with its point in SWEREF 99 TM, if it has one."""

    pk: int
    east: int | None = None
    north: int | None = None


@dataclass(frozen=True)
class Sides:
    """Places that are compared with, and places nearby to which the problem may have moved."""

    comparison: tuple[int, ...]
    nearby: tuple[int, ...]


@dataclass(frozen=True)
class Windows:
    """Mondays: [before_from, start) and [start, after_to), equally many whole weeks."""

    before_from: date
    start: date
    after_to: date

    @property
    def weeks(self) -> int:
        return (self.after_to - self.start).days // 7

    @property
    def is_long_enough(self) -> bool:
        return self.weeks >= FEWEST_WEEKS


def windows(started_on: date, today: date) -> Windows:
    """The weeks that are compared on the day: whole weeks only."""
    start = started_on - timedelta(days=started_on.weekday())
    this_monday = today - timedelta(days=today.weekday())
    number = max(0, min(MOST_WEEKS, (this_monday - start).days // 7))
    length = timedelta(weeks=number)
    return Windows(start - length, start, start + length)


def sides(
    target: Sequence[int], spots: Sequence[Spot], choice: Choice, buffer: int = BUFFER_METRES
) -> Sides:
    """Where every place that is not the target belongs; what has no point is far away."""
    others = [spot for spot in spots if spot.pk not in target]
    at_target = [spot for spot in spots if spot.pk in target]
    near = {spot.pk for spot in others if any(_distance(spot, own) <= buffer for own in at_target)}
    if choice is Choice.NONE:
        return Sides((), tuple(sorted(near)))
    if choice is Choice.EVERYWHERE:
        return Sides(tuple(sorted(spot.pk for spot in others)), tuple(sorted(near)))
    far = sorted(spot.pk for spot in others if spot.pk not in near)
    return Sides(tuple(far), tuple(sorted(near)))


def added(tables: Mapping[int, Sequence[int]], places: Sequence[int], weeks: int) -> list[int]:
    """Counts a week of the places together."""
    totals = [0] * weeks
    for place in places:
        for at, count in enumerate(tables.get(place, ())):
            totals[at] += count
    return totals


def _distance(one: Spot, two: Spot) -> float:
    if one.east is None or one.north is None or two.east is None or two.north is None:
        return math.inf
    return math.hypot(one.east - two.east, one.north - two.north)
