"""The two gates: no measure without a cause, none without a way to see whether it helped.

Drafts may break them. "Ready for decision" and everything after may not.
Source: Brå's method (Samverkan i lokalt brottsförebyggande arbete): measures act on likely causes,
and what cannot be followed up is not decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Gap(StrEnum):
    """What is missing before the next gate."""

    CAUSE = "cause"
    INDICATOR = "indicator"
    BASELINE = "baseline"
    FOLLOW_UP_DATE = "follow_up_date"
    OUTCOME = "outcome"
    REASON = "reason"
    RECONSIDER_DATE = "reconsider_date"
    DECIDED_MEASURE = "decided_measure"
    FOLLOWED_MEASURE = "followed_measure"
    OPEN_MEASURE = "open_measure"


@dataclass(frozen=True)
class MeasureFacts:
    """What the gates ask of a measure; `has_problem_cause` is of the problem that it is for."""

    has_problem_cause: bool
    indicator: str = ""
    baseline: str = ""
    follow_up_on: date | None = None
    outcome: str = ""


@dataclass(frozen=True)
class ProblemFacts:
    """What the gates ask of a problem: its causes, and the states of its measures."""

    has_cause: bool
    measure_states: tuple[str, ...] = ()


@dataclass(frozen=True)
class Given:
    """What was said together with the step."""

    reason: str = ""
    reconsider_on: date | None = None


OPEN_MEASURES = frozenset({"ready", "decided", "ongoing", "done"})
DECIDED_MEASURES = frozenset({"decided", "ongoing", "done", "followed_up"})


def gaps_before_decision(facts: MeasureFacts) -> tuple[Gap, ...]:
    """Gate 1 and gate 2 together: what keeps a measure from being ready for decision."""
    asked = (
        (facts.has_problem_cause, Gap.CAUSE),
        (bool(facts.indicator.strip()), Gap.INDICATOR),
        (bool(facts.baseline.strip()), Gap.BASELINE),
        (facts.follow_up_on is not None, Gap.FOLLOW_UP_DATE),
    )
    return tuple(gap for is_there, gap in asked if not is_there)


def measure_gaps(guard: str, facts: MeasureFacts, given: Given) -> tuple[Gap, ...]:
    """What a guard of `lives.MEASURE` misses; empty when it holds."""
    if guard == "is_complete":
        return gaps_before_decision(facts)
    if guard == "has_outcome":
        return () if facts.outcome.strip() else (Gap.OUTCOME,)
    if guard == "has_reason":
        return () if given.reason.strip() else (Gap.REASON,)
    raise ValueError(guard)


def problem_gaps(guard: str, facts: ProblemFacts, given: Given) -> tuple[Gap, ...]:
    """What a guard of `lives.PROBLEM` misses; empty when it holds."""
    states = set(facts.measure_states)
    if guard == "has_cause":
        return () if facts.has_cause else (Gap.CAUSE,)
    if guard == "has_decided_measure":
        return () if states & DECIDED_MEASURES else (Gap.DECIDED_MEASURE,)
    if guard == "has_followed_up":
        return () if "followed_up" in states else (Gap.FOLLOWED_MEASURE,)
    if guard == "is_settled":
        return (Gap.OPEN_MEASURE,) if states & OPEN_MEASURES else ()
    if guard == "has_reason":
        missing = () if given.reason.strip() else (Gap.REASON,)
        return missing if given.reconsider_on else (*missing, Gap.RECONSIDER_DATE)
    raise ValueError(guard)
