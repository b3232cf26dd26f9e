"""The states and events of this room's machines, in the reader's words."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext_lazy as _

from samverkan.platform.design.tones import Tone

from .states import (
    AssignmentEvent,
    AssignmentState,
    MeetingEvent,
    MeetingState,
    MinutesEvent,
    MinutesState,
)

STATE_LABELS = {
    AssignmentState.PROPOSED: _("proposed, waits for an answer"),
    AssignmentState.ACCEPTED: _("accepted"),
    AssignmentState.DECLINED: _("declined"),
    AssignmentState.ONGOING: _("under way"),
    AssignmentState.REPORTED: _("reported"),
    AssignmentState.RETURNED: _("sent back"),
    AssignmentState.CLOSED: _("closed"),
}
STATE_TONES = {
    AssignmentState.PROPOSED: Tone.WARN,
    AssignmentState.ACCEPTED: Tone.OK,
    AssignmentState.DECLINED: Tone.NEUTRAL,
    AssignmentState.ONGOING: Tone.OK,
    AssignmentState.REPORTED: Tone.WARN,
    AssignmentState.RETURNED: Tone.WARN,
    AssignmentState.CLOSED: Tone.NEUTRAL,
}
EVENT_LABELS = {
    AssignmentEvent.ACCEPT: _("Accept"),
    AssignmentEvent.DECLINE: _("Decline"),
    AssignmentEvent.BEGIN: _("Begin"),
    AssignmentEvent.REPORT: _("Report"),
    AssignmentEvent.RETURN: _("Send back"),
    AssignmentEvent.CLOSE: _("Close"),
}
EVENT_WORDS = {
    AssignmentEvent.ACCEPT: _("accepted"),
    AssignmentEvent.DECLINE: _("declined"),
    AssignmentEvent.BEGIN: _("begun"),
    AssignmentEvent.REPORT: _("reported"),
    AssignmentEvent.RETURN: _("sent back"),
    AssignmentEvent.CLOSE: _("closed"),
}
MEETING_STATES = {
    MeetingState.PLANNED: _("planned"),
    MeetingState.CALLED: _("notice sent"),
    MeetingState.ONGOING: _("going on"),
    MeetingState.ENDED: _("ended"),
    MeetingState.ADJUSTED: _("minutes adjusted"),
    MeetingState.CLOSED: _("closed"),
    MeetingState.CANCELLED: _("cancelled"),
}
MEETING_TONES = {
    MeetingState.PLANNED: Tone.NEUTRAL,
    MeetingState.CALLED: Tone.OK,
    MeetingState.ONGOING: Tone.WARN,
    MeetingState.ENDED: Tone.NEUTRAL,
    MeetingState.ADJUSTED: Tone.OK,
    MeetingState.CLOSED: Tone.OK,
    MeetingState.CANCELLED: Tone.STOP,
}
MEETING_EVENTS = {
    MeetingEvent.CALL: _("notice sent"),
    MeetingEvent.MOVE: _("time or place changed"),
    MeetingEvent.START: _("opened"),
    MeetingEvent.END: _("ended"),
    MeetingEvent.ADJUST: _("minutes adjusted"),
    MeetingEvent.CLOSE: _("closed"),
    MeetingEvent.CANCEL: _("cancelled"),
}
# How a word of the group stands, before and after its minutes are adjusted.
UNADJUSTED = defaultdict(
    lambda: _("recorded, the minutes are not adjusted yet"),
    decision=_("decided, the minutes are not adjusted yet"),
    recommendation=_("recommended, the minutes are not adjusted yet"),
    statement=_("position taken, the minutes are not adjusted yet"),
)
ADJUSTED = defaultdict(
    lambda: _("recorded"),
    decision=_("decided"),
    recommendation=_("recommended"),
    statement=_("position taken"),
)
MINUTES_STATES = {
    MinutesState.NONE: _("not written yet"),
    MinutesState.TO_ADJUST: _("wait for adjustment"),
    MinutesState.RETURNED: _("sent back to be mended"),
    MinutesState.ADJUSTED: _("adjusted and locked"),
}
MINUTES_EVENTS = {
    MinutesEvent.MAKE: _("The meeting ends"),
    MinutesEvent.EDIT: _("Mend"),
    MinutesEvent.RETURN: _("Send back"),
    MinutesEvent.APPROVE: _("Approve"),
    MinutesEvent.ADJUST: _("All have approved"),
}
