"""Which of the last year's months had more than expected, all crime groups seen together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from samverkan.documents.formats import PeriodKind

from .judgement import Judgement, Surprise, UnusualMonth, standing
from .selectors import FigureSeries

YEARS_KEPT = 7
FALSE_ALARMS = 0.01
MONTHS_LOOKED_AT = 12
PValue = float | None


def with_unusual_months(
    found: Sequence[FigureSeries], judgements: Sequence[Judgement]
) -> list[Judgement]:
    """The judgements, where a month is told as more than expected only by the prediction from
    the same season of earlier years, with dispersion pooled over the municipality's series."""
    judged = list(judgements)
    together = _together(found, judged)
    if not together:
        return judged
    p_values = _p_values(
        [judged[at] for at in together], [found[at].municipality_code for at in together]
    )
    by_municipality: dict[str, list[int]] = defaultdict(list)
    for row, at in enumerate(together):
        by_municipality[found[at].municipality_code].append(row)
    for rows in by_municipality.values():
        stands = _standing([p_values[row] for row in rows])
        for row, kept in zip(rows, stands, strict=True):
            judged[together[row]] = _told(judged[together[row]], p_values[row], kept)
    return judged


def _together(found: Sequence[FigureSeries], judgements: Sequence[Judgement]) -> list[int]:
    """The monthly counts that reach the last month of their municipality."""
    monthly = [at for at, series in enumerate(found) if _takes_part(series, judgements[at])]
    last: dict[str, date] = {}
    for at in monthly:
        code = found[at].municipality_code
        last[code] = max(found[at].last, last.get(code, found[at].last))
    return [at for at in monthly if found[at].last == last[found[at].municipality_code]]


def _takes_part(series: FigureSeries, judgement: Judgement) -> bool:
    return (
        series.period_kind is PeriodKind.MONTH
        and judgement.recent_interval is not None
        and judgement.periods[-1].value is not None
    )


def _p_values(judgements: Sequence[Judgement], labels: Sequence[str]) -> list[list[PValue]]:
    """How surprising counts as large as the last months' are, the oldest first; None where
    history is too short or the month is missing."""
    # Loaded here: SciPy is not part of the web process's start.
    import numpy as np

    from samverkan.methods.surveillance.predictive import predictive

    width = min(YEARS_KEPT * 12, max(len(judgement.periods) for judgement in judgements))
    counts = np.full((len(judgements), width), np.nan)
    for row, judgement in enumerate(judgements):
        kept = judgement.periods[-width:]
        values = [float("nan") if each.value is None else each.value for each in kept]
        counts[row, width - len(values) :] = values
    pool = np.unique(np.asarray(labels), return_inverse=True)[1]
    looked_at = range(-min(MONTHS_LOOKED_AT, width), 0)
    result = predictive(counts, frequency=12, evaluate=list(looked_at), pool=pool)
    table: list[list[float]] = result.p_value.tolist()
    return [[None if value != value else value for value in row] for row in table]


def _standing(p_values: Sequence[Sequence[PValue]]) -> list[list[bool]]:
    """Month by month: which p-values stand beside those of the other series."""
    by_month = [
        [
            stands and p_value is not None and p_value <= FALSE_ALARMS
            for stands, p_value in zip(standing(column), column, strict=True)
        ]
        for column in zip(*p_values, strict=True)
    ]
    return [list(row) for row in zip(*by_month, strict=True)]


def _told(judgement: Judgement, p_values: Sequence[PValue], stands: Sequence[bool]) -> Judgement:
    unusual = []
    months = judgement.periods[-len(p_values) :]
    padded = [*([None] * (len(p_values) - len(months))), *months]
    for period, p_value, is_more in zip(padded, p_values, stands, strict=True):
        if period is None or period.value is None or p_value is None or not is_more:
            continue
        if period.upper is None or period.value > period.upper:
            is_preliminary = bool(period.figure and period.figure.is_preliminary)
            unusual.append(
                UnusualMonth(period.start, period.value, period.upper, p_value, is_preliminary)
            )
    surprise = judgement.surprise
    if p_values[-1] is not None:
        if unusual and unusual[-1].start == judgement.periods[-1].start:
            surprise = Surprise.MORE
        elif surprise is Surprise.MORE:
            surprise = Surprise.SLIGHT
    looked_at = sum(p_value is not None for p_value in p_values)
    return replace(judgement, surprise=surprise, unusual=tuple(unusual), months_looked_at=looked_at)
