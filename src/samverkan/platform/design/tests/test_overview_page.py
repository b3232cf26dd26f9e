"""The first page: the overview for functions, plain words for strangers."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse


def test_a_stranger_sees_plain_words_and_where_to_sign_in(db):
    response = Client().get("/")
    assert response.status_code == 200
    assert reverse("account_login") in response.text
    assert 'class="side"' not in response.text


def test_a_function_sees_its_overview_and_its_doors(client_in):
    response = client_in("safety_coordinator").get("/")
    assert response.status_code == 200
    assert 'class="side"' in response.text
    assert "safety_coordinator Storfors kommun" in response.text
