"""Did a measure work? The comparison before and after, and what can be said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from samverkan.platform.access.actor import Actor

from ..models import IncidentCount, Measure, Place
from ..rules.comparison import (
    ALPHA,
    FEW,
    FEWEST_EVENTS,
    FEWEST_IN_POOL,
    Choice,
    Sides,
    Spot,
    Windows,
    added,
    sides,
    windows,
)
from ..weeks import week_of, weeks_from_to, weeks_later
from .displaced import Moved, judge_displacement
from .gathered import WhatCounts, counts_by_place_and_week, counts_by_week, what_counts
from .municipalities import MunicipalityChoice, municipalities_in_sight
from .shared import is_counts_only


@dataclass(frozen=True)
class Area:
    """An area's counts in all, before and after."""

    before: int
    after: int


@dataclass(frozen=True)
class Effect:
    """What the figures say. `verdict` is a value of `methods.effects.Verdict`.

    `expected_after` and `interval` are None when there is nothing to reckon with. `moved` says
    whether the problem went to the places nearby, None where there are none. `elsewhere` is the
    municipality that somebody chose to compare with.
    """

    windows: Windows
    choice: Choice
    target: Area
    comparison: Area | None
    nearby: Area | None
    places_compared: int
    places_nearby: int
    verdict: str
    expected_after: float | None
    interval: tuple[float, float] | None
    smallest_seen: int | None
    largest_seen: int | None
    is_chosen_at_a_peak: bool
    usual_before: float | None
    moved: Moved | None
    weeks: tuple[int, ...]
    target_a_week: tuple[int, ...]
    elsewhere: MunicipalityChoice | None = None


@dataclass(frozen=True)
class Neighbours:
    """Municipalities to choose from, and those that only let through counts too coarse for it."""

    offered: tuple[MunicipalityChoice, ...]
    too_coarse: tuple[MunicipalityChoice, ...]


def neighbours_of(actor: Actor, measure: Measure) -> Neighbours:
    """Other municipalities whose counts, week by week, a clause in force shows to the actor."""
    own = measure.problem.municipality.code
    others = [each for each in municipalities_in_sight(actor) if each.code != own]
    coarse = [each for each in others if is_counts_only(actor, each.code)]
    return Neighbours(tuple(each for each in others if each not in coarse), tuple(coarse))


def can_be_compared(measure: Measure) -> bool:
    """Only incidents of a kind or a place, from a day when the measure began."""
    problem = measure.problem
    return bool((problem.category or problem.place_id) and measure.started_on)


def effect_of(
    actor: Actor, measure: Measure, choice: Choice, municipality: str = ""
) -> Effect | None:
    """None when the measure has not begun, or names nothing that is counted.

    A municipality that the actor may not compare with is none: the rule decides then.
    """
    if measure.started_on is None or not can_be_compared(measure):
        return None
    span = windows(measure.started_on, timezone.localdate(actor.at))
    what = what_counts(actor, measure.problem)
    elsewhere = None
    if choice is Choice.MUNICIPALITY:
        offered = neighbours_of(actor, measure).offered
        elsewhere = next((each for each in offered if each.code == municipality), None)
        choice = choice if elsewhere else Choice.BY_RULE
    if not what.place_ids and elsewhere is None:
        choice = Choice.NONE
    around = sides(what.place_ids, _spots(actor, what), choice)
    if span.weeks == 0:
        return _too_early(span, choice, around)
    weeks = weeks_from_to(week_of(span.before_from), weeks_later(week_of(span.after_to), -1))
    return _compared(actor, what, span, choice, around, weeks, elsewhere)


def _compared(
    actor: Actor,
    what: WhatCounts,
    span: Windows,
    choice: Choice,
    around: Sides,
    weeks: tuple[int, ...],
    elsewhere: MunicipalityChoice | None,
) -> Effect:
    target = list(counts_by_week(actor, what, weeks[0], weeks[-1]).values())
    tables = {
        place: [table.get(week, 0) for week in weeks]
        for place, table in counts_by_place_and_week(actor, what, weeks[0], weeks[-1]).items()
    }
    is_compared = bool(around.comparison) or elsewhere is not None
    compared = (
        _elsewhere(actor, what, elsewhere, weeks)
        if elsewhere
        else added(tables, around.comparison, len(weeks))
    )
    nearby = added(tables, around.nearby, len(weeks))
    middle = span.weeks
    pool = [sum(tables.get(place, [0])[:middle]) for place in (*around.comparison, *around.nearby)]
    judged = judge_counts(
        target[:middle],
        target[middle:],
        compared[:middle] if is_compared else None,
        compared[middle:] if is_compared else None,
        pool=pool,
        is_long_enough=span.is_long_enough,
    )
    areas = [_area(each, middle) for each in (target, compared, nearby)]
    moved = judge_displacement(
        *((each.before, each.after) for each in areas),
        is_long_enough=span.is_long_enough and is_compared,
    )
    return Effect(
        windows=span,
        choice=choice,
        target=_area(target, middle),
        comparison=_area(compared, middle) if is_compared else None,
        nearby=_area(nearby, middle) if around.nearby else None,
        places_compared=len(around.comparison),
        places_nearby=len(around.nearby),
        verdict=judged.verdict,
        expected_after=judged.expected_after,
        interval=judged.interval,
        smallest_seen=judged.smallest_seen,
        largest_seen=judged.largest_seen,
        is_chosen_at_a_peak=judged.is_chosen_at_a_peak,
        usual_before=judged.usual_before,
        moved=moved if around.nearby else None,
        weeks=weeks,
        target_a_week=tuple(target),
        elsewhere=elsewhere,
    )


@dataclass(frozen=True)
class Judged:
    verdict: str
    expected_after: float | None = None
    interval: tuple[float, float] | None = None
    smallest_seen: int | None = None
    largest_seen: int | None = None
    is_chosen_at_a_peak: bool = False
    usual_before: float | None = None


def judge_counts(
    before: Sequence[int],
    after: Sequence[int],
    comparison_before: Sequence[int] | None,
    comparison_after: Sequence[int] | None,
    *,
    pool: Sequence[int] = (),
    is_long_enough: bool = True,
) -> Judged:
    """The more cautious of the exact test and the one that allows for uneven weeks.

    Too few incidents, too few weeks, or an empty comparison: "too few to tell", whatever a test
    would say. The exact test never exceeds its error rate; the other one is asked as well where
    there are enough incidents for it, and the weaker statement of the two holds.
    """
    # Loaded when asked for: the web process starts without numerical libraries.
    from samverkan.methods.effects import Verdict, compare_before_after

    too_few = Judged(Verdict.TOO_FEW_TO_TELL.value)
    if not is_long_enough or sum(before) + sum(after) < FEWEST_EVENTS:
        return too_few
    arguments: dict[str, Any] = {"alpha": ALPHA}
    if comparison_before is not None and comparison_after is not None:
        if sum(comparison_before) < FEWEST_EVENTS // 2:
            return too_few
        arguments |= {
            "comparison_before": list(comparison_before),
            "comparison_after": list(comparison_after),
        }
    if len(pool) >= FEWEST_IN_POOL and any(pool):
        arguments["pool_before"] = list(pool)
    answers = [compare_before_after(list(before), list(after), method="exact", **arguments)]
    phases = (before, after, comparison_before, comparison_after)
    cells = [sum(int(count) for count in phase) for phase in phases if phase is not None]
    if min(cells) >= FEW or (min(cells) >= 1 and len(before) >= FEWEST_EVENTS):
        answers.append(
            compare_before_after(list(before), list(after), method="negative_binomial", **arguments)
        )
    answer = max(answers, key=lambda each: each.p_value)
    fall = answer.regression_to_mean
    low, high = answer.interval
    return Judged(
        verdict=answer.verdict.value,
        expected_after=answer.expected_after,
        interval=(float(low), float(high)),
        smallest_seen=answer.power.smallest_count_seen_as_increase,
        largest_seen=answer.power.largest_count_seen_as_decrease,
        is_chosen_at_a_peak=fall is not None and fall.is_likely and fall.share_of_pool_below > 0.5,
        usual_before=fall.expected_before if fall is not None else None,
    )


def _area(counts: Sequence[int], middle: int) -> Area:
    return Area(sum(counts[:middle]), sum(counts[middle:]))


def _spots(actor: Actor, what: WhatCounts) -> list[Spot]:
    """The places of the municipality, areas apart: an area's own count is at no point."""
    found = Place.objects.visible_to(actor).filter(
        municipality_id=what.municipality_id, owner_id=what.owner_id
    )
    return [
        Spot(pk, east, north)
        for pk, area, east, north in found.values_list("pk", "area_id", "east", "north")
        if area is not None or pk in what.place_ids
    ]


def _elsewhere(
    actor: Actor, what: WhatCounts, there: MunicipalityChoice, weeks: tuple[int, ...]
) -> list[int]:
    """Counts a week of the same kind in the whole of another municipality."""
    found = IncidentCount.objects.visible_to(actor).filter(
        municipality__code=there.code, week__gte=weeks[0], week__lte=weeks[-1], incidents__gt=0
    )
    if what.category:
        found = found.filter(category=what.category)
    rows = found.values_list("week").annotate(total=Sum("incidents")).order_by()
    totals = dict(rows)
    return [int(totals.get(week, 0)) for week in weeks]


def _too_early(span: Windows, choice: Choice, around: Sides) -> Effect:
    return Effect(
        windows=span,
        choice=choice,
        target=Area(0, 0),
        comparison=None,
        nearby=None,
        places_compared=len(around.comparison),
        places_nearby=len(around.nearby),
        verdict="too few to tell",
        expected_after=None,
        interval=None,
        smallest_seen=None,
        largest_seen=None,
        is_chosen_at_a_peak=False,
        usual_before=None,
        moved=None,
        weeks=(),
        target_a_week=(),
    )


def first_week_after(effect: Effect) -> int:
    return week_of(effect.windows.start)


def days_of(effect: Effect) -> tuple[str, str, str]:
    """The first day before, the first day after, and the last day after."""
    span = effect.windows
    last = span.after_to - timedelta(days=1)
    return span.before_from.isoformat(), span.start.isoformat(), last.isoformat()
