"""Action plans: their problems and measures, every step of their life, and what came of them."""

from __future__ import annotations

from .follow_ups import MeasureOutcome, PlanFollowUp
from .parts import EarlierMeasure, PlanMeasure, PlanProblem
from .plan import Plan, PlanStep

__all__ = [
    "EarlierMeasure",
    "MeasureOutcome",
    "Plan",
    "PlanFollowUp",
    "PlanMeasure",
    "PlanProblem",
    "PlanStep",
]
