"""Signals in the counts of a week: one call, words for an answer."""

from __future__ import annotations

from .judging import NearEvents, judge
from .types import Series, Signal, SignalKind, SignalReport, Strength, SubjectKind

__all__ = [
    "NearEvents",
    "Series",
    "Signal",
    "SignalKind",
    "SignalReport",
    "Strength",
    "SubjectKind",
    "judge",
]
