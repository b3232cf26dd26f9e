"""Pure decisions on contact paths: who is on duty, which step is due, what stops."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from samverkan.organisations.stands import Stand

LONGEST_MESSAGE = 300
LONGEST_NOTE = 2000
OFFICE_OPENS, OFFICE_CLOSES = 8, 17
SATURDAY = 5


class Way(StrEnum):
    """How somebody is reached, in the order that a step says."""

    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"


class Hours(StrEnum):
    ALWAYS = "always"
    OFFICE = "office"


class CallState(StrEnum):
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    EXHAUSTED = "exhausted"
    CLOSED = "closed"


@dataclass(frozen=True)
class StepPlan:
    """A step as the clock sees it."""

    position: int
    wait_minutes: int
    hours: Hours


def on_duty(stands: Sequence[Stand], absent: Collection[int]) -> Stand | None:
    """The holder who is not away; else the deputy who has stood in the longest; else nobody."""
    present = [stand for stand in stands if stand.user_id not in absent]
    ordered = sorted(present, key=lambda stand: (stand.is_deputy, stand.since, stand.user_id))
    return ordered[0] if ordered else None


def is_open_hour(hours: Hours, at_local: datetime, holidays: Collection[date] = ()) -> bool:
    """Whether a step answers at the hour; office hours are weekdays 8 to 17, no holidays."""
    if hours is Hours.ALWAYS:
        return True
    is_workday = at_local.weekday() < SATURDAY and at_local.date() not in holidays
    return is_workday and OFFICE_OPENS <= at_local.hour < OFFICE_CLOSES


def steps_open(
    steps: Sequence[StepPlan], at_local: datetime, holidays: Collection[date] = ()
) -> list[StepPlan]:
    """The steps that answer now, in order. When none does, all: better closed hours than nobody."""
    open_now = [step for step in steps if is_open_hour(step.hours, at_local, holidays)]
    return open_now or list(steps)


def steps_due(steps: Sequence[StepPlan], opened_at: datetime, now: datetime) -> list[StepPlan]:
    """The steps whose turn has come: the first at once, each next after the wait of the one
    before."""
    due, turn = [], opened_at
    for step in steps:
        if turn > now:
            break
        due.append(step)
        turn += timedelta(minutes=step.wait_minutes)
    return due


def exhausted_at(steps: Sequence[StepPlan], opened_at: datetime) -> datetime:
    """When nobody is left to turn to."""
    return opened_at + timedelta(minutes=sum(step.wait_minutes for step in steps))


def seconds_to_acknowledge(opened_at: datetime, acknowledged_at: datetime | None) -> int | None:
    if acknowledged_at is None:
        return None
    return max(0, round((acknowledged_at - opened_at).total_seconds()))


def clean_phone(text: str) -> str:
    """The number as a telephone dials it: `070-174 06 05` becomes `+46701740605`.

    ValueError for what is no number.
    """
    digits = "".join(letter for letter in text if letter.isascii() and letter.isdigit())
    is_written_so = all(letter in "+-() \u00a00123456789" for letter in text.strip())
    if not is_written_so or not 5 <= len(digits) <= 15:
        raise ValueError("not a telephone number")
    if text.strip().startswith("+"):
        return f"+{digits}"
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    if digits.startswith("0"):
        return f"+46{digits[1:]}"
    return digits
