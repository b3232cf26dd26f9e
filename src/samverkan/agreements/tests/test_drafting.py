"""A draft: from the template, by several hands, without anybody's text being lost."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from samverkan.agreements.content import content_of
from samverkan.agreements.models import Agreement, AgreementVersion, SectionComment
from samverkan.agreements.rules import Collision
from samverkan.agreements.services import signing, writing
from samverkan.agreements.template import BRA, LAW, agreement_template, lacking
from samverkan.platform.audit.models import AuditEntry

from .cast import FIRST, LAST, fresh


def versions(agreement):
    return AgreementVersion.objects.for_system("test").filter(agreement=agreement)


def test_the_template_holds_the_laws_minimum_and_what_bra_lists():
    template = agreement_template()
    demanded = {each.key: each.demanded_by for each in (*template.frame, *template.annex)}
    assert {key for key, by in demanded.items() if by == LAW} == {"purposes", "areas"}
    brå = {"problems", "causes", "goals", "documentation", "follow_up", "term"}
    assert {key for key, by in demanded.items() if by == BRA} == brå
    assert "2023:196" in template.source


def test_a_frame_for_several_municipalities_has_an_annex_for_each(players):
    content = content_of(players("storfors"), players.begin())
    assert content.codes == ["1760", "1781"]
    assert "1760:problems" in lacking(content.texts, content.codes, BRA)
    assert "1781:problems" in lacking(content.texts, content.codes, BRA)


def test_a_draft_is_its_authors_until_it_is_shared(players):
    agreement = players.begin()
    seen = Agreement.objects.visible_to(players("police"))
    assert not seen.filter(pk=agreement.pk).exists()
    writing.share_agreement(players("storfors"), agreement.ref)
    assert seen.all().filter(pk=agreement.pk).exists()


def test_an_edit_is_a_new_version_and_keeps_the_laws_minimum_on_the_agreement(players):
    agreement = players.begin()
    players.write_minimum(agreement)
    assert fresh(agreement).purposes == "Text 1."
    assert fresh(agreement).areas == "Text 2."
    assert [row.number for row in versions(agreement)] == [3, 2, 1]
    assert versions(agreement).get(number=3).changed_sections == ["frame:areas"]


def test_the_same_text_again_is_no_new_version(players):
    agreement = players.begin()
    players.write_minimum(agreement)
    writing.edit_section(players("storfors"), agreement.ref, "frame:areas", "Text 2.", based_on=3)
    assert versions(agreement).count() == 3


def test_two_who_write_in_one_section_get_both_texts(players):
    agreement = players.begin()
    writing.share_agreement(players("storfors"), agreement.ref)
    key = "frame:purposes"
    writing.edit_section(players("police"), agreement.ref, key, "Polisens text", based_on=1)
    met = writing.edit_section(players("storfors"), agreement.ref, key, "Vår text", based_on=1)
    assert isinstance(met, Collision)
    assert (met.mine, met.theirs) == ("Vår text", "Polisens text")
    assert fresh(agreement).purposes == "Polisens text"


def test_two_who_write_in_different_sections_do_not_meet(players):
    agreement = players.begin()
    writing.share_agreement(players("storfors"), agreement.ref)
    writing.edit_section(players("police"), agreement.ref, "frame:areas", "A", based_on=1)
    writing.edit_section(players("storfors"), agreement.ref, "frame:purposes", "S", based_on=1)
    texts = versions(agreement).first().texts
    assert (texts["frame:areas"], texts["frame:purposes"]) == ("A", "S")


def test_a_municipality_leaves_the_others_annexes_alone(players):
    agreement = players.begin()
    writing.share_agreement(players("storfors"), agreement.ref)
    key = "1781:problems"
    with pytest.raises(PermissionDenied):
        writing.edit_section(players("storfors"), agreement.ref, key, "x", based_on=1)
    for name in ("kristinehamn", "police"):
        latest = versions(agreement).first().number
        saved = writing.edit_section(players(name), agreement.ref, key, name, based_on=latest)
        assert isinstance(saved, AgreementVersion)


def test_a_reader_comments_and_a_writer_answers(players, world):
    agreement = players.begin()
    writing.share_agreement(players("storfors"), agreement.ref)
    officer = world.actor("community_police", world.police)
    said = writing.comment(officer, agreement.ref, "frame:areas", "Även trafik?")
    assert said.party_id == world.police.pk
    with pytest.raises(PermissionDenied):
        writing.answer_comment(officer, agreement.ref, said.ref, "Ja")
    answered = writing.answer_comment(players("storfors"), agreement.ref, said.ref, "Ja, tillagt.")
    assert answered.answer == "Ja, tillagt."
    again = writing.answer_comment(players("storfors"), agreement.ref, said.ref, "Nej")
    assert again.answer == "Ja, tillagt."


def test_an_empty_comment_is_asked_for_again(players):
    agreement = players.begin()
    with pytest.raises(ValidationError):
        writing.comment(players("storfors"), agreement.ref, "frame:areas", " \x00 ")
    assert not SectionComment.objects.for_system("test").exists()


def test_an_agreement_with_nobody_else_or_a_backward_period_is_refused(players, world):
    coordinator = players("storfors")
    with pytest.raises(ValidationError):
        writing.begin_agreement(coordinator, writing.Beginning("t", [], FIRST, LAST))
    refs = [world.police.ref]
    with pytest.raises(ValidationError):
        writing.begin_agreement(coordinator, writing.Beginning("t", refs, LAST, FIRST))


def test_the_minimum_is_asked_for_before_it_is_sent(players):
    agreement = players.begin()
    with pytest.raises(signing.IncompleteError) as met:
        signing.send_for_signature(players("storfors"), agreement.ref)
    assert met.value.keys == ("frame:purposes", "frame:areas")
    assert fresh(agreement).state == "draft"


def test_an_outsider_neither_sees_nor_writes(players, world):
    from samverkan.agreements.models import AgreementParty

    agreement = players.begin()
    writing.share_agreement(players("storfors"), agreement.ref)
    AgreementParty.objects.for_system("test").filter(
        agreement=agreement, organisation=world.kristinehamn
    ).delete()
    with pytest.raises(Agreement.DoesNotExist):
        writing.edit_section(players("kristinehamn"), agreement.ref, "frame:areas", "x", based_on=1)


def test_what_was_done_is_in_the_log(players):
    agreement = players.begin()
    writing.share_agreement(players("storfors"), agreement.ref)
    writing.discard_draft(players("storfors"), agreement.ref)
    actions = set(AuditEntry.objects.for_system("test").values_list("action", flat=True))
    assert {"agreement.begun", "agreement.shared", "agreement.moved"} <= actions
    assert fresh(agreement).state == "discarded"
