"""Groups with their seats, and their meetings."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from samverkan.governance.models import Group, Meeting, Seat
from samverkan.governance.overview_lines import council_clock, next_meetings
from samverkan.organisations.selectors import actor_for
from samverkan.platform.access.capabilities import Detail, Information
from tests.world import NOW

LIST = reverse("governance:groups")


@pytest.fixture
def council(world):
    group = Group.objects.create(
        kind="council",
        name="Strategiska rådet",
        purpose="Överblick och styrning",
        cadence="Fyra gånger om året",
        owner=world.storfors,
        municipality=world.storfors_municipality,
    )
    Seat.objects.create(group=group, function=world.function("council_official"), is_chair=True)
    return group


def meet(group, at, **fields):
    return Meeting.objects.create(group=group, starts_at=at, place="Kommunhuset", **fields)


def group_page(client, group):
    return client.get(reverse("governance:group", args=[group.ref]))


def test_the_title_is_when_one_meets_next(council, client_in):
    at = timezone.now() + timedelta(days=3)
    meet(council, at)
    text = client_in("safety_coordinator").get(LIST).text
    assert f"Nästa möte är {timezone.localdate(at).isoformat()}" in text


def test_a_group_without_a_next_meeting_says_so(council, client_in):
    coordinator = client_in("safety_coordinator")
    assert "inget möte planerat" in coordinator.get(LIST).text
    assert "stannar snart av" in group_page(coordinator, council).text


def test_a_group_shows_functions_in_its_seats(council, client_in):
    text = group_page(client_in("safety_coordinator"), council).text
    assert "council_official Storfors kommun" in text
    assert "ordförande" in text


def test_a_meeting_has_its_own_address_and_notes(council, client_in):
    meeting = meet(council, NOW - timedelta(days=30), notes="Beslut om belysning")
    response = client_in("safety_coordinator").get(
        reverse("governance:meeting", args=[meeting.ref])
    )
    assert "Beslut om belysning" in response.text


def test_an_outsider_finds_neither_group_nor_meeting(world, council, client_in):
    meeting = meet(council, NOW)
    outsider = client_in("safety_coordinator", world.kristinehamn)
    assert "Strategiska rådet" not in outsider.get(LIST).text
    assert group_page(outsider, council).status_code == 404
    meeting_url = reverse("governance:meeting", args=[meeting.ref])
    assert outsider.get(meeting_url).status_code == 404


def test_a_clause_on_meetings_opens_the_group_to_the_police(world, council, client_in):
    world.share(Information.MEETINGS, Detail.DETAIL, giver=world.storfors, receiver=world.police)
    police = client_in("community_police", world.police)
    assert group_page(police, council).status_code == 200


def test_a_reporter_is_refused(world, client_in):
    assert client_in("reporter", world.school).get(LIST).status_code == 403


def test_the_overview_names_the_meetings_of_ones_own_groups_only(world, council):
    meet(council, NOW + timedelta(days=2))
    user, function = world.holder("safety_coordinator")
    assert next_meetings(world.actor("safety_coordinator")) is None
    Seat.objects.create(group=council, function=function)
    with translation.override("sv"):
        section = next_meetings(actor_for(user, function.ref, NOW))
    assert section.title == "Du har 1 möte inom två veckor"
    assert [row.tag for row in section.rows] == ["2026-11-25 09:00"]


@pytest.mark.parametrize(("days", "tone"), [(30, "ok"), (200, "warn")])
def test_the_laws_clock_says_when_the_council_met(world, council, days, tone):
    meet(council, NOW - timedelta(days=days))
    (row,) = council_clock(world.actor("safety_coordinator")).rows
    assert row.tone == tone


def test_a_council_that_has_not_met_is_said_to_have_not(world, council):
    with translation.override("sv"):
        (row,) = council_clock(world.actor("safety_coordinator")).rows
    assert row.tag == "har inte sammanträtt"


def test_an_outsider_has_no_council_on_its_clock(world, council):
    assert council_clock(world.actor("safety_coordinator", world.kristinehamn)) is None
