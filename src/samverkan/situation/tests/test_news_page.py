"""The police's news: read, never counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from .factories import MONDAY_MORNING, make_news

URL = reverse("situation:news")


@pytest.fixture
def news(world):
    """One item of the municipality, one of the county, one of nobody knows where."""
    make_news(1, summary="I Storfors", municipality=world.storfors_municipality, county_code="17")
    make_news(2, summary="I länet", county_code="17")
    make_news(3, summary="Någonstans")


def test_it_says_that_it_is_news_and_not_statistics(client_in):
    assert "nyheter, inte statistik" in client_in("safety_coordinator").get(URL).text


@pytest.mark.parametrize(
    ("reach", "shown"),
    [
        ("municipality", {"I Storfors"}),
        ("county", {"I Storfors", "I länet"}),
        ("all", {"I Storfors", "I länet", "Någonstans"}),
    ],
)
def test_it_is_chosen_how_near(news, client_in, reach, shown):
    text = client_in("safety_coordinator").get(URL, {"omfang": reach}).text
    assert {words for words in ("I Storfors", "I länet", "Någonstans") if words in text} == shown


def test_each_item_says_how_well_its_place_is_known(news, client_in):
    text = client_in("safety_coordinator").get(URL, {"omfang": "all"}).text
    assert "någonstans i länet" in text
    assert "okänd plats" in text


def test_items_that_an_import_took_back_are_not_shown(client_in):
    make_news(1, summary="Borttagen", county_code="17", is_current=False)
    assert "Borttagen" not in client_in("safety_coordinator").get(URL, {"omfang": "all"}).text


def test_older_news_are_on_the_next_page(client_in):
    for number in range(41):
        make_news(
            number,
            county_code="17",
            summary=f"Nummer {number:02}",
            published_at=MONDAY_MORNING - timedelta(hours=number),
        )
    coordinator = client_in("safety_coordinator")
    assert "Nummer 40" not in coordinator.get(URL).text
    assert "Nummer 40" in coordinator.get(URL, {"sida": "2"}).text
    assert "Inga äldre nyheter" in coordinator.get(URL, {"sida": "3"}).text


def test_a_stranger_is_sent_to_sign_in(news, client):
    assert client.get(URL).status_code == 302
