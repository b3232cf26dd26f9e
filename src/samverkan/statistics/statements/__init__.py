"""Sentences that a politician can trust and repeat: the finding, and what could have been seen."""

from .level import (
    average_interval,
    finding,
    how_many,
    level_words,
    what_could_be_seen,
)
from .months import last_period, unusual_months
from .places import (
    of_more_years,
    part_words,
    share_of,
    told_by_more_years,
    where_of_last_year,
)
from .provenance import cautions, source_line, what_is_counted
from .said import Statement, StatementKind, statements_of
from .words import language_now

__all__ = [
    "Statement",
    "StatementKind",
    "average_interval",
    "cautions",
    "finding",
    "how_many",
    "language_now",
    "last_period",
    "level_words",
    "of_more_years",
    "part_words",
    "share_of",
    "source_line",
    "statements_of",
    "told_by_more_years",
    "unusual_months",
    "what_could_be_seen",
    "what_is_counted",
    "where_of_last_year",
]
