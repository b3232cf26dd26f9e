"""Counts across a municipal border: four weeks at a time, small ones hidden, nothing subtracted."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.methods.suppression.attack import feasible_ranges
from samverkan.methods.suppression.lattice import lattice
from samverkan.platform.access.capabilities import Detail, Information
from samverkan.situation.models import CountPublication, IncidentCount
from samverkan.situation.selectors import incident_week_table, reporting_status
from samverkan.situation.selectors.counts import counts_by_place, incidents_a_week
from samverkan.situation.selectors.incidents import IncidentFilter, counted_but_not_shown
from samverkan.situation.selectors.places import places_with_counts
from samverkan.situation.selectors.shared import SharedCount, shared_blocks
from samverkan.situation.sharing.blocks import block_of, closed_blocks, weeks_of
from samverkan.situation.sharing.editions import (
    THRESHOLD,
    BlockCounts,
    first_edition,
    next_edition,
)
from samverkan.situation.weeks import weeks_later
from tests.world import NOW

from .factories import MONDAY_MORNING, make_duty, make_incident, make_place

THIS_WEEK = 202648
BLOCK = weeks_later(block_of(THIS_WEEK), -4)
IN_BLOCK = MONDAY_MORNING - timedelta(weeks=4)
SPAN = (weeks_later(THIS_WEEK, -11), THIS_WEEK)
CELLS = st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=4)


@pytest.fixture(autouse=True)
def _stopped_clock(monkeypatch):
    monkeypatch.setattr("samverkan.organisations.middleware.timezone.now", lambda: NOW)


@pytest.fixture
def neighbour(world):
    """A coordinator of Kristinehamn who may have Storfors' counts, and nothing else of Storfors."""
    world.share(
        Information.INCIDENTS, Detail.AGGREGATE, giver=world.storfors, receiver=world.kristinehamn
    )
    return world.actor("safety_coordinator", world.kristinehamn)


def report(world, place, number, category="E10"):
    for _each in range(number):
        make_incident(world.school, place=place, occurred=IN_BLOCK, category=category)


def counts_of(table):
    cells = {
        (f"place{row}", f"E{column}"): number
        for row, line in enumerate(table)
        for column, number in enumerate(line)
        if number
    }
    weeks = dict.fromkeys(weeks_of(BLOCK), 0)
    for at, number in enumerate(cells.values()):
        weeks[weeks_of(BLOCK)[at % 4]] += number
    return BlockCounts(cells, weeks)


def attacked(counts, content):
    """The narrowest width that an attacker is left with for any hidden cell, by linear programs."""
    places = sorted({place for place, _code in counts.cells})
    codes = sorted({code for _place, code in counts.cells})
    table = np.array([[counts.cells.get((place, code), 0) for code in codes] for place in places])
    hidden = {(place, code) for place, code, shown in content["cells"] if shown is None}
    inner = [[(place, code) in hidden for code in codes] for place in places]
    columns = [content["categories"][code] is None for code in codes]
    is_hidden = np.array(
        [
            *(
                [*line, content["places"][place] is None]
                for place, line in zip(places, inner, strict=True)
            ),
            [*columns, content["total"] is None],
        ]
    )
    cells = lattice(table.astype(float))
    lower, upper = feasible_ranges(cells, is_hidden.ravel())
    return (upper - lower)[is_hidden.ravel()]


def shown_numbers(content):
    return [
        *(number for _place, _code, number in content["cells"]),
        *content["places"].values(),
        *content["categories"].values(),
        *(number for _week, number in content["weeks"]),
        content["total"],
    ]


@settings(max_examples=20, deadline=None)
@given(CELLS)
def test_no_small_count_is_shown_and_none_can_be_worked_out(table):
    counts = counts_of(table)
    content = first_edition(counts).content
    assert not [number for number in shown_numbers(content) if number and number < THRESHOLD]
    if counts.cells:
        assert all(width >= THRESHOLD - 1e-4 for width in attacked(counts, content))


@settings(max_examples=20, deadline=None)
@given(CELLS, st.integers(0, 1), st.integers(0, 2), st.integers(1, 9))
def test_subtracting_two_editions_gives_no_small_count(table, row, column, more):
    """Late reports make a second edition; what came between is not read off the difference."""
    first = counts_of(table)
    cells = dict(first.cells)
    key = (f"place{row}", f"E{column}")
    cells[key] = cells.get(key, 0) + more
    weeks = {**first.weeks, BLOCK: first.weeks[BLOCK] + more}
    one = first_edition(first)
    two = next_edition(BlockCounts(cells, weeks), one.basis, 2)
    before = {(place, code): shown for place, code, shown in one.content["cells"]}
    after = {(place, code): shown for place, code, shown in two.content["cells"]}
    for cell, shown in after.items():
        earlier = before.get(cell, 0)
        if shown is not None and earlier is not None:
            assert not 0 < shown - earlier < THRESHOLD
    if one.content["total"] is not None and two.content["total"] is not None:
        assert not 0 < two.content["total"] - one.content["total"] < THRESHOLD
    for (_week, early), (_same, late) in zip(
        one.content["weeks"], two.content["weeks"], strict=True
    ):
        if early is not None and late is not None:
            assert not 0 < late - early < THRESHOLD


def test_late_reports_make_a_second_edition_and_no_third():
    counts = counts_of([[9, 9, 9], [9, 9, 9]])
    basis = first_edition(counts).basis
    assert next_edition(counts_of([[9, 9, 9], [9, 9, 20]]), basis, 2) is not None
    assert next_edition(counts_of([[9, 9, 9], [9, 9, 20]]), basis, 3) is None


def test_what_became_less_is_withdrawn_for_good():
    basis = first_edition(counts_of([[9, 9, 9], [9, 9, 9]])).basis
    withdrawn = next_edition(counts_of([[9, 9, 9], [9, 9, 8]]), basis, 2)
    assert not [number for number in shown_numbers(withdrawn.content) if number is not None]
    assert next_edition(counts_of([[9, 9, 9], [9, 9, 9]]), withdrawn.basis, 3) is None


def test_blocks_never_overlap_and_only_ended_ones_are_shared():
    blocks = closed_blocks(202501, THIS_WEEK, THIS_WEEK)
    weeks = [week for block in blocks for week in weeks_of(block)]
    assert len(weeks) == len(set(weeks)) == 52
    assert max(weeks) < block_of(THIS_WEEK)
    # Asking one week later or earlier moves no border within them.
    assert set(closed_blocks(202501, weeks_later(THIS_WEEK, -1), THIS_WEEK)) <= set(blocks)


def test_a_block_spans_new_year_and_the_53rd_week():
    assert (
        weeks_of(block_of(202653)) == (202653, 202701, 202702, 202703)
        or len(weeks_of(block_of(202653))) == 4
    )


def test_a_neighbour_sees_no_small_count_on_any_path(world, neighbour):
    library = make_place(world.storfors)
    report(world, library, 3)
    assert shared_blocks(neighbour, "1760", *SPAN)[-1].total is None
    assert counts_by_place(neighbour, "1760", *SPAN)[0].is_partly_hidden
    (place,) = places_with_counts(neighbour, "1760", *SPAN)
    assert (place.incidents, place.is_partly_hidden) == (0, True)
    assert counted_but_not_shown(neighbour, IncidentFilter("1760")) == SharedCount(0, True)
    assert incident_week_table(neighbour, "1760", *SPAN).rows == ()
    assert set(incidents_a_week(neighbour, "1760", *SPAN).values()) == {0}
    assert not IncidentCount.objects.visible_to(neighbour).exists()


def test_a_neighbour_sees_what_is_large_enough(world, neighbour):
    library, square = make_place(world.storfors), make_place(world.storfors, "Torget")
    report(world, library, 12)
    report(world, square, 9)
    names = {each.name: each for each in places_with_counts(neighbour, "1760", *SPAN)}
    assert names["Biblioteket"].incidents == 12
    assert not names["Torget"].is_partly_hidden


def test_the_running_block_is_not_shared(world, neighbour):
    make_incident(world.school, place=make_place(world.storfors), occurred=NOW)
    assert counts_by_place(neighbour, "1760", *SPAN) == []


def test_who_has_reported_is_not_told_across_the_border(world, neighbour):
    make_duty(world.school)
    assert reporting_status(neighbour, "1760", 202647).units == ()


def test_pages_and_data_show_a_neighbour_no_small_count(world, client_in):
    world.share(
        Information.INCIDENTS, Detail.AGGREGATE, giver=world.storfors, receiver=world.kristinehamn
    )
    library = make_place(world.storfors)
    report(world, library, 3)
    browser = client_in("safety_coordinator", world.kristinehamn)
    asked = {"kommun": "1760"}
    for name in ("situation:map", "situation:places"):
        text = browser.get(reverse(name), asked).text
        assert "visas inte" in text
        assert '<td class="numeric">3</td>' not in text
    data = json.loads(browser.get(reverse("situation:map_data"), asked).content)
    assert data["features"][0]["properties"]["incidents"] == 0
    assert data["features"][0]["properties"]["shown"] == "visas inte"
    page = browser.get(reverse("situation:place", args=[library.ref])).text
    assert "för litet för att visas" in page
    listed = browser.get(reverse("situation:incidents"), asked).text
    assert "här finns inget som kan visas" in listed


def test_one_clause_revoked_takes_that_municipalitys_counts_away_at_once(world):
    clause = world.share(
        Information.INCIDENTS, Detail.AGGREGATE, giver=world.storfors, receiver=world.police
    )
    world.share(
        Information.INCIDENTS, Detail.AGGREGATE, giver=world.kristinehamn, receiver=world.police
    )
    for owner in (world.storfors, world.kristinehamn):
        place = make_place(owner, f"Torget {owner.pk}")
        for _each in range(12):
            make_incident(owner, place=place, occurred=IN_BLOCK)
    before = world.actor("community_police", world.police)
    assert shared_blocks(before, "1760", *SPAN)
    clause.revoked_on = NOW.date()
    clause.save()
    after = world.actor("community_police", world.police)
    assert shared_blocks(after, "1760", *SPAN) == ()
    assert counts_by_place(after, "1760", *SPAN) == []
    assert not CountPublication.objects.visible_to(after).filter(owner=world.storfors).exists()
    assert shared_blocks(after, "1781", *SPAN)[-1].total == 12


def test_the_owner_still_sees_every_count(world):
    library = make_place(world.storfors)
    report(world, library, 3)
    own = world.actor("safety_coordinator")
    (place,) = places_with_counts(own, "1760", *SPAN)
    assert (place.incidents, place.is_partly_hidden) == (3, False)


def test_a_clause_on_single_events_shows_exact_counts(world, neighbour):
    world.share(
        Information.INCIDENTS, Detail.DETAIL, giver=world.storfors, receiver=world.kristinehamn
    )
    report(world, make_place(world.storfors), 3)
    reader = world.actor("safety_coordinator", world.kristinehamn)
    assert shared_blocks(reader, "1760", *SPAN) == ()
    assert counts_by_place(reader, "1760", *SPAN)[0].incidents == 3


def test_a_reporter_of_the_neighbour_gets_no_counts(world, neighbour):
    report(world, make_place(world.storfors), 12)
    outsider = world.actor("reporter", world.kristinehamn)
    assert shared_blocks(outsider, "1760", *SPAN) == ()


def test_a_publication_is_the_same_whoever_asks_first(world, neighbour):
    report(world, make_place(world.storfors), 12)
    first = shared_blocks(neighbour, "1760", *SPAN)
    later = replace(neighbour, at=neighbour.at + timedelta(minutes=5))
    assert shared_blocks(later, "1760", *SPAN) == first
    assert CountPublication.objects.for_system("count").filter(edition__gt=1).count() == 0
