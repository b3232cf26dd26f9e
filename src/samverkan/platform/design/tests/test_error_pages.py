"""Errors say what was wrong and what to do, also when the database is gone."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory

from samverkan.platform.design import views


def test_an_address_that_is_not_there(db):
    response = Client().get("/finns-inte/")
    assert response.status_code == 404
    assert "Sidan finns inte här" in response.text


def test_a_function_that_may_not_is_told_why_and_where_to_switch(client_in):
    response = client_in("auditor").get("/avtal/")
    assert response.status_code == 403
    assert "Din funktion får inte göra detta" in response.text
    assert 'href="/funktion/"' in response.text


@pytest.mark.parametrize(
    ("page", "error", "status"),
    [
        (views.bad_request, SuspiciousOperation(), 400),
        (views.permission_denied, PermissionDenied("incidents.read"), 403),
    ],
)
def test_the_pages_need_no_actor_and_give_no_secrets_away(db, page, error, status):
    response = page(RequestFactory().get("/"), error)
    assert response.status_code == status
    assert "incidents.read" not in response.text


def test_a_fault_of_ours_is_told_without_asking_the_database():
    """No `db` fixture: a query would fail the test."""
    response = views.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Något gick fel hos oss" in response.text
    assert "side__list" not in response.text


def test_an_old_form_is_explained(world, client_in):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/installningar/", {"language": "sv", "theme": "dark"})
    assert response.status_code == 403
    assert "Formuläret hade blivit för gammalt" in response.text


def test_no_page_is_for_search_engines(db, client):
    assert 'name="robots" content="noindex' in client.get("/").text
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
