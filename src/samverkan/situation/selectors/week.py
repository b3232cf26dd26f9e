"""The week: everything that its page says, and that the meeting takes up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability

from ..meeting_rhythm import cadence_for
from ..signals import SignalReport
from ..weeks import Cadence, Period, period_before, period_of, week_of, weeks_from_to, weeks_later
from .ahead import Ahead, ahead
from .decided import Decided, decided_since
from .municipalities import MunicipalityChoice, municipalities_in_sight
from .reporting import ReportingStatus, reporting_statuses
from .shared import is_counts_only
from .week_counts import WeekCounts, signals_of, week_counts

RECURS_IN = 3
AMONG_LAST = 5
NEW_AFTER_WEEKS = 26
AHEAD = timedelta(weeks=4)


@dataclass(frozen=True)
class PlaceOfWeek:
    """A place with reports in the period: how many, and in how many of the last five weeks."""

    ref: str
    name: str
    incidents: int
    weeks_with_incidents: int
    is_new: bool

    @property
    def is_recurring(self) -> bool:
        return self.weeks_with_incidents >= RECURS_IN


@dataclass(frozen=True)
class WeekPicture:
    """One period of one municipality. `counts` are the weekly counts that it was made from."""

    municipality: MunicipalityChoice
    period: Period
    cadence: Cadence
    heard: tuple[ReportingStatus, ...]
    total: int
    places: tuple[PlaceOfWeek, ...]
    signals: SignalReport
    decided: tuple[Decided, ...]
    ahead: tuple[Ahead, ...]

    @property
    def recurring(self) -> tuple[PlaceOfWeek, ...]:
        return tuple(place for place in self.places if place.is_recurring)

    @property
    def new(self) -> tuple[PlaceOfWeek, ...]:
        return tuple(place for place in self.places if place.is_new)

    @property
    def units(self) -> int:
        return max((len(status.units) for status in self.heard), default=0)

    @property
    def missing(self) -> tuple[str, ...]:
        """Units that have not been heard in some week of the period, each once."""
        names = [unit.organisation for status in self.heard for unit in status.missing]
        return tuple(dict.fromkeys(names))

    @property
    def late(self) -> tuple[Decided, ...]:
        return tuple(each for each in self.decided if each.is_late)


def municipalities_with_weeks(actor: Actor) -> tuple[MunicipalityChoice, ...]:
    """Municipalities whose single events the actor may see: counts alone make no week."""
    own = actor.municipality_codes
    return tuple(
        place
        for place in municipalities_in_sight(actor)
        if place.code in own or not is_counts_only(actor, place.code)
    )


def last_period(actor: Actor, municipality_code: str) -> Period:
    """The latest period that has ended."""
    cadence = cadence_for(actor, municipality_code)
    this_week = week_of(timezone.localdate(actor.at))
    return period_before(period_of(this_week, cadence), cadence)


def week_picture(actor: Actor, place: MunicipalityChoice, week: int) -> WeekPicture:
    """The picture of the period that the week lies in."""
    cadence = cadence_for(actor, place.code)
    period = period_of(week, cadence)
    counts = week_counts(actor, place.code, period)
    return WeekPicture(
        municipality=place,
        period=period,
        cadence=cadence,
        heard=tuple(reporting_statuses(actor, place.code, period.weeks)),
        total=counts.total(period.weeks),
        places=places_of_week(counts),
        signals=signals_of(actor, place.code, counts),
        decided=decided_since(actor, place.code, period),
        ahead=ahead(actor, place.code, period.day_after, period.day_after + AHEAD),
    )


def places_of_week(counts: WeekCounts) -> tuple[PlaceOfWeek, ...]:
    """Named places with reports in the period, the most reported first."""
    last = counts.period.last_week
    recent = weeks_from_to(weeks_later(last, 1 - AMONG_LAST), last)
    before = weeks_from_to(
        weeks_later(counts.period.first_week, -NEW_AFTER_WEEKS),
        weeks_later(counts.period.first_week, -1),
    )
    first = counts.first_week
    has_history = first is not None and first <= before[0]
    made = []
    for ref, of_week in counts.places.items():
        incidents = sum(of_week.get(week, 0) for week in counts.period.weeks)
        if not ref or not incidents:
            continue
        made.append(
            PlaceOfWeek(
                ref=ref,
                name=counts.names[ref],
                incidents=incidents,
                weeks_with_incidents=sum(1 for week in recent if of_week.get(week)),
                is_new=has_history and not any(of_week.get(week) for week in before),
            )
        )
    return tuple(sorted(made, key=lambda each: (-each.incidents, each.name)))


def may_see_weeks(actor: Actor) -> bool:
    return actor.may(Capability.INCIDENTS_READ)
