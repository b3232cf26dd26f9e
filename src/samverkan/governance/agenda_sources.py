"""What a meeting should talk about. Each room registers the points that it knows of.

Governance owns the meeting and knows nothing of incidents or figures: a room that has something to
bring up answers with points, and the agenda builds itself from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from django.utils.functional import Promise

from samverkan.platform.access.actor import Actor

Text = str | Promise


class AgendaPart(IntEnum):
    """The parts of an agenda in the order that they are gone through."""

    SINCE_LAST = 10
    REPORTED = 20
    PLACES = 30
    SIGNALS = 40
    PROBLEMS = 50
    MEASURES = 60
    ASSIGNMENTS = 70
    COMMITMENTS = 80
    PLANS = 90
    AHEAD = 100
    OTHER = 110


@dataclass(frozen=True)
class MeetingFrame:
    """The meeting that the points are for: `previous_at` is when the group last met, if it has."""

    meeting_ref: str
    group_ref: str
    group_kind: str
    municipality_code: str
    owner_party_id: int
    starts_at: datetime
    previous_at: datetime | None


@dataclass(frozen=True)
class AgendaPoint:
    """One thing to talk about.

    `key` is stable over time ("problem-<ref>"): a point that was on the agenda before is known
    again. `subject_kind` and `subject_ref` name the thing itself, for what is decided about it.
    """

    key: str
    part: AgendaPart
    title: Text
    sentence: Text = ""
    url: str = ""
    subject_kind: str = ""
    subject_ref: str = ""


AgendaSource = Callable[[Actor, MeetingFrame], Iterable[AgendaPoint]]

_sources: list[AgendaSource] = []


def register(source: AgendaSource) -> None:
    """Add a room's source; it reads through `visible_to(actor)` and may answer with nothing."""
    if source not in _sources:
        _sources.append(source)


def points_for(actor: Actor, frame: MeetingFrame) -> list[AgendaPoint]:
    """Every room's points for the meeting, in the order of the agenda."""
    found = [point for source in _sources for point in source(actor, frame)]
    return sorted(found, key=lambda point: point.part)
