"""The machines of meeting, minutes and assignment, and random lives through the services."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverkan.governance.lives import ASSIGNMENT, BY_KEY, MEETING, MINUTES
from samverkan.governance.models import AgendaItem, Assignment, Meeting, StateStep
from samverkan.governance.services import agenda, assignments, meetings, minutes
from samverkan.governance.services.common import FieldError, HinderedError
from samverkan.platform.states import IllegalTransitionError
from tests.lives import assert_history_leads_to, try_it
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


def histories(kind, ref):
    return list(StateStep.objects.for_system("test").filter(subject_kind=kind, subject_ref=ref))


def assert_whole(kind, ref, state):
    assert_history_leads_to(BY_KEY[kind], histories(kind, ref), state)


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
    "move",
    "move/past",
    "move/same",
    "move/reader",
)


def meeting_steps(room, meeting, minute):
    """What can be tried with the meeting, a minute after the last attempt."""
    at = NOW + timedelta(minutes=minute)
    actor, chair = room.actor("coordinator", at), room.actor("chair", at)
    stands = room.again(meeting)
    same = meetings.PlannedTime(stands.starts_at, stands.minutes_long, stands.place)
    later = meetings.PlannedTime(at + timedelta(days=minute + 1), 90, f"Sal {minute}")
    past = meetings.PlannedTime(at - timedelta(days=1), 60)
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
        "move": lambda: meetings.change_time(actor, meeting.ref, later),
        "move/past": lambda: meetings.change_time(actor, meeting.ref, past),
        "move/same": lambda: meetings.change_time(actor, meeting.ref, same),
        "move/reader": lambda: meetings.change_time(chair, meeting.ref, later),
    }


def kept_of(room, meeting):
    """The meeting as it stands, and every step that is kept of it and of its minutes."""
    found = room.again(meeting)
    steps = [*histories("meeting", meeting.ref), *histories("minutes", meeting.ref)]
    stands = (found.state, found.minutes_state, found.starts_at, found.minutes_long, found.place)
    return stands, {step.pk: (step.event, step.note) for step in steps}


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
    times = [meeting.starts_at]
    for minute, act in enumerate(acts):
        before = kept_of(room, meeting)
        if not try_it(meeting_steps(room, meeting, minute)[act], REFUSALS):
            assert kept_of(room, meeting) == before
        _stands, steps = kept_of(room, meeting)
        assert steps.items() >= before[1].items(), "a step was changed or lost"
        found = room.again(meeting)
        if found.starts_at != times[-1]:
            assert (act, before[0][0] in {"planned", "called"}) == ("move", True)
            times.append(found.starts_at)
        assert_whole("meeting", meeting.ref, found.state)
        assert_whole("minutes", meeting.ref, found.minutes_state)
    notes = [each.note for each in histories("meeting", meeting.ref) if each.event == "move"]
    said = [f"{timezone.localtime(each):%Y-%m-%d %H:%M}" for each in times[:-1]]
    assert [note[:16] for note in notes] == said, "an earlier time was lost"


def kept_of_assignment(made):
    state = Assignment.objects.for_system("test").get(pk=made.pk).state
    return state, [(step.pk, step.event) for step in histories("assignment", made.ref)]


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
        before = kept_of_assignment(made)
        if not try_it(steps[act], REFUSALS):
            assert kept_of_assignment(made) == before
        state, kept = kept_of_assignment(made)
        assert kept[: len(before[1])] == before[1], "a step was changed or lost"
        assert_whole("assignment", made.ref, state)
    assert Meeting.objects.for_system("test").count() == 0
