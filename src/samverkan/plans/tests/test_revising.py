"""A revision carries over what is open, and says what became of each measure before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from samverkan.plans.comparison import comparison
from samverkan.plans.models import Plan
from samverkan.plans.rules import CarriedText, Fate, fate_of_carried
from samverkan.plans.services import building, deciding, measures
from samverkan.plans.services.measures import MeasureText
from samverkan.plans.services.revising import begin_revision

from .room import DECISION, FIRST, LAST

DAY = date(2027, 6, 1)


def revised(room, plan):
    return room.again(begin_revision(room.at(DAY), plan.ref, FIRST, LAST))


def test_open_measures_come_along_and_ended_ones_say_what_became_of_them(room):
    plan = room.with_second_measure()
    room.follow_up(plan, DAY, first="done")
    made = revised(room, plan)
    assert (made.state, made.revises_id, made.number) == ("draft", plan.pk, 2)
    assert made.picture_version_id == plan.picture_version_id
    assert [each.title for each in room.content(made).measures] == ["Klottersanering"]
    found = comparison(room.actor, made)
    assert [(line.title, line.fate, line.words) for line in found.earlier] == [
        ("Bättre belysning", Fate.DONE, "Sagt om Bättre belysning"),
        ("Klottersanering", Fate.KEPT, ""),
    ]
    assert found.new == ()


def test_a_changed_a_dropped_and_a_new_measure_are_told_apart(room):
    plan = room.with_second_measure()
    made = revised(room, plan)
    light, cleaning = room.content(made).measures
    changed = MeasureText("Klottersanering", indicator="Dagar", baseline="4 dagar")
    measures.edit_measure(room.actor, made.ref, cleaning.ref, changed, 1)
    measures.remove_measure(room.actor, made.ref, light.ref, fate="dropped", words="För dyrt.")
    problem = room.content(made).problems[0]
    measures.add_measure(room.actor, made.ref, problem.ref, MeasureText("Fältare"))
    found = comparison(room.actor, made)
    assert [(line.title, line.fate) for line in found.earlier] == [
        ("Bättre belysning", Fate.DROPPED),
        ("Klottersanering", Fate.CHANGED),
    ]
    assert found.earlier[0].words == "För dyrt."
    differences = {each.label: (each.before, each.after) for each in found.earlier[1].differences}
    assert ("9 dagar", "4 dagar") in differences.values()
    assert [line.title for line in found.new] == ["Fältare"]


@pytest.mark.parametrize(
    ("fate", "words", "field"),
    [
        ("", "x", "fate"),
        ("kept", "x", "fate"),
        ("dropped", " ", "words"),
        ("dropped", "Fråga 070-123 45 67", "words"),
    ],
)
def test_nothing_from_the_plan_before_leaves_without_a_word(room, fate, words, field):
    made = revised(room, room.decided())
    measure = room.content(made).measures[0]
    with pytest.raises(ValidationError) as error:
        measures.remove_measure(room.actor, made.ref, measure.ref, fate=fate, words=words)
    assert field in error.value.error_dict
    assert len(room.content(made).measures) == 1


def test_a_problem_does_not_take_earlier_measures_with_it(room):
    made = revised(room, room.decided())
    with pytest.raises(ValidationError) as error:
        building.choose_problems(room.actor, made.ref, [])
    assert "problems" in error.value.error_dict
    measure = room.content(made).measures[0]
    measures.remove_measure(room.actor, made.ref, measure.ref, fate="done", words="Klart.")
    building.choose_problems(room.actor, made.ref, [])
    assert room.content(made).problems == ()
    assert comparison(room.actor, made).earlier[0].fate is Fate.DONE


def test_what_was_ended_is_not_fetched_back(room):
    plan = room.decided()
    room.follow_up(plan, DAY, first="dropped")
    made = revised(room, plan)
    problem = room.content(made).problems[0]
    assert building.fetch_measures(room.actor, made.ref, problem.ref) == 0


def test_the_new_plan_replaces_the_old_when_it_is_decided_and_not_before(room):
    plan = room.decided()
    made = revised(room, plan)
    deciding.propose(room.at(DAY), made.ref)
    assert room.again(plan).state == "decided"
    decision = replace(DECISION, decided_on=DAY, paragraph="140")
    deciding.decide(room.at(DAY), made.ref, decision)
    assert (room.again(plan).state, room.again(made).state) == ("revised", "decided")
    assert room.history(plan)[-1].event == "revise"
    assert list(Plan.objects.visible_to(room.actor).in_force()) == [made]


def test_a_plan_has_one_revision_under_way(room):
    plan = room.decided()
    made = revised(room, plan)
    with pytest.raises(ValidationError):
        begin_revision(room.actor, plan.ref, FIRST, LAST)
    deciding.discard(room.actor, made.ref)
    assert revised(room, plan).number == 3


def test_a_draft_an_ended_plan_and_a_backward_period_are_not_revised(room):
    draft, plan = room.begun(), room.decided()
    with pytest.raises(ValidationError):
        begin_revision(room.actor, draft.ref, FIRST, LAST)
    with pytest.raises(ValidationError):
        begin_revision(room.actor, plan.ref, LAST, FIRST)
    deciding.end(room.actor, plan.ref, "Ny indelning")
    with pytest.raises(ValidationError):
        begin_revision(room.actor, plan.ref, FIRST, LAST)
    assert Plan.objects.for_system("test").count() == 2


def test_a_plan_that_revises_nothing_has_nothing_to_compare(room):
    assert comparison(room.actor, room.decided()) is None


TEXT = CarriedText("a", "b", "c", ("d",), "e", "f", "g", DAY)


@given(st.sets(st.sampled_from(["title", "description", "indicator", "baseline", "target"])))
def test_exactly_the_changed_fields_are_named(changed):
    after = replace(TEXT, **dict.fromkeys(changed, "annat"))
    fate, names = fate_of_carried(TEXT, after)
    assert set(names) == changed
    assert (fate is Fate.CHANGED) == bool(changed)
