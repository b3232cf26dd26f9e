"""EST: places, incidents, problems and measures; and the police's news, which are neither."""

from __future__ import annotations

from .categories import LocalCategory
from .gathering import GatheredIncident
from .incidents import Incident, IncidentCount
from .news import NewsEvent
from .places import Place
from .problems import Measure, Problem
from .reporting import NothingReported, ReportingDuty
from .reports import IncidentChange, ReportReceipt

__all__ = [
    "GatheredIncident",
    "Incident",
    "IncidentChange",
    "IncidentCount",
    "LocalCategory",
    "Measure",
    "NewsEvent",
    "NothingReported",
    "Place",
    "Problem",
    "ReportReceipt",
    "ReportingDuty",
]
