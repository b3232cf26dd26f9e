"""What the EST group's meeting takes up of the week: the same answers as the week's page."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverkan.governance.agenda_sources import AgendaPart, AgendaPoint, MeetingFrame
from samverkan.platform.access.actor import Actor

from .selectors.ahead import ahead
from .selectors.week import (
    AHEAD,
    WeekPicture,
    last_period,
    may_see_weeks,
    municipalities_with_weeks,
    week_picture,
)
from .signals import Signal
from .signals.words import subject
from .week_words import finding, heard, lead
from .weeks import address_of, week_of, weeks_later

EST = "est"
MOST_PLACES = 5


def week_points(actor: Actor, frame: MeetingFrame) -> Iterable[AgendaPoint]:
    """Reporting, places, signals and what is ahead, of the last period before the meeting."""
    place = next(
        (each for each in municipalities_with_weeks(actor) if each.code == frame.municipality_code),
        None,
    )
    if frame.group_kind != EST or place is None or not may_see_weeks(actor):
        return []
    today = timezone.localdate(actor.at)
    before = weeks_later(week_of(timezone.localdate(frame.starts_at)), -1)
    week = min(before, last_period(actor, place.code).last_week)
    picture = week_picture(actor, place, week)
    url = f"{reverse('situation:one_week', args=[address_of(week)])}?kommun={place.code}"
    coming = ahead(actor, place.code, today, timezone.localdate(frame.starts_at) + AHEAD)
    return [
        *_reporting(picture, url),
        *_places(picture),
        *_signals(picture, url),
        *(
            AgendaPoint(
                key=f"ahead-{each.ref or each.starts_on.isoformat()}-{each.title}",
                part=AgendaPart.AHEAD,
                title=each.title,
                sentence=_dates(each.starts_on.isoformat(), each.ends_on.isoformat()),
                url=reverse("situation:planned"),
                subject_kind="planned_event" if each.ref else "",
                subject_ref=each.ref,
            )
            for each in coming
        ),
    ]


SOURCES = (week_points,)


def _reporting(picture: WeekPicture, url: str) -> Iterable[AgendaPoint]:
    yield AgendaPoint(
        key=f"week-{picture.municipality.code}-{picture.period.last_week}",
        part=AgendaPart.REPORTED,
        title=finding(picture),
        sentence=lead(picture),
        url=url,
    )
    if picture.missing:
        yield AgendaPoint(
            key=f"unheard-{picture.municipality.code}-{picture.period.last_week}",
            part=AgendaPart.REPORTED,
            title=_("Not heard: %(units)s") % {"units": ", ".join(picture.missing)},
            sentence=heard(picture),
            url=url,
        )


def _places(picture: WeekPicture) -> Iterable[AgendaPoint]:
    standing_out = [each for each in picture.places if each.is_recurring or each.is_new]
    for place in standing_out[:MOST_PLACES]:
        reports = ngettext("%(number)d report", "%(number)d reports", place.incidents) % {
            "number": place.incidents
        }
        title = _("%(place)s comes back") if place.is_recurring else _("%(place)s is new")
        yield AgendaPoint(
            key=f"place-{place.ref}",
            part=AgendaPart.PLACES,
            title=title % {"place": place.name},
            sentence=reports,
            url=reverse("situation:place", args=[place.ref]),
            subject_kind="place",
            subject_ref=place.ref,
        )


def _signals(picture: WeekPicture, url: str) -> Iterable[AgendaPoint]:
    for signal in picture.signals.signals:
        yield _signal_point(signal, url)


def _signal_point(signal: Signal, url: str) -> AgendaPoint:
    is_place = signal.subject == "place"
    return AgendaPoint(
        key=f"signal-{signal.kind}-{signal.key}",
        part=AgendaPart.SIGNALS,
        title=subject(signal),
        sentence=signal.sentence,
        url=reverse("situation:place", args=[signal.key]) if is_place else url,
        subject_kind="place" if is_place else "",
        subject_ref=signal.key if is_place else "",
    )


def _dates(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}"
