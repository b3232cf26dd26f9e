"""What the week gives the meeting, and what it puts on a reporter's table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import translation

from samverkan.governance.agenda_sources import AgendaPart, MeetingFrame
from samverkan.platform.work.registry import open_work
from samverkan.situation.agenda import week_points
from samverkan.situation.models import PlannedEvent
from tests.world import NOW

from .factories import (
    MONDAY_MORNING,
    make_duty,
    make_incident,
    make_place,
    say_nothing_to_report,
)

WEEK = 202647


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def frame(world, kind="est"):
    return MeetingFrame(
        meeting_ref="meeting",
        group_ref="group",
        group_kind=kind,
        municipality_code="1760",
        owner_party_id=world.storfors.pk,
        starts_at=NOW + timedelta(days=2),
        previous_at=None,
    )


def test_the_agenda_has_reporting_places_and_what_is_ahead(world):
    make_duty(world.school)
    library = make_place(world.storfors)
    for back in (0, 1, 2):
        make_incident(
            world.storfors, place=library, occurred=MONDAY_MORNING - timedelta(weeks=back)
        )
    PlannedEvent.objects.create(
        owner=world.storfors,
        municipality=world.storfors_municipality,
        title="Julmarknad",
        starts_on=date(2026, 12, 5),
        ends_on=date(2026, 12, 6),
        added_at=NOW,
    )
    points = list(week_points(world.actor("safety_coordinator"), frame(world)))
    by_part = {}
    for point in points:
        by_part.setdefault(point.part, []).append(str(point.title))
    assert by_part[AgendaPart.REPORTED][0] == "Återkommer i Storfors: Biblioteket"
    assert by_part[AgendaPart.REPORTED][1] == "Inte hörda: Grundskolan, Storfors"
    assert by_part[AgendaPart.PLACES] == ["Biblioteket återkommer"]
    assert "Julmarknad" in by_part[AgendaPart.AHEAD]
    assert len({point.key for point in points}) == len(points)


def test_a_point_about_a_place_is_the_same_next_week(world):
    library = make_place(world.storfors)
    for back in range(5):
        make_incident(world.school, place=library, occurred=MONDAY_MORNING - timedelta(weeks=back))
    actor = world.actor("safety_coordinator")
    (point,) = [each for each in week_points(actor, frame(world)) if each.part is AgendaPart.PLACES]
    assert point.key == f"place-{library.ref}"
    assert (point.subject_kind, point.subject_ref) == ("place", library.ref)


def test_other_groups_and_outsiders_get_no_points(world):
    make_incident(world.school, place=make_place(world.storfors))
    assert list(week_points(world.actor("safety_coordinator"), frame(world, "council"))) == []
    outsider = world.actor("safety_coordinator", world.kristinehamn)
    assert list(week_points(outsider, frame(world))) == []


def work_of(actor, function_ref):
    return [item for item in open_work(actor, [function_ref]) if item.key.startswith("report-")]


def test_a_unit_that_has_not_been_heard_has_its_report_on_the_table(world):
    make_duty(world.school)
    reporter = world.actor("reporter", world.school)
    (item,) = work_of(reporter, reporter.function_ref)
    assert item.title == "Rapportera vecka 47, eller säg att det inte fanns något"
    assert item.due_on == date(2026, 11, 23)
    coordinator = world.actor("safety_coordinator")
    assert work_of(coordinator, reporter.function_ref) == [item]


def test_whoever_has_answered_or_is_not_bound_has_nothing_on_the_table(world):
    reporter = world.actor("reporter", world.school)
    assert work_of(reporter, reporter.function_ref) == []
    say_nothing_to_report(make_duty(world.school), WEEK)
    assert work_of(reporter, reporter.function_ref) == []


def test_an_outsider_is_told_nothing_of_it(world):
    make_duty(world.school)
    reporter = world.actor("reporter", world.school)
    outsider = world.actor("safety_coordinator", world.kristinehamn)
    assert work_of(outsider, reporter.function_ref) == []
