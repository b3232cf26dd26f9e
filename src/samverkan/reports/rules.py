"""Pure decisions on situational pictures: what hinders a decision, what an edit becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samverkan.platform.months import months_after

from .kinds import Kind
from .sections import Section

LONGEST_TEXT = 100_000
UPDATE_WITHIN_MONTHS = 24


class Hindrance(StrEnum):
    """Why a version cannot be marked as decided."""

    NO_ANALYSIS = "no_analysis"
    NO_CONSEQUENCES = "no_consequences"
    ALREADY_DECIDED = "already_decided"


def hindrances(
    texts: Mapping[str, str], *, kind: Kind | str = Kind.PICTURE, is_decided: bool = False
) -> tuple[Hindrance, ...]:
    """What the law demands and the version lacks (lag 2023:196, 4 §), in the order of the law.

    An EST analysis without its analysis is only a list; consequences are the law's demand alone.
    """
    found = []
    if is_decided:
        found.append(Hindrance.ALREADY_DECIDED)
    if kind == Kind.PICTURE and not texts.get(Section.CONSEQUENCES, "").strip():
        found.append(Hindrance.NO_CONSEQUENCES)
    if not texts.get(Section.ANALYSIS, "").strip():
        found.append(Hindrance.NO_ANALYSIS)
    return tuple(found)


@dataclass(frozen=True)
class Collision:
    """Two people wrote in the same section from the same start: both texts, for a human."""

    section: Section
    mine: str
    theirs: str
    theirs_by: str
    latest_number: int


def collides(
    section: Section, mine: str, started_from: Mapping[str, str], latest: Mapping[str, str]
) -> bool:
    """Whether somebody else has changed this very section since the writer opened it."""
    theirs = latest.get(section, "")
    return theirs != started_from.get(section, "") and theirs != mine


def next_update_due(decided_on: date) -> date:
    """The law's 6 §: at least every second year."""
    return months_after(decided_on, UPDATE_WITHIN_MONTHS)


def first_of_month(text: str) -> date | None:
    """`2026-10` as a day; None for anything else."""
    year, separator, month = text.partition("-")
    digits = year + month
    is_written_so = separator and len(year) == 4 and len(month) == 2
    if not (is_written_so and digits.isascii() and digits.isdecimal()):
        return None
    if not (1996 <= int(year) <= 2200 and 1 <= int(month) <= 12):
        return None
    return date(int(year), int(month), 1)


def end_of_month(start: date) -> date:
    """The first day after the month."""
    return date(start.year + start.month // 12, start.month % 12 + 1, 1)
