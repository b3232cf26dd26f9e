"""A neighbour who has only counts is told what the clause lets through, never "no reports"."""

from __future__ import annotations

from django.utils import translation

from samverkan.platform.access.capabilities import Detail, Information
from samverkan.reports.est_part import est_part
from samverkan.situation.models import IncidentCount, Place
from samverkan.situation.sharing.blocks import block_of
from samverkan.situation.weeks import week_of, weeks_later
from tests.world import NOW, World

MONTH = NOW.date().replace(day=1)


def count_in_the_last_block(world: World, incidents: int) -> None:
    place: Place = Place.objects.create(
        owner=world.storfors,
        municipality=world.storfors_municipality,
        name="Hemliga backen",
        search_key="hemliga backen",
    )
    IncidentCount.objects.create(
        owner=world.storfors,
        reporting_organisation=world.school,
        municipality=world.storfors_municipality,
        place=place,
        category="E10",
        week=weeks_later(block_of(week_of(NOW.date())), -3),
        incidents=incidents,
    )


def neighbours_part(world: World):
    actor = world.actor("safety_coordinator", world.kristinehamn)
    with translation.override("sv"):
        return est_part(actor, "1760", MONTH)


def share_counts(world: World) -> None:
    world.share(
        Information.INCIDENTS, Detail.AGGREGATE, giver=world.storfors, receiver=world.kristinehamn
    )


def test_what_the_clause_lets_through_is_said_instead_of_no_reports(world: World) -> None:
    share_counts(world)
    count_in_the_last_block(world, 23)
    part = neighbours_part(world)
    assert "finns inga EST-rapporter" not in " ".join(part.notes)
    assert "fyra veckor i taget" in part.notes[0]
    assert any("23 rapporter" in fact.value for fact in part.facts)
    assert part.figures == ()
    assert "Hemliga backen" not in str(part)


def test_a_small_count_stays_hidden_and_is_not_called_none(world: World) -> None:
    share_counts(world)
    count_in_the_last_block(world, 2)
    part = neighbours_part(world)
    values = " ".join(fact.value for fact in part.facts)
    assert "för få för att visas" in values
    assert "2 rapporter" not in values


def test_without_a_clause_nothing_is_said_of_the_neighbour(world: World) -> None:
    count_in_the_last_block(world, 23)
    part = neighbours_part(world)
    assert "finns inga EST-rapporter" in part.notes[0]
    assert part.facts == ()
