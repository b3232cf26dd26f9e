"""Groups, meetings, decisions: the tables of this room. Django looks for them here."""

from ..duties.models import DutyRecord, WheelDone
from .decisions import Assignment, Decision, FormalDecision
from .groups import Group, GroupQuerySet, PartOfGroupQuerySet, Seat, SeatQuerySet
from .history import StateStep
from .meetings import AgendaItem, Attendance, Meeting, PointNote
from .minutes import Adjuster, MinutesVersion

__all__ = [
    "Adjuster",
    "AgendaItem",
    "Assignment",
    "Attendance",
    "Decision",
    "DutyRecord",
    "FormalDecision",
    "Group",
    "GroupQuerySet",
    "Meeting",
    "MinutesVersion",
    "PartOfGroupQuerySet",
    "PointNote",
    "Seat",
    "SeatQuerySet",
    "StateStep",
    "WheelDone",
]
