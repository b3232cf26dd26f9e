"""A function knows what its groups decided and why, and whom it meets there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samverkan.governance.models import Seat
from samverkan.governance.selectors import fellows
from samverkan.governance.services.decisions import (
    FormalDraft,
    TypedDecision,
    decide,
    record_formal_decision,
)
from samverkan.platform.work.registry import decisions
from tests.world import NOW

pytestmark = pytest.mark.django_db
SINCE = NOW.date() - timedelta(days=30)


def decided(room, text="Belysningen följs upp", reason="Tre rapporter på en vecka."):
    meeting = room.ongoing()
    typed = TypedDecision("recommendation", text, reason=reason)
    return decide(room.actor("coordinator"), meeting.ref, room.items(meeting)[0].ref, typed)


def test_a_seat_carries_the_groups_decisions_with_their_reasons(council_room):
    decided(council_room)
    for key in ("chair", "chief", "coordinator"):
        (found,) = decisions(council_room.actor(key), [council_room.ref(key)], SINCE)
        assert found.title.endswith(": Belysningen följs upp")
        assert found.reason == "Tre rapporter på en vecka."
        assert found.where == "Gruppen council"


def test_who_has_no_seat_or_left_it_or_asks_from_a_later_day_gets_none(council_room):
    decided(council_room)
    school, chief = council_room.ref("school"), council_room.ref("chief")
    actor = council_room.actor("coordinator")
    assert decisions(actor, [school], SINCE) == []
    assert decisions(actor, [chief], NOW.date() + timedelta(days=1)) == []
    Seat.objects.for_system("test").filter(function__ref=chief).update(valid_to=NOW.date())
    assert decisions(actor, [chief], SINCE) == []


def test_an_outsider_learns_nothing_by_naming_a_function(council_room, world):
    decided(council_room)
    neighbour = world.actor("safety_coordinator", world.kristinehamn)
    assert decisions(neighbour, [council_room.ref("chair")], SINCE) == []
    assert fellows(neighbour, council_room.ref("chair")) == []


def test_another_body_s_formal_decision_stands_beside_with_its_number(council_room):
    decision = decided(council_room)
    draft = FormalDraft(
        title="Åtgärdsplan 2026",
        body="Kommunstyrelsen",
        decided_on=NOW.date(),
        paragraph="§ 12",
        reference_number="KS 2026/17",
        decision_ref=decision.ref,
    )
    record_formal_decision(council_room.actor("coordinator"), council_room.group.ref, draft)
    found = decisions(council_room.actor("chair"), [council_room.ref("chair")], SINCE)
    formal = next(each for each in found if each.key.startswith("formal"))
    assert (formal.where, formal.reason) == (
        "Kommunstyrelsen, KS 2026/17",
        "Tre rapporter på en vecka.",
    )


def test_fellows_are_the_functions_of_the_groups_as_they_are_filled_today(council_room):
    chair = council_room.actor("chair")
    titles = {each.title for each in fellows(chair, council_room.ref("chair"))}
    others = {council_room.people[key][1].title for key in ("chief", "police chief", "coordinator")}
    assert titles == others
    assert all(each.groups == ("Gruppen council",) for each in fellows(chair, chair.function_ref))
    Seat.objects.for_system("test").filter(function__ref=council_room.ref("chief")).update(
        valid_to=NOW.date()
    )
    left = {each.title for each in fellows(chair, council_room.ref("chair"))}
    assert left == others - {council_room.people["chief"][1].title}
