"""Perceived safety: surveys of a drawn sample, and simple surveys answered in the house."""

from .answers import Answer, OpenSurvey, Sheet
from .measurements import MeasuredShare, Measurement

__all__ = ["Answer", "MeasuredShare", "Measurement", "OpenSurvey", "Sheet"]
