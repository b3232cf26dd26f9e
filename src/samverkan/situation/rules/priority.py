"""The grid by which problems are put in order: versioned criteria, and where a problem lands."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data" / "priority_criteria.toml"
STEPS = (1, 2, 3, 4)


class Axis(StrEnum):
    SERIOUSNESS = "seriousness"
    INFLUENCE = "influence"


class Quarter(StrEnum):
    """What the place in the grid says to do."""

    FIRST = "first"
    PREPARE = "prepare"
    EASY = "easy"
    LATER = "later"


@dataclass(frozen=True)
class Criterion:
    """One question, answered 1 to 4; `names`, `lows`, `highs` by language."""

    key: str
    axis: Axis
    weight: float
    names: Mapping[str, str]
    lows: Mapping[str, str]
    highs: Mapping[str, str]


@dataclass(frozen=True)
class Criteria:
    version: str
    source: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Standing:
    """Where a problem lands: both 0 to 1, and how many of the criteria have been answered."""

    seriousness: float
    influence: float
    answered: int
    asked: int

    @property
    def quarter(self) -> Quarter:
        is_serious, is_open = self.seriousness >= 0.5, self.influence >= 0.5
        if is_serious:
            return Quarter.FIRST if is_open else Quarter.PREPARE
        return Quarter.EASY if is_open else Quarter.LATER


@cache
def criteria_in_force() -> Criteria:
    content = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return Criteria(
        version=content["version"],
        source=content["source"],
        criteria=tuple(
            Criterion(
                key=entry["key"],
                axis=Axis(entry["axis"]),
                weight=float(entry["weight"]),
                names={"sv": entry["name_sv"], "en": entry["name_en"]},
                lows={"sv": entry["low_sv"], "en": entry["low_en"]},
                highs={"sv": entry["high_sv"], "en": entry["high_en"]},
            )
            for entry in content["criteria"]
        ),
    )


def standing(criteria: Criteria, steps: Mapping[str, int]) -> Standing | None:
    """The weighted means of the answers by axis; None until each axis has at least one answer."""
    means = {}
    for axis in Axis:
        answered = [each for each in criteria.criteria if each.axis is axis and each.key in steps]
        weight = sum(each.weight for each in answered)
        if not weight:
            return None
        total = sum(each.weight * steps[each.key] for each in answered)
        means[axis] = (total / weight - 1) / (STEPS[-1] - 1)
    known = sum(each.key in steps for each in criteria.criteria)
    return Standing(means[Axis.SERIOUSNESS], means[Axis.INFLUENCE], known, len(criteria.criteria))
