"""EST: places, incidents, problems and measures; and the police's news, which are neither."""

from __future__ import annotations

from .feedback import ReportAnswer
from .gathering import GatheredIncident
from .incidents import Incident, IncidentCount
from .news import NewsEvent
from .places import Place
from .planned import PlannedEvent
from .problems import Measure, Problem
from .publications import CountPublication
from .reporting import NothingReported, ReportingDuty

__all__ = [
    "CountPublication",
    "GatheredIncident",
    "Incident",
    "IncidentCount",
    "Measure",
    "NewsEvent",
    "NothingReported",
    "Place",
    "PlannedEvent",
    "Problem",
    "ReportAnswer",
    "ReportingDuty",
]
