"""The statement holds what the law (2018:1937, 13 §) and Digg ask for."""

from __future__ import annotations

import pytest
from django.urls import reverse

URL = reverse("accessibility")


@pytest.mark.parametrize(
    "required",
    [
        "Samverkan",
        "2018:1937",
        "delvis förenlig",
        "Innehåll som inte är tillgängligt",
        "Filer som någon har laddat upp",
        "Innehåll som lagen undantar",
        "oskäligt betungande",
        "2026-11-23",
        "axe",
        "https://www.digg.se/tdosanmalan",
    ],
)
def test_it_holds_every_required_part(db, client, required):
    assert required in client.get(URL).text


def test_the_contact_way_is_the_installations(db, client, settings):
    settings.ACCESSIBILITY_EMAIL = "tillganglighet@storfors.example"
    settings.ACCESSIBILITY_ACTOR = "Storfors kommun"
    text = client.get(URL).text
    assert "mailto:tillganglighet@storfors.example" in text
    assert "Storfors kommun" in text


def test_a_missing_contact_way_is_not_hidden(db, client):
    assert "Kontaktvägen är inte ifylld" in client.get(URL).text


def test_it_is_linked_from_every_page(client_in):
    assert URL in client_in("safety_coordinator").get("/om/").text


def test_about_says_what_it_is_and_is_not(db, client):
    text = client.get(reverse("about")).text
    assert "inget register över misstänkta" in text
    assert "EUPL-1.2" in text
