"""What plans put on the coordinator's table and on the council's agenda."""

from __future__ import annotations

from datetime import date, timedelta

from samverkan.governance.agenda_sources import AgendaPart, MeetingFrame
from samverkan.plans.agenda import plan_points
from samverkan.plans.services.revising import begin_revision
from samverkan.plans.work_items import plan_work

from .room import LAST, moment


def work(room, day, actor=None):
    actor = actor or room.at(day)
    return [each.key.rsplit("-", 2)[0] for each in plan_work(actor, frozenset({room.function.ref}))]


def test_a_proposed_plan_waits_for_its_decision_to_be_registered(room):
    room.proposed()
    assert work(room, date(2026, 11, 24)) == ["plan-decide"]


def test_the_follow_up_comes_two_months_before_the_first_date(room):
    room.decided()
    assert work(room, date(2027, 4, 1)) == []
    assert work(room, date(2027, 4, 2)) == ["plan-follow-up"]
    item = next(iter(plan_work(room.at(date(2027, 7, 1)), frozenset({room.function.ref}))))
    assert (item.due_on, item.municipality_code) == (date(2027, 6, 1), "1760")
    assert item.is_late(date(2027, 7, 1))


def test_what_is_followed_up_and_done_leaves_the_table(room):
    plan = room.decided()
    room.follow_up(plan, date(2027, 6, 1), first="done")
    assert work(room, date(2027, 7, 1)) == []


def test_a_plan_that_ends_is_to_be_revised_until_somebody_does(room):
    plan = room.decided()
    room.follow_up(plan, date(2027, 6, 1), first="done")
    day = LAST - timedelta(days=180)
    assert work(room, day - timedelta(days=1)) == []
    assert work(room, day) == ["plan-ends"]
    begin_revision(room.at(day), plan.ref, LAST, date(2031, 1, 1))
    assert work(room, day) == []


def test_others_have_no_work_with_plans(room, world):
    room.proposed()
    official = world.actor("council_official")
    assert list(plan_work(official, frozenset({official.function_ref}))) == []
    neighbour = world.actor("safety_coordinator", world.kristinehamn)
    refs = frozenset({neighbour.function_ref, room.function.ref})
    assert list(plan_work(neighbour, refs)) == []


def frame(world, kind="council", code="1760", day=date(2027, 6, 2)):
    return MeetingFrame("m", "g", kind, code, world.storfors.pk, moment(day), None)


def test_the_council_is_asked_what_it_recommends(room, world):
    plan = room.proposed()
    (point,) = plan_points(room.actor, frame(world))
    assert (point.part, point.subject_kind, point.subject_ref) == (
        AgendaPart.PLANS,
        "plan",
        plan.ref,
    )
    assert "1 åtgärd" in point.sentence or "1 measure" in point.sentence
    assert list(plan_points(room.actor, frame(world, kind="est"))) == []
    assert list(plan_points(room.actor, frame(world, code="1781"))) == []


def test_a_follow_up_that_is_due_comes_up_by_itself(room, world):
    room.decided()
    assert list(plan_points(room.actor, frame(world, day=date(2027, 5, 1)))) == []
    assert next(each.key for each in plan_points(room.actor, frame(world))).startswith(
        "plan-follow-up-"
    )
    neighbour = world.actor("safety_coordinator", world.kristinehamn)
    assert list(plan_points(neighbour, frame(world))) == []
