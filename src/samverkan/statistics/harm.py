"""The last year's offences weighed by the harm they do, beside their counts."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from samverkan.documents.formats import PeriodKind, number

from .findings import GroupFindings
from .statements import language_now


@dataclass(frozen=True)
class HarmWeight:
    """Points of one offence. Not confirmed: an assumption, between `low` and `high`."""

    series: str
    points: float
    low: float
    high: float
    is_confirmed: bool
    source: str


@dataclass(frozen=True)
class HarmWeights:
    version: str
    unit_sv: str
    unit_en: str
    weights: tuple[HarmWeight, ...]

    def unit(self, language: str) -> str:
        return self.unit_en if language == "en" else self.unit_sv


@dataclass(frozen=True)
class HarmRow:
    name: str
    count: int
    weight: HarmWeight
    harm: float


@dataclass(frozen=True)
class HarmTotal:
    """`lower` and `upper` are what chance gives with the weights as they stand; `with_low` and
    `with_high` the sum under the other weights. `heaviest` is the group with most of the harm."""

    version: str
    unit: str
    rows: tuple[HarmRow, ...]
    count: int
    harm: float
    lower: float
    upper: float
    with_low: float
    with_high: float
    heaviest: str

    @property
    def is_confirmed(self) -> bool:
        return all(row.weight.is_confirmed for row in self.rows)


@cache
def harm_weights() -> HarmWeights:
    content = tomllib.loads(
        (Path(__file__).parent / "data" / "harm_weights.toml").read_text(encoding="utf-8")
    )
    return HarmWeights(
        version=content["version"],
        unit_sv=content["unit_sv"],
        unit_en=content["unit_en"],
        weights=tuple(HarmWeight(**entry) for entry in content["weights"]),
    )


def harm_of(groups: Sequence[GroupFindings]) -> HarmTotal | None:
    """The sum over the groups that have a weight and all of the last year's months.

    None with fewer than two groups: one group's harm is its count again.
    """
    # Loaded here: SciPy is not part of the web process's start.
    from samverkan.methods.rates import harm_weighted_sum

    table, language = harm_weights(), language_now()
    counts = {
        group.definition.code: int(group.leading.judgement.recent_total)
        for group in groups
        if group.leading.series.period_kind is PeriodKind.MONTH
        and group.leading.series.is_count
        and group.leading.judgement.recent_known == PeriodKind.MONTH.per_year
    }
    names = {group.definition.code: group.definition.name(language) for group in groups}
    used = [weight for weight in table.weights if weight.series in counts]
    if len(used) < 2:
        return None
    values = [counts[weight.series] for weight in used]
    found = harm_weighted_sum(values, [weight.points for weight in used])
    rows = tuple(
        HarmRow(names[weight.series], count, weight, count * weight.points)
        for weight, count in zip(used, values, strict=True)
    )
    pairs = list(zip(used, values, strict=True))
    return HarmTotal(
        version=table.version,
        unit=table.unit(language),
        rows=rows,
        count=sum(values),
        harm=float(found.harm),
        lower=float(found.interval.lower),
        upper=float(found.interval.upper),
        with_low=sum(weight.low * count for weight, count in pairs),
        with_high=sum(weight.high * count for weight, count in pairs),
        heaviest=max(rows, key=lambda row: row.harm).name,
    )


def harm_sentence(total: HarmTotal) -> str:
    language = language_now()
    return _(
        "%(count)s offences in the last year weigh %(harm)s %(unit)s of imprisonment (with chance "
        "allowed for %(low)s to %(high)s). Most of it comes from %(heaviest)s."
    ) % {
        "count": number(total.count, language),
        "harm": number(total.harm, language),
        "unit": total.unit,
        "low": number(total.lower, language),
        "high": number(total.upper, language),
        "heaviest": total.heaviest[:1].lower() + total.heaviest[1:],
    }


def doubt_sentence(total: HarmTotal) -> str:
    """That some weights are assumptions, and what that can mean."""
    if total.is_confirmed:
        return ""
    language = language_now()
    return _(
        "Some weights are not confirmed: with other weights that are as reasonable the sum is "
        "between %(low)s and %(high)s %(unit)s. Do not use it to compare years or municipalities."
    ) % {
        "low": number(total.with_low, language),
        "high": number(total.with_high, language),
        "unit": total.unit,
    }
