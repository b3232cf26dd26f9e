"""Language and appearance: kept in the account, or in the browser of whoever has none."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from samverkan.platform.accounts.models import User
from samverkan.platform.audit.models import AuditEntry
from samverkan.platform.design.preferences import THEME_COOKIE

URL = reverse("preferences")


def test_a_signed_in_person_keeps_them_in_the_account(world, client_in):
    client = client_in("safety_coordinator")
    response = client.post(URL, {"language": "en", "theme": "dark"}, follow=True)
    user = User.objects.get(pk=client.session["_auth_user_id"])
    assert (user.language, user.theme) == ("en", "dark")
    assert 'data-theme="dark"' in response.text
    assert '<html lang="en"' in response.text
    assert "Saved." in response.text
    assert AuditEntry.objects.for_system("the trace").filter(action="preferences.saved").exists()


def test_a_stranger_keeps_them_in_the_browser(db):
    client = Client()
    client.post(URL, {"language": "en", "theme": "light"})
    response = client.get("/")
    assert client.cookies[THEME_COOKIE]["httponly"]
    assert 'data-theme="light"' in response.text
    assert '<html lang="en"' in response.text


def test_the_first_visit_is_in_swedish_and_follows_the_device(db):
    response = Client().get("/")
    assert '<html lang="sv" data-theme="system"' in response.text


def test_a_forged_cookie_does_not_reach_the_page(db):
    client = Client()
    client.cookies[THEME_COOKIE] = '"><script>'
    assert 'data-theme="system"' in client.get("/").text


def test_what_is_wrong_is_said_at_the_top_and_at_the_field(client_in):
    response = client_in("safety_coordinator").post(URL, {"language": "xx", "theme": "dark"})
    assert response.status_code == 400
    assert "error-summary" in response.text
    assert "field__error" in response.text


def test_one_persons_choice_is_not_anothers(world, client_in):
    client_in("safety_coordinator").post(URL, {"language": "en", "theme": "dark"})
    outsider = client_in("safety_coordinator", world.kristinehamn)
    assert 'data-theme="system"' in outsider.get("/").text
