"""The pages: each door with an outsider, bad input at its field, nothing typed lost."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from samverkan.plans.models import Plan, PlanFollowUp, PlanMeasure
from samverkan.plans.services.revising import begin_revision

from .room import FIRST, LAST

FACTS = {
    "municipality": "1760",
    "title": "Åtgärdsplan mot brott",
    "valid_from": "2027-01-01",
    "valid_to": "2029-01-01",
    "summary": "Ljus och närvaro.",
    "picture": "",
}
DECISION = {
    "body": "Kommunstyrelsen",
    "decided_on": "2026-11-22",
    "paragraph": "§ 118",
    "reference_number": "KS 2026/160",
}
WRITING = (
    "uppgifter/",
    "problem/",
    "problem/{problem}/",
    "problem/{problem}/atgard/",
    "atgard/{measure}/",
    "atgard/{measure}/ta-ut/",
    "foresla/",
)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def writer(client_in):
    return client_in("safety_coordinator")


def address(plan, rest=""):
    return f"/atgardsplan/{plan.ref}/{rest}"


def filled(room, plan, rest):
    content = room.content(plan)
    return address(
        plan, rest.format(problem=content.problems[0].ref, measure=content.measures[0].ref)
    )


def page(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def test_an_empty_list_says_what_to_do(world, client_in):
    shown = page(client_in("council_official"), "/atgardsplan/")
    assert "Det finns ingen åtgärdsplan att läsa än" in shown
    assert "klockan har inte börjat gå" in shown


def test_the_list_shows_what_holds_and_both_clocks(room, client_in):
    room.decided()
    shown = page(client_in("council_politician"), "/atgardsplan/")
    assert "1 åtgärdsplan gäller" in shown
    assert "ska uppdateras senast 2028-11-20" in shown
    assert "ska följas upp senast 2028-11-22" in shown
    assert "Skriv en åtgärdsplan" not in shown


def test_the_whole_way_from_nothing_to_a_decision(room, writer):
    response = writer.post("/atgardsplan/ny/", FACTS)
    plan = Plan.objects.for_system("test").get()
    assert response["Location"] == address(plan, "problem/")
    assert "Skadegörelse vid torget" in page(writer, address(plan, "problem/"))
    writer.post(address(plan, "problem/"), {"problems": [room.square.ref]})
    shown = page(writer, address(plan))
    assert "Bättre belysning" in shown
    assert "Planen hänvisar inte till någon beslutad lägesbild." in shown
    assert "Föreslå planen" not in page(writer, address(plan, "foresla/"))
    version = room.facts().picture_ref
    writer.post(address(plan, "uppgifter/"), {**FACTS, "picture": version, "edition": "1"})
    assert "Föreslå planen" in page(writer, address(plan, "foresla/"))
    writer.post(address(plan, "foresla/"))
    writer.post(address(plan, "besluta/"), DECISION)
    plan = room.again(plan)
    assert (plan.state, plan.decision_paragraph) == ("decided", "118")
    assert "Beslutad av Kommunstyrelsen 2026-11-22, § 118, KS 2026/160" in page(
        writer, address(plan)
    )


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "Detta fält"),
        ({"title": "x" * 161}, "160"),
        ({"valid_from": "i januari"}, "Skriv dagen som"),
        ({"valid_to": "2026-12-31"}, "Sista dagen måste komma efter den första."),
        ({"picture": "unknown"}, "unknown"),
        ({"municipality": "1781"}, "1781"),
        ({"summary": "Ring 070-123 45 67"}, "Ta bort ”070-123 45 67”"),
    ],
)
def test_bad_facts_come_back_with_everything_that_was_typed(room, writer, changed, words):
    response = writer.post("/atgardsplan/ny/", {**FACTS, **changed})
    shown = response.content.decode()
    assert response.status_code == 200
    assert words in shown
    assert "error-summary" in shown
    assert {**FACTS, **changed}["summary"] in shown
    assert not Plan.objects.for_system("test").exists()


def test_hostile_text_is_shown_as_text(room, writer):
    writer.post("/atgardsplan/ny/", {**FACTS, "title": "<script>alert(1)</script>"})
    plan = Plan.objects.for_system("test").get()
    shown = page(writer, address(plan))
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown


def test_a_doubt_about_a_person_is_asked_about_and_can_be_answered(room, writer):
    plan = room.begun()
    path = filled(room, plan, "atgard/{measure}/")
    sent = {"title": "Samtal med Anders Svensson", "edition": "1"}
    shown = writer.post(path, sent).content.decode()
    assert "kan peka ut en person" in shown
    assert 'type="checkbox" name="is_confirmed"' in shown
    assert writer.post(path, {**sent, "is_confirmed": "on"}).status_code == 302


@pytest.mark.parametrize("rest", ["uppgifter/", "problem/{problem}/", "atgard/{measure}/"])
def test_two_writers_see_both_texts_and_nothing_is_overwritten(room, writer, rest):
    plan = room.begun()
    path = filled(room, plan, rest)
    hers = {**FACTS, "title": "Hennes ord", "reason": "Hennes ord", "edition": "1"}
    mine = {**FACTS, "title": "Mina ord", "reason": "Mina ord", "edition": "1"}
    assert writer.post(path, hers).status_code == 302
    response = writer.post(path, mine)
    shown = response.content.decode()
    assert response.status_code == 409
    assert "Hennes ord" in shown
    assert "Mina ord" in shown
    assert 'name="edition" value="2"' in shown
    assert writer.post(path, {**mine, "edition": "2"}).status_code == 302


def test_measures_are_written_fetched_and_taken_out(room, writer):
    plan = room.begun()
    path = filled(room, plan, "problem/{problem}/atgard/")
    writer.post(path, {"title": "Fältare", "parties": "Polisen\nSkolan", "responsible": ""})
    made = PlanMeasure.objects.for_system("test").get(title="Fältare")
    assert made.parties == ["Polisen", "Skolan"]
    shown = page(writer, address(plan))
    assert "”Fältare” saknar ansvarig funktion." in shown
    assert writer.post(address(plan, f"atgard/{made.ref}/ta-ut/")).status_code == 302
    assert not PlanMeasure.objects.for_system("test").filter(title="Fältare").exists()
    fetched = writer.post(filled(room, plan, "problem/{problem}/hamta/"), follow=True)
    assert "Problemet har inga fler åtgärder." in fetched.content.decode()


def test_a_carried_measure_is_not_taken_out_without_a_word(room, writer):
    made = begin_revision(room.actor, room.decided().ref, FIRST, LAST)
    path = filled(room, made, "atgard/{measure}/ta-ut/")
    response = writer.post(path, {"fate": "dropped", "words": ""})
    assert response.status_code == 200
    writer.post(path, {"fate": "dropped", "words": "För dyrt."})
    shown = page(writer, address(made, "jamforelse/"))
    assert "För dyrt." in shown
    assert "Utgår" in shown


def test_a_follow_up_is_registered_with_a_word_on_each_measure(room, writer):
    plan = room.decided()
    path = address(plan, "folj-upp/")
    ref = room.content(plan).measures[0].ref
    assert "Bättre belysning" in page(writer, path)
    sent = {
        "followed_up_on": "2026-11-23",
        "body": "Kommunstyrelsen",
        "summary": "Torget är lugnare.",
        f"kind_{ref}": "done",
        f"words_{ref}": "",
    }
    refused = writer.post(path, sent).content.decode()
    assert "Skriv vad det blev av den, eller varför den upphörde." in refused
    assert "Torget är lugnare." in refused
    assert not PlanFollowUp.objects.for_system("test").exists()
    assert writer.post(path, {**sent, f"words_{ref}": "Klart."}).status_code == 302
    shown = page(writer, address(plan))
    assert "Uppföljning 2026-11-23" in shown
    assert "Klart." in shown


def test_a_plan_is_revised_ended_opened_and_discarded(room, writer):
    plan = room.decided()
    period = {"valid_from": "2027-01-01", "valid_to": "2029-01-01"}
    response = writer.post(address(plan, "revidera/"), period)
    made = Plan.objects.for_system("test").get(revises=plan)
    assert response["Location"] == address(made)
    assert (
        "revidering av planen är redan"
        in writer.post(address(plan, "revidera/"), period).content.decode()
    )
    assert writer.post(address(made, "kasta/")).status_code == 302
    assert writer.post(address(plan, "avsluta/"), {"reason": ""}).status_code == 200
    assert writer.post(address(plan, "avsluta/"), {"reason": "Ny indelning"}).status_code == 302
    proposed = room.proposed()
    writer.post(address(proposed, "oppna/"), {"reason": "Fel mål"})
    states = {each.state for each in Plan.objects.for_system("test")}
    assert states == {"ended", "discarded", "draft"}


def test_what_cannot_happen_in_the_state_has_no_page(room, writer):
    draft, plan = room.begun(), room.decided()
    for path in (
        address(draft, "besluta/"),
        address(draft, "folj-upp/"),
        address(draft, "avsluta/"),
    ):
        page(writer, path, 404)
    for rest in WRITING:
        page(writer, filled(room, plan, rest), 404)
    page(writer, address(plan, "jamforelse/"), 404)
    page(writer, address(plan, "fil/exe/"), 404)
    page(writer, "/atgardsplan/unknown/", 404)
    page(writer, address(draft, "atgard/unknown/"), 404)
    page(writer, address(draft, "problem/unknown/"), 404)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_plan_on_paper(room, client_in, kind):
    plan = room.decided()
    room.follow_up(plan, room.actor.at.date(), first="done")
    response = client_in("council_official").get(address(plan, f"fil/{kind}/"))
    assert response["Content-Disposition"] == f'attachment; filename="atgardsplan-1760-1.{kind}"'
    if kind == "pdf":
        reader = PdfReader(io.BytesIO(response.content))
        text = " ".join(page.extract_text() for page in reader.pages).replace("\n", " ")
        for words in ("Kommunstyrelsen", "KS 2026/160", "Bättre belysning", "Buller vid badet"):
            assert words in text
        assert reader.trailer["/Root"]["/Lang"] == "sv"


def test_readers_read_and_do_not_write(room, client_in):
    draft, plan = room.begun(), room.decided()
    for kind in ("council_politician", "council_official", "auditor"):
        reader = client_in(kind)
        shown = page(reader, address(plan))
        assert "Bättre belysning" in shown
        assert "Följ upp …" not in shown
        page(reader, address(draft), 404)
        page(reader, address(draft, "fil/pdf/"), 404)
        for rest in WRITING:
            page(reader, filled(room, draft, rest), 403)
        for rest in ("besluta/", "folj-upp/", "revidera/", "avsluta/", "oppna/"):
            page(reader, address(plan, rest), 403)
        for rest in ("kasta/", "avsluta/", "folj-upp/", "besluta/"):
            assert reader.post(address(plan, rest)).status_code == 403
    assert room.again(plan).state == "decided"


def test_outsiders_get_nothing(room, world, client_in, client):
    draft, plan = room.begun(), room.decided()
    neighbour = client_in("safety_coordinator", world.kristinehamn)
    police = client_in("police_area_chief", world.police)
    for rest in ("", "jamforelse/", "fil/pdf/"):
        page(neighbour, address(plan, rest), 404)
        page(police, address(plan, rest), 404)
        page(client_in("reporter"), address(plan, rest), 403)
        assert client.get(address(plan, rest)).status_code == 302
    for rest in WRITING:
        page(neighbour, filled(room, draft, rest), 404)
    for rest in ("folj-upp/", "revidera/", "avsluta/"):
        page(neighbour, address(plan, rest), 404)
    assert neighbour.post(address(draft, "kasta/")).status_code == 404
    assert neighbour.post(filled(room, draft, "problem/{problem}/hamta/")).status_code == 404
    assert plan.ref not in page(neighbour, "/atgardsplan/")
    assert room.again(draft).state == "draft"
