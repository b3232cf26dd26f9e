"""A picture crosses the border decided or shared, by a clause in force, and not otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from samverkan.documents.formats import Language
from samverkan.platform.access.actor import Actor, anonymous
from samverkan.platform.access.capabilities import Detail, Information
from samverkan.reports import selectors, services
from samverkan.reports.models import SituationalPicture
from samverkan.reports.sections import Section
from samverkan.statistics.tests.figures import TWO_A_MONTH, make_series
from tests.world import NOW, World

from .pictures import OCTOBER, decided, shared, written

Maker = Callable[[Actor], SituationalPicture]


def share_pictures(world: World) -> object:
    return world.share(
        Information.SITUATIONAL_PICTURES,
        Detail.DETAIL,
        giver=world.storfors,
        receiver=world.kristinehamn,
    )


@pytest.mark.parametrize("make", [written, shared, decided])
@pytest.mark.parametrize("kind", ["safety_coordinator", "council_politician", "council_official"])
def test_the_own_party_sees_its_pictures_in_every_state(
    world: World, make: Maker, kind: str
) -> None:
    picture = make(world.actor("safety_coordinator"))
    assert selectors.pictures(world.actor(kind)) == [picture]
    assert len(selectors.versions(world.actor(kind), picture)) == 3


@pytest.mark.parametrize("kind", ["reporter", "auditor", "administrator"])
def test_functions_without_the_capability_see_none(world: World, kind: str) -> None:
    picture = decided(world.actor("safety_coordinator"))
    assert selectors.pictures(world.actor(kind)) == []
    assert selectors.picture(world.actor(kind), picture.ref) is None


def test_nobody_sees_none(world: World) -> None:
    decided(world.actor("safety_coordinator"))
    assert selectors.pictures(anonymous(NOW)) == []


@pytest.mark.parametrize("make", [written, shared, decided])
def test_without_a_clause_another_party_sees_nothing(world: World, make: Maker) -> None:
    make(world.actor("safety_coordinator"))
    assert selectors.pictures(world.actor("safety_coordinator", world.kristinehamn)) == []


def test_with_a_clause_a_draft_stays_at_home(world: World) -> None:
    written(world.actor("safety_coordinator"))
    share_pictures(world)
    assert selectors.pictures(world.actor("safety_coordinator", world.kristinehamn)) == []


@pytest.mark.parametrize("make", [shared, decided])
def test_with_a_clause_the_released_version_is_seen_and_no_other(world: World, make: Maker) -> None:
    owner = world.actor("safety_coordinator")
    picture = make(owner)
    services.edit_section(owner, picture.ref, Section.SUMMARY, "Senare.", based_on=3)
    share_pictures(world)
    neighbour = world.actor("safety_coordinator", world.kristinehamn)
    assert [version.number for version in selectors.versions(neighbour, picture)] == [3]
    assert selectors.version(neighbour, picture, 4) is None
    assert selectors.version(neighbour, picture, None).number == 3


def test_when_the_agreement_ends_so_does_the_sight(world: World) -> None:
    decided(world.actor("safety_coordinator"))
    share_pictures(world)
    assert selectors.pictures(world.actor("safety_coordinator", world.kristinehamn))
    world.agreement.terminated_on = date(2026, 11, 1)
    world.agreement.save()
    assert selectors.pictures(world.actor("safety_coordinator", world.kristinehamn)) == []


def test_another_party_reads_what_was_decided_not_what_it_could_count_itself(
    world: World,
) -> None:
    make_series(world, TWO_A_MONTH)
    picture = decided(world.actor("safety_coordinator"))
    share_pictures(world)
    neighbour = world.actor("safety_coordinator", world.kristinehamn)
    content = selectors.picture_content(neighbour, "1760", OCTOBER, Language.SWEDISH)
    assert content is not None
    assert "skadegörelsebrott" in content.section("reported_crime").figures[0].title
    assert selectors.picture(neighbour, picture.ref) == picture


def test_a_decided_picture_does_not_change_when_figures_do(world: World) -> None:
    make_series(world, TWO_A_MONTH)
    owner = world.actor("safety_coordinator")
    decided(owner)
    before = selectors.picture_content(owner, "1760", OCTOBER, Language.SWEDISH)
    make_series(world, [9] * 60, code="burglary")
    assert selectors.picture_content(owner, "1760", OCTOBER, Language.SWEDISH) == before


def test_the_clock_runs_from_the_last_decision(world: World) -> None:
    owner = world.actor("safety_coordinator")
    assert selectors.law_clock(owner, "1760").due_on is None
    decided(owner)
    clock = selectors.law_clock(owner, "1760")
    assert clock.due_on == date(2028, 11, 20)
    assert clock.months_left == 24
    neighbour = world.actor("safety_coordinator", world.kristinehamn)
    assert selectors.law_clock(neighbour, "1760").due_on is None
