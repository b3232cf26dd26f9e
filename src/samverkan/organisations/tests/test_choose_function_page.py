"""In which function one acts: chosen, switched, and traced."""

from __future__ import annotations

from datetime import date

from django.test import Client
from django.urls import reverse

from samverkan.organisations.middleware import SESSION_KEY
from samverkan.organisations.models import Holding
from samverkan.platform.audit.models import AuditEntry

CHOOSE, SWITCH = reverse("choose_function"), reverse("switch_function")


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def as_deputy(user, function):
    return Holding.objects.create(
        function=function, user=user, role=Holding.Role.DEPUTY, valid_from=date(2020, 1, 1)
    )


def test_who_holds_two_functions_chooses_before_anything_else(world):
    user, _first = world.holder("safety_coordinator")
    as_deputy(user, world.function("safety_coordinator", world.kristinehamn))
    client = signed_in(user)
    assert client.get("/").url == CHOOSE
    text = client.get(CHOOSE).text
    assert "safety_coordinator Storfors kommun" in text
    assert "safety_coordinator Kristinehamns kommun" in text


def test_switching_is_remembered_traced_and_shown_as_on_behalf_of(world):
    user, _own = world.holder("safety_coordinator")
    holder, other = world.holder("safety_coordinator", world.kristinehamn)
    as_deputy(user, other)
    client = signed_in(user)
    response = client.post(SWITCH, {"function": other.ref}, follow=True)
    assert client.session[SESSION_KEY] == other.ref
    assert f"på uppdrag av {holder.display_name}" in response.text
    entry = AuditEntry.objects.for_system("the trace").get(action="function.entered")
    assert entry.object_ref == other.ref
    assert entry.on_behalf_of == holder.display_name


def test_an_outsiders_function_cannot_be_entered(world):
    user, _own = world.holder("safety_coordinator")
    _holder, others = world.holder("auditor", world.kristinehamn)
    client = signed_in(user)
    assert client.post(SWITCH, {"function": others.ref}).status_code == 404
    assert SESSION_KEY not in client.session


def test_one_returns_to_where_one_was_going(world):
    user, function = world.holder("safety_coordinator")
    target = reverse("agreements:agreements")
    response = signed_in(user).post(SWITCH, {"function": function.ref, "next": target})
    assert response.url == target


def test_one_is_never_sent_to_another_site(world):
    user, function = world.holder("safety_coordinator")
    response = signed_in(user).post(
        SWITCH, {"function": function.ref, "next": "https://elsewhere.example/"}
    )
    assert response.url == "/"


def test_looking_at_the_choice_does_not_switch(world):
    user, function = world.holder("safety_coordinator")
    client = signed_in(user)
    assert client.get(SWITCH, {"function": function.ref}).status_code == 405


def test_somebody_without_a_function_is_told_whom_to_ask(world):
    user, _function = world.holder("safety_coordinator")
    Holding.objects.for_system("the time has ended").filter(user=user).update(
        valid_to=date(2021, 1, 1)
    )
    assert "Du har ingen funktion i dag" in signed_in(user).get(CHOOSE).text


def test_a_stranger_is_sent_to_sign_in(db, client):
    assert client.get(CHOOSE).status_code == 302
    assert client.post(SWITCH, {"function": "x"}).status_code == 302
