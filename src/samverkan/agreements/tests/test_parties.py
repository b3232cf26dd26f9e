"""Parties come and go in a draft; one that leaves an agreement in force takes its access along."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from samverkan.agreements.lives import AGREEMENT
from samverkan.agreements.models import AgreementEvent, AgreementParty, SharingClause
from samverkan.agreements.selectors import grants_to_party
from samverkan.agreements.services import parties, signing, writing
from samverkan.agreements.work_items import agreement_work
from samverkan.organisations.models import Organisation
from samverkan.platform.access.capabilities import Detail, Information
from samverkan.platform.accounts.models import User
from tests.world import OrganisationFactory

from .cast import fresh, moment

pytestmark = pytest.mark.django_db
DAY = date(2027, 6, 1)


@pytest.fixture
def prison(world) -> Organisation:
    return OrganisationFactory(name="Kriminalvården, frivård", kind=Organisation.Kind.POLICE)


def page(name: str, *values: object) -> str:
    return reverse(f"agreements:{name}", args=values)


def browser(players, name: str) -> Client:
    client = Client()
    user = User.objects.get(pk=players(name).user_id)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def bound(agreement) -> set[str]:
    rows = AgreementParty.objects.for_system("test").filter(agreement=agreement)
    return set(rows.values_list("organisation__name", flat=True))


def history(agreement) -> list[str]:
    rows = AgreementEvent.objects.for_system("test").filter(agreement=agreement)
    return list(rows.values_list("event", flat=True))


def test_a_party_joins_the_draft_and_another_goes(players, world, prison):
    agreement = players.begin()
    client = browser(players, "storfors")
    text = client.post(page("party_add", agreement.ref), {"party": prison.ref}, follow=True).text
    assert "Parten finns i utkastet" in text
    client.post(page("party_remove", agreement.ref, world.kristinehamn.ref))
    assert bound(agreement) == {world.storfors.name, world.police.name, prison.name}
    assert AGREEMENT.replay(history(agreement)) == "draft"
    text = client.get(page("history", agreement.ref)).text
    assert f"{prison.name} kom med i utkastet" in text
    assert f"{world.kristinehamn.name} gick ur utkastet" in text


def test_a_municipality_that_joins_gets_its_annex(players, world):
    agreement = players.begin()
    client = browser(players, "storfors")
    client.post(page("party_remove", agreement.ref, world.kristinehamn.ref))
    assert "Bilaga: Kristinehamn" not in client.get(page("agreement", agreement.ref)).text
    client.post(page("party_add", agreement.ref), {"party": world.kristinehamn.ref})
    assert "Bilaga: Kristinehamn" in client.get(page("agreement", agreement.ref)).text


def test_the_clauses_that_name_a_party_go_with_it(players, world, prison):
    agreement = players.begin()
    parties.add_party(players("storfors"), agreement.ref, prison.ref)
    ends = ((world.storfors, prison), (world.storfors, world.police))
    for giver, receiver in ends:
        SharingClause.objects.create(
            agreement=agreement,
            information=Information.INCIDENTS,
            detail=Detail.DETAIL,
            from_organisation=giver,
            to_organisation=receiver,
        )
    parties.remove_party(players("storfors"), agreement.ref, prison.ref)
    left = SharingClause.objects.for_system("test").get(agreement=agreement)
    assert left.to_organisation == world.police


def test_neither_the_beginner_nor_the_last_other_can_be_removed(players, world):
    agreement = players.begin()
    writer = players("storfors")
    for party in (world.storfors,):
        with pytest.raises(ValidationError):
            parties.remove_party(writer, agreement.ref, party.ref)
    parties.remove_party(writer, agreement.ref, world.kristinehamn.ref)
    with pytest.raises(ValidationError):
        parties.remove_party(writer, agreement.ref, world.police.ref)
    with pytest.raises(ValidationError):
        parties.add_party(writer, agreement.ref, world.police.ref)


def test_what_is_out_for_signature_keeps_its_parties(players, world, prison):
    agreement = players.for_signature()
    with pytest.raises(writing.NotADraftError):
        parties.add_party(players("storfors"), agreement.ref, prison.ref)
    with pytest.raises(writing.NotADraftError):
        parties.remove_party(players("storfors"), agreement.ref, world.police.ref)
    assert browser(players, "storfors").get(page("parties", agreement.ref)).status_code == 404


def test_an_outsider_meets_no_draft_and_no_door(players, world, prison):
    agreement = players.begin()
    user, _function = world.holder("safety_coordinator", OrganisationFactory(name="Annan kommun"))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(page("parties", agreement.ref)).status_code == 404
    assert client.post(page("party_add", agreement.ref), {"party": prison.ref}).status_code == 404
    assert client.get(page("leave", agreement.ref)).status_code == 404
    assert client.get(page("restore", agreement.ref, 1)).status_code == 404
    # A party whose draft is not shared with it is outside too.
    assert browser(players, "police").get(page("parties", agreement.ref)).status_code == 404


def test_only_the_chosen_function_signs_for_its_party(players, world):
    agreement = players.begin()
    players.write_minimum(agreement)
    politician = world.actor("council_politician")
    address = page("party_signatory", agreement.ref, world.storfors.ref)
    chosen = {f"{world.storfors.ref}-signatory": politician.function_ref}
    assert "Sparat" in browser(players, "storfors").post(address, chosen, follow=True).text
    signing.send_for_signature(players("storfors"), agreement.ref)
    with pytest.raises(signing.CannotSignError):
        players.sign(fresh(agreement), "storfors")
    refs = frozenset({politician.function_ref, players("storfors").function_ref})
    waiting = [item for item in agreement_work(politician, refs) if "sign" in item.key]
    assert {item.function_ref for item in waiting} == {politician.function_ref}
    players.actors["storfors"] = politician
    players.sign(fresh(agreement), "storfors")


def test_nobody_is_made_to_sign_who_may_not_or_for_another_party(players, world):
    agreement = players.begin()
    reporter = world.actor("reporter")
    chief = players("police")
    with pytest.raises(ValidationError):
        parties.choose_signatory(
            players("storfors"), agreement.ref, world.storfors.ref, reporter.function_ref
        )
    with pytest.raises(PermissionDenied):
        parties.choose_signatory(
            players("storfors"), agreement.ref, world.storfors.ref, chief.function_ref
        )


@pytest.fixture
def in_force(players, world):
    """Signed by three; Storfors shares with both others, and the police with Storfors."""
    agreement = players.signed()
    for giver, receiver in (
        (world.storfors, world.police),
        (world.storfors, world.kristinehamn),
        (world.police, world.storfors),
    ):
        SharingClause.objects.create(
            agreement=agreement,
            information=Information.INCIDENTS,
            detail=Detail.DETAIL,
            from_organisation=giver,
            to_organisation=receiver,
        )
    return agreement


def givers(receiver: Organisation, day: date) -> set[int]:
    return {grant.party_id for grant in grants_to_party(receiver.pk, moment(day))}


def test_what_the_party_was_allowed_stops_on_the_day_and_the_rest_goes_on(players, world, in_force):
    leaves = DAY + timedelta(days=30)
    parties.leave_agreement(players("police", DAY), in_force.ref, leaves, "Ny indelning")
    before = leaves - timedelta(days=1)
    assert givers(world.police, before) == {world.storfors.pk}
    assert givers(world.storfors, before) == {world.police.pk}
    assert givers(world.police, leaves) == set()
    assert givers(world.storfors, leaves) == set()
    assert givers(world.kristinehamn, leaves) == {world.storfors.pk}
    assert fresh(in_force).state in {"signed", "in_force"}
    assert AGREEMENT.replay(history(in_force)) == fresh(in_force).state


def test_whoever_has_left_changes_nothing_and_has_no_work_of_it(players, in_force):
    parties.leave_agreement(players("police", DAY), in_force.ref, DAY, "Ny indelning")
    after = players("police", DAY)
    with pytest.raises(PermissionDenied):
        parties.leave_agreement(after, in_force.ref, DAY, "Igen")
    assert not [
        item
        for item in agreement_work(after, frozenset({after.function_ref}))
        if in_force.ref in item.key
    ]


def test_leaving_needs_a_reason_a_signer_and_a_day_ahead(players, world, in_force):
    signer = players("police", DAY)
    for day, reason in ((DAY, " "), (DAY - timedelta(days=1), "x"), (date(2031, 1, 1), "x")):
        with pytest.raises(ValidationError):
            parties.leave_agreement(signer, in_force.ref, day, reason)
    officer = world.actor("community_police", world.police)
    with pytest.raises(PermissionDenied):
        parties.leave_agreement(officer, in_force.ref, DAY, "x")


def test_the_last_two_give_notice_instead_of_leaving(players, world, in_force):
    parties.leave_agreement(players("kristinehamn", DAY), in_force.ref, DAY, "x")
    with pytest.raises(ValidationError, match="Bara en part"):
        parties.leave_agreement(players("police", DAY), in_force.ref, DAY, "x")


def test_the_page_says_what_closes_and_keeps_what_was_typed(players, world):
    today = date.today()  # noqa: DTZ011  the pages ask the clock
    agreement = players.signed(today - timedelta(days=1), first=today - timedelta(days=30))
    SharingClause.objects.create(
        agreement=agreement,
        information=Information.INCIDENTS,
        detail=Detail.DETAIL,
        from_organisation=world.storfors,
        to_organisation=world.police,
    )
    client = browser(players, "police")
    text = client.get(page("leave", agreement.ref)).text
    assert "Detta stängs den dagen" in text
    assert "EST-händelser" in text
    text = client.post(
        page("leave", agreement.ref), {"left_on": "2020-01-01", "reason": "Ny indelning"}
    ).text
    assert "Dagen kan inte ligga bakåt i tiden" in text
    assert "Ny indelning" in text
    answers = {"left_on": today.isoformat(), "reason": "Ny indelning"}
    text = client.post(page("leave", agreement.ref), answers, follow=True).text
    assert f"lämnade {today.isoformat()}" in text
    assert client.get(page("leave", agreement.ref)).status_code == 404
