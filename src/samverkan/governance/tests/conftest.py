"""A council and an EST group of Storfors, started from their templates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from samverkan.governance import agenda_sources, own_agenda_points
from samverkan.governance.models import AgendaItem, Attendance, Group, Meeting
from samverkan.governance.services.agenda import build_agenda
from samverkan.governance.services.groups import GroupDraft, RhythmDraft, SeatDraft, start_group
from samverkan.governance.services.meetings import (
    PlannedTime,
    call_meeting,
    end_meeting,
    mark_attendance,
    plan_meetings,
    start_meeting,
)
from samverkan.organisations.models import Function
from samverkan.organisations.selectors import actor_for
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Detail, Information
from samverkan.platform.accounts.models import User
from tests.world import NOW, World


@dataclass
class Room:
    """A group, its people, and the ways through a meeting's life."""

    world: World
    people: dict[str, tuple[User, Function]]
    group: Group

    def actor(self, key: str, at=NOW) -> Actor:
        user, function = self.people[key]
        return actor_for(user, function.ref, at)

    def ref(self, key: str) -> str:
        return self.people[key][1].ref

    def planned(self, at=NOW) -> Meeting:
        (meeting,) = plan_meetings(self.actor("coordinator"), self.group.ref, [PlannedTime(at, 60)])
        return meeting

    def ongoing(self, at=NOW, marked="present") -> Meeting:
        meeting = self.planned(at)
        actor = self.actor("coordinator", at)
        build_agenda(actor, meeting.ref)
        call_meeting(actor, meeting.ref)
        start_meeting(actor, meeting.ref)
        if marked:
            mark_attendance(actor, meeting.ref, dict.fromkeys(self.seat_refs(meeting), marked))
        return self.again(meeting)

    def ended(self, at=NOW, adjusters=("chair",)) -> Meeting:
        meeting = self.ongoing(at)
        over = self.actor("coordinator", at + timedelta(hours=1))
        end_meeting(over, meeting.ref, [self.ref(key) for key in adjusters])
        return self.again(meeting)

    def seat_refs(self, meeting: Meeting) -> list[str]:
        lines = Attendance.objects.for_system("test").filter(meeting=meeting)
        return [line.function.ref for line in lines.select_related("function")]

    def items(self, meeting: Meeting) -> list[AgendaItem]:
        return list(AgendaItem.objects.for_system("test").filter(meeting=meeting))

    def again(self, meeting: Meeting) -> Meeting:
        found: Meeting = (
            Meeting.objects.for_system("test").select_related("group").get(pk=meeting.pk)
        )
        return found


def _people(world: World) -> dict[str, tuple[User, Function]]:
    return {
        "coordinator": world.holder("safety_coordinator"),
        "chair": world.holder("council_politician"),
        "chief": world.holder("council_official"),
        "police chief": world.holder("police_area_chief", world.police),
        "officer": world.holder("community_police", world.police),
        "school": world.holder("reporter", world.school),
    }


def start(world: World, kind: str, seats: list[tuple[str, bool]]) -> Room:
    people = _people(world)
    room = Room(world, people, Group())
    group = start_group(
        replace(room.actor("coordinator"), at=NOW - timedelta(days=400)),
        GroupDraft(
            kind=kind,
            name=f"Gruppen {kind}",
            municipality_code="1760",
            seats=tuple(
                SeatDraft(room.ref(key), is_chair=at == 0, is_leading_position=leading)
                for at, (key, leading) in enumerate(seats)
            ),
            rhythm=RhythmDraft(),
        ),
    )
    room.group = group
    world.share(Information.MEETINGS, Detail.DETAIL, giver=world.storfors, receiver=world.police)
    return room


@pytest.fixture(autouse=True)
def only_governance_brings_up_points() -> Iterator[None]:
    """What other rooms bring up is tested in theirs."""
    sources = agenda_sources._sources
    kept = list(sources)
    sources[:] = [each for each in kept if each in own_agenda_points.SOURCES]
    yield
    sources[:] = kept


@pytest.fixture
def council_room(world: World) -> Room:
    return start(
        world,
        "council",
        [("chair", True), ("chief", True), ("police chief", True), ("coordinator", False)],
    )


@pytest.fixture
def est_room(world: World) -> Room:
    return start(world, "est", [("coordinator", False), ("school", False), ("officer", False)])
