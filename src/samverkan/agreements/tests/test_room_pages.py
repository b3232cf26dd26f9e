"""The pages as people use them: draft, comment, sign, share, follow, promise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from samverkan.agreements.models import (
    Agreement,
    AgreementParty,
    ClauseProposal,
    Pledge,
    SharingClause,
)
from samverkan.agreements.selectors import published_pledges
from samverkan.agreements.services import signing, writing
from samverkan.platform.access.actor import anonymous
from samverkan.platform.accounts.models import User
from tests.world import NOW

from .cast import fresh

TODAY = date.today()  # noqa: DTZ011  the pages ask the clock


def page(name: str, *values: object) -> str:
    return reverse(f"agreements:{name}", args=values)


@pytest.fixture
def as_player(players):
    """`as_player("police")`: that player's browser."""

    def sign_in(name: str) -> Client:
        client = Client()
        user = User.objects.get(pk=players(name).user_id)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def test_a_draft_is_begun_with_parties_and_a_period(players, as_player, world):
    answers = {
        "title": "Ny ram",
        "parties": [world.police.ref],
        "valid_from": "2027-01-01",
        "valid_to": "2031-01-01",
    }
    text = as_player("storfors").post(page("new"), answers, follow=True).text
    assert "Utkastet är påbörjat från mallen" in text
    assert "Det som lagen minst kräver är inte skrivet" in text


def test_a_backward_period_is_said_at_its_field(players, as_player, world):
    answers = {
        "title": "Ny ram",
        "parties": [world.police.ref],
        "valid_from": "2027-01-01",
        "valid_to": "2026-01-01",
    }
    text = as_player("storfors").post(page("new"), answers).text
    assert "Sista dagen måste komma efter den första" in text
    assert "Ny ram" in text


def test_two_writers_see_both_texts_and_lose_none(players, as_player):
    agreement = players.begin()
    writing.share_agreement(players("storfors"), agreement.ref)
    address = page("section", agreement.ref, "frame", "purposes")
    as_player("police").post(address, {"text": "Polisens ord", "based_on": 1})
    text = as_player("storfors").post(address, {"text": "Våra ord", "based_on": 1}).text
    assert "Någon annan skrev här" in text
    assert "Polisens ord" in text
    assert "Våra ord" in text
    text = (
        as_player("storfors")
        .post(address, {"text": "Våra och polisens ord", "based_on": 2}, follow=True)
        .text
    )
    assert "Sparat som version 3" in text


def test_a_difference_is_read_word_by_word(players, as_player):
    agreement = players.begin()
    players.write_minimum(agreement)
    text = as_player("storfors").get(page("changes", agreement.ref, 3)).text
    assert "<ins>Text 2.</ins>" in text
    assert as_player("storfors").get(page("changes", agreement.ref, 99)).status_code == 404


def test_a_hostile_text_is_text(players, as_player):
    agreement = players.begin()
    address = page("section", agreement.ref, "frame", "purposes")
    hostile = "<script>alert(1)</script>"
    text = as_player("storfors").post(address, {"text": hostile, "based_on": 1}, follow=True).text
    assert "&lt;script&gt;alert(1)" in text
    assert hostile not in text


def test_a_comment_is_answered_and_stays(players, as_player):
    agreement = players.begin()
    writing.share_agreement(players("storfors"), agreement.ref)
    values = (agreement.ref, "frame", "areas")
    text = as_player("police").post(page("comment", *values), {"comment": "Och trafik?"}).text
    said = agreement.comments.model.objects.for_system("test").get()
    assert text == ""
    as_player("storfors").post(page("answer", agreement.ref, said.ref), {"answer": "Ja."})
    text = as_player("police").get(page("section", *values)).text
    assert "Och trafik?" in text
    assert "Ja." in text


def test_signing_on_the_page(players, as_player):
    agreement = players.for_signature()
    client = as_player("police")
    document = signing.document_to_sign(players("police"), agreement)
    address = page("sign", agreement.ref)
    assert document.sha256 in client.get(address).text
    answers = {"name": "Chefen", "method": "typed", "document": document.ref}
    assert "Läs dokumentet och bekräfta det" in client.post(address, answers).text
    bad = {**answers, "has_read": "on", "method": "drawn", "drawing": "{["}
    assert "Rita ditt namn" in client.post(address, bad).text
    text = client.post(address, {**answers, "has_read": "on"}, follow=True).text
    assert "Du har skrivit under för Lokalpolisområde Kristinehamn" in text
    assert client.get(address).status_code == 404


def test_opening_again_says_whose_signatures_become_void(players, as_player):
    agreement = players.for_signature()
    players.sign(agreement, "police")
    client = as_player("storfors")
    address = page("take_back", agreement.ref)
    assert "Namn police" in client.get(address).text
    text = client.post(address, {"reason": "Ett fel"}, follow=True).text
    assert "Ingen underskrift gäller" in text
    assert "Ett fel" in client.get(page("history", agreement.ref)).text


def test_the_law_stops_what_is_not_complete(players, as_player):
    agreement = players.begin()
    text = as_player("storfors").post(page("send", agreement.ref)).text
    assert "Den kan inte skickas än" in text
    assert fresh(agreement).state == "draft"


def test_a_clause_needs_both_ends_and_is_closed_by_the_giver_at_once(players, as_player, world):
    values = {
        "giver": world.storfors.ref,
        "receiver": world.police.ref,
        "information": "incidents",
        "detail": "detail",
    }
    address = page("sharing", world.agreement.ref)
    as_player("police").post(address, values)
    proposal = ClauseProposal.objects.for_system("test").get()
    assert not grants(world)
    refused = as_player("police").post(page("clause_accept", world.agreement.ref, proposal.ref))
    assert refused.status_code == 302
    assert not grants(world)
    outsider = as_player("kristinehamn").post(
        page("clause_accept", world.agreement.ref, proposal.ref)
    )
    assert outsider.status_code == 403
    as_player("storfors").post(page("clause_accept", world.agreement.ref, proposal.ref))
    assert len(grants(world)) == 1
    clause = SharingClause.objects.for_system("test").get()
    revoke = page("clause_revoke", world.agreement.ref, clause.ref)
    assert as_player("police").post(revoke).status_code == 403
    as_player("storfors").post(revoke)
    assert not grants(world)
    again = as_player("storfors").post(
        page("clause_accept", world.agreement.ref, proposal.ref), follow=True
    )
    assert "redan besvarat" in again.text


def grants(world):
    from django.utils import timezone

    from samverkan.agreements.selectors import grants_to_party

    return grants_to_party(world.police.pk, timezone.now())


def test_the_clauses_of_a_draft_share_nothing(players, as_player, world):
    agreement = players.begin()
    values = {
        "giver": world.storfors.ref,
        "receiver": world.police.ref,
        "information": "incidents",
        "detail": "detail",
    }
    as_player("storfors").post(page("sharing", agreement.ref), values)
    assert SharingClause.objects.for_system("test").filter(agreement=agreement).exists()
    assert not grants(world)


def test_a_commitment_is_followed_to_its_outcome(players, as_player):
    from samverkan.agreements.models import Commitment, CommitmentEvent
    from samverkan.agreements.services.commitments import Promise, add_commitment

    agreement = players.begin(first=TODAY - timedelta(days=60), last=None)
    players.write_minimum(agreement)
    writer = players("storfors")
    made = add_commitment(
        writer,
        agreement.ref,
        Promise(
            "frame", "EST-möten", "Tjugo möten", "Antal", writer.function_ref,
            TODAY - timedelta(days=5), ["meetings_held", "unknown"],
        ),
    )  # fmt: skip
    signing.send_for_signature(writer, agreement.ref)
    for name in players.actors:
        players.sign(agreement, name)
    address = page("commitment", made.ref)
    client = as_player("storfors")
    assert "Försenat" in client.get(address).text
    assert "0 möten hållna" in client.get(address).text
    without = {"event": "move_date", "text": "Sjukdom"}
    assert "Ett skäl och ett datum framåt." in client.post(address, without).text
    moved = {**without, "due_on": (TODAY + timedelta(days=30)).isoformat()}
    assert "På väg" in client.post(address, moved, follow=True).text
    client.post(address, {"event": "fulfil", "text": "Tjugotvå möten."})
    text = client.get(address).text
    assert "Uppfyllt" in text
    assert "Tjugotvå möten." in text
    assert as_player("kristinehamn").post(address, moved).status_code == 403
    events = CommitmentEvent.objects.for_system("test").values_list("event", flat=True)
    assert list(events) == ["fall_late", "move_date", "fulfil"]
    assert Commitment.objects.for_system("test").get().evidence_kinds == ["meetings_held"]


@pytest.fixture
def pledge_answers(world, players):
    return {
        "municipality": "1760",
        "title": "Tryggare väg till bussen",
        "area": "Busstorget",
        "promised": "Kommunen lagar belysningen inom en vecka.",
        "measured_by": "Dagar till lagning",
        "valid_from": (TODAY - timedelta(days=30)).isoformat(),
        "valid_to": (TODAY + timedelta(days=30)).isoformat(),
        "responsible": [players("police").function_ref],
    }


def test_a_pledge_from_draft_to_what_inhabitants_are_told(players, as_player, pledge_answers):
    client = as_player("storfors")
    client.post(page("pledge_new"), pledge_answers)
    pledge = Pledge.objects.for_system("test").get()
    assert published_pledges(anonymous(NOW), "1760") == []
    assert as_player("kristinehamn").get(page("pledge", pledge.ref)).status_code == 404
    client.post(page("pledge_turn", pledge.ref), {"event": "promise"})
    done = {"on": TODAY.isoformat(), "text": "Två stolpar är bytta."}
    as_player("police").post(page("pledge_done", pledge.ref), done)
    assert as_player("kristinehamn").post(page("pledge_done", pledge.ref), done).status_code == 403
    text = client.post(page("pledge_turn", pledge.ref), {"event": "keep"}).text
    assert "Resultatet och vad invånarna får veta." in text
    told = {"event": "keep", "result": "Sex dagar.", "feedback": "Vi höll det vi lovade."}
    client.post(page("pledge_turn", pledge.ref), told)
    (found,) = published_pledges(anonymous(NOW), "1760")
    assert found.state == "kept"
    assert found.result == "Vi höll det vi lovade."
    assert [deed.text for deed in found.done] == ["Två stolpar är bytta."]
    assert published_pledges(anonymous(NOW), "1781") == []


def test_a_pledge_names_nobody(players, as_player, pledge_answers):
    client = as_player("storfors")
    hard = {**pledge_answers, "promised": "Ring 070-174 06 35 om lampan."}
    text = client.post(page("pledge_new"), hard).text
    assert "Ta bort" in text
    assert "070-174 06 35" in text
    soft = {**pledge_answers, "promised": "Anders Karlsson lagar lampan."}
    text = client.post(page("pledge_new"), soft).text
    assert "kan peka ut en person" in text
    assert not Pledge.objects.for_system("test").exists()
    client.post(page("pledge_new"), {**soft, "is_confirmed": "on"})
    assert Pledge.objects.for_system("test").count() == 1


def test_a_pledge_that_lacks_something_is_not_promised(players, as_player, pledge_answers):
    client = as_player("storfors")
    client.post(page("pledge_new"), {**pledge_answers, "measured_by": ""})
    pledge = Pledge.objects.for_system("test").get()
    text = client.post(page("pledge_turn", pledge.ref), {"event": "promise"}).text
    assert "Vad, var, hur det mäts och vem som ansvarar." in text


@pytest.mark.parametrize(
    "name", ["facts", "share", "send", "history", "sharing", "commitment_new", "agreement"]
)
def test_a_party_that_is_none_finds_no_page(players, as_player, name):
    agreement = players.begin()
    writing.share_agreement(players("storfors"), agreement.ref)
    AgreementParty.objects.for_system("test").filter(
        agreement=agreement, organisation_id=players("kristinehamn").party_id
    ).delete()
    assert as_player("kristinehamn").get(page(name, agreement.ref)).status_code == 404
    assert as_player("storfors").get(page(name, agreement.ref)).status_code == 200


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_text_is_taken_out_as_a_file(players, as_player, kind):
    agreement = players.begin()
    answer = as_player("storfors").get(page("download", agreement.ref, kind))
    assert answer.content[:2] in {b"%P", b"PK"}
    assert as_player("storfors").get(page("download", agreement.ref, "exe")).status_code == 404


def test_renewal_and_notice_on_the_page(players, as_player, world):
    client = as_player("storfors")
    ends = (TODAY + timedelta(days=400)).isoformat()
    text = client.post(
        page("notice", world.agreement.ref),
        {"ends_on": ends, "reason": "Ny indelning"},
        follow=True,
    ).text
    assert "Uppsägningen är gjord" in text
    first = TODAY + timedelta(days=10)
    text = client.post(
        page("renew", world.agreement.ref), {"valid_from": first.isoformat()}, follow=True
    ).text
    assert "En efterträdare är påbörjad" in text
    assert Agreement.objects.for_system("test").filter(renews=world.agreement).count() == 1


def test_the_overview_says_what_awaits_a_signature(players, as_player):
    players.for_signature()
    assert "väntar på din underskrift" in as_player("police").get("/").text
