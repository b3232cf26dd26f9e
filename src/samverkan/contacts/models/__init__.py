"""Contact paths and continuity: who to call now, and what goes on when somebody is away."""

from __future__ import annotations

from .continuity import Absence, FunctionNote, Handover, HandoverPoint
from .paths import Attempt, Call, ContactPath, PathStep

__all__ = [
    "Absence",
    "Attempt",
    "Call",
    "ContactPath",
    "FunctionNote",
    "Handover",
    "HandoverPoint",
    "PathStep",
]
