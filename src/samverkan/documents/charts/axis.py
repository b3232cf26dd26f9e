"""Which periods get a label under the chart: the last, the first, the years between."""

from __future__ import annotations

from datetime import date

from samverkan.documents.charts.sizes import Size
from samverkan.documents.formats import Language, PeriodKind, short_period

GAP = 10


YEAR_STEPS = (1, 2, 3, 5, 10, 20)


def period_ticks(
    starts: tuple[date, ...],
    places: tuple[float, ...],
    kind: PeriodKind,
    size: Size,
    language: Language,
) -> list[tuple[int, str]]:
    """Positions and labels that do not run into each other; the last period always has its."""
    last = len(starts) - 1
    if kind is PeriodKind.YEAR:
        wanted = _even_years(places, size)
    else:
        wanted = [last, 0, *reversed([at for at in range(last) if starts[at].month == 1])]
    taken: list[tuple[float, float]] = []
    ticks: list[tuple[int, str]] = []
    for at in dict.fromkeys(wanted):
        label = short_period(kind, starts[at], language)
        half = size.text_width(label) / 2
        left, right = places[at] - half - GAP / 2, places[at] + half + GAP / 2
        if all(right <= low or left >= high for low, high in taken):
            taken.append((left, right))
            ticks.append((at, label))
    return sorted(ticks)


def _even_years(places: tuple[float, ...], size: Size) -> list[int]:
    """Every year, or every second, third, fifth: counted back from the last."""
    last = len(places) - 1
    if last < 1:
        return [last]
    needed = (size.text_width("2026") + GAP) / (places[1] - places[0])
    step = next((step for step in YEAR_STEPS if step >= needed), YEAR_STEPS[-1])
    return list(range(last, -1, -step))
