from __future__ import annotations

from datetime import timedelta

import pytest

from samverkan.agreements.models import Agreement
from samverkan.organisations.models import Holding
from samverkan.organisations.selectors import actor_for
from samverkan.platform.access.actor import system
from samverkan.platform.access.capabilities import Capability, Detail, Information
from samverkan.platform.access.models import UnscopedReadError
from samverkan.platform.audit.services import NotInTransactionError, record
from samverkan.situation.models import Problem
from tests.world import NOW, World


def problem_of(world: World) -> Problem:
    created: Problem = Problem.objects.create(
        owner=world.storfors,
        municipality=world.storfors_municipality,
        title="Skadegörelse vid busstorget",
        opened_on=NOW.date(),
    )
    return created


def test_rows_are_not_read_without_saying_who_asks(world: World) -> None:
    for read in (Problem.objects.all, Problem.objects.count, Problem.objects.first):
        with pytest.raises(UnscopedReadError):
            read()
    with pytest.raises(UnscopedReadError):
        Problem.objects.for_system("")


def test_the_owner_sees_its_own_and_an_outsider_does_not(world: World) -> None:
    problem = problem_of(world)
    owner = world.actor("safety_coordinator")
    outsider = world.actor("safety_coordinator", world.kristinehamn)
    reporter = world.actor("reporter", world.school)
    assert list(Problem.objects.visible_to(owner)) == [problem]
    assert not Problem.objects.visible_to(outsider).exists()
    assert not Problem.objects.visible_to(reporter).exists()


def test_a_clause_lets_through_and_the_end_of_the_agreement_closes_at_once(world: World) -> None:
    problem = problem_of(world)
    user, function = world.holder("community_police", world.police)
    world.share(Information.PROBLEMS, Detail.DETAIL, giver=world.storfors, receiver=world.police)
    assert list(Problem.objects.visible_to(actor_for(user, function.ref, NOW))) == [problem]
    Agreement.objects.for_system("test").update(terminated_on=NOW.date())
    assert not Problem.objects.visible_to(actor_for(user, function.ref, NOW)).exists()
    yesterday = NOW - timedelta(days=1)
    assert Problem.objects.visible_to(actor_for(user, function.ref, yesterday)).exists()


def test_a_clause_for_counts_does_not_let_single_objects_through(world: World) -> None:
    problem_of(world)
    world.share(Information.PROBLEMS, Detail.AGGREGATE, giver=world.storfors, receiver=world.police)
    police = world.actor("community_police", world.police)
    assert not Problem.objects.visible_to(police).exists()


def test_a_party_that_left_the_agreement_neither_gives_nor_gets(world: World) -> None:
    problem_of(world)
    world.share(Information.PROBLEMS, Detail.DETAIL, giver=world.storfors, receiver=world.police)
    world.agreement.parties.model.objects.for_system("test").filter(
        organisation=world.storfors
    ).update(left_on=NOW.date())
    police = world.actor("community_police", world.police)
    assert not Problem.objects.visible_to(police).exists()


def test_a_deputy_acts_on_behalf_of_the_holder(world: World) -> None:
    holder, function = world.holder("safety_coordinator")
    deputy, _other = world.holder("reporter", world.school)
    Holding.objects.create(function=function, user=deputy, role="deputy", valid_from=NOW.date())
    actor = actor_for(deputy, function.ref, NOW)
    assert actor.on_behalf_of == holder.display_name
    assert actor.may(Capability.PICTURES_WRITE)
    before = actor_for(deputy, function.ref, NOW - timedelta(days=1))
    assert before.function_ref != function.ref


def test_the_system_says_what_for_and_an_entry_stays_with_its_change(
    transactional_db: None,
) -> None:
    with pytest.raises(ValueError, match="purpose"):
        system("", NOW)
    with pytest.raises(NotInTransactionError):
        record(system("test", NOW), "x.changed", "x")
