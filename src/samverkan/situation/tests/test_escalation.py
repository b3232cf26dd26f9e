"""What stays or is late moves to the next level, with the reason, and comes back when solved."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from samverkan.governance.agenda_sources import MeetingFrame, points_for
from samverkan.platform.design.overview import Question
from samverkan.situation.escalation_lines import moved_up
from samverkan.situation.models import Escalation, Problem
from samverkan.situation.rules.escalation import (
    MeasureDays,
    ProblemDays,
    calls_for_measure,
    calls_for_problem,
    rules_in_force,
)
from samverkan.situation.selectors.escalations import past_escalations, standing_escalations
from samverkan.situation.services.escalation import escalate
from tests.world import NOW

from .factories import make_measure, make_problem

DAY = date(2026, 11, 23)
RULES = rules_in_force()


@pytest.mark.parametrize(
    ("weeks", "level"),
    [(3, None), (4, "group"), (8, "coordinator"), (16, "council"), (40, "board")],
)
def test_a_problem_that_stays_moves_by_the_weeks(weeks, level):
    calls = calls_for_problem(RULES, ProblemDays("open", DAY - timedelta(weeks=weeks)), DAY)
    assert [call.level for call in calls] == ([level] if level else [])


@pytest.mark.parametrize("state", ["closed", "set_aside"])
def test_a_problem_that_nobody_works_with_is_not_moved(state):
    assert calls_for_problem(RULES, ProblemDays(state, date(2020, 1, 1)), DAY) == ()


def test_a_problem_that_comes_back_goes_to_the_coordinator_at_once():
    days = ProblemDays("open", date(2020, 1, 1), DAY)
    assert [(call.rule, call.level) for call in calls_for_problem(RULES, days, DAY)] == [
        ("problem_recurs", "coordinator")
    ]


@pytest.mark.parametrize(
    ("days", "level"), [(0, None), (1, "unit"), (14, "group"), (60, "council"), (500, "board")]
)
def test_a_late_measure_moves_by_the_days(days, level):
    calls = calls_for_measure(RULES, MeasureDays("ongoing", DAY - timedelta(days=days)), DAY)
    assert [call.level for call in calls] == ([level] if level else [])


def test_a_draft_is_never_late():
    assert calls_for_measure(RULES, MeasureDays("draft", date(2020, 1, 1)), DAY) == ()


def test_the_same_day_twice_changes_nothing(world):
    make_problem(world.storfors)
    assert escalate(NOW).raised == 1
    again = escalate(NOW)
    assert (again.raised, again.came_back) == (0, 0)
    assert Escalation.objects.for_system("test").count() == 1


def test_each_level_is_kept_and_all_come_back_when_it_is_solved(world):
    problem = make_problem(world.storfors, opened_on=date(2026, 10, 20))
    for weeks in (0, 4, 12):
        escalate(NOW + timedelta(weeks=weeks))
    levels = Escalation.objects.for_system("test").order_by("pk").values_list("level", flat=True)
    assert list(levels) == ["group", "coordinator", "council"]
    Problem.objects.for_system("test").update(state="closed")
    assert escalate(NOW + timedelta(weeks=13)).came_back == 3
    actor = world.actor("safety_coordinator")
    assert standing_escalations(actor, {"1760"}) == ()
    past = past_escalations(actor, {"1760"})
    assert {line.subject_ref for line in past} == {problem.ref}
    assert {line.came_back_label for line in past} == {"löst eller bortvalt"}


def test_the_overview_and_the_council_hear_of_it(world):
    measure = make_measure(
        make_problem(world.storfors, opened_on=DAY),
        world.function("safety_coordinator"),
        due_on=DAY - timedelta(days=70),
    )
    escalate(NOW)
    actor = world.actor("safety_coordinator")
    section = moved_up(actor)
    assert section is not None
    assert section.question is Question.OWED
    frame = MeetingFrame("m", "g", "council", "1760", world.storfors.pk, NOW, None)
    points = [point for point in points_for(actor, frame) if point.subject_ref == measure.ref]
    assert "Åtgärden var 70 dagar försenad." in str(points[0].sentence)


def test_the_page_shows_the_reason_and_an_outsider_sees_nothing(world, client_in):
    make_problem(world.storfors)
    escalate(NOW)
    url = reverse("situation:escalations")
    assert "Problemet har varit öppet i 11 veckor." in client_in("safety_coordinator").get(url).text
    outsider = client_in("safety_coordinator", world.kristinehamn).get(url)
    assert "Oro vid busstorget" not in outsider.text
