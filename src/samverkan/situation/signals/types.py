"""What the signals are about, and what they say. No figure here is a percentage."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class SubjectKind(StrEnum):
    PLACE = "place"
    CATEGORY = "category"
    ALL = "all"


class SignalKind(StrEnum):
    UNUSUAL = "unusual"
    CREEPING = "creeping"
    NEAR_REPEAT = "near_repeat"


class Strength(StrEnum):
    CLEAR = "clear"
    SOME = "some"

    @property
    def label(self) -> str:
        return str(_("clear signal") if self is Strength.CLEAR else _("some signal"))


@dataclass(frozen=True)
class Series:
    """Counts of one subject, the oldest period first; the last one is what is judged.

    `key` is a place's ref or a category's code, `name` a place's name.
    """

    kind: SubjectKind
    key: str
    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Signal:
    """One signal with its numbers: what was seen, what chance gives, and by which method.

    `usual_at_most` is the largest count within what chance gives; `p_value` is adjusted for how
    many subjects were looked at, and NaN for a method that promises a run length instead.
    `method` names the page under docs/methods.
    """

    kind: SignalKind
    strength: Strength
    subject: SubjectKind
    key: str
    name: str
    observed: int
    expected: float
    usual_at_most: int
    p_value: float
    method: str

    @property
    def sentence(self) -> str:
        from .words import sentence

        return sentence(self)


@dataclass(frozen=True)
class SignalReport:
    """What the screen of one period found, and what it could not have found.

    `judged` subjects were looked at; for `unseen` of them not even a doubling would have shown.
    `periods` before this one were there to compare with; `can_say` is False when they were too few.
    """

    signals: tuple[Signal, ...]
    judged: int
    unseen: int
    periods: int
    can_say: bool

    @property
    def sentence(self) -> str:
        from .words import summary

        return summary(self)

    @property
    def limits(self) -> str:
        from .words import limits

        return limits(self)
