"""An older version comes back as a new one: nothing is taken away, and the history says it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from samverkan.agreements.models import AgreementVersion
from samverkan.agreements.services import signing, writing
from samverkan.platform.accounts.models import User

pytestmark = pytest.mark.django_db
KEY = "frame:purposes"


@pytest.fixture
def draft(players):
    """Version 1 from the template, 2 says Först, 3 says Sedan; shared with the other parties."""
    agreement = players.begin()
    writer = players("storfors")
    writing.share_agreement(writer, agreement.ref)
    for number, text in ((1, "Först."), (2, "Sedan.")):
        writing.edit_section(writer, agreement.ref, KEY, text, based_on=number)
    return agreement


def browser(players, name: str) -> Client:
    client = Client()
    user = User.objects.get(pk=players(name).user_id)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def texts(agreement) -> dict[int, str]:
    rows = AgreementVersion.objects.for_system("test").filter(agreement=agreement)
    return {row.number: row.texts.get(KEY, "") for row in rows}


def page(name: str, *values: object) -> str:
    return reverse(f"agreements:{name}", args=values)


def test_the_old_text_becomes_a_version_of_its_own(players, draft):
    before = texts(draft)
    client = browser(players, "storfors")
    assert page("restore", draft.ref, 2) in client.get(page("history", draft.ref)).text
    shown = client.get(page("restore", draft.ref, 2)).text
    assert "<ins>Först" in shown
    assert "<del>Sedan" in shown
    text = client.post(page("restore", draft.ref, 2), {"based_on": 3}, follow=True).text
    assert "Version 2 är återtagen som version 4" in text
    assert texts(draft) == {**before, 4: "Först."}
    draft.refresh_from_db()
    assert draft.purposes == "Först."
    assert "Återtagen från version 2:" in client.get(page("history", draft.ref)).text


def test_what_somebody_wrote_meanwhile_is_shown_before_anything_is_brought_back(players, draft):
    writing.edit_section(players("police"), draft.ref, KEY, "Polisens ord.", based_on=3)
    client = browser(players, "storfors")
    text = client.post(page("restore", draft.ref, 2), {"based_on": 3}).text
    assert "Någon sparade en ny text medan du läste" in text
    assert "Polisens" in text
    assert max(texts(draft)) == 4


@pytest.mark.parametrize("seen", ["", "abc", "99999999", "-1"])
def test_a_strange_number_brings_nothing_back(players, draft, seen):
    client = browser(players, "storfors")
    assert client.post(page("restore", draft.ref, 2), {"based_on": seen}).status_code == 200
    assert max(texts(draft)) == 3


def test_another_municipalitys_annex_stays_as_it_is(players, draft):
    annex = "1781:problems"
    writing.edit_section(players("kristinehamn"), draft.ref, annex, "Deras.", based_on=3)
    shown = browser(players, "storfors").get(page("restore", draft.ref, 3)).text
    assert "skriver dem: Bilaga: Kristinehamn" in shown
    with pytest.raises(ValidationError):
        writing.restore_version(players("storfors"), draft.ref, 3, based_on=4)
    writing.restore_version(players("storfors"), draft.ref, 2, based_on=4)
    latest = AgreementVersion.objects.for_system("test").filter(agreement=draft).first()
    assert latest.texts[annex] == "Deras."
    assert latest.texts[KEY] == "Först."


def test_only_a_draft_and_only_an_earlier_version_comes_back(players, draft):
    client = browser(players, "storfors")
    for number in (3, 99):
        assert client.get(page("restore", draft.ref, number)).status_code == 404
    writing.edit_section(players("storfors"), draft.ref, "frame:areas", "Allt.", based_on=3)
    signing.send_for_signature(players("storfors"), draft.ref)
    assert client.get(page("restore", draft.ref, 2)).status_code == 404
    with pytest.raises(writing.NotADraftError):
        writing.restore_version(players("storfors"), draft.ref, 2, based_on=4)


def test_who_may_only_read_brings_nothing_back(players, world, draft):
    user, _function = world.holder("community_police", world.police)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(page("restore", draft.ref, 2)).status_code == 403
    assert "Ta tillbaka" not in client.get(page("history", draft.ref)).text
