"""What a decision becomes. Each room registers the kinds that it carries out.

A decision is typed once, in the meeting. Its kind turns it into the thing itself (a measure with a
function and a date) in the same transaction, and can later say how it went.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.functional import Promise

from samverkan.platform.access.actor import Actor
from samverkan.platform.design.tones import Tone

Text = str | Promise


@dataclass(frozen=True)
class DecisionDraft:
    """What was typed in the meeting, and the agenda point that it was typed under.

    `cause` and `baseline` are asked for by kinds that act on a problem: why it happens, and how
    much it is before anything is done.
    """

    group_ref: str
    meeting_ref: str
    municipality_code: str
    text: str
    function_ref: str
    due_on: date
    follow_up_on: date
    follow_up_how: str
    subject_kind: str = ""
    subject_ref: str = ""
    cause: str = ""
    baseline: str = ""


@dataclass(frozen=True)
class DecisionResult:
    """The thing that the decision became: `ref` is known again by `standing`."""

    ref: str
    title: str
    url: str


@dataclass(frozen=True)
class DecisionStanding:
    """How a decision stands today."""

    label: Text
    tone: Tone
    is_done: bool
    url: str = ""


class DecisionKind(Protocol):
    """`key` is stored with the decision; `label` is what the meeting chooses by."""

    key: str
    label: Text

    def problems_with(self, actor: Actor, draft: DecisionDraft) -> dict[str, Text]:
        """What keeps the draft from being carried out, by field name; empty when nothing does."""
        ...

    def carry_out(self, actor: Actor, draft: DecisionDraft) -> DecisionResult:
        """Make the thing, audited, inside the caller's transaction."""
        ...

    def standings(self, actor: Actor, refs: Iterable[str]) -> dict[str, DecisionStanding]:
        """How the things stand that earlier decisions became; unknown refs are left out."""
        ...


_kinds: dict[str, DecisionKind] = {}


def register(kind: DecisionKind) -> None:
    """Add a kind; registering the same key again replaces it."""
    _kinds[kind.key] = kind


def kind_of(key: str) -> DecisionKind:
    return _kinds[key]


def kinds() -> list[DecisionKind]:
    """Every kind, in the order that the rooms were registered."""
    return list(_kinds.values())
