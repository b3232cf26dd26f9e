"""A computed series period by period: its parts, the result, and where the parts contradict."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from samverkan.documents.formats import PeriodKind
from samverkan.platform.access.actor import Actor

from .definitions import DerivationRule, SeriesDefinition, Source, sources
from .derived import ContradictoryPartsError, difference
from .models import Figure

PERIODS_SHOWN = 12

RuleKey = tuple[str, str, int, date]


@dataclass(frozen=True)
class RuleLine:
    """One period of one source. A contradiction has no result: nothing negative is ever shown."""

    kind: PeriodKind
    start: date
    source: Source
    parts: tuple[float | None, ...]
    result: float | None
    is_contradiction: bool


def rule_lines(
    actor: Actor, municipality_code: str, definition: SeriesDefinition
) -> list[RuleLine]:
    """The latest periods of a series with a rule, contradictions first, then the newest."""
    if definition.rule is None:
        return []
    figures = Figure.objects.visible_to(actor).current().for_municipality(municipality_code)
    rows = figures.filter(
        series_code__in=definition.rule.parts, subgroup="", unit=definition.unit
    ).values_list("period_kind", "source_code", "owner_id", "period_start", "series_code", "value")
    found: dict[RuleKey, dict[str, float | None]] = defaultdict(dict)
    for kind, source, owner, start, code, value in rows:
        found[kind, source, owner, start][code] = value
    # Where a source has never given one of the parts there is nothing to compute.
    given: dict[tuple[str, str, int], set[str]] = defaultdict(set)
    for key, values in found.items():
        given[key[:3]] |= set(values)
    whole = {key for key, codes in given.items() if codes >= set(definition.rule.parts)}
    lines = [
        _line(definition.rule, key, values) for key, values in found.items() if key[:3] in whole
    ]
    newest = sorted(lines, key=lambda line: line.start, reverse=True)
    wrong = [line for line in newest if line.is_contradiction]
    return [*wrong, *(line for line in newest if not line.is_contradiction)][:PERIODS_SHOWN]


def _line(rule: DerivationRule, key: RuleKey, values: dict[str, float | None]) -> RuleLine:
    kind, source, _owner, start = key
    parts = [values.get(code) for code in rule.parts]
    try:
        result, is_contradiction = difference(rule, parts), False
    except ContradictoryPartsError:
        result, is_contradiction = None, True
    return RuleLine(
        PeriodKind(kind), start, sources()[source], tuple(parts), result, is_contradiction
    )
