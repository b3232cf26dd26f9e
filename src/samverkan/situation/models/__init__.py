"""EST: places, incidents, problems and measures; and the police's news, which are neither."""

from __future__ import annotations

from .causes import Cause
from .feedback import ReportAnswer
from .categories import LocalCategory
from .gathering import GatheredIncident
from .incidents import Incident, IncidentCount
from .measures import EffectVerdict, Measure, MeasureParty
from .news import NewsEvent
from .places import Place
from .problems import Problem
from .planned import PlannedEvent
from .problems import Measure, Problem
from .publications import CountPublication
from .reporting import NothingReported, ReportingDuty
from .tracks import Escalation, Rating, StateChange
from .reports import IncidentChange, ReportReceipt

__all__ = [
    "Cause",
    "EffectVerdict",
    "Escalation",
    "CountPublication",
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
