"""The machines of meeting, minutes and assignment, and random lives through the services."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverkan.governance.lives import ASSIGNMENT, BY_KEY, MEETING, MINUTES
from samverkan.governance.models import AgendaItem, Assignment, Meeting, StateStep
from samverkan.governance.services import agenda, assignments, meetings, minutes
from samverkan.governance.services.common import FieldError, HinderedError
from samverkan.platform.states import IllegalTransitionError
from tests.world import NOW

REFUSALS = (
    IllegalTransitionError,
    PermissionDenied,
    HinderedError,
    FieldError,
    AgendaItem.DoesNotExist,
    minutes.StaleVersionError,
)


def test_a_meeting_is_called_held_adjusted_and_closed():
    assert MEETING.replay(["call", "start", "end", "adjust", "close"]) == "closed"
    assert MINUTES.replay(["make", "return", "edit", "approve", "adjust"]) == "adjusted"
    assert ASSIGNMENT.replay(["accept", "begin", "report", "return", "report", "close"]) == "closed"


@pytest.mark.parametrize("events", [["start"], ["call", "end"], ["call", "start", "cancel"]])
def test_a_meeting_cannot_leap(events):
    with pytest.raises(IllegalTransitionError):
        MEETING.replay(events)


def try_it(action):
    try:
        with transaction.atomic():
            action()
    except REFUSALS:
        return False
    return True


def histories(kind, ref):
    return list(StateStep.objects.for_system("test").filter(subject_kind=kind, subject_ref=ref))


def assert_history_leads_to(kind, ref, state):
    """Numbered without a gap, each step from where the last ended, and replayed the same."""
    steps = histories(kind, ref)
    machine = BY_KEY[kind]
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    here = machine.initial
    for step in steps:
        assert step.from_state == here
        here = step.to_state
    assert machine.replay(step.event for step in steps) == here == state
    assert state in {each.key for each in machine.states}


MEETING_ACTS = (
    "build",
    "call",
    "start",
    "mark",
    "note",
    "end",
    "approve",
    "return",
    "close",
    "cancel",
)


def meeting_steps(room, meeting, minute):
    """What can be tried with the meeting, a minute after the last attempt."""
    at = NOW + timedelta(minutes=minute)
    actor, chair = room.actor("coordinator", at), room.actor("chair", at)
    items = room.items(meeting)
    item = items[0].ref if items else ""
    return {
        "build": lambda: agenda.build_agenda(actor, meeting.ref),
        "call": lambda: meetings.call_meeting(actor, meeting.ref),
        "start": lambda: meetings.start_meeting(actor, meeting.ref),
        "mark": lambda: meetings.mark_attendance(
            actor, meeting.ref, dict.fromkeys(room.seat_refs(meeting), "present")
        ),
        "note": lambda: minutes.write_note(
            actor, meeting.ref, item, f"Not {minute}", based_on=minute
        ),
        "end": lambda: meetings.end_meeting(actor, meeting.ref, [room.ref("chair")]),
        "approve": lambda: minutes.approve_minutes(chair, meeting.ref, 1),
        "return": lambda: minutes.return_minutes(chair, meeting.ref, "Fel tid"),
        "close": lambda: meetings.close_meeting(actor, meeting.ref),
        "cancel": lambda: meetings.cancel_meeting(actor, meeting.ref, "Sjukdom"),
    }


def steps_kept(meeting):
    return len(histories("meeting", meeting.ref)) + len(histories("minutes", meeting.ref))


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(st.sampled_from(MEETING_ACTS), min_size=4, max_size=12), likely=st.booleans())
def test_no_walk_through_the_services_breaks_a_meetings_life(council_room, acts, likely):
    room = council_room
    if likely:
        acts = ["build", "call", "start", "mark", "end", *acts]
    number = Meeting.objects.for_system("test").count()
    meeting = room.planned(NOW + timedelta(seconds=number))
    for minute, act in enumerate(acts):
        before, kept = room.again(meeting), steps_kept(meeting)
        if not try_it(meeting_steps(room, meeting, minute)[act]):
            after = room.again(meeting)
            assert (after.state, after.minutes_state) == (before.state, before.minutes_state)
            assert steps_kept(meeting) == kept
        found = room.again(meeting)
        assert_history_leads_to("meeting", meeting.ref, found.state)
        assert_history_leads_to("minutes", meeting.ref, found.minutes_state)


ASSIGNMENT_ACTS = ("accept", "decline", "begin", "report", "return", "close")


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(st.sampled_from(ASSIGNMENT_ACTS), max_size=10))
def test_no_walk_breaks_an_assignments_life(council_room, acts):
    room = council_room
    actor, chief = room.actor("coordinator"), room.actor("chief")
    made = assignments.propose_assignment(
        actor,
        assignments.AssignmentDraft(
            room.group.ref, "Se över belysningen", room.ref("coordinator"), NOW.date()
        ),
    )
    steps = {
        "accept": lambda: assignments.accept_assignment(chief, made.ref),
        "decline": lambda: assignments.decline_assignment(chief, made.ref, "Nej"),
        "begin": lambda: assignments.begin_assignment(actor, made.ref),
        "report": lambda: assignments.report_assignment(actor, made.ref, "Det är gjort."),
        "return": lambda: assignments.return_assignment(actor, made.ref, "Mer"),
        "close": lambda: assignments.close_assignment(actor, made.ref),
    }
    for act in acts:
        try_it(steps[act])
        found = Assignment.objects.for_system("test").get(pk=made.pk)
        assert_history_leads_to("assignment", made.ref, found.state)
    assert Meeting.objects.for_system("test").count() == 0
