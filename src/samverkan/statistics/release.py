"""What is handed out of the figures as they are stored: sums of years, and what is held back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from samverkan.documents.formats import PeriodKind

from .definitions import Sensitivity, SeriesDefinition
from .models import Figure

SMALLEST_RELEASED = 5


@dataclass(frozen=True)
class KnownFigure:
    """One period's figure. `value` None: it was delivered as missing, or is suppressed."""

    start: date
    value: float | None
    is_preliminary: bool
    import_id: int
    line: int
    is_suppressed: bool = False


class SeriesKey(NamedTuple):
    code: str
    unit: str
    kind: PeriodKind
    source: str
    owner: int


def summed_years(grouped: dict[SeriesKey, list[KnownFigure]]) -> dict[SeriesKey, list[KnownFigure]]:
    """Complete years of the monthly counts of which nobody has given years."""
    with_years = {key.code for key in grouped if key.kind is PeriodKind.YEAR}
    sums: dict[SeriesKey, list[KnownFigure]] = {}
    for key, figures in grouped.items():
        is_monthly_count = key.kind is PeriodKind.MONTH and key.unit == Figure.Unit.COUNT
        if not is_monthly_count or key.code in with_years:
            continue
        by_year: dict[int, list[KnownFigure]] = defaultdict(list)
        for figure in figures:
            if figure.value is not None:
                by_year[figure.start.year].append(figure)
        years = [_sum(year, months) for year, months in by_year.items() if len(months) == 12]
        if years:
            sums[key._replace(kind=PeriodKind.YEAR)] = years
    return sums


def _sum(year: int, months: list[KnownFigure]) -> KnownFigure:
    return KnownFigure(
        start=date(year, 1, 1),
        value=sum(month.value or 0.0 for month in months),
        is_preliminary=any(month.is_preliminary for month in months),
        import_id=months[-1].import_id,
        line=0,
    )


def released(
    definition: SeriesDefinition, kind: PeriodKind, figures: list[KnownFigure]
) -> list[KnownFigure]:
    if definition.sensitivity is Sensitivity.ORDINARY:
        return figures
    if kind is not PeriodKind.YEAR:
        return []
    return [_suppressed(figure) if is_small(figure.value) else figure for figure in figures]


def is_small(value: float | None) -> bool:
    return value is not None and 0 < value < SMALLEST_RELEASED


def _suppressed(figure: KnownFigure) -> KnownFigure:
    return KnownFigure(
        figure.start, None, figure.is_preliminary, figure.import_id, figure.line, is_suppressed=True
    )
