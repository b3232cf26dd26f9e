"""Which of the last month's counts are more than expected, all crime groups seen together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from samverkan.documents.formats import PeriodKind

from .judgement import Judgement, Surprise, calendar, standing
from .selectors import FigureSeries

YEARS_KEPT = 6
FALSE_ALARMS = 0.01


def with_unusual_months(
    found: Sequence[FigureSeries], judgements: Sequence[Judgement]
) -> list[Judgement]:
    """The judgements, where a month is told as more than expected only by the prediction from
    the same season of earlier years, with dispersion pooled over the municipality's series."""
    judged = list(judgements)
    monthly = [at for at, series in enumerate(found) if _takes_part(series, judged[at])]
    last = max((found[at].last for at in monthly), default=None)
    together = [at for at in monthly if found[at].last == last]
    if not together:
        return judged
    p_values = _p_values([judged[at] for at in together])
    for at, p_value, stands in zip(together, p_values, standing(p_values), strict=True):
        if p_value is not None:
            judged[at] = _told(judged[at], is_more=stands and p_value <= FALSE_ALARMS)
    return judged


def _takes_part(series: FigureSeries, judgement: Judgement) -> bool:
    return (
        series.period_kind is PeriodKind.MONTH
        and series.is_count
        and judgement.periods[-1].value is not None
        and all(period.value is None or period.value.is_integer() for period in judgement.periods)
    )


def _p_values(judgements: Sequence[Judgement]) -> list[float | None]:
    """How surprising a count as large as the last month's is; None where history is too short."""
    # Loaded here: SciPy is not part of the web process's start.
    from samverkan.methods.surveillance.predictive import predictive

    last = judgements[0].periods[-1].start
    first = min(judgement.periods[0].start for judgement in judgements)
    months = calendar(PeriodKind.MONTH, first, last)[-YEARS_KEPT * 12 :]
    counts = []
    for judgement in judgements:
        values = {period.start: period.value for period in judgement.periods}
        known = [values.get(month) for month in months]
        counts.append([float("nan") if value is None else value for value in known])
    result = predictive(counts, frequency=12, evaluate=[-1])
    found = [float(p_value) for p_value in result.p_value[:, 0]]
    return [None if p_value != p_value else p_value for p_value in found]


def _told(judgement: Judgement, *, is_more: bool) -> Judgement:
    last = judgement.periods[-1]
    is_above = last.value is not None and (last.upper is None or last.value > last.upper)
    if is_more and is_above:
        return replace(judgement, surprise=Surprise.MORE)
    if judgement.surprise is Surprise.MORE:
        return replace(judgement, surprise=Surprise.SLIGHT)
    return judgement
