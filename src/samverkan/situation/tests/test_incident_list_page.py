"""The list of incidents: who sees which, how it is narrowed, and how one turns its pages."""

from __future__ import annotations

import re
from datetime import timedelta

from django.urls import reverse

from samverkan.platform.access.capabilities import Detail, Information
from samverkan.situation.models import IncidentCount
from samverkan.situation.selectors.incidents import IncidentFilter, incident_page

from .factories import MONDAY_MORNING, make_duty, make_incident, make_place

URL = reverse("situation:incidents")


def refs_on(response):
    return re.findall(r"/handelser/(\w{12})/", response.text)


def test_the_owner_reads_them_with_the_latest_first(world, client_in):
    older = make_incident(world.school, occurred=MONDAY_MORNING - timedelta(days=1))
    newer = make_incident(world.school)
    response = client_in("safety_coordinator").get(URL)
    assert refs_on(response) == [newer.ref, older.ref]
    assert "2 händelser i Storfors" in response.text


def test_an_outsider_gets_an_empty_list_and_is_not_told_how_many_there_are(world, client_in):
    make_incident(world.school)
    response = client_in("safety_coordinator", world.kristinehamn).get(URL)
    assert refs_on(response) == []
    assert "Inga händelser än" in response.text


def test_a_municipality_out_of_sight_is_not_found(world, client_in):
    make_incident(world.school)
    outsider = client_in("safety_coordinator", world.kristinehamn)
    assert outsider.get(URL, {"kommun": "1760"}).status_code == 404


def test_a_function_without_the_right_is_refused(client_in):
    assert client_in("auditor").get(URL).status_code == 403


def test_a_reporter_sees_its_own_units_and_no_others(world, client_in):
    own = make_incident(world.school)
    make_incident(world.storfors)
    assert refs_on(client_in("reporter", world.school).get(URL)) == [own.ref]


def test_a_clause_on_counts_says_how_many_and_why_they_cannot_be_read(world, client_in):
    make_incident(world.school, place=make_place(world.storfors))
    world.share(
        Information.INCIDENTS, Detail.AGGREGATE, giver=world.storfors, receiver=world.kristinehamn
    )
    neighbour = client_in("safety_coordinator", world.kristinehamn)
    response = neighbour.get(URL, {"kommun": "1760"})
    assert refs_on(response) == []
    assert "Du får räkna de här händelserna, men inte läsa dem" in response.text


def test_a_clause_on_single_incidents_shows_them_to_the_police(world, client_in):
    incident = make_incident(world.school)
    world.share(Information.INCIDENTS, Detail.DETAIL, giver=world.storfors, receiver=world.police)
    police = client_in("community_police", world.police)
    assert refs_on(police.get(URL, {"kommun": "1760"})) == [incident.ref]


def test_it_is_narrowed_by_week_category_and_place(world, client_in):
    library = make_place(world.storfors)
    wanted = make_incident(world.school, place=library, category="E50")
    make_incident(world.school, place=library)
    make_incident(world.school, category="E50")
    make_incident(
        world.school, place=library, category="E50", occurred=MONDAY_MORNING - timedelta(weeks=1)
    )
    coordinator = client_in("safety_coordinator")
    query = {"fran": "202647", "till": "202647", "kategori": "E50", "plats": library.ref}
    response = coordinator.get(URL, query)
    assert refs_on(response) == [wanted.ref]
    assert "1 händelse i Storfors stämmer med urvalet" in response.text


def test_a_filter_that_nothing_matches_says_what_to_do(world, client_in):
    make_incident(world.school)
    response = client_in("safety_coordinator").get(URL, {"kategori": "E12"})
    assert "Ta bort ett filter" in response.text


def test_nonsense_in_the_address_is_ignored(world, client_in):
    incident = make_incident(world.school)
    query = {"fran": "9999-W99", "kategori": "x", "fore": "nobody", "sida": "-1"}
    assert refs_on(client_in("safety_coordinator").get(URL, query)) == [incident.ref]


def test_turning_pages_shows_every_incident_once_even_those_of_the_same_moment(world):
    made = [make_incident(world.school) for _each in range(7)]
    actor = world.actor("safety_coordinator")
    wanted = IncidentFilter("1760")
    seen, before = [], ""
    while True:
        page = incident_page(actor, wanted, before=before, size=3)
        seen += [incident.ref for incident in page.incidents]
        if not page.has_older:
            break
        before = seen[-1]
    assert sorted(seen) == sorted(incident.ref for incident in made)
    assert len(seen) == 7


def test_turning_back_shows_the_page_that_one_came_from(world):
    for hours in range(7):
        make_incident(world.school, occurred=MONDAY_MORNING + timedelta(hours=hours))
    actor, wanted = world.actor("safety_coordinator"), IncidentFilter("1760")
    first = incident_page(actor, wanted, size=3)
    second = incident_page(actor, wanted, before=first.incidents[-1].ref, size=3)
    back = incident_page(actor, wanted, after=second.incidents[0].ref, size=3)
    assert [each.ref for each in back.incidents] == [each.ref for each in first.incidents]
    assert not back.has_newer
    assert back.has_older


def test_several_owners_are_woven_into_one_order(world):
    world.share(Information.INCIDENTS, Detail.DETAIL, giver=world.storfors, receiver=world.police)
    theirs = make_incident(world.school, occurred=MONDAY_MORNING)
    own = make_incident(world.school, occurred=MONDAY_MORNING + timedelta(hours=1))
    own.owner = world.police
    own.save()
    IncidentCount.objects.create(
        owner=world.police,
        reporting_organisation=world.police,
        municipality=world.storfors_municipality,
        category="E10",
        week=202647,
        incidents=1,
    )
    page = incident_page(world.actor("community_police", world.police), IncidentFilter("1760"))
    assert [each.ref for each in page.incidents] == [own.ref, theirs.ref]


def test_it_says_who_has_not_been_heard_for_the_week_that_has_ended(world, client_in):
    make_duty(world.school)
    text = client_in("safety_coordinator").get(URL).text
    assert "0 av 1 enheter har hörts av" in text
    assert "Grundskolan, Storfors" in text


def test_an_outsider_is_not_told_who_has_been_heard(world, client_in):
    make_duty(world.school)
    text = client_in("safety_coordinator", world.kristinehamn).get(URL).text
    assert "har hörts av" not in text


def test_the_list_does_not_show_the_text_of_an_incident(world, client_in):
    make_incident(world.school, text="Krossad ruta")
    assert "Krossad ruta" not in client_in("safety_coordinator").get(URL).text


def test_a_stranger_is_sent_to_sign_in(world, client):
    response = client.get(URL)
    assert response.status_code == 302
    assert reverse("account_login") in response.url
