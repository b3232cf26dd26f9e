"""Suggested clusters: what is planted is found and said, scatter is left alone, and it is quick."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest
from django.urls import reverse
from django.utils import translation

from samverkan.situation.models import Incident, Place
from samverkan.situation.selectors.suggestions import Suggestion, Way, among
from samverkan.situation.weeks import week_of
from tests.world import NOW

from .factories import MONDAY_MORNING, make_incident, make_place, make_problem

PAGE = reverse("situation:suggestions")
LAST = MONDAY_MORNING
THIS_WEEK = week_of(NOW.date())


def place_at(number: int, east: float, north: float) -> Place:
    return Place(pk=number, name=f"Plats {number}", ref=f"p{number}", east=east, north=north)


def incident_at(number: int, place: Place, days_ago: int, category: str = "E10") -> Incident:
    at: datetime = LAST - timedelta(days=days_ago)
    return Incident(
        pk=number,
        ref=f"i{number}",
        place=place,
        category=category,
        occurred_from=at,
        week=week_of(at.date()),
    )


def scatter(dice: np.random.Generator, number: int = 80, days: int = 84) -> list[Incident]:
    """Each incident at a place of its own in a town of 8 by 8 km, on a day of its own drawing."""
    spots = dice.uniform(0, 8000, (number, 2))
    return [
        incident_at(at, place_at(at, *spots[at]), int(dice.integers(0, days)), f"E{10 + at % 4}0")
        for at in range(number)
    ]


def found_in(incidents: list[Incident]) -> tuple[Suggestion, ...]:
    with translation.override("sv"):
        return among(sorted(incidents, key=lambda each: each.occurred_from), THIS_WEEK, set())


def test_a_planted_chain_of_near_repeats_is_suggested_with_words():
    dice = np.random.default_rng(2026)
    planted = [
        incident_at(1000 + at, place_at(1000 + at, 4000 + 60 * at, 4000), 40 - 3 * at, "E100")
        for at in range(8)
    ]
    found = [each for each in found_in([*scatter(dice), *planted]) if each.way is Way.CHAIN]
    assert found
    assert {each.ref for each in planted} <= set(found[0].incident_refs)
    assert "hänger ihop" in found[0].reason
    assert "mer sällan än en gång på tjugo" in found[0].reason


def test_a_planted_gathering_in_space_and_time_is_suggested_by_the_scan():
    dice = np.random.default_rng(7)
    spot = place_at(2000, 4000, 4000)
    other = place_at(2001, 4200, 4000)
    planted = [
        incident_at(2000 + at, (spot, other)[at % 2], 20 + at % 6, f"E{10 + at % 4}0")
        for at in range(16)
    ]
    found = [each for each in found_in([*scatter(dice), *planted]) if each.way is Way.SCAN]
    assert found
    assert len({each.ref for each in planted} & set(found[0].incident_refs)) >= 12
    assert "att vänta" in found[0].reason or "väntat" in found[0].reason


def test_scatter_is_called_a_cluster_no_more_often_than_promised():
    """Each way promises one wrong search in twenty: of 30 towns 5 is what chance allows."""
    wrong = {Way.CHAIN: 0, Way.SCAN: 0}
    for town in range(30):
        ways = {each.way for each in found_in(scatter(np.random.default_rng([2026, town])))}
        for way in wrong:
            wrong[way] += way in ways
    assert max(wrong.values()) <= 5, wrong


def test_a_busy_town_where_all_hangs_together_is_no_chain():
    dice = np.random.default_rng(4)
    spots = [place_at(at, 4000 + 40 * at, 4000) for at in range(10)]
    rows = [incident_at(at, spots[at % 10], int(dice.integers(0, 84))) for at in range(300)]
    chains = [each for each in found_in(rows) if each.way is Way.CHAIN]
    assert all(len(each.incident_refs) <= 40 for each in chains)


@pytest.fixture
def library(world, monkeypatch):
    """A place where the same kind was reported in five weeks running."""
    monkeypatch.setattr("samverkan.organisations.middleware.timezone.now", lambda: NOW)
    place = make_place(world.storfors)
    for week in range(5):
        make_incident(world.school, place=place, occurred=NOW - timedelta(weeks=week, days=1))
    return place


def test_what_comes_back_is_suggested_until_an_open_problem_holds_it(world, client_in, library):
    client = client_in("safety_coordinator")
    assert library.name in client.get(PAGE, {"kommun": "1760"}).content.decode()
    make_problem(world.storfors, place=library, category="E10")
    assert library.name not in client.get(PAGE, {"kommun": "1760"}).content.decode()


def test_an_incident_that_comes_in_is_searched_with_the_others(world, client_in, library):
    client = client_in("safety_coordinator")
    before = client.get(PAGE, {"kommun": "1760"}).content.decode()
    make_incident(world.school, place=library, occurred=NOW - timedelta(days=2))
    assert client.get(PAGE, {"kommun": "1760"}).content.decode() != before


def test_an_outsider_is_suggested_nothing_of_another_municipality(world, client_in, library):
    outsider = client_in("safety_coordinator", world.kristinehamn)
    assert library.name not in outsider.get(PAGE, {"kommun": "1760"}).content.decode()
