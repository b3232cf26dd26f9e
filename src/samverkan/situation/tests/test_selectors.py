"""What the other rooms may ask: counts by week, who has reported, problems and measures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samverkan.platform.access.capabilities import Detail, Information
from samverkan.situation.selectors import (
    UnitState,
    counts_by_place,
    incident_week_table,
    incidents_a_week,
    measures_due,
    open_problems,
    reporting_status,
)
from samverkan.situation.weeks import read_week, weeks_from_to, weeks_later

from .factories import (
    MONDAY_MORNING,
    make_duty,
    make_incident,
    make_measure,
    make_place,
    make_problem,
    say_nothing_to_report,
)


def test_the_table_has_a_row_for_each_place_and_category_and_a_column_for_each_week(world):
    library, square = make_place(world.storfors), make_place(world.storfors, "Busstorget")
    make_incident(world.school, place=library)
    make_incident(world.school, place=library)
    make_incident(world.school, place=library, occurred=MONDAY_MORNING - timedelta(weeks=1))
    make_incident(world.school, place=square, category="E50")
    make_incident(world.school, category="E50")
    table = incident_week_table(world.actor("safety_coordinator"), "1760", 202645, 202647)
    assert table.weeks == (202645, 202646, 202647)
    assert [(row.place, row.category, row.counts) for row in table.rows] == [
        ("Biblioteket", "E10", (0, 1, 2)),
        ("", "E50", (0, 0, 1)),
        ("Busstorget", "E50", (0, 0, 1)),
    ]
    assert table.total == 5
    assert table.totals_a_week() == (0, 1, 4)


def test_an_outsider_gets_an_empty_table(world):
    make_incident(world.school, place=make_place(world.storfors))
    outsider = world.actor("safety_coordinator", world.kristinehamn)
    assert incident_week_table(outsider, "1760", 202645, 202647).rows == ()
    assert counts_by_place(outsider, "1760", 202645, 202647) == []


def test_a_clause_on_single_incidents_fills_the_table_and_one_on_counts_does_not(world):
    make_incident(world.school)
    world.share(
        Information.INCIDENTS, Detail.AGGREGATE, giver=world.storfors, receiver=world.police
    )
    police = world.actor("community_police", world.police)
    assert incident_week_table(police, "1760", 202647, 202647).total == 0
    world.share(Information.INCIDENTS, Detail.DETAIL, giver=world.storfors, receiver=world.police)
    police = world.actor("community_police", world.police)
    assert incident_week_table(police, "1760", 202647, 202647).total == 1


def test_weeks_without_incidents_are_zero_and_not_absent(world):
    make_incident(world.school)
    actor = world.actor("safety_coordinator")
    assert incidents_a_week(actor, "1760", 202646, 202648) == {202646: 0, 202647: 1, 202648: 0}


def test_silence_is_told_apart_from_nothing_to_report(world):
    make_duty(world.school)
    parks = type(world.school).objects.create(
        name="Parkenheten",
        kind="other",
        parent=world.storfors,
        municipality=world.storfors_municipality,
    )
    leisure = type(world.school).objects.create(
        name="Fritidsgården",
        kind="other",
        parent=world.storfors,
        municipality=world.storfors_municipality,
    )
    say_nothing_to_report(make_duty(parks), 202647)
    make_duty(leisure)
    make_incident(world.school)
    status = reporting_status(world.actor("safety_coordinator"), "1760", 202647)
    assert [(unit.organisation, unit.state) for unit in status.units] == [
        ("Fritidsgården", UnitState.MISSING),
        ("Grundskolan, Storfors", UnitState.REPORTED),
        ("Parkenheten", UnitState.NOTHING),
    ]
    assert status.answered == 2
    assert [unit.organisation for unit in status.missing] == ["Fritidsgården"]


def test_a_duty_that_has_not_begun_is_not_missed(world):
    make_duty(world.school, since=date(2026, 12, 1))
    assert reporting_status(world.actor("safety_coordinator"), "1760", 202647).units == ()


def test_an_outsider_does_not_learn_who_has_reported(world):
    make_duty(world.school)
    outsider = world.actor("safety_coordinator", world.kristinehamn)
    assert reporting_status(outsider, "1760", 202647).units == ()


def test_open_problems_tell_how_far_their_measures_have_come(world):
    responsible = world.function("safety_coordinator")
    problem = make_problem(world.storfors)
    make_measure(problem, responsible, state="done")
    make_measure(problem, responsible, due_on=date(2026, 11, 17))
    make_problem(world.storfors, "Klotter", state="closed")
    (found,) = open_problems(world.actor("safety_coordinator"), "1760")
    assert (found.title, found.measures, found.measures_done, found.measures_late) == (
        "Oro vid busstorget",
        2,
        1,
        1,
    )


def test_measures_that_are_due_come_in_order_and_say_how_late_they_are(world):
    responsible = world.function("safety_coordinator")
    problem = make_problem(world.storfors)
    make_measure(problem, responsible, "Sanering", due_on=date(2026, 11, 17))
    make_measure(problem, responsible, "Belysning", due_on=date(2026, 11, 30))
    make_measure(problem, responsible, "Fältare", due_on=date(2027, 2, 1))
    make_measure(problem, responsible, "Klart", due_on=date(2026, 11, 1), state="done")
    due = measures_due(world.actor("safety_coordinator"), "1760", date(2026, 12, 1))
    assert [(measure.title, measure.days_late) for measure in due] == [
        ("Sanering", 6),
        ("Belysning", 0),
    ]


def test_an_outsider_sees_neither_problems_nor_measures(world):
    problem = make_problem(world.storfors)
    make_measure(problem, world.function("safety_coordinator"))
    outsider = world.actor("safety_coordinator", world.kristinehamn)
    assert open_problems(outsider, "1760") == ()
    assert measures_due(outsider, "1760", date(2030, 1, 1)) == ()


@pytest.mark.parametrize(
    ("text", "week"), [("2026-W48", 202648), ("202648", 202648), ("2025-W53", None), ("v48", None)]
)
def test_a_week_is_read_as_a_browser_or_a_person_writes_it(text, week):
    assert read_week(text) == week


def test_weeks_run_on_over_a_year_of_53_weeks():
    assert weeks_from_to(202652, 202701) == (202652, 202653, 202701)
    assert weeks_later(202653, 1) == 202701
    assert weeks_later(202701, -1) == 202653
