"""EST: places, incidents, problems and measures; and the police's news, which are neither."""

from __future__ import annotations

from .categories import LocalCategory
from .causes import Cause
from .feedback import ReportAnswer
from .gathering import GatheredIncident
from .incidents import Incident, IncidentCount
from .measures import EffectVerdict, Measure, MeasureParty
from .news import NewsEvent
from .places import Place
from .planned import PlannedEvent
from .problems import Problem
from .publications import CountPublication
from .reporting import NothingReported, ReportingDuty
from .reports import IncidentChange, ReportReceipt
from .tracks import Escalation, Rating, StateChange

__all__ = [
    "Cause",
    "CountPublication",
    "EffectVerdict",
    "Escalation",
    "GatheredIncident",
    "Incident",
    "IncidentChange",
    "IncidentCount",
    "LocalCategory",
    "Measure",
    "MeasureParty",
    "NewsEvent",
    "NothingReported",
    "Place",
    "PlannedEvent",
    "Problem",
    "Rating",
    "ReportAnswer",
    "ReportReceipt",
    "ReportingDuty",
    "StateChange",
]
