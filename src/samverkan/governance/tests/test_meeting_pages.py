"""The pages: starting a group, the agenda, meeting mode, minutes, papers."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from samverkan.governance.models import Decision, Group, MinutesVersion, PointNote
from samverkan.governance.services import minutes

pytestmark = pytest.mark.django_db


def client_of(room, key):
    client = Client()
    client.force_login(room.people[key][0], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def going(est_room):
    """A meeting that goes on now, as the browser's clock has it."""
    return est_room.ongoing(timezone.now() - timedelta(minutes=5))


def mode(meeting, point=1):
    return f"/grupper/moten/{meeting.ref}/lage/?punkt={point}"


def sent(go, **fields):
    return {"go": go, "text": "", "based_on": "0", "kind": "decision", **fields}


DECISION = {
    "decision": "Byt lampor vid gången.",
    "due_on": "2099-01-01",
    "follow_up_on": "2099-02-01",
    "follow_up_how": "På mötet",
}


def test_the_agenda_is_built_with_one_press(est_room):
    meeting = est_room.planned(timezone.now() + timedelta(days=1))
    client = client_of(est_room, "coordinator")
    url = f"/grupper/moten/{meeting.ref}/dagordning/"
    assert "Dagordningen bygger sig själv" in client.get(url).text
    page = client.post(url, {"do": "build"}, follow=True).text
    assert "Dagordningen har 3 punkter" in page
    item = est_room.items(meeting)[0]
    client.post(url, {"do": "skip", "item": item.ref, "reason": "Tas sist"})
    assert "Tas sist" in client.get(url).text
    lacking = client.post(url, {"do": "add", "title": "", "paper_text": "Text som inte försvinner"})
    assert "Text som inte försvinner" in lacking.text


def test_meeting_mode_shows_one_point_large_with_its_keys(est_room, going):
    page = client_of(est_room, "coordinator").get(mode(going)).text
    assert '<h1 class="mode__title">Nästa möte</h1>' in page
    assert "Punkt 1 av 3" in page
    assert page.count("<kbd>") >= 6
    assert 'data-key="ArrowRight"' in page


def test_going_on_keeps_what_was_noted(est_room, going):
    client = client_of(est_room, "coordinator")
    response = client.post(mode(going), sent("next", text="Vi ses om två veckor."))
    assert response.url.endswith("punkt=2")
    assert PointNote.objects.for_system("test").get().text == "Vi ses om två veckor."
    assert client.post(mode(going, 2), sent("to-3")).url.endswith("punkt=3")
    assert client.post(mode(going, 2), sent("attendance")).url.endswith("/narvaro/")


def test_a_begun_decision_is_not_lost_by_going_on(est_room, going):
    client = client_of(est_room, "coordinator")
    page = client.post(mode(going), sent("next", text="Not.", **DECISION)).text
    assert "Du har börjat på ett beslut" in page
    assert "Byt lampor vid gången." in page
    assert PointNote.objects.for_system("test").get().text == "Not."


def test_a_decision_is_refused_at_its_field_with_everything_kept(est_room, going):
    client = client_of(est_room, "coordinator")
    typed = {**DECISION, "kind": "assignment", "follow_up_how": ""}
    page = client.post(mode(going), sent("decide", text="En not.", **typed)).text
    assert "Skriv hur det följs upp." in page
    assert "Byt lampor vid gången." in page
    assert "En not." in page
    assert not Decision.objects.for_system("test").exists()
    whole = {**typed, "follow_up_how": "Mötet", "function_ref": est_room.ref("school")}
    response = client.post(mode(going), sent("decide", text="En not.", based_on="1", **whole))
    assert response.status_code == 302
    assert "Byt lampor vid gången." in client.get(response.url).text
    assert Decision.objects.for_system("test").get().result_ref


def test_two_at_the_same_note_see_both_and_the_decision_stays(est_room, going):
    first, second = client_of(est_room, "coordinator"), client_of(est_room, "officer")
    first.post(mode(going), sent("note", text="Den enas ord."))
    response = second.post(mode(going), sent("note", text="Den andras ord.", decision="Halvt"))
    assert response.status_code == 409
    for words in ("Den enas ord.", "Den andras ord.", "Halvt"):
        assert words in response.text
    assert "<del>enas</del><ins>andras</ins>" in response.text


def test_a_person_in_the_note_is_told_at_the_field(est_room, going):
    page = client_of(est_room, "coordinator").post(
        mode(going), sent("next", text="Ring 070-123 45 67")
    )
    assert "Detta pekar ut en person" in page.text
    assert "Ring 070-123 45 67</textarea>" in page.text


def test_hostile_text_is_text(est_room, going):
    client = client_of(est_room, "coordinator")
    client.post(mode(going), sent("note", text="<script>alert(1)</script>"))
    assert "<script>alert" not in client.get(mode(going)).text
    assert client.get(f"/grupper/moten/{going.ref}/lage/?punkt=99999999999").status_code == 200
    assert client.post(mode(going), sent("to-99999999999999")).status_code == 302
    assert client.post(mode(going), {"go": "next"}).status_code == 200


def test_the_meeting_ends_with_minutes_to_read_and_adjust(est_room, going):
    client = client_of(est_room, "coordinator")
    end = f"/grupper/moten/{going.ref}/avsluta/"
    page = client.post(end, {"adjusters": [est_room.ref("coordinator")]}, follow=True).text
    assert "väntar på justering" in page
    assert "Protokollet stämmer" in page
    done = client.post(f"/grupper/moten/{going.ref}/justera/", {"version": "1"}, follow=True).text
    assert "justerat och låst" in done
    stale = client.post(f"/grupper/moten/{going.ref}/justera/", {"version": "x"})
    assert stale.status_code in (302, 403)


def test_the_minutes_are_mended_with_both_texts_in_sight(est_room):
    meeting = est_room.ended(timezone.now() - timedelta(hours=2), adjusters=("coordinator",))
    item = est_room.items(meeting)[0]
    url = f"/grupper/moten/{meeting.ref}/protokoll/{item.ref}/skriv/"
    client = client_of(est_room, "coordinator")
    client.post(url, {"text": "Den enas ord.", "based_on": "0"})
    response = client.post(url, {"text": "Den andras ord.", "based_on": "0"})
    assert response.status_code == 409
    assert "Den enas ord." in response.text
    assert "Den andras ord.</textarea>" in response.text
    assert MinutesVersion.objects.for_system("test").count() == 2


def test_attendance_is_marked_and_counted(council_room):
    meeting = council_room.ongoing(timezone.now() - timedelta(minutes=5), marked="")
    client = client_of(council_room, "coordinator")
    url = f"/grupper/moten/{meeting.ref}/narvaro/"
    assert "0 av 4 platser är fyllda; det krävs 3" in client.get(url).text
    refs = council_room.seat_refs(meeting)
    client.post(url, {f"seat-{ref}": "present" for ref in refs[:3]})
    assert "3 av 4 närvarande" in client.get(mode(meeting)).text
    wrong = client.post(url, {f"seat-{refs[0]}": "asleep"})
    assert wrong.status_code == 200


def pdf_pages(response):
    assert response["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(response.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return [page.extract_text() for page in reader.pages]


def test_the_papers_are_one_pdf_with_each_paper_on_its_page(est_room):
    meeting = est_room.planned(timezone.now() + timedelta(days=1))
    client = client_of(est_room, "coordinator")
    url = f"/grupper/moten/{meeting.ref}/dagordning/"
    client.post(url, {"do": "build"})
    client.post(
        url,
        {
            "do": "add",
            "title": "Ljusfesten",
            "paper_title": "Plan inför festen",
            "paper_text": "Två rundor.",
        },
    )
    pages = pdf_pages(client.get(f"/grupper/moten/{meeting.ref}/fil/handlingar/"))
    assert len(pages) == 3
    assert "Plan inför festen" in pages[0]
    assert "3" in pages[0].split("Plan inför festen")[1]
    assert "Två rundor." in pages[2]
    for kind, words in (("kallelse", "Kallade"), ("dagordning", "Ljusfesten")):
        assert words in "".join(pdf_pages(client.get(f"/grupper/moten/{meeting.ref}/fil/{kind}/")))
    assert client.get(f"/grupper/moten/{meeting.ref}/fil/protokoll/").status_code == 404
    assert client.get(f"/grupper/moten/{meeting.ref}/fil/annat/").status_code == 404


def test_the_minutes_are_a_pdf_in_both_languages(est_room):
    meeting = est_room.ended(timezone.now() - timedelta(hours=2), adjusters=("coordinator",))
    client = client_of(est_room, "coordinator")
    url = f"/grupper/moten/{meeting.ref}/fil/protokoll/"
    assert "Protokollet är inte justerat ännu" in "".join(pdf_pages(client.get(url)))
    minutes.approve_minutes(est_room.actor("coordinator"), meeting.ref, 1)
    english = "".join(pdf_pages(client.get(f"{url}?language=en")))
    assert "Adjusted and locked" in english


def test_a_council_with_a_chair_from_the_police_is_refused_with_the_laws_words(world, client_in):
    police, official = (
        world.function("police_area_chief", world.police),
        world.function("council_official"),
    )
    client = client_in("administrator")
    typed = {
        "name": "Rådet",
        "seats": [police.ref, official.ref],
        "chair": police.ref,
        "rhythm": "when_needed",
        "meets_at": "14:00",
        "minutes_long": "120",
    }
    page = client.post("/grupper/ny/council/?kommun=1760", typed).text
    assert "Rådet leds av kommunen (lag 2023:196, 10 §)" in page
    assert 'value="Rådet"' in page
    assert not Group.objects.for_system("test").exists()
    outside = client_in("council_politician").post("/grupper/ny/council/?kommun=1760", typed)
    assert outside.status_code == 403
    assert client.get("/grupper/ny/council/?kommun=1781").status_code == 404
    assert client.get("/grupper/ny/nothing/").status_code == 404


def test_seats_are_added_changed_and_ended_in_the_web(est_room):
    client = client_of(est_room, "coordinator")
    base = f"/grupper/{est_room.group.ref}/platser/"
    fields = {"function_ref": est_room.ref("chief"), "role": "official", "position": "Kommunchef"}
    assert client.post(f"{base}ny/", fields).status_code == 302
    assert "Kommunchef" in client.get(base).text
    chair = {**fields, "is_chair": "on"}
    assert client.post(f"{base}{est_room.ref('chief')}/", chair).status_code == 302
    page = client.post(f"{base}{est_room.ref('chief')}/", {"end": "1"}).text
    assert "Välj en ordförande" in page
    wrong = {**fields, "valid_from": "2027-01-01", "valid_to": "2026-01-01"}
    assert "field--error" in client.post(f"{base}{est_room.ref('chief')}/", wrong).text


@pytest.mark.parametrize(
    "rest", ["", "dagordning/", "lage/", "narvaro/", "avsluta/", "protokoll/", "fil/kallelse/"]
)
def test_an_outsider_finds_none_of_a_meetings_pages(est_room, going, client_in, rest):
    url = f"/grupper/moten/{going.ref}/{rest}"
    neighbour = client_in("safety_coordinator", est_room.world.kristinehamn)
    assert neighbour.get(url).status_code == 404
    assert Client().get(url).status_code == 302
    assert client_in("reporter", est_room.world.school).get(url).status_code == 403
