"""The two gates, and the lives of problems and measures."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverkan.platform.access.actor import Actor
from samverkan.platform.audit.models import AuditEntry
from samverkan.platform.states import IllegalTransitionError
from samverkan.situation.lives import MEASURE, PROBLEM
from samverkan.situation.models import Cause, Measure, Problem, StateChange
from samverkan.situation.rules.gates import (
    Gap,
    Given,
    MeasureFacts,
    ProblemFacts,
    gaps_before_decision,
    problem_gaps,
)
from samverkan.situation.selectors.tracks import history_of, next_steps, replayed_state
from samverkan.situation.services.causes import CauseText, add_cause, edit_cause, remove_cause
from samverkan.situation.services.measures import MeasureText, draft_measure, edit_measure
from samverkan.situation.services.own import NotOwnError
from samverkan.situation.services.problems import ProblemText, open_problem
from samverkan.situation.services.steps import GateError, Said, step_measure, step_problem

COMPLETE = MeasureFacts(True, "Rapporter per månad", "4", date(2027, 2, 1))


@pytest.fixture
def coordinator(world) -> Actor:
    return world.actor("safety_coordinator")


@pytest.fixture
def problem(coordinator) -> Problem:
    return open_problem(coordinator, "1760", ProblemText("Oro vid busstorget"))


def draft(actor: Actor, problem: Problem, **fields: object) -> Measure:
    text = MeasureText(
        title="Bättre belysning",
        responsible_id=actor.function_id or 0,
        due_on=date(2026, 12, 1),
        indicator="Rapporter per månad",
        baseline="4",
        follow_up_on=date(2027, 2, 1),
    )
    return draft_measure(actor, problem.ref, replace(text, **fields))


def test_a_complete_measure_passes_both_gates():
    assert gaps_before_decision(COMPLETE) == ()


@pytest.mark.parametrize(
    ("without", "gap"),
    [
        ({"has_problem_cause": False}, Gap.CAUSE),
        ({"indicator": " "}, Gap.INDICATOR),
        ({"baseline": ""}, Gap.BASELINE),
        ({"follow_up_on": None}, Gap.FOLLOW_UP_DATE),
    ],
)
def test_each_thing_that_is_missing_is_named(without, gap):
    assert gaps_before_decision(replace(COMPLETE, **without)) == (gap,)


@pytest.mark.parametrize(
    ("guard", "facts", "holds"),
    [
        ("has_decided_measure", ProblemFacts(True, ("draft",)), False),
        ("has_decided_measure", ProblemFacts(True, ("draft", "decided")), True),
        ("has_followed_up", ProblemFacts(True, ("done",)), False),
        ("is_settled", ProblemFacts(True, ("followed_up", "ongoing")), False),
        ("is_settled", ProblemFacts(True, ("followed_up", "stopped")), True),
    ],
)
def test_a_problem_goes_on_by_its_measures(guard, facts, holds):
    assert (problem_gaps(guard, facts, Given()) == ()) is holds


def test_every_guard_of_the_lives_has_a_rule():
    for guard in PROBLEM.guards:
        problem_gaps(guard.key, ProblemFacts(False), Given())
    with pytest.raises(ValueError, match="unknown"):
        problem_gaps("unknown", ProblemFacts(False), Given())


def test_a_draft_may_lack_everything_but_cannot_be_put_forward(coordinator, problem):
    measure = draft(coordinator, problem, indicator="", baseline="", follow_up_on=None)
    with pytest.raises(GateError) as refused:
        step_measure(coordinator, measure.ref, "submit")
    assert set(refused.value.gaps) == {
        Gap.CAUSE,
        Gap.INDICATOR,
        Gap.BASELINE,
        Gap.FOLLOW_UP_DATE,
    }
    assert Measure.objects.visible_to(coordinator).get().state == "draft"


def test_a_cause_opens_the_first_gate(coordinator, problem):
    measure = draft(coordinator, problem)
    with pytest.raises(GateError):
        step_measure(coordinator, measure.ref, "submit")
    add_cause(coordinator, problem.ref, CauseText("Mörkt", "place"))
    assert step_measure(coordinator, measure.ref, "submit").state == "ready"


def test_a_measure_without_outcome_is_not_followed_up(coordinator, problem):
    measure = decided(coordinator, problem)
    step_measure(coordinator, measure.ref, "finish")
    with pytest.raises(GateError) as refused:
        step_measure(coordinator, measure.ref, "follow_up")
    assert refused.value.gaps == (Gap.OUTCOME,)
    done = step_measure(coordinator, measure.ref, "follow_up", Said(outcome="Två rapporter"))
    assert (done.state, done.outcome) == ("followed_up", "Två rapporter")


def test_the_problem_follows_its_measures_and_is_closed_when_all_are_settled(coordinator, problem):
    measure = decided(coordinator, problem)
    assert state_of(coordinator, problem) == "measures"
    step_measure(coordinator, measure.ref, "finish")
    step_measure(coordinator, measure.ref, "follow_up", Said(outcome="Lugnare"))
    assert state_of(coordinator, problem) == "followed"
    assert step_problem(coordinator, problem.ref, "close").state == "closed"
    assert step_problem(coordinator, problem.ref, "reopen").state == "open"


def test_setting_aside_asks_for_a_reason_and_a_day(coordinator, problem):
    with pytest.raises(GateError):
        step_problem(coordinator, problem.ref, "set_aside", Said(Given(reason="Litet")))
    given = Given("Litet", date(2027, 5, 1))
    aside = step_problem(coordinator, problem.ref, "set_aside", Said(given))
    assert (aside.state, aside.set_aside_reason) == ("set_aside", "Litet")
    assert aside.reconsider_on == date(2027, 5, 1)


def test_a_decided_measure_cannot_be_edited_behind_the_gates(coordinator, problem):
    measure = decided(coordinator, problem)
    text = MeasureText("Bättre belysning", coordinator.function_id or 0, date(2026, 12, 1))
    with pytest.raises(GateError):
        edit_measure(coordinator, measure.ref, text, measure.edition)
    assert Measure.objects.visible_to(coordinator).get().indicator == "Rapporter per månad"


def test_another_partys_coordinator_can_change_nothing(world, coordinator, problem):
    outsider = world.actor("safety_coordinator", world.kristinehamn)
    measure = draft(coordinator, problem)
    for change in (
        lambda: step_problem(outsider, problem.ref, "analyse"),
        lambda: step_measure(outsider, measure.ref, "submit"),
        lambda: add_cause(outsider, problem.ref, CauseText("Mörkt", "place")),
        lambda: open_problem(outsider, "1760", ProblemText("Vårt nu")),
    ):
        with pytest.raises(NotOwnError):
            change()


def test_each_step_is_in_the_history_and_in_the_trail(coordinator, problem):
    measure = decided(coordinator, problem)
    rows = history_of(coordinator, measure)
    assert [str(row.target) for row in rows][::-1] == ["Utkast", "Redo för beslut", "Beslutad"]
    assert {row.function_title for row in rows} == {coordinator.function_title}
    trail = AuditEntry.objects.for_system("test").filter(action="measure.stepped")
    assert trail.count() == 2


def test_what_can_be_done_next_says_what_is_missing(coordinator, problem):
    steps = {step.event: step for step in next_steps(coordinator, problem)}
    assert [str(gap) for gap in steps["analyse"].gaps] == [
        "Minst en trolig orsak: en åtgärd påverkar en orsak."
    ]
    assert steps["set_aside"].gaps == ()


def test_a_removed_cause_hands_its_branch_upwards_and_two_writers_do_not_overwrite(
    coordinator, problem
):
    dark = add_cause(coordinator, problem.ref, CauseText("Mörkt", "place"))
    lamp = add_cause(
        coordinator, problem.ref, CauseText("Lampan trasig", "manager", parent_ref=dark.ref)
    )
    edit_cause(coordinator, lamp.ref, CauseText("Två lampor trasiga", "manager"), 1)
    clash = edit_cause(coordinator, lamp.ref, CauseText("Tre lampor", "manager"), 1)
    assert clash.saved["text"] == "Två lampor trasiga"
    remove_cause(coordinator, dark.ref)
    assert Cause.objects.visible_to(coordinator).get().parent_id is None


@pytest.mark.parametrize("machine", [PROBLEM, MEASURE], ids=lambda machine: machine.key)
def test_the_models_states_are_the_machines(machine):
    model = Problem if machine is PROBLEM else Measure
    assert model.State.values == [state.key for state in machine.states]
    assert [str(label) for label in model.State.labels] == [str(s.label) for s in machine.states]


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_walk_keeps_its_history_and_replays_to_where_it_stands(coordinator, problem, data):
    """Random steps by services: never an illegal state, nothing lost, the same after replay."""
    measure = draft(coordinator, problem)
    if data.draw(st.booleans()):
        add_cause(coordinator, problem.ref, CauseText("Mörkt", "place"))
    words = Said(Given("Skäl", date(2027, 1, 1)), "Utfall")
    known = history_length(problem), history_length(measure)
    for machine, event in data.draw(
        st.lists(
            st.one_of(
                st.tuples(st.just(PROBLEM), st.sampled_from([e.key for e in PROBLEM.events])),
                st.tuples(st.just(MEASURE), st.sampled_from([e.key for e in MEASURE.events])),
            ),
            max_size=8,
        )
    ):
        step, ref = (
            (step_problem, problem.ref) if machine is PROBLEM else (step_measure, measure.ref)
        )
        with suppress(GateError, IllegalTransitionError):
            step(coordinator, ref, event, words)
        for subject in (fresh(coordinator, problem), fresh(coordinator, measure)):
            assert replayed_state(coordinator, subject) == subject.state
        lengths = history_length(problem), history_length(measure)
        assert lengths[0] >= known[0]
        assert lengths[1] >= known[1]
        known = lengths
    if fresh(coordinator, measure).state in {"ready", "decided", "ongoing", "done"}:
        assert Cause.objects.visible_to(coordinator).filter(problem=problem).exists()


def decided(actor: Actor, problem: Problem) -> Measure:
    add_cause(actor, problem.ref, CauseText("Mörkt", "place"))
    measure = draft(actor, problem)
    step_measure(actor, measure.ref, "submit")
    return step_measure(actor, measure.ref, "decide")


def state_of(actor: Actor, problem: Problem) -> str:
    return fresh(actor, problem).state


def fresh(actor: Actor, subject):
    return type(subject).objects.visible_to(actor).get(pk=subject.pk)


def history_length(subject) -> int:
    found = StateChange.objects.for_system("test")
    which = {"problem": subject} if isinstance(subject, Problem) else {"measure": subject}
    return found.filter(**which).count()
