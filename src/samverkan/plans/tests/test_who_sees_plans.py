"""Drafts are their writers'; proposed plans those who read plans; outsiders get nothing."""

from __future__ import annotations

import pytest

from samverkan.plans.content import content_of
from samverkan.plans.models import Plan
from samverkan.platform.access.actor import anonymous
from samverkan.platform.access.capabilities import Detail, Information
from tests.world import NOW

READERS = ("council_politician", "council_official")


def sees(actor, plan):
    return Plan.objects.visible_to(actor).filter(pk=plan.pk).exists()


@pytest.mark.parametrize("kind", READERS)
def test_council_members_read_what_is_proposed_and_decided_but_no_draft(room, world, kind):
    actor = world.actor(kind)
    draft, proposed, decided = room.begun(), room.proposed(), room.decided()
    assert [sees(actor, each) for each in (draft, proposed, decided)] == [False, True, True]
    assert content_of(actor, decided).measures[0].title == "Bättre belysning"


def test_the_auditor_reads_what_is_decided(room, world):
    auditor = world.actor("auditor")
    assert [sees(auditor, each) for each in (room.proposed(), room.decided())] == [False, True]
    assert not sees(world.actor("auditor", world.kristinehamn), room.decided())


@pytest.mark.parametrize("kind", ["reporter", "administrator"])
def test_who_neither_reads_plans_nor_audits_sees_none(room, world, kind):
    assert not sees(world.actor(kind), room.decided())


def test_the_police_reads_it_by_a_clause_alone_and_never_a_draft(room, world):
    draft, decided = room.begun(), room.decided()
    assert not sees(world.actor("police_area_chief", world.police), decided)
    world.share(Information.PLANS, Detail.DETAIL, giver=world.storfors, receiver=world.police)
    chief = world.actor("police_area_chief", world.police)
    assert [sees(chief, each) for each in (draft, decided)] == [False, True]


def test_a_clause_on_counts_lets_no_plan_through(room, world):
    world.share(Information.PLANS, Detail.AGGREGATE, giver=world.storfors, receiver=world.police)
    assert not sees(world.actor("police_area_chief", world.police), room.decided())


def test_the_neighbour_and_the_public_see_nothing(room, world):
    plan = room.decided()
    assert not sees(world.actor("safety_coordinator", world.kristinehamn), plan)
    assert not sees(anonymous(NOW), plan)


def test_what_is_taken_back_is_its_writers_again(room, world):
    from samverkan.plans.services import deciding

    plan, reader = room.proposed(), world.actor("council_official")
    assert sees(reader, plan)
    deciding.take_back(room.actor, plan.ref, "Fel mål")
    assert not sees(reader, plan)
