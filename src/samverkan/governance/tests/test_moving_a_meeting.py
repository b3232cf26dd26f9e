"""A meeting gets another time or place: the called are told, and the old time stays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samverkan.governance.lives import MEETING
from samverkan.governance.models import StateStep
from samverkan.governance.services import agenda, meetings
from samverkan.governance.services.common import FieldError
from samverkan.organisations.models import Function
from samverkan.platform.outbox.models import OutgoingMessage
from samverkan.platform.work.registry import appointments
from tests.world import NOW, OrganisationFactory

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def mailbox(council_room):
    rows = Function.objects.for_system("test").filter(ref=council_room.ref("chair"))
    rows.update(email="ordforande@storfors.example")


def letters() -> list[OutgoingMessage]:
    return list(OutgoingMessage.objects.for_system("test").order_by("pk"))


def called(room, at=NOW + WEEK):
    meeting = room.planned(at)
    agenda.build_agenda(room.actor("coordinator"), meeting.ref)
    meetings.call_meeting(room.actor("coordinator"), meeting.ref)
    return room.again(meeting)


def moved(room, meeting, at, place="Biblioteket"):
    when = meetings.PlannedTime(at, 90, place)
    return meetings.change_time(room.actor("coordinator"), meeting.ref, when)


def test_the_called_get_the_new_time_and_the_old_one_once_a_move(council_room, mailbox):
    meeting = called(council_room)
    moved(council_room, meeting, NOW + WEEK + timedelta(days=1))
    moved(council_room, meeting, NOW + WEEK + timedelta(days=1))
    notice, letter = letters()
    assert letter.subject == "Ny tid eller plats: Gruppen council 2026-12-01"
    assert "Tidigare: 2026-11-30 09:00–10:00." in letter.body
    assert "2026-12-01 kl. 09:00" in letter.body or "09:00" in letter.body
    assert "Biblioteket" in letter.body
    moved(council_room, meeting, NOW + WEEK + timedelta(days=2))
    assert len(letters()) == 3
    assert notice.key != letter.key


def test_before_the_notice_nobody_gets_a_letter(council_room, mailbox):
    meeting = council_room.planned(NOW + WEEK)
    moved(council_room, meeting, NOW + 2 * WEEK)
    assert letters() == []


def test_the_old_time_stays_in_a_history_that_replays(council_room):
    meeting = called(council_room)
    moved(council_room, meeting, NOW + 2 * WEEK)
    steps = StateStep.objects.for_system("test").filter(subject_ref=meeting.ref)
    assert list(steps.values_list("event", flat=True)) == ["call", "move"]
    assert steps.get(event="move").note == "2026-11-30 09:00–10:00"
    assert MEETING.replay(step.event for step in steps) == "called"


def test_the_calendars_follow(council_room):
    meeting = called(council_room)
    moved(council_room, meeting, NOW + 2 * WEEK)
    chair = council_room.actor("chair")
    days = (NOW.date(), NOW.date() + 4 * WEEK)
    (found,) = appointments(chair, {chair.function_ref}, *days)
    assert (found.starts_at, found.place) == (NOW + 2 * WEEK, "Biblioteket")
    assert found.ends_at - found.starts_at == timedelta(minutes=90)


def test_a_time_that_has_passed_or_is_taken_is_refused(council_room):
    meeting = called(council_room)
    council_room.planned(NOW + 3 * WEEK)
    for at in (NOW - WEEK, NOW + 3 * WEEK):
        with pytest.raises(FieldError):
            moved(council_room, meeting, at)
    assert council_room.again(meeting).starts_at == NOW + WEEK


def test_what_has_begun_is_not_moved(council_room):
    meeting = council_room.ongoing()
    with pytest.raises(PermissionDenied):
        moved(council_room, meeting, NOW + WEEK)


def browser(room, key: str) -> Client:
    client = Client()
    client.force_login(room.people[key][0], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def ahead(council_room):
    """A meeting in two weeks by the real clock, which the pages ask."""
    day = date.today() + 2 * WEEK  # noqa: DTZ011
    at = timezone.make_aware(datetime.combine(day, time(10)))
    return called(council_room, at)


def test_the_page_moves_it_and_shows_the_old_time(council_room, ahead):
    client = browser(council_room, "coordinator")
    address = reverse("governance:move", args=[ahead.ref])
    page = client.get(address)
    typed = {**page.context["form"].initial, "starts": "13:30", "place": "Biblioteket"}
    text = client.post(address, typed, follow=True).text
    assert "Mötet är ändrat" in text
    assert "13:30" in text
    assert "tidigare: " in text
    assert "10:00" in text


def test_two_who_move_it_see_each_other(council_room, ahead):
    client = browser(council_room, "coordinator")
    address = reverse("governance:move", args=[ahead.ref])
    seen = client.get(address).context["form"].initial
    client.post(address, {**seen, "starts": "13:30"})
    text = client.post(address, {**seen, "starts": "15:00"}).text
    assert "Någon flyttade mötet till" in text
    assert 'value="15:00"' in text
    assert timezone.localtime(council_room.again(ahead).starts_at).time() == time(13, 30)


@pytest.mark.parametrize("bad", [{"day": ""}, {"starts": "25:99"}, {"minutes_long": "-3"}])
def test_what_cannot_be_a_time_is_said_at_its_field(council_room, ahead, bad):
    client = browser(council_room, "coordinator")
    address = reverse("governance:move", args=[ahead.ref])
    seen = client.get(address).context["form"].initial
    response = client.post(address, {**seen, **bad})
    assert response.status_code == 200
    assert set(bad) <= set(response.context["form"].errors)


def test_an_outsider_and_a_mere_member_move_nothing(council_room, ahead, world):
    address = reverse("governance:move", args=[ahead.ref])
    user, _function = world.holder("safety_coordinator", OrganisationFactory(name="Annan kommun"))
    outsider = Client()
    outsider.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert outsider.get(address).status_code == 404
    assert browser(council_room, "chair").get(address).status_code == 403
