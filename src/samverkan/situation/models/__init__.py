"""EST: places, incidents, problems and measures; and the police's news, which are neither."""

from __future__ import annotations

from .causes import Cause
from .gathering import GatheredIncident
from .incidents import Incident, IncidentCount
from .measures import EffectVerdict, Measure, MeasureParty
from .news import NewsEvent
from .places import Place
from .problems import Problem
from .reporting import NothingReported, ReportingDuty
from .tracks import Escalation, Rating, StateChange

__all__ = [
    "Cause",
    "EffectVerdict",
    "Escalation",
    "GatheredIncident",
    "Incident",
    "IncidentCount",
    "Measure",
    "MeasureParty",
    "NewsEvent",
    "NothingReported",
    "Place",
    "Problem",
    "Rating",
    "ReportingDuty",
    "StateChange",
]
