"""A decision typed once in a meeting becomes a measure that has passed both gates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from samverkan.governance.agenda_sources import AgendaPart, MeetingFrame, points_for
from samverkan.governance.decision_kinds import DecisionDraft, kind_of
from samverkan.platform.work.registry import open_work
from samverkan.situation.models import Cause, Measure, Problem
from tests.world import NOW

from .factories import make_measure, make_place, make_problem


@pytest.fixture
def coordinator(world):
    return world.actor("safety_coordinator")


@pytest.fixture
def draft(coordinator) -> DecisionDraft:
    return DecisionDraft(
        group_ref="g",
        meeting_ref="meeting-ref",
        municipality_code="1760",
        text="Sätt upp två nya stolpar",
        function_ref=coordinator.function_ref,
        due_on=date(2026, 12, 15),
        follow_up_on=date(2027, 3, 1),
        follow_up_how="Rapporter per månad",
        cause="Mörk plats",
        baseline="4 per månad",
    )


def test_a_decision_about_a_problem_is_a_decided_measure(coordinator, draft, world):
    problem = make_problem(world.storfors)
    about = replace(draft, subject_kind="problem", subject_ref=problem.ref)
    result = kind_of("measure").carry_out(coordinator, about)
    measure = Measure.objects.visible_to(coordinator).get(ref=result.ref)
    assert (measure.state, measure.problem, measure.indicator) == (
        "decided",
        problem,
        "Rapporter per månad",
    )
    assert measure.meeting_ref == "meeting-ref"
    assert Cause.objects.visible_to(coordinator).get().text == "Mörk plats"


def test_a_point_that_is_no_problem_becomes_one_with_the_typed_cause(coordinator, draft, world):
    place = make_place(world.storfors, "Busstorget")
    about = replace(draft, subject_kind="place", subject_ref=place.ref)
    kind_of("measure").carry_out(coordinator, about)
    problem = Problem.objects.visible_to(coordinator).get()
    assert problem.title == "Busstorget: Sätt upp två nya stolpar"
    assert (problem.place, problem.state) == (place, "measures")


@pytest.mark.parametrize(
    ("without", "field"),
    [
        ({"cause": ""}, "cause"),
        ({"baseline": ""}, "baseline"),
        ({"follow_up_how": " "}, "follow_up_how"),
        ({"function_ref": "unknown"}, "function_ref"),
        ({"follow_up_on": date(2026, 12, 1)}, "follow_up_on"),
        ({"text": "Ring 070-123 45 67"}, "text"),
    ],
)
def test_the_gates_are_asked_in_the_meeting(coordinator, draft, without, field):
    assert field in kind_of("measure").problems_with(coordinator, replace(draft, **without))
    with pytest.raises(ValueError, match="problems"):
        kind_of("measure").carry_out(coordinator, replace(draft, **without))
    assert not Measure.objects.visible_to(coordinator).exists()


def test_a_known_cause_need_not_be_typed_again(coordinator, draft, world):
    problem = make_problem(world.storfors, causes="Mörkt")
    about = replace(draft, cause="", subject_kind="problem", subject_ref=problem.ref)
    assert kind_of("measure").problems_with(coordinator, about) == {}


def test_another_party_and_a_reader_are_refused(world, draft):
    problem = make_problem(world.storfors)
    about = replace(draft, subject_kind="problem", subject_ref=problem.ref)
    for kind, organisation in (
        ("safety_coordinator", world.kristinehamn),
        ("community_police", world.police),
    ):
        actor = world.actor(kind, organisation)
        assert "" in kind_of("measure").problems_with(actor, about)


def test_how_a_decision_stands_is_told_later(coordinator, draft):
    kind = kind_of("measure")
    result = kind.carry_out(coordinator, draft)
    assert str(kind.standings(coordinator, [result.ref])[result.ref].label) == "Beslutad"
    Measure.objects.for_system("test").update(due_on=date(2026, 11, 13))
    standing = kind.standings(coordinator, [result.ref, "unknown"])
    assert str(standing[result.ref].label) == "försenad 10 dagar"
    assert not standing[result.ref].is_done


def test_the_group_talks_about_problems_and_what_is_due(world, coordinator):
    problem = make_problem(world.storfors)
    late = make_measure(problem, world.function("safety_coordinator"), due_on=date(2026, 11, 20))
    frame = MeetingFrame("m", "g", "est", "1760", world.storfors.pk, NOW, None)
    found = {point.key: point for point in points_for(coordinator, frame)}
    assert found[f"problem-{problem.ref}"].part is AgendaPart.PROBLEMS
    assert "3 dagar försenad." in str(found[f"measure-{late.ref}"].sentence)
    outsider = world.actor("safety_coordinator", world.kristinehamn)
    keys = {point.key for point in points_for(outsider, frame)}
    # Lucia and the next meeting are for everybody.
    assert not {key for key in keys & set(found) if key.startswith(("problem", "measure"))}


def test_a_functions_open_work_holds_measures_follow_ups_and_problems(world, coordinator):
    function = world.function("safety_coordinator")
    problem = make_problem(world.storfors, responsible=function)
    make_measure(problem, function, due_on=date(2026, 12, 1))
    make_measure(problem, function, "Städning", state="done", follow_up_on=date(2026, 12, 5))
    make_measure(problem, function, "Utkast", state="draft")
    kinds = [str(item.kind_label) for item in open_work(coordinator, {function.ref})]
    assert kinds[:3] == ["Åtgärd", "Uppföljning av en åtgärd", "Problem att analysera"]
    outsider = world.actor("safety_coordinator", world.kristinehamn)
    assert not [item for item in open_work(outsider, {function.ref}) if "rapp" not in item.key]
