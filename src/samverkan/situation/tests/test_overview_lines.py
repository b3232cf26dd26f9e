"""What the room says on the overview."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation

from samverkan.platform.design.overview import Question
from samverkan.platform.design.visits import note_visit
from samverkan.situation.overview_lines import (
    coming_measures,
    late_measures,
    missing_reports,
    news_since,
    own_report,
)

from .factories import (
    make_duty,
    make_incident,
    make_measure,
    make_problem,
    say_nothing_to_report,
)

LAST_WEEK = 202647


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def test_a_unit_is_reminded_of_the_week_that_has_ended(world):
    make_duty(world.school)
    section = own_report(world.actor("reporter", world.school))
    assert section.title == "Din enhet har inte rapporterat för vecka 47"
    assert section.question is Question.OWED


def test_nothing_to_report_is_an_answer(world):
    say_nothing_to_report(make_duty(world.school), LAST_WEEK)
    assert own_report(world.actor("reporter", world.school)) is None


def test_a_unit_that_is_not_bound_to_report_owes_nothing(world):
    assert own_report(world.actor("reporter", world.school)) is None


def test_the_coordinator_learns_who_has_not_been_heard(world):
    make_duty(world.school)
    section = missing_reports(world.actor("safety_coordinator"))
    assert section.title == "1 av 1 enheter har inte hörts av för vecka 47"
    assert [row.text for row in section.rows] == ["Grundskolan, Storfors"]


def test_the_coordinator_has_nobody_to_ask_when_all_have_answered(world):
    make_duty(world.school)
    make_incident(world.school)
    assert missing_reports(world.actor("safety_coordinator")) is None


def test_a_neighbours_coordinator_is_not_told(world):
    make_duty(world.school)
    assert missing_reports(world.actor("safety_coordinator", world.kristinehamn)) is None


def test_late_measures_are_owed_and_coming_ones_are_due(world):
    problem, responsible = make_problem(world.storfors), world.function("safety_coordinator")
    make_measure(problem, responsible, "Sanering", due_on=date(2026, 11, 20))
    make_measure(problem, responsible, "Belysning", due_on=date(2026, 12, 1))
    actor = world.actor("safety_coordinator")
    late, coming = late_measures(actor), coming_measures(actor)
    assert late.title == "1 åtgärd är försenad"
    assert [row.tag for row in late.rows] == ["försenad 3 dagar"]
    assert late.question is Question.OWED
    assert [row.tag for row in coming.rows] == ["senast 2026-12-01"]


def test_an_outsider_is_told_of_no_measures(world):
    make_measure(make_problem(world.storfors), world.function("safety_coordinator"))
    outsider = world.actor("safety_coordinator", world.kristinehamn)
    assert late_measures(outsider) is None
    assert coming_measures(outsider) is None


def test_what_has_happened_since_the_last_visit_is_told(world):
    now = world.actor("safety_coordinator")
    note_visit(replace(now, at=now.at - timedelta(days=10)))
    make_incident(world.school)
    make_problem(world.storfors, opened_on=date(2026, 11, 20))
    section = news_since(now)
    assert [row.text for row in section.rows] == [
        "1 händelse har inträffat",
        "Oro vid busstorget",
    ]


def test_a_first_visit_has_nothing_to_compare_with(world):
    make_incident(world.school)
    assert news_since(world.actor("safety_coordinator")) is None
