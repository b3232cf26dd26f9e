"""What may not be sent, and what is asked about."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samverkan.platform.audit.models import AuditEntry
from samverkan.situation.report_guard import Kind, hindering, judge

# Skatteverket's test number.
NUMBER = "19900118-9811"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"Det var {NUMBER} igen", Kind.PERSONNUMMER),
        ("Ring 070-174 06 05", Kind.PHONE),
        ("Skriv till nagon@example.test", Kind.EMAIL),
        ("Bilen hade ABC12D", Kind.PLATE),
    ],
)
def test_hard_patterns_cannot_be_confirmed_away(text, kind):
    (found,) = judge(text)
    assert found.kind is kind
    assert found.is_refused
    assert hindering((found,), {found.text}) == (found,)


def test_a_soft_finding_is_asked_about_and_can_be_answered():
    found = judge("16-årig pojke på moped vid kiosken")
    assert [each.is_refused for each in found] == [False]
    assert hindering(found, ()) == found
    assert hindering(found, {found[0].text}) == ()


def test_an_address_is_asked_about_and_in_a_home_refused():
    (outside,) = judge("Krossad ruta på Exempelgatan 12")
    assert (outside.kind, outside.is_refused) == (Kind.ADDRESS, False)
    (home,) = judge("Krossad ruta på Exempelgatan 12", is_home=True)
    assert home.is_refused


@pytest.mark.parametrize(
    "text", ["", "Klotter på fasaden vid biblioteket.", "Ungdomar i åldern 15-18 år samlades."]
)
def test_ordinary_texts_pass(text):
    assert judge(text) == ()


def test_the_live_check_answers_with_places_and_words_and_keeps_nothing(world, client_in):
    client = client_in("reporter", world.school)
    before = AuditEntry.objects.for_system("test").count()
    answer = client.post(reverse("situation:check_text"), {"text": f"Han heter {NUMBER}"})
    (found,) = answer.json()["found"]
    assert (found["start"], found["text"], found["may_confirm"]) == (10, NUMBER, False)
    assert "personnummer" in found["message"]
    assert AuditEntry.objects.for_system("test").count() == before


def test_the_live_check_stands_open_to_no_one_who_is_not_signed_in(client, world):
    answer = client.post(reverse("situation:check_text"), {"text": "hej"})
    assert answer.status_code == 302


def test_the_live_check_bears_anything(world, client_in):
    client = client_in("reporter", world.school)
    for text in ("", "\x00\ud7ff<script>", "a" * 100_000, "9" * 5_000):
        assert client.post(reverse("situation:check_text"), {"text": text}).status_code == 200
