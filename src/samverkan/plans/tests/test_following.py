"""A decided plan is followed up: an outcome of every open measure, and what the figures said."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from samverkan.plans.models import MeasureOutcome, Plan, PlanFollowUp
from samverkan.plans.services.following import FollowUpText, Outcome, follow_up
from samverkan.platform.design.guarded_text import PersonInTextError
from samverkan.platform.states import IllegalTransitionError
from samverkan.situation.models import EffectVerdict

from .room import moment

DAY = date(2027, 6, 1)


def text_of(room, plan, kind="ongoing", words="Sagt", **changed):
    outcomes = {each.ref: Outcome(kind, words) for each in room.content(plan).open_measures}
    values = {
        "followed_up_on": DAY,
        "body": "Kommunstyrelsen",
        "summary": "Det går framåt.",
        "outcomes": outcomes,
        **changed,
    }
    return FollowUpText(**values)


def judged(room):
    EffectVerdict.objects.create(
        measure=room.light,
        verdict="decrease",
        judged_at=moment(date(2027, 5, 1)),
        function_title="x",
        inputs={},
        result={"sentence": "Färre händelser än väntat: 9 före, 2 efter."},
    )


def test_each_measure_gets_its_outcome_and_the_verdict_of_the_day(room):
    plan = room.with_second_measure()
    judged(room)
    room.follow_up(plan, DAY, first="done")
    content = room.content(plan)
    first, second = content.follow_ups[0].outcomes
    assert (first.kind, first.words) == ("done", "Sagt om Bättre belysning")
    assert first.verdict == "Färre händelser än väntat: 9 före, 2 efter. (bedömt 2027-05-01)"
    assert (second.kind, second.verdict) == ("ongoing", "")
    assert content.state == "followed_up"
    assert [each.title for each in content.open_measures] == ["Klottersanering"]


def test_the_next_follow_up_asks_only_for_what_is_still_open(room):
    plan = room.with_second_measure()
    room.follow_up(plan, DAY, first="done")
    text = text_of(room, plan, "dropped", "Avtalet gick inte att få.")
    text = FollowUpText(date(2028, 1, 10), text.body, text.summary, text.outcomes)
    follow_up(room.at(date(2028, 1, 11)), plan.ref, text)
    content = room.content(plan)
    assert [len(each.outcomes) for each in content.follow_ups] == [2, 1]
    assert content.open_measures == ()
    assert len(room.history(plan)) == 4


def test_an_earlier_follow_up_registered_late_does_not_open_what_is_done(room):
    plan = room.decided()
    room.follow_up(plan, DAY, first="done")
    text = FollowUpText(date(2027, 3, 1), "Kommunfullmäktige", "Halvvägs.", {})
    follow_up(room.at(date(2027, 7, 1)), plan.ref, text)
    content = room.content(plan)
    assert [each.on.month for each in content.follow_ups] == [3, 6]
    assert content.measures[0].latest.kind == "done"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"body": " "}, "body"),
        ({"summary": "\x07"}, "summary"),
        ({"followed_up_on": date(2027, 6, 3)}, "followed_up_on"),
        ({"followed_up_on": date(2026, 11, 21)}, "followed_up_on"),
        ({"summary": "Ring 070-123 45 67"}, "summary"),
        ({"outcomes": {"unknown": Outcome("done", "x")}}, "__all__"),
    ],
)
def test_a_follow_up_that_cannot_be_is_refused_at_its_field(room, changed, field):
    plan = room.decided()
    with pytest.raises(ValidationError) as error:
        follow_up(room.at(date(2027, 6, 2)), plan.ref, text_of(room, plan, **changed))
    assert field in error.value.error_dict
    assert not PlanFollowUp.objects.for_system("test").exists()
    assert room.again(plan).state == "decided"


@pytest.mark.parametrize(
    ("kind", "words", "field"),
    [("", "x", "kind"), ("unknown", "x", "kind"), ("done", " ", "words"), ("dropped", "", "words")],
)
def test_an_outcome_without_its_word_is_refused_at_the_measure(room, kind, words, field):
    plan = room.decided()
    ref = room.content(plan).measures[0].ref
    with pytest.raises(ValidationError) as error:
        follow_up(room.at(DAY), plan.ref, text_of(room, plan, kind, words))
    assert f"{field}_{ref}" in error.value.error_dict
    assert not MeasureOutcome.objects.for_system("test").exists()


def test_a_follow_up_sent_twice_is_kept_once(room):
    plan = room.decided()
    follow_up(room.at(DAY), plan.ref, text_of(room, plan))
    with pytest.raises(ValidationError) as error:
        follow_up(room.at(DAY), plan.ref, text_of(room, plan))
    assert "followed_up_on" in error.value.error_dict
    assert PlanFollowUp.objects.for_system("test").count() == 1


def test_an_outcome_that_names_somebody_is_asked_about(room):
    plan = room.decided()
    text = text_of(room, plan, "done", "Anders Svensson har satt upp lamporna.")
    with pytest.raises(PersonInTextError):
        follow_up(room.at(DAY), plan.ref, text)
    follow_up(room.at(DAY), plan.ref, text, is_confirmed=True)
    assert room.content(plan).measures[0].latest.words.startswith("Anders")


def test_only_a_decided_plan_is_followed_up_and_only_by_its_writers(room, world):
    proposed = room.proposed()
    with pytest.raises(IllegalTransitionError):
        follow_up(room.at(DAY), proposed.ref, text_of(room, proposed))
    plan = room.decided()
    with pytest.raises(PermissionDenied):
        follow_up(world.actor("council_official"), plan.ref, text_of(room, plan))
    neighbour = world.actor("safety_coordinator", world.kristinehamn)
    with pytest.raises(Plan.DoesNotExist):
        follow_up(neighbour, plan.ref, text_of(room, plan))
