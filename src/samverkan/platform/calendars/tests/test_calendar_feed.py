"""The feed as a calendar program reads it: right hours, whole days, only one's own."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from samverkan.documents.calendar import CalendarEntry, calendar_of
from samverkan.organisations.models import Holding
from samverkan.platform.audit.models import AuditEntry
from samverkan.platform.calendars.models import CalendarFeed
from samverkan.platform.work import registry
from samverkan.platform.work.registry import Appointment, WorkItem

STOCKHOLM = ZoneInfo("Europe/Stockholm")
INDEX = reverse("calendars:index")
# Hypothesis wants its bounds without a zone.
YEARS = (datetime(2000, 1, 1), datetime(2060, 1, 1))  # noqa: DTZ001
CHANGED = datetime(2026, 11, 1, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


@pytest.fixture
def table(monkeypatch):
    """What a room knows: lists that a test fills, answered as a room would."""
    work: list[WorkItem] = []
    meetings: list[Appointment] = []
    monkeypatch.setattr(registry, "_work", [lambda _actor, _refs: work])
    monkeypatch.setattr(registry, "_appointments", [lambda _actor, _refs, _first, _after: meetings])
    return work, meetings


@pytest.fixture
def holder(world):
    user, function = world.holder("safety_coordinator")
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client, user, function


def address_of(client) -> str:
    made = client.post(INDEX, {"name": "Outlook"})
    return made.context["address"].removeprefix("http://testserver")


def read(path: str, client=None, **headers):
    return (client or Client()).get(path, **headers)


def events(content: bytes) -> list:
    return Calendar.from_ical(content).walk("VEVENT")


def meeting(function, starts: datetime, *, key="meeting-1", title="EST-gruppen") -> Appointment:
    return Appointment(
        key, title, "/m/", function.ref, starts, starts + timedelta(hours=1), "Kommunhuset"
    )


def deadline(function, due: date, *, key="work-1", title="Följ upp belysningen") -> WorkItem:
    return WorkItem(key, "Åtgärd", title, "/a/1/", function.ref, due)


def test_a_meeting_keeps_its_hour_when_the_clocks_change(table, holder):
    _work, meetings = table
    client, _user, function = holder
    spring = [datetime(2027, 3, day, 9, tzinfo=STOCKHOLM) for day in (27, 28, 29)]
    autumn = [datetime(2026, 10, day, 9, tzinfo=STOCKHOLM) for day in (24, 25, 26)]
    days = [*spring, *autumn]
    meetings += [meeting(function, at, key=f"m{number}") for number, at in enumerate(days)]
    content = read(address_of(client)).content
    starts = sorted(each["DTSTART"].dt for each in events(content))
    assert {each.hour for each in starts} == {9}
    offsets = [each.utcoffset() for each in starts]
    assert offsets[0] == timedelta(hours=2)
    assert offsets[2] == timedelta(hours=1)
    assert b"DTSTART;TZID=Europe/Stockholm:20261024T090000" in content


def test_the_calendar_brings_the_rule_of_swedish_time_with_it(table, holder):
    _work, meetings = table
    client, _user, function = holder
    meetings.append(meeting(function, datetime(2031, 7, 1, 9, tzinfo=STOCKHOLM)))
    zone = Calendar.from_ical(read(address_of(client)).content).walk("VTIMEZONE")[0]
    rule = zone.to_tz(lookup_tzid=False)
    for day in (date(2031, 7, 1), date(2031, 1, 1), date(2026, 10, 25)):
        moment = datetime.combine(day, time(9), STOCKHOLM)
        assert rule.utcoffset(moment.replace(tzinfo=None)) == moment.utcoffset()


def test_a_deadline_is_a_whole_day_that_does_not_block_it(table, holder):
    work, _meetings = table
    client, _user, function = holder
    # The days of both shifts have 23 and 25 hours: a day is still a day.
    for number, day in enumerate((date(2027, 3, 28), date(2026, 10, 25), date(2028, 2, 29))):
        work.append(deadline(function, day, key=f"w{number}"))
    found = events(read(address_of(client)).content)
    assert {each["DTSTART"].dt for each in found} == {item.due_on for item in work}
    for each in found:
        assert not isinstance(each["DTSTART"].dt, datetime)
        assert each["DTEND"].dt - each["DTSTART"].dt == timedelta(days=1)
        assert each["TRANSP"] == "TRANSPARENT"
        assert each["SUMMARY"] == "Åtgärd: Följ upp belysningen"
        assert each["URL"] == "http://testserver/a/1/"


def test_what_another_function_owes_is_not_in_it(table, holder, world):
    work, meetings = table
    client, _user, function = holder
    other = world.function("community_police", world.police)
    work += [deadline(function, date(2026, 12, 1)), deadline(other, date(2026, 12, 1), key="w2")]
    meetings.append(meeting(other, datetime(2026, 12, 1, 9, tzinfo=STOCKHOLM)))
    assert [str(each["UID"]) for each in events(read(address_of(client)).content)] == [
        f"work-1-{function.ref}@samverkan"
    ]


def test_work_without_a_date_is_not_in_it(table, holder):
    work, _meetings = table
    client, _user, function = holder
    work.append(WorkItem("w", "Åtgärd", "Någon gång", "/a/", function.ref))
    assert events(read(address_of(client)).content) == []


def test_a_changed_entry_keeps_its_identity_and_gets_the_next_number(table, holder):
    work, _meetings = table
    client, _user, function = holder
    address = address_of(client)
    work.append(deadline(function, date(2026, 12, 1)))
    first = events(read(address).content)[0]
    again = events(read(address).content)[0]
    work[:] = [deadline(function, date(2026, 12, 8))]
    moved = events(read(address).content)[0]
    assert first["UID"] == again["UID"] == moved["UID"]
    assert (first["SEQUENCE"], again["SEQUENCE"], moved["SEQUENCE"]) == (0, 0, 1)
    assert first["LAST-MODIFIED"].dt == again["LAST-MODIFIED"].dt <= moved["LAST-MODIFIED"].dt


def test_what_has_not_changed_is_not_sent_again(table, holder):
    work, _meetings = table
    client, _user, function = holder
    address = address_of(client)
    work.append(deadline(function, date(2026, 12, 1)))
    answer = read(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, max-age=900"
    same = read(address, headers={"If-None-Match": answer["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    work.append(deadline(function, date(2026, 12, 2), key="w2"))
    assert read(address, headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_a_closed_address_says_that_it_is_gone(table, holder):
    client, user, _function = holder
    address = address_of(client)
    feed = CalendarFeed.objects.for_system("test").get(user=user)
    assert read(address).status_code == 200
    client.post(reverse("calendars:revoke", args=[feed.ref]))
    assert read(address).status_code == 410
    actions = AuditEntry.objects.for_system("test").values_list("action", flat=True)
    assert {"calendar.opened", "calendar.closed"} <= set(actions)


def test_the_end_of_the_holding_closes_the_address(table, holder):
    client, user, _function = holder
    address = address_of(client)
    Holding.objects.for_system("test").filter(user=user).update(valid_to=timezone.localdate())
    assert read(address).status_code == 410


def middle_of_a_window() -> float:
    """A moment close to now that no ten-minute window ends around."""
    return datetime.now(UTC).timestamp() // 600 * 600 + 300


def test_an_unknown_address_is_not_found_and_guessing_is_stopped(db):
    with time_machine.travel(middle_of_a_window(), tick=False):
        statuses = [read(f"/kalender/{number:043d}.ics").status_code for number in range(62)]
    assert statuses[0] == 404
    assert statuses[-1] == 429


def test_an_address_that_is_asked_without_pause_is_told_to_wait(table, holder):
    client, _user, _function = holder
    address = address_of(client)
    with time_machine.travel(middle_of_a_window(), tick=False):
        answers = [read(address) for _each in range(62)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"] == "600"


def test_the_address_is_shown_once_and_kept_as_a_hash(table, holder):
    client, user, _function = holder
    address = address_of(client)
    token = address.removeprefix("/kalender/").removesuffix(".ics")
    feed = CalendarFeed.objects.for_system("test").get(user=user)
    assert len(token) >= 43
    assert token not in str(vars(feed))
    assert token not in client.get(INDEX).text
    assert "Outlook" in client.get(INDEX).text


def test_the_page_asks_for_a_name(table, holder):
    client, _user, _function = holder
    assert "Skriv var du ska följa kalendern" in client.post(INDEX, {"name": " "}).text


def test_an_outsider_cannot_close_somebody_elses_address(table, holder, world, client_in):
    client, user, _function = holder
    address = address_of(client)
    feed = CalendarFeed.objects.for_system("test").get(user=user)
    outsider = client_in("safety_coordinator", world.kristinehamn)
    assert outsider.post(reverse("calendars:revoke", args=[feed.ref])).status_code == 404
    assert read(address).status_code == 200


def test_more_than_ten_addresses_are_refused(table, holder):
    client, _user, _function = holder
    for number in range(10):
        client.post(INDEX, {"name": f"Program {number}"})
    assert "tio adresser" in client.post(INDEX, {"name": "En till"}).text


def test_a_stranger_is_sent_to_sign_in(db):
    assert Client().get(INDEX).status_code == 302


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=300)


@settings(max_examples=60)
@given(title=TEXTS, place=TEXTS, description=TEXTS)
def test_any_text_comes_through_as_text_in_short_lines(title, place, description):
    entry = CalendarEntry(
        "u@samverkan",
        f"T{title}",
        date(2026, 12, 1),
        None,
        CHANGED,
        place=place,
        description=description,
    )
    content = calendar_of("Namn", [entry])
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    found = events(content)
    assert len(found) == 1
    assert str(found[0]["UID"]) == "u@samverkan"


def test_hostile_text_cannot_add_an_event():
    hostile = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\nSUMMARY:y"
    entry = CalendarEntry("u", hostile, date(2026, 12, 1), None, CHANGED, description=hostile)
    assert [str(each["UID"]) for each in events(calendar_of("n", [entry]))] == ["u"]


@settings(max_examples=60)
@given(moment=st.datetimes(*YEARS, timezones=st.just(UTC)))
def test_every_moment_is_read_back_as_the_same_moment(moment):
    moment = moment.replace(microsecond=0)
    entry = CalendarEntry("u", "t", moment, moment + timedelta(hours=2), CHANGED)
    made = calendar_of("n", [entry])
    found = events(made)[0]
    assert found["DTSTART"].dt == moment
    assert found["DTEND"].dt == moment + timedelta(hours=2)


def test_entries_stand_in_the_order_they_are_given():
    entries = [
        CalendarEntry(f"u{number}", "t", date(2026, 12, number + 1), None, CHANGED)
        for number in range(5)
    ]
    days = [each["DTSTART"].dt for each in events(calendar_of("n", entries))]
    assert all(before < after for before, after in pairwise(days))
