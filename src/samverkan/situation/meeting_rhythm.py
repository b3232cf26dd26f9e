"""How often the EST group of a municipality looks at its situation."""

from __future__ import annotations

from datetime import date

from samverkan.governance.selectors.groups import cadence_from, groups_of_kind
from samverkan.platform.access.actor import Actor

from .weeks import Cadence, week_of

WEEKLY = Cadence()
EVERY_SECOND_WEEK = "every_second_week"


def cadence_for(actor: Actor, municipality_code: str) -> Cadence:
    """The cadence of the municipality's EST group; weekly where no group says otherwise."""
    groups = groups_of_kind(actor, municipality_code, "est")
    found = cadence_from(groups[0]) if groups else None
    if found is None:
        return WEEKLY
    summer = None
    if found.summer is not None:
        year = found.first_on.year
        summer = (date(year, *found.summer.first), date(year, *found.summer.after))
    return cadence_from_rhythm(found.rhythm, found.first_on, summer)


def cadence_from_rhythm(
    rhythm: str, first_on: date, summer: tuple[date, date] | None = None
) -> Cadence:
    """The cadence of a group that meets in the rhythm since its first day.

    A two-week period begins with the week of a meeting and ends before the next: the meeting looks
    at the period that has ended. `summer` is the first day of the summer mode and the day after it,
    of any year. Rarer rhythms than every second week still look at single weeks.
    """
    weeks = None
    if summer is not None:
        weeks = (week_of(summer[0]) % 100, week_of(summer[1]) % 100 - 1)
        if weeks[1] < weeks[0]:
            weeks = None
    length = 2 if rhythm == EVERY_SECOND_WEEK else 1
    return Cadence(weeks_a_period=length, anchor_week=week_of(first_on), summer=weeks)
