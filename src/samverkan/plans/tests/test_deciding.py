"""Proposed when it is whole, decided formally, and shown in the law's ledger by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from samverkan.governance.duties.rules import Standing
from samverkan.governance.duties.selectors import ledger
from samverkan.governance.duties.services import Doing, write_down
from samverkan.governance.models import FormalDecision
from samverkan.plans.models import Plan
from samverkan.plans.rules import clock
from samverkan.plans.selectors import law_clocks
from samverkan.plans.services import building, deciding
from samverkan.platform.months import months_after
from samverkan.platform.states import GuardRefusedError, IllegalTransitionError

from .room import DECISION, FIRST


def duty(actor, key):
    return next(each for each in ledger(actor, "1760").states if each.duty.key == key)


def test_what_lacks_something_is_not_proposed(room):
    plan = room.begun(room.library)
    with pytest.raises(GuardRefusedError, match="is_complete"):
        deciding.propose(room.actor, plan.ref)
    assert room.again(plan).state == "draft"
    assert room.history(plan) == []


def test_without_a_decided_picture_there_is_no_proposal(room):
    plan = room.begun()
    building.edit_facts(room.actor, plan.ref, room.facts(picture_ref=""), 1)
    with pytest.raises(GuardRefusedError, match="is_complete"):
        deciding.propose(room.actor, plan.ref)


def test_the_decision_is_kept_with_the_plan_as_it_was_decided(room):
    plan = room.decided()
    assert (plan.state, plan.decision_body, plan.decided_on) == (
        "decided",
        "Kommunstyrelsen",
        date(2026, 11, 22),
    )
    assert (plan.decision_paragraph, plan.reference_number) == ("118", "KS 2026/160")
    kept = room.history(plan)[-1].content
    assert kept["problems"][0]["measures"][0]["title"] == "Bättre belysning"
    assert kept["decided_on"] == "2026-11-22"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"body": " "}, "body"),
        ({"paragraph": ""}, "paragraph"),
        ({"reference_number": "\n"}, "reference_number"),
        ({"decided_on": date(2026, 12, 1)}, "decided_on"),
        ({"decided_on": date(2026, 11, 19)}, "decided_on"),
        ({"body": "Ordföranden 070-123 45 67"}, "body"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_at_its_field(room, changed, field):
    plan = room.proposed()
    with pytest.raises(ValidationError) as error:
        deciding.decide(room.actor, plan.ref, replace(DECISION, **changed))
    assert field in error.value.error_dict
    assert room.again(plan).state == "proposed"
    assert room.again(plan).decided_on is None


def test_a_draft_is_not_decided_and_nothing_is_decided_twice(room):
    draft, plan = room.begun(), room.decided()
    for each in (draft, plan):
        with pytest.raises(IllegalTransitionError):
            deciding.decide(room.actor, each.ref, DECISION)
    assert len(room.history(plan)) == 2


def test_taken_back_it_is_a_draft_and_the_proposal_is_kept(room):
    plan = room.proposed()
    with pytest.raises(GuardRefusedError):
        deciding.take_back(room.actor, plan.ref, "  ")
    deciding.take_back(room.actor, plan.ref, "Fel mål")
    assert room.again(plan).state == "draft"
    first, second = room.history(plan)
    assert first.content["problems"]
    assert second.reason == "Fel mål"


def test_only_the_own_partys_writer_decides(room, world):
    plan = room.proposed()
    with pytest.raises(PermissionDenied):
        deciding.decide(world.actor("council_politician"), plan.ref, DECISION)
    neighbour = world.actor("safety_coordinator", world.kristinehamn)
    with pytest.raises(Plan.DoesNotExist):
        deciding.decide(neighbour, plan.ref, DECISION)


def test_a_decision_shows_in_the_ledger_by_itself(room):
    assert duty(room.actor, "plan").standing is Standing.MISSING
    plan = room.decided()
    shown = duty(room.actor, "plan")
    assert shown.standing is Standing.GREEN
    assert shown.evidence[0].url == f"/atgardsplan/{plan.ref}/"
    assert "KS 2026/160" in shown.evidence[0].title
    assert duty(room.actor, "position").standing is Standing.GREEN


def test_a_draft_and_a_proposal_show_nothing(room):
    room.begun()
    room.proposed()
    assert duty(room.actor, "plan").standing is Standing.MISSING
    assert duty(room.actor, "follow_up_plan").standing is Standing.MISSING


def test_the_two_clocks_run_apart_to_the_day(room):
    plan = room.decided()
    picture, followed = duty(room.actor, "update_picture"), duty(room.actor, "follow_up_plan")
    assert (picture.due_on, followed.due_on) == (date(2028, 11, 20), date(2028, 11, 22))
    room.follow_up(plan, date(2027, 6, 1))
    later = room.at(date(2028, 11, 21))
    assert duty(later, "update_picture").standing is Standing.MISSING
    assert duty(later, "follow_up_plan").standing is Standing.GREEN
    assert duty(later, "follow_up_plan").due_on == date(2029, 6, 1)
    clocks = law_clocks(later)[0]
    assert (clocks.picture.is_over, clocks.plan.is_over) == (True, False)
    assert clocks.plan.due_on == date(2029, 6, 1)
    last = room.at(date(2029, 6, 1))
    assert duty(last, "follow_up_plan").standing is Standing.MISSING


def test_an_old_plan_can_still_be_written_down_by_hand(room):
    done = Doing("decided_plan", date(2025, 3, 1), "Gammal plan", "KS", "KS 12")
    write_down(room.actor, "1760", done)
    assert duty(room.actor, "plan").standing is Standing.GREEN


@pytest.mark.parametrize(
    ("began", "today", "is_soon", "is_over"),
    [
        (date(2024, 2, 29), date(2025, 8, 27), False, False),
        (date(2024, 2, 29), date(2025, 8, 28), True, False),
        (date(2024, 2, 29), date(2026, 2, 27), True, False),
        (date(2024, 2, 29), date(2026, 2, 28), False, True),
    ],
)
def test_a_clock_runs_two_years(began, today, is_soon, is_over):
    found = clock(began, today)
    assert (found.due_on, found.is_soon, found.is_over) == (date(2026, 2, 28), is_soon, is_over)
    assert clock(None, today).due_on is None


def test_months_after_ends_on_a_day_that_exists():
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)


def test_the_council_points_to_the_formal_decision(room):
    room.start_council()
    plan = room.decided()
    found = FormalDecision.objects.for_system("test").get()
    assert (found.body, found.paragraph, found.reference_number) == (
        "Kommunstyrelsen",
        "118",
        "KS 2026/160",
    )
    assert plan.title in found.title


def test_an_ended_plan_holds_no_longer_and_stays_readable(room):
    plan = room.decided()
    with pytest.raises(GuardRefusedError):
        deciding.end(room.actor, plan.ref, "")
    deciding.end(room.actor, plan.ref, "Kommunerna går samman")
    assert room.again(plan).state == "ended"
    assert Plan.objects.visible_to(room.actor).filter(pk=plan.pk).exists()
    assert not Plan.objects.visible_to(room.actor).in_force().exists()


def test_a_discarded_draft_is_gone_from_the_list(room):
    plan = room.begun()
    deciding.discard(room.actor, plan.ref)
    assert room.again(plan).state == "discarded"
    assert FIRST - timedelta(days=1) < FIRST
