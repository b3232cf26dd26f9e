"""What the overview says of the situational picture: the law's clock, and what is unfinished."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from samverkan.organisations.selectors import municipalities_of
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.design.overview import OverviewRow, OverviewSection, Question
from samverkan.platform.design.tones import Tone

from .selectors import LawClock, law_clock

SOON = 6


def situational_picture_section(actor: Actor) -> OverviewSection | None:
    """When each of the function's municipalities must have its picture updated."""
    if not actor.may(Capability.PICTURES_READ):
        return None
    rows = tuple(
        OverviewRow(
            text=_("Situational picture of %(place)s") % {"place": place.name},
            url=reverse("reports:index"),
            tag=clock_words(law_clock(actor, place.code)),
            tone=clock_tone(law_clock(actor, place.code)),
        )
        for place in municipalities_of(actor)
    )
    if not rows:
        return None
    return OverviewSection(
        title=_("The law's clock"),
        sentence=_("The situational picture is to be updated at least every second year (6 §)."),
        rows=rows,
        question=Question.CLOCK,
        order=10,
    )


def clock_words(clock: LawClock) -> str:
    """How long is left, in a few words."""
    if clock.due_on is None or clock.months_left is None:
        return _("no decided picture yet")
    if clock.months_left < 0:
        return _("due since %(date)s") % {"date": clock.due_on.isoformat()}
    if clock.months_left == 0:
        return _("due %(date)s") % {"date": clock.due_on.isoformat()}
    return _("in %(months)d months") % {"months": clock.months_left}


def clock_tone(clock: LawClock) -> Tone:
    if clock.months_left is None:
        return Tone.WARN
    if clock.months_left < 0:
        return Tone.STOP
    return Tone.WARN if clock.months_left <= SOON else Tone.OK
