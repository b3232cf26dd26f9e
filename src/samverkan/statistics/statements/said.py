"""Everything that is said of a series, each sentence with the test behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from ..judgement import Judgement
from ..selectors import FigureSeries, PartOfYear, PartsOfYears
from . import evidence
from .level import average_interval, finding, what_could_be_seen
from .months import last_period, unusual_months
from .places import chance_words, part_words, told_by_more_years


class StatementKind(StrEnum):
    """What a sentence tells of; also the end of its anchor on the page."""

    LEVEL = "level"
    AVERAGE = "average"
    SEEN = "seen"
    LAST = "last"
    UNUSUAL = "unusual"
    PLACES = "places"


@dataclass(frozen=True)
class Statement:
    """A sentence that stands by itself."""

    kind: StatementKind
    text: str
    tell_test: Callable[[], str]

    @property
    def test(self) -> str:
        """How it was found out, with its numbers; said when somebody asks, in the language then."""
        return self.tell_test()


def statements_of(
    series: FigureSeries,
    judgement: Judgement,
    parts: Sequence[PartOfYear] = (),
    longer: PartsOfYears | None = None,
) -> tuple[Statement, ...]:
    """Every sentence that the figures allow, in reading order."""
    found = [
        Statement(
            StatementKind.LEVEL,
            finding(series, judgement) + ".",
            partial(evidence.of_level, series, judgement),
        ),
        Statement(
            StatementKind.AVERAGE,
            average_interval(series, judgement),
            partial(evidence.of_average, judgement),
        ),
        Statement(
            StatementKind.SEEN,
            what_could_be_seen(series, judgement),
            partial(evidence.of_what_could_be_seen, judgement),
        ),
        Statement(StatementKind.LAST, last_period(series, judgement), evidence.of_last),
        Statement(
            StatementKind.UNUSUAL,
            unusual_months(series, judgement),
            partial(evidence.of_unusual, judgement),
        ),
    ]
    total = int(judgement.recent_total)
    found += [
        Statement(
            StatementKind.PLACES,
            f"{part_words(part, total)} {chance_words(part, total)}",
            partial(evidence.of_part, part, total),
        )
        for part in parts
        if total > 0
    ]
    found += [
        Statement(StatementKind.PLACES, words, partial(evidence.of_part, part, longer.total))
        for part, words in told_by_more_years(parts, total, longer)
        if longer is not None
    ]
    return tuple(statement for statement in found if statement.text)
