"""The plan's machine, and random lives through the services: nothing illegal, nothing lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverkan.plans.lives import PLAN
from samverkan.plans.models import MeasureOutcome, Plan, PlanFollowUp
from samverkan.plans.services import building, deciding, following, measures, revising
from samverkan.plans.services.following import FollowUpText, Outcome
from samverkan.platform.states import GuardRefusedError, IllegalTransitionError
from tests.lives import assert_history_leads_to, try_it
from tests.world import NOW

from .room import DECISION, FIRST, LAST

REFUSALS = (
    IllegalTransitionError,
    GuardRefusedError,
    ValidationError,
    PermissionDenied,
    Plan.DoesNotExist,
)
ACTS = (
    "propose",
    "take_back",
    "decide",
    "follow_up",
    "revise",
    "decide_revision",
    "end",
    "discard",
    "write",
    "take_out",
)


def test_a_plan_is_proposed_decided_followed_up_and_revised():
    assert PLAN.replay(["propose", "take_back", "propose", "decide"]) == "decided"
    assert PLAN.replay(["propose", "decide", "follow_up", "follow_up", "revise"]) == "revised"
    assert PLAN.replay(["propose", "decide", "end"]) == "ended"


@pytest.mark.parametrize("events", [["decide"], ["propose", "follow_up"], ["discard", "propose"]])
def test_a_plan_cannot_leap(events):
    with pytest.raises(IllegalTransitionError):
        PLAN.replay(events)


def acts_of(room, plan, number):
    """What can be tried with the plan, a day after the last attempt."""
    actor = replace(room.actor, at=NOW + timedelta(days=number))
    today = actor.at.date()

    def revision():
        return Plan.objects.for_system("test").filter(revises=plan).latest("pk")

    def decide_revision():
        found = revision()
        deciding.propose(actor, found.ref)
        deciding.decide(actor, found.ref, replace(DECISION, decided_on=today))

    def follow_up():
        outcomes = {
            each.ref: Outcome("ongoing" if number % 3 else "done", "Sagt")
            for each in room.content(plan).open_measures
        }
        text = FollowUpText(today, "Kommunstyrelsen", "Sagt", outcomes)
        following.follow_up(actor, plan.ref, text)

    def take_out():
        measures.remove_measure(actor, plan.ref, room.content(plan).measures[0].ref)

    return {
        "propose": lambda: deciding.propose(actor, plan.ref),
        "take_back": lambda: deciding.take_back(actor, plan.ref, "Fel mål" if number % 2 else " "),
        "decide": lambda: deciding.decide(actor, plan.ref, replace(DECISION, decided_on=today)),
        "follow_up": follow_up,
        "revise": lambda: revising.begin_revision(actor, plan.ref, FIRST, LAST),
        "decide_revision": decide_revision,
        "end": lambda: deciding.end(actor, plan.ref, "Ny indelning" if number % 2 else ""),
        "discard": lambda: deciding.discard(actor, plan.ref),
        "write": lambda: building.edit_facts(actor, plan.ref, room.facts(), plan.edition),
        "take_out": take_out,
    }


def assert_history_leads_to_its_state(room, plan):
    """Numbered without a gap, each step from where the last ended, and replayed the same."""
    steps = room.history(plan)
    assert_history_leads_to(PLAN, steps, room.again(plan).state)
    followed = PlanFollowUp.objects.for_system("test").filter(plan=plan).count()
    assert followed == sum(step.event == "follow_up" for step in steps)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(st.sampled_from(ACTS), min_size=3, max_size=10), likely=st.booleans())
def test_no_walk_through_the_services_breaks_a_plans_life(room, acts, likely):
    if likely:
        acts = ["propose", "decide", "follow_up", "revise", *acts]
    plan = room.begun()
    kept = []
    for number, act in enumerate(acts):
        before, steps = room.again(plan), len(room.history(plan))
        if not try_it(acts_of(room, room.again(plan), number)[act], (*REFUSALS, IndexError)):
            assert room.again(plan).state == before.state
            assert len(room.history(plan)) == steps
        assert_history_leads_to_its_state(room, plan)
        for revision in Plan.objects.for_system("test").filter(revises=plan):
            assert_history_leads_to_its_state(room, revision)
        now = [(step.pk, step.event, step.content) for step in room.history(plan)]
        assert now[: len(kept)] == kept, "a step was changed or lost"
        kept = now
    outcomes = MeasureOutcome.objects.for_system("test").filter(measure__plan=plan)
    closed = [each.measure_id for each in outcomes if each.kind != "ongoing"]
    assert len(closed) == len(set(closed)), "a measure ended twice"
