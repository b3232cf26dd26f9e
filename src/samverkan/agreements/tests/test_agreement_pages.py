"""Agreements in words: what is shared with whom, until when, and what happens then."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from samverkan.agreements.models import Agreement, AgreementParty
from samverkan.agreements.pages import Standing, standing
from samverkan.agreements.words import SENTENCES, clause_sentence
from samverkan.platform.access.capabilities import Detail, Information

LIST = reverse("agreements:agreements")


def agreement_page(client, agreement):
    return client.get(reverse("agreements:agreement", args=[agreement.ref]))


@pytest.fixture
def outsider(world, client_in):
    """The coordinator of Kristinehamn, after Kristinehamn was never party to the agreement."""
    AgreementParty.objects.for_system("a party that never was").filter(
        organisation=world.kristinehamn
    ).delete()
    return client_in("safety_coordinator", world.kristinehamn)


def test_the_list_says_how_many_are_in_force(world, client_in):
    text = client_in("safety_coordinator").get(LIST).text
    assert "1 överenskommelse gäller" in text
    assert "Lokalpolisområde Kristinehamn" in text


def test_a_clause_is_a_sentence(world, client_in):
    world.share(Information.INCIDENTS, Detail.DETAIL, giver=world.storfors, receiver=world.police)
    text = agreement_page(client_in("safety_coordinator"), world.agreement).text
    assert (
        "Lokalpolisområde Kristinehamn får se EST-händelserna hos Storfors kommun i detalj." in text
    )


def test_a_clause_for_some_municipalities_says_which(world, client_in):
    clause = world.share(
        Information.INCIDENTS, Detail.DETAIL, giver=world.storfors, receiver=world.police
    )
    through = type(clause).municipalities.through
    through.objects.create(sharingclause=clause, municipality=world.storfors_municipality)
    text = agreement_page(client_in("safety_coordinator"), world.agreement).text
    assert "i detalj, bara i Storfors." in text


def test_a_clause_that_lets_nothing_through_says_why(world, client_in):
    clause = world.share(
        Information.INCIDENTS, Detail.DETAIL, giver=world.storfors, receiver=world.police
    )
    clause.revoked_on = date(2026, 1, 1)
    clause.save()
    text = agreement_page(client_in("safety_coordinator"), world.agreement).text
    assert "återkallad 2026-01-01" in text


def test_a_clause_to_a_party_that_has_left_is_closed(world, client_in):
    world.share(Information.INCIDENTS, Detail.DETAIL, giver=world.storfors, receiver=world.police)
    AgreementParty.objects.for_system("the police leave").filter(organisation=world.police).update(
        left_on=date(2026, 1, 1)
    )
    text = agreement_page(client_in("safety_coordinator"), world.agreement).text
    assert "en av parterna har lämnat" in text
    assert "lämnade 2026-01-01" in text


def test_an_ended_agreement_says_that_nothing_comes_through(world, client_in):
    world.share(Information.INCIDENTS, Detail.DETAIL, giver=world.storfors, receiver=world.police)
    world.agreement.terminated_on = date(2026, 1, 1)
    world.agreement.save()
    text = agreement_page(client_in("safety_coordinator"), world.agreement).text
    assert "Överenskommelsen upphörde 2026-01-01" in text
    assert "överenskommelsen gäller inte" in text


def test_an_outsider_finds_neither_the_list_nor_the_agreement(world, outsider):
    text = outsider.get(LIST).text
    assert "inte part i någon överenskommelse" in text
    assert agreement_page(outsider, world.agreement).status_code == 404


def test_a_reporter_is_refused(world, client_in):
    assert client_in("reporter", world.school).get(LIST).status_code == 403


def test_a_stranger_is_sent_to_sign_in(world, client):
    assert client.get(LIST).status_code == 302


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Standing.IN_FORCE),
        ({"signed_on": None}, Standing.UNSIGNED),
        ({"valid_from": date(2027, 1, 1)}, Standing.COMING),
        ({"valid_to": date(2027, 3, 1)}, Standing.ENDS_SOON),
        ({"valid_to": date(2026, 11, 23)}, Standing.ENDED),
        ({"terminated_on": date(2026, 11, 1), "valid_to": date(2030, 1, 1)}, Standing.ENDED),
    ],
)
def test_how_an_agreement_stands_on_a_day(changes, expected):
    values = {"signed_on": date(2020, 1, 1), "valid_from": date(2020, 1, 1), **changes}
    assert standing(Agreement(**values), date(2026, 11, 23)) is expected


def test_every_kind_of_clause_has_its_sentence():
    assert set(SENTENCES) == {(each, how) for each in Information for how in Detail}
    for information, detail in SENTENCES:
        sentence = clause_sentence("Givaren", "Mottagaren", information, detail, [])
        assert "Givaren" in sentence
        assert sentence.startswith("Mottagaren")


def test_an_agreement_that_ends_within_half_a_year_is_on_the_overview(world, client_in):
    world.agreement.valid_to = date.today() + timedelta(days=90)  # noqa: DTZ011
    world.agreement.save()
    text = client_in("safety_coordinator").get("/").text
    assert "En överenskommelse går snart ut" in text
