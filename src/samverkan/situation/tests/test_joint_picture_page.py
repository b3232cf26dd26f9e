"""The municipalities side by side and as one; one clause less takes one municipality away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samverkan.platform.access.capabilities import Detail, Information
from samverkan.situation.selectors.joint_picture import joint_picture
from tests.world import NOW, MunicipalityFactory, OrganisationFactory

from .factories import MONDAY_MORNING, make_incident, make_place

PAGE = reverse("situation:joint_picture")
IN_BLOCK = MONDAY_MORNING - timedelta(weeks=4)


@pytest.fixture(autouse=True)
def _stopped_clock(monkeypatch):
    monkeypatch.setattr("samverkan.organisations.middleware.timezone.now", lambda: NOW)


def report(owner, number, name, category="E10"):
    place = make_place(owner, name, area=make_place(owner, "Centrum"))
    return [
        make_incident(owner, place=place, occurred=IN_BLOCK, category=category)
        for _each in range(number)
    ]


@pytest.fixture
def filipstad(world):
    from samverkan.agreements.models import AgreementParty

    municipality = MunicipalityFactory(code="1782", name="Filipstad")
    party = OrganisationFactory(name="Filipstads kommun", municipality=municipality)
    AgreementParty.objects.create(agreement=world.agreement, organisation=party)
    return party


def shared(world, giver, detail):
    return world.share(Information.INCIDENTS, detail, giver=giver, receiver=world.storfors)


def test_three_municipalities_stand_beside_each_other_and_together(world, filipstad, client_in):
    report(world.storfors, 3, "Biblioteket")
    report(world.kristinehamn, 8, "Torget")
    report(filipstad, 9, "Stortorget")
    shared(world, world.kristinehamn, Detail.AGGREGATE)
    shared(world, filipstad, Detail.AGGREGATE)
    joint = joint_picture(world.actor("safety_coordinator"))
    assert [(each.municipality.name, each.total.known) for each in joint.pictures] == [
        ("Storfors", 3),
        ("Filipstad", 9),
        ("Kristinehamn", 8),
    ]
    assert joint.total.known == 20
    text = client_in("safety_coordinator").get(PAGE).text
    assert "20 händelser i 3 kommuner tillsammans" in text


def test_a_neighbours_small_counts_are_hidden_and_so_is_their_sum(world, client_in):
    report(world.storfors, 6, "Biblioteket")
    report(world.kristinehamn, 2, "Torget")
    shared(world, world.kristinehamn, Detail.AGGREGATE)
    joint = joint_picture(world.actor("safety_coordinator"))
    assert joint.pictures[1].total.is_partly_hidden
    assert joint.total.is_partly_hidden
    assert (
        "Minst 6 händelser i 2 kommuner tillsammans"
        in client_in("safety_coordinator").get(PAGE).text
    )


def test_single_events_stand_only_where_a_clause_says_so(world, filipstad, client_in):
    (theirs, *_rest) = report(world.kristinehamn, 8, "Torget")
    (hidden, *_rest) = report(filipstad, 9, "Stortorget")
    shared(world, world.kristinehamn, Detail.DETAIL)
    shared(world, filipstad, Detail.AGGREGATE)
    coordinator = client_in("safety_coordinator")
    text = coordinator.get(PAGE).text
    assert "/handelser/" in text.split("Senaste händelserna")[1]
    assert text.count("Senaste händelserna") == 1
    assert "Stortorget" in text
    assert hidden.ref not in text
    assert coordinator.get(reverse("situation:incident", args=[theirs.ref])).status_code == 200
    assert coordinator.get(reverse("situation:incident", args=[hidden.ref])).status_code == 404


def test_revoking_one_clause_takes_that_municipality_away_at_once_on_every_path(
    world, filipstad, client_in
):
    (theirs, *_rest) = report(world.kristinehamn, 8, "Torget")
    (others, *_rest) = report(filipstad, 9, "Stortorget")
    clause = shared(world, world.kristinehamn, Detail.DETAIL)
    shared(world, filipstad, Detail.DETAIL)
    coordinator = client_in("safety_coordinator")
    paths = [
        (PAGE, {}),
        (reverse("situation:incidents"), {"kommun": "1781"}),
        (reverse("situation:map"), {"kommun": "1781"}),
        (reverse("situation:map_data"), {"kommun": "1781"}),
        (reverse("situation:places"), {"kommun": "1781"}),
        (reverse("situation:week"), {"kommun": "1781"}),
        (reverse("situation:incident", args=[theirs.ref]), {}),
        (reverse("situation:place", args=[theirs.place.ref]), {}),
    ]
    assert all(coordinator.get(url, query).status_code == 200 for url, query in paths)
    clause.revoked_on = NOW.date()
    clause.save()
    answers = [coordinator.get(url, query) for url, query in paths]
    assert [answer.status_code for answer in answers[1:]] == [404] * (len(paths) - 1)
    assert "Torget" not in answers[0].text.replace("Stortorget", "")
    assert "Kristinehamn" not in answers[0].text
    kept = reverse("situation:incident", args=[others.ref])
    assert coordinator.get(kept).status_code == 200
    assert "Stortorget" in answers[0].text


def test_without_clauses_there_is_only_the_own_municipality(world, client_in):
    report(world.kristinehamn, 8, "Torget")
    report(world.storfors, 8, "Biblioteket")
    text = client_in("safety_coordinator").get(PAGE).text
    assert "Torget" not in text
    assert "Ingen gällande punkt visar någon grannes händelser" in text


def test_a_reporter_has_no_such_page(world, client_in):
    assert client_in("reporter", world.school).get(PAGE).status_code == 403
