"""The states and events of a meeting, its minutes and an assignment, as they are stored."""

from __future__ import annotations

from enum import StrEnum


class MeetingState(StrEnum):
    PLANNED = "planned"
    CALLED = "called"
    ONGOING = "ongoing"
    ENDED = "ended"
    ADJUSTED = "adjusted"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class MeetingEvent(StrEnum):
    CALL = "call"
    MOVE = "move"
    START = "start"
    END = "end"
    ADJUST = "adjust"
    CLOSE = "close"
    CANCEL = "cancel"


class MinutesState(StrEnum):
    NONE = "none"
    TO_ADJUST = "to_adjust"
    RETURNED = "returned"
    ADJUSTED = "adjusted"


class MinutesEvent(StrEnum):
    MAKE = "make"
    EDIT = "edit"
    RETURN = "return"
    APPROVE = "approve"
    ADJUST = "adjust"


class AssignmentState(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ONGOING = "ongoing"
    REPORTED = "reported"
    RETURNED = "returned"
    CLOSED = "closed"


class AssignmentEvent(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    BEGIN = "begin"
    REPORT = "report"
    RETURN = "return"
    CLOSE = "close"
