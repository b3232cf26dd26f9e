"""What the other rooms and the floors above may ask about the situation."""

from __future__ import annotations

from .counts import (
    PlaceCount,
    WeekRow,
    WeekTable,
    counts_by_place,
    incident_week_table,
    incidents_a_week,
)
from .problems import MeasureSummary, ProblemSummary, measures_due, open_problems
from .reporting import ReportingStatus, UnitState, UnitStatus, reporting_status, reporting_statuses
from .shared import SharedBlock, is_counts_only, shared_blocks

__all__ = [
    "MeasureSummary",
    "PlaceCount",
    "ProblemSummary",
    "ReportingStatus",
    "SharedBlock",
    "UnitState",
    "UnitStatus",
    "WeekRow",
    "WeekTable",
    "counts_by_place",
    "incident_week_table",
    "incidents_a_week",
    "is_counts_only",
    "measures_due",
    "open_problems",
    "reporting_status",
    "reporting_statuses",
    "shared_blocks",
]
