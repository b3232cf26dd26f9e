"""Times and deadlines as an iCalendar file (RFC 5545) that ordinary calendar programs follow.

A deadline is a whole-day event, not a to-do: programs that follow a calendar at an address show
events and leave to-dos out. It does not block the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from samverkan.documents.plain_text import clean

ZONE_NAME = "Europe/Stockholm"
PRODUCT = "-//Samverkan//Kalender//SV"
# How often a program asks again, when it lets the calendar say so.
REFRESH = timedelta(hours=4)


@dataclass(frozen=True)
class CalendarEntry:
    """One line of a calendar; `uid` is stable, `sequence` grows when the entry changes.

    `starts` and `ends` are both aware times, or `starts` is a day and `ends` None: that whole day.
    """

    uid: str
    title: str
    starts: datetime | date
    ends: datetime | None
    changed_at: datetime
    sequence: int = 0
    url: str = ""
    place: str = ""
    description: str = ""
    category: str = ""


def calendar_of(name: str, entries: list[CalendarEntry], *, language: str = "sv") -> bytes:
    """The entries as one calendar: the same bytes whenever the entries are the same."""
    from icalendar import Calendar

    made: Any = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", _line(name), parameters={"LANGUAGE": language})
    made.add("x-wr-calname", _line(name))
    made.add("x-wr-timezone", ZONE_NAME)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", f"PT{REFRESH // timedelta(hours=1)}H")
    made.add_component(_stockholm())
    for entry in entries:
        made.add_component(_event(entry))
    written: bytes = made.to_ical()
    return written


def _event(entry: CalendarEntry) -> Any:
    from icalendar import Event

    made: Any = Event()
    made.add("uid", entry.uid)
    made.add("dtstamp", entry.changed_at.astimezone(UTC).replace(microsecond=0))
    made.add("last-modified", entry.changed_at.astimezone(UTC).replace(microsecond=0))
    made.add("sequence", entry.sequence)
    made.add("summary", _line(entry.title))
    _times(made, entry)
    if entry.place:
        made.add("location", _line(entry.place))
    if entry.description:
        made.add("description", clean(entry.description))
    if entry.category:
        made.add("categories", [_line(entry.category)])
    if entry.url:
        made.add("url", entry.url)
    return made


def _times(made: Any, entry: CalendarEntry) -> None:
    """A day as a day, without an hour that could slip; a time in Swedish time, by name."""
    if not isinstance(entry.starts, datetime):
        made.add("dtstart", entry.starts)
        made.add("dtend", entry.starts + timedelta(days=1))
        made.add("transp", "TRANSPARENT")
        return
    made.add("dtstart", _moment(entry.starts))
    if entry.ends is not None:
        made.add("dtend", _moment(max(entry.ends, entry.starts)))
    made.add("transp", "OPAQUE")


def _moment(at: datetime) -> datetime:
    """In Swedish time; in UTC in the hour that comes a second time in October, to be clear."""
    from zoneinfo import ZoneInfo

    local = at.astimezone(ZoneInfo(ZONE_NAME))
    return at.astimezone(UTC) if local.fold else local


def _stockholm() -> Any:
    """Swedish time by its rule, so that it holds for any year (as in the EU since 1996)."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone: Any = Timezone()
    zone.add("tzid", ZONE_NAME)
    for kind, name, first, before, after, month in (
        (TimezoneDaylight, "CEST", datetime(1996, 3, 31, 2), 1, 2, 3),  # noqa: DTZ001
        (TimezoneStandard, "CET", datetime(1996, 10, 27, 3), 2, 1, 10),  # noqa: DTZ001
    ):
        part: Any = kind()
        part.add("dtstart", first)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("tzname", name)
        zone.add_component(part)
    return zone


def _line(text: str) -> str:
    """What programs show on one line."""
    return " ".join(clean(text).split())
