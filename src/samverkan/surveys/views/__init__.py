"""The pages of surveys: read, put in, open, and answer without signing in."""

from .answering import answer, thanks
from .reading import area, index, measurement, survey
from .writing import close, new_measurement, new_survey, sheets

__all__ = [
    "answer",
    "area",
    "close",
    "index",
    "measurement",
    "new_measurement",
    "new_survey",
    "sheets",
    "survey",
    "thanks",
]
