"""No person in an agenda: points of one's own, papers, and why a point is left out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samverkan.governance.services import agenda
from samverkan.governance.services.common import FieldError

pytestmark = pytest.mark.django_db

REFUSED = "Ring 070-123 45 67"
ASKED = "En 16-årig pojke på moped"


@pytest.fixture
def before(est_room):
    """A meeting with its agenda built, some days ahead."""
    meeting = est_room.planned(timezone.now() + timedelta(days=3))
    agenda.build_agenda(est_room.actor("coordinator"), meeting.ref)
    return meeting


@pytest.fixture
def client(est_room):
    browser = Client()
    browser.force_login(
        est_room.people["coordinator"][0], backend="django.contrib.auth.backends.ModelBackend"
    )
    return browser


def texts_of(room, meeting) -> str:
    return " ".join(
        f"{each.title} {each.paper_title} {each.paper_text} {each.skipped_because}"
        for each in room.items(meeting)
    )


@pytest.mark.parametrize("field", ["title", "paper_title", "paper_text"])
def test_a_point_of_ones_own_with_a_person_in_it_is_refused_at_its_field(
    est_room, before, client, field
):
    typed = {"do": "add", "title": "Ljusfesten", "paper_title": "Plan", "paper_text": "Två rundor."}
    page = client.post(f"/grupper/moten/{before.ref}/dagordning/", {**typed, field: REFUSED})
    assert "Detta pekar ut en person" in page.text
    assert f'id="id_{field}_error"' in page.text
    assert REFUSED in page.text
    assert "Två rundor." in page.text or field == "paper_text"
    assert "070" not in texts_of(est_room, before)


def test_confirming_does_not_let_a_telephone_number_through(est_room, before, client):
    typed = {"do": "add", "title": REFUSED, "is_confirmed": "on"}
    client.post(f"/grupper/moten/{before.ref}/dagordning/", typed)
    assert "070" not in texts_of(est_room, before)


def test_what_may_point_out_a_person_is_asked_about_and_kept_when_answered(
    est_room, before, client
):
    url = f"/grupper/moten/{before.ref}/dagordning/"
    typed = {"do": "add", "title": "Mopeder", "paper_text": ASKED}
    page = client.post(url, typed)
    assert "Pekar detta ut en person" in page.text
    assert 'name="is_confirmed"' in page.text
    assert ASKED not in texts_of(est_room, before)
    client.post(url, {**typed, "is_confirmed": "on"})
    assert ASKED in texts_of(est_room, before)


def test_a_paper_is_guarded_and_its_page_says_that_files_are_not_taken(est_room, before, client):
    url = f"/grupper/moten/{before.ref}/dagordning/{est_room.items(before)[0].ref}/underlag/"
    assert "Filer kan inte bifogas" in client.get(url).text
    page = client.post(url, {"paper_title": "Läget", "paper_text": REFUSED})
    assert 'id="id_paper_text_error"' in page.text
    assert f"{REFUSED}</textarea>" in page.text
    assert client.post(url, {"paper_title": "Läget", "paper_text": ASKED}).status_code == 200
    assert "Läget" not in texts_of(est_room, before)
    client.post(url, {"paper_title": "Läget", "paper_text": ASKED, "is_confirmed": "on"})
    assert ASKED in texts_of(est_room, before)


def test_why_a_point_is_left_out_is_guarded_with_what_was_typed_in_its_place(
    est_room, before, client
):
    item = est_room.items(before)[0]
    url = f"/grupper/moten/{before.ref}/dagordning/"
    page = client.post(url, {"do": "skip", "item": item.ref, "reason": REFUSED})
    assert 'id="id_reason_error"' in page.text
    assert f'value="{REFUSED}"' in page.text
    assert "Skriv varför" in client.post(url, {"do": "skip", "item": item.ref, "reason": " "}).text
    assert not any(each.skipped_because for each in est_room.items(before))


def test_the_services_are_the_last_wall_whoever_calls(est_room, before):
    actor, item = est_room.actor("coordinator"), est_room.items(before)[0]
    with pytest.raises(FieldError, match="title"):
        agenda.add_point(actor, before.ref, REFUSED, is_confirmed=True)
    with pytest.raises(FieldError, match="paper_text"):
        agenda.set_paper(actor, before.ref, item.ref, "Läget", REFUSED, is_confirmed=True)
    with pytest.raises(FieldError, match="reason"):
        agenda.skip_point(actor, before.ref, item.ref, REFUSED, is_confirmed=True)
