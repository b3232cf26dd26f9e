"""A plain decision of the group says how it stands, as those that become a thing do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from samverkan.governance.selectors import decisions_since, standings_of_meeting
from samverkan.governance.services import minutes
from samverkan.governance.services.decisions import (
    FormalDraft,
    TypedDecision,
    decide,
    record_formal_decision,
)
from samverkan.governance.services.meetings import end_meeting
from samverkan.platform.design.tones import Tone
from tests.world import NOW

pytestmark = pytest.mark.django_db


def say(room, *kinds: str):
    """What the group says in a meeting that goes on."""
    meeting = room.ongoing()
    item = room.items(meeting)[0].ref
    for kind in kinds:
        decide(room.actor("coordinator"), meeting.ref, item, TypedDecision(kind, "Så."))
    return meeting


def standings(room) -> dict[str, tuple[str, Tone]]:
    with override("en"):
        views = decisions_since(room.actor("coordinator"), room.group.ref, NOW.date())
        return {view.kind: (str(view.standing.label), view.standing.tone) for view in views}


def adjust(room, meeting, adjuster: str) -> None:
    over = room.actor("coordinator", NOW + timedelta(hours=1))
    end_meeting(over, meeting.ref, [room.ref(adjuster)])
    minutes.approve_minutes(room.actor(adjuster, NOW + timedelta(hours=2)), meeting.ref, 1)


def test_it_is_decided_and_holds_when_the_minutes_are_adjusted(est_room):
    meeting = say(est_room, "decision")
    words = "decided, the minutes are not adjusted yet"
    assert standings(est_room) == {"decision": (words, Tone.WARN)}
    adjust(est_room, meeting, "coordinator")
    assert standings(est_room) == {"decision": ("decided", Tone.OK)}


def test_a_councils_words_stand_as_what_they_are(council_room):
    adjust(council_room, say(council_room, "recommendation", "statement"), "chair")
    assert standings(council_room) == {
        "recommendation": ("recommended", Tone.OK),
        "statement": ("position taken", Tone.OK),
    }


def test_what_a_body_has_decided_formally_says_which(council_room):
    meeting = say(council_room, "recommendation")
    actor = council_room.actor("coordinator")
    (view,) = decisions_since(actor, council_room.group.ref, NOW.date())
    draft = FormalDraft("Plan", "Kommunstyrelsen", NOW.date(), "17", "KS 2026/1", view.ref)
    record_formal_decision(actor, council_room.group.ref, draft)
    words = str(standings_of_meeting(actor, meeting)[view.ref].label)
    assert words == f"beslutat av Kommunstyrelsen {NOW.date().isoformat()}"


def test_the_meetings_page_shows_it(est_room):
    meeting = say(est_room, "decision")
    client = Client()
    user = est_room.people["coordinator"][0]
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    text = client.get(reverse("governance:meeting", args=[meeting.ref])).text
    assert "beslutat, protokollet är inte justerat än" in text
