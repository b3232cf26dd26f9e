"""Who is who: functions of all parties, names only at home."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

URL = reverse("functions")


def test_functions_stand_by_party_with_the_own_first(world, client_in):
    world.function("community_police", world.police)
    text = client_in("safety_coordinator").get(URL).text
    assert text.index("safety_coordinator Storfors") < text.index("community_police Lokalpolis")


def test_names_are_shown_within_the_own_party(world, client_in):
    user, _function = world.holder("auditor")
    assert user.display_name in client_in("safety_coordinator").get(URL).text


def test_an_outsider_sees_the_function_but_not_who_holds_it(world, client_in):
    user, _function = world.holder("auditor")
    text = client_in("safety_coordinator", world.kristinehamn).get(URL).text
    assert "auditor Storfors kommun" in text
    assert user.display_name not in text


def test_a_function_that_has_ended_is_not_listed(world, client_in):
    function = world.function("auditor")
    function.ended_on = date(2021, 1, 1)
    function.save()
    assert "auditor Storfors kommun" not in client_in("safety_coordinator").get(URL).text


def test_contact_ways_can_be_tapped(world, client_in):
    function = world.function("auditor")
    function.phone, function.email = "0550-000 00", "granskare@example.test"
    function.save()
    text = client_in("safety_coordinator").get(URL).text
    assert 'href="tel:0550-000 00"' in text
    assert 'href="mailto:granskare@example.test"' in text


def test_a_stranger_is_sent_to_sign_in(db, client):
    assert client.get(URL).status_code == 302
