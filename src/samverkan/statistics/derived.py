"""Series that are computed of others by a rule, where nobody has delivered them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .definitions import DerivationRule, series_definitions
from .release import KnownFigure, SeriesKey

Figures = list[KnownFigure]


class ContradictoryPartsError(ValueError):
    """The parts that are taken away are together more than what they are taken from."""


def derived_series(grouped: Mapping[SeriesKey, Figures]) -> dict[SeriesKey, Figures]:
    """Every series with a rule that is not delivered, for each owner, source and kind of period.

    A period of which a part is missing is missing; so is one whose parts contradict each other.
    """
    found: dict[SeriesKey, Figures] = {}
    for code, definition in series_definitions().items():
        if definition.rule is None:
            continue
        for first in [key for key in grouped if key.code == definition.rule.plus[0]]:
            key = first._replace(code=code)
            if key in grouped:
                continue
            parts = [grouped.get(first._replace(code=part)) for part in definition.rule.parts]
            if all(parts):
                found[key] = evaluate(definition.rule, [part or [] for part in parts])
    return found


def evaluate(rule: DerivationRule, parts: list[Figures]) -> Figures:
    """The rule over every period that any part has; parts in the order of the rule."""
    by_start = [{figure.start: figure for figure in part} for part in parts]
    starts = sorted({start for part in by_start for start in part})
    return [_one(rule, start, [part.get(start) for part in by_start]) for start in starts]


def difference(rule: DerivationRule, values: list[float | None]) -> float | None:
    """The rule for one period; None when a part is missing. Raises ContradictoryPartsError."""
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    added = len(rule.plus)
    result = sum(known[:added]) - sum(known[added:])
    if result < 0:
        raise ContradictoryPartsError
    return result


def _one(rule: DerivationRule, start: date, parts: list[KnownFigure | None]) -> KnownFigure:
    present = [part for part in parts if part is not None]
    latest = max(present, key=lambda part: part.import_id)
    try:
        value = difference(rule, [part.value if part else None for part in parts])
    except ContradictoryPartsError:
        value = None
    return KnownFigure(
        start=start,
        value=value,
        is_preliminary=any(part.is_preliminary for part in present),
        import_id=latest.import_id,
        line=latest.line,
    )
