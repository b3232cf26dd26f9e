"""The lives of a meeting, of its minutes and of an assignment, as state machines."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samverkan.platform.states import Event, Guard, State, StateMachine, Transition

from .state_words import (
    EVENT_LABELS,
    MEETING_EVENTS,
    MEETING_STATES,
    MINUTES_EVENTS,
    MINUTES_STATES,
    STATE_LABELS,
)
from .states import (
    AssignmentEvent,
    AssignmentState,
    MeetingEvent,
    MeetingState,
    MinutesEvent,
    MinutesState,
)

MEETING = StateMachine(
    key="meeting",
    title=_("The life of a meeting"),
    initial=MeetingState.PLANNED,
    states=tuple(
        State(key, label, is_end=key in (MeetingState.CLOSED, MeetingState.CANCELLED))
        for key, label in MEETING_STATES.items()
    ),
    events=tuple(Event(key, label) for key, label in MEETING_EVENTS.items()),
    transitions=(
        Transition(MeetingEvent.CALL, MeetingState.PLANNED, MeetingState.CALLED, "has_points"),
        Transition(MeetingEvent.MOVE, MeetingState.PLANNED, MeetingState.PLANNED),
        Transition(MeetingEvent.MOVE, MeetingState.CALLED, MeetingState.CALLED),
        Transition(MeetingEvent.START, MeetingState.CALLED, MeetingState.ONGOING, "is_day"),
        Transition(
            MeetingEvent.END, MeetingState.ONGOING, MeetingState.ENDED, "is_attendance_marked"
        ),
        Transition(
            MeetingEvent.ADJUST, MeetingState.ENDED, MeetingState.ADJUSTED, "have_all_approved"
        ),
        Transition(MeetingEvent.CLOSE, MeetingState.ADJUSTED, MeetingState.CLOSED),
        Transition(MeetingEvent.CANCEL, MeetingState.PLANNED, MeetingState.CANCELLED),
        Transition(MeetingEvent.CANCEL, MeetingState.CALLED, MeetingState.CANCELLED),
    ),
    guards=(
        Guard("has_points", _("an agenda")),
        Guard("is_day", _("the day has come")),
        Guard("is_attendance_marked", _("attendance marked, adjusters chosen")),
        Guard("have_all_approved", _("all adjusters have approved")),
    ),
)

MINUTES = StateMachine(
    key="minutes",
    title=_("The life of the minutes"),
    initial=MinutesState.NONE,
    states=tuple(
        State(key, label, is_end=key == MinutesState.ADJUSTED)
        for key, label in MINUTES_STATES.items()
    ),
    events=tuple(Event(key, label) for key, label in MINUTES_EVENTS.items()),
    transitions=(
        Transition(MinutesEvent.MAKE, MinutesState.NONE, MinutesState.TO_ADJUST),
        Transition(MinutesEvent.EDIT, MinutesState.TO_ADJUST, MinutesState.TO_ADJUST),
        Transition(MinutesEvent.EDIT, MinutesState.RETURNED, MinutesState.TO_ADJUST),
        Transition(MinutesEvent.RETURN, MinutesState.TO_ADJUST, MinutesState.RETURNED),
        Transition(MinutesEvent.APPROVE, MinutesState.TO_ADJUST, MinutesState.TO_ADJUST),
        Transition(
            MinutesEvent.ADJUST, MinutesState.TO_ADJUST, MinutesState.ADJUSTED, "have_all_approved"
        ),
    ),
    guards=(Guard("have_all_approved", _("all adjusters have approved")),),
)

ASSIGNMENT = StateMachine(
    key="assignment",
    title=_("The life of an assignment"),
    initial=AssignmentState.PROPOSED,
    states=tuple(
        State(key, label, is_end=key in (AssignmentState.DECLINED, AssignmentState.CLOSED))
        for key, label in STATE_LABELS.items()
    ),
    events=tuple(Event(key, label) for key, label in EVENT_LABELS.items()),
    transitions=(
        Transition(AssignmentEvent.ACCEPT, AssignmentState.PROPOSED, AssignmentState.ACCEPTED),
        Transition(AssignmentEvent.DECLINE, AssignmentState.PROPOSED, AssignmentState.DECLINED),
        Transition(AssignmentEvent.BEGIN, AssignmentState.ACCEPTED, AssignmentState.ONGOING),
        Transition(AssignmentEvent.REPORT, AssignmentState.ONGOING, AssignmentState.REPORTED),
        Transition(AssignmentEvent.REPORT, AssignmentState.RETURNED, AssignmentState.REPORTED),
        Transition(AssignmentEvent.RETURN, AssignmentState.REPORTED, AssignmentState.RETURNED),
        Transition(AssignmentEvent.CLOSE, AssignmentState.REPORTED, AssignmentState.CLOSED),
    ),
)

MACHINES = (MEETING, MINUTES, ASSIGNMENT)
BY_KEY = {machine.key: machine for machine in MACHINES}
