"""When something moves to the next level: dated rules, and what they ask for on a day."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data" / "escalation_rules.toml"
LEVELS = ("unit", "group", "coordinator", "council", "board")
AT_REST_PROBLEMS = frozenset({"closed", "set_aside"})
UNFINISHED_MEASURES = frozenset({"decided", "ongoing"})


@dataclass(frozen=True)
class Step:
    level: str
    after: int


@dataclass(frozen=True)
class Rule:
    key: str
    subject: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class EscalationRules:
    version: str
    source: str
    rules: tuple[Rule, ...]

    def rule(self, key: str) -> Rule:
        return next(rule for rule in self.rules if rule.key == key)


@dataclass(frozen=True)
class ProblemDays:
    """`reopened_on`: the last time that it was opened again after having been closed."""

    state: str
    opened_on: date
    reopened_on: date | None = None


@dataclass(frozen=True)
class MeasureDays:
    state: str
    due_on: date
    follow_up_on: date | None = None


@dataclass(frozen=True)
class Call:
    """A rule asks for the level; `counted` is the weeks or days that it counted."""

    rule: str
    level: str
    counted: int


@cache
def rules_in_force() -> EscalationRules:
    content = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return EscalationRules(
        version=content["version"],
        source=content["source"],
        rules=tuple(
            Rule(
                entry["key"],
                entry["subject"],
                tuple(Step(step["level"], step["after"]) for step in entry["steps"]),
            )
            for entry in content["rules"]
        ),
    )


def calls_for_problem(rules: EscalationRules, days: ProblemDays, today: date) -> tuple[Call, ...]:
    """What the rules ask for today; nothing for a problem that nobody works with."""
    if days.state in AT_REST_PROBLEMS:
        return ()
    since = days.reopened_on or days.opened_on
    calls = [_call(rules.rule("problem_stays"), (today - since).days // 7)]
    if days.reopened_on is not None:
        weeks = (today - days.reopened_on).days // 7
        calls.append(_call(rules.rule("problem_recurs"), weeks))
    return tuple(call for call in calls if call is not None)


def calls_for_measure(rules: EscalationRules, days: MeasureDays, today: date) -> tuple[Call, ...]:
    """What the rules ask for today: a late measure, a late follow-up."""
    late = (today - days.due_on).days if days.state in UNFINISHED_MEASURES else 0
    calls = [_call(rules.rule("measure_late"), late)]
    if days.state == "done" and days.follow_up_on is not None:
        overdue = (today - days.follow_up_on).days
        calls.append(_call(rules.rule("follow_up_late"), overdue))
    return tuple(call for call in calls if call is not None)


def highest(levels: list[str]) -> str:
    """The level farthest up; "" of none."""
    return max(levels, key=LEVELS.index, default="")


def _call(rule: Rule, counted: int) -> Call | None:
    """The highest step that has been passed."""
    passed = [step for step in rule.steps if counted >= step.after]
    if counted < 0 or not passed:
        return None
    return Call(rule.key, max(passed, key=lambda step: LEVELS.index(step.level)).level, counted)
