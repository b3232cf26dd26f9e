"""Pure decisions on plans: what hinders a decision, when the law's clock runs out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samverkan.platform.months import months_after

# The law's 6 §: a plan is followed up, and a picture updated, at least every second year.
MONTHS = 24
SOON_MONTHS = 6

CLOSED_OUTCOMES = frozenset({"done", "dropped", "replaced"})


class Lack(StrEnum):
    """What a plan lacks before it can be proposed for decision."""

    PICTURE = "picture"
    PROBLEM = "problem"
    MEASURE = "measure"
    RESPONSIBLE = "responsible"
    INDICATOR = "indicator"
    BASELINE = "baseline"
    FOLLOW_UP_DATE = "follow_up_date"


@dataclass(frozen=True)
class MeasureFacts:
    ref: str
    title: str
    has_responsible: bool
    indicator: str
    baseline: str
    follow_up_on: date | None


@dataclass(frozen=True)
class ProblemFacts:
    ref: str
    name: str
    measures: tuple[MeasureFacts, ...]


@dataclass(frozen=True)
class Missing:
    """`subject` names the problem or measure, `ref` is where it is mended."""

    lack: Lack
    subject: str = ""
    ref: str = ""


def lacks(*, has_decided_picture: bool, problems: Sequence[ProblemFacts]) -> tuple[Missing, ...]:
    """Everything that keeps the plan from a decision, in the order of the plan.

    The law: the plan has a decided picture as its basis (5 §). Brå's method: no measure without
    a problem, and none that cannot be followed up.
    """
    found = [] if has_decided_picture else [Missing(Lack.PICTURE)]
    if not problems:
        found.append(Missing(Lack.PROBLEM))
    for problem in problems:
        if not problem.measures:
            found.append(Missing(Lack.MEASURE, problem.name, problem.ref))
        for measure in problem.measures:
            found += [Missing(lack, measure.title, measure.ref) for lack in measure_lacks(measure)]
    return tuple(found)


def measure_lacks(measure: MeasureFacts) -> tuple[Lack, ...]:
    asked = (
        (measure.has_responsible, Lack.RESPONSIBLE),
        (bool(measure.indicator.strip()), Lack.INDICATOR),
        (bool(measure.baseline.strip()), Lack.BASELINE),
        (measure.follow_up_on is not None, Lack.FOLLOW_UP_DATE),
    )
    return tuple(lack for is_there, lack in asked if not is_there)


@dataclass(frozen=True)
class Clock:
    """One of the two clocks of the law's 6 §. `due_on` is None when it has not begun."""

    began_on: date | None
    due_on: date | None
    is_soon: bool
    is_over: bool


def clock(began_on: date | None, today: date) -> Clock:
    """The clock runs for two years from the day that it was last set."""
    if began_on is None:
        return Clock(None, None, is_soon=False, is_over=False)
    due = months_after(began_on, MONTHS)
    is_over = due <= today
    return Clock(began_on, due, not is_over and months_after(today, SOON_MONTHS) >= due, is_over)


def unanswered(measures: Collection[int], outcomes: Collection[int]) -> set[int]:
    """Measures that a follow-up must say something about and does not."""
    return set(measures) - set(outcomes)


class Fate(StrEnum):
    """What became of a measure when the plan was revised."""

    KEPT = "kept"
    CHANGED = "changed"
    DONE = "done"
    DROPPED = "dropped"
    REPLACED = "replaced"
    NEW = "new"


@dataclass(frozen=True)
class CarriedText:
    """What of a measure is compared when it was taken along to a new plan."""

    title: str
    description: str
    responsible: str
    parties: tuple[str, ...]
    indicator: str
    baseline: str
    target: str
    follow_up_on: date | None


def fate_of_carried(before: CarriedText, after: CarriedText) -> tuple[Fate, tuple[str, ...]]:
    """Kept as it was, or changed, with the names of the fields that differ."""
    differing = tuple(
        name
        for name in CarriedText.__dataclass_fields__
        if getattr(before, name) != getattr(after, name)
    )
    return (Fate.CHANGED if differing else Fate.KEPT), differing
