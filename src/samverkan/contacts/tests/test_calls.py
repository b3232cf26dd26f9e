"""A call goes from function to function until somebody has it, and keeps every attempt."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from samverkan.contacts.models import Absence, Attempt, Call
from samverkan.contacts.rules import CallState
from samverkan.contacts.selectors import call_view, drill_seconds, middle
from samverkan.contacts.services.calls import (
    acknowledge,
    close,
    escalate_due,
    log_attempt,
    sound,
)
from samverkan.organisations.models import Holding
from samverkan.platform.outbox.models import OutgoingMessage
from tests.world import LONG_AGO, NOW, UserFactory, World

from .paths import TEN, path_of_two

pytestmark = pytest.mark.django_db
KEY = "a" * 24


def sent_to() -> list[tuple[str, str]]:
    found = OutgoingMessage.objects.for_system("test").order_by("pk")
    return [(each.channel, each.address) for each in found]


def test_the_first_function_is_sought_at_once_and_the_next_after_the_wait(world: World) -> None:
    coordinator = world.actor("safety_coordinator")
    path, _asked = path_of_two(world, coordinator)
    sound(coordinator, path.ref, KEY, "Stök vid Busstorget.", is_drill=False)
    assert sent_to() == [("sms", "070-174 06 05"), ("email", "function5@example.test")]
    assert escalate_due(NOW + timedelta(minutes=9)) == 0
    assert escalate_due(NOW + TEN) == 1
    assert escalate_due(NOW + TEN) == 0
    assert sent_to()[2:] == [("sms", "070-174 06 06")]


def test_an_answer_stops_the_search_and_the_first_answer_counts(world: World) -> None:
    coordinator = world.actor("safety_coordinator")
    path, [first, second] = path_of_two(world, coordinator)
    call = sound(coordinator, path.ref, KEY, "", is_drill=True)
    acknowledge(replace(first, at=NOW + timedelta(minutes=4)), call.ref)
    acknowledge(replace(second, at=NOW + timedelta(minutes=5)), call.ref)
    assert escalate_due(NOW + TEN) == 0
    view = call_view(coordinator, call.ref)
    assert view is not None
    assert view.seconds == 240
    assert view.call.acknowledged_by_id == first.function_id
    assert middle(drill_seconds(coordinator, path)) == 240


def test_nobody_answering_is_said(world: World) -> None:
    coordinator = world.actor("safety_coordinator")
    path, _asked = path_of_two(world, coordinator)
    call = sound(coordinator, path.ref, KEY, "", is_drill=False)
    escalate_due(NOW + 2 * TEN)
    call.refresh_from_db()
    assert call.state == CallState.EXHAUSTED
    assert len(sent_to()) == 3


def test_an_impatient_thumb_sounds_it_once(world: World) -> None:
    coordinator = world.actor("safety_coordinator")
    path, _asked = path_of_two(world, coordinator)
    first = sound(coordinator, path.ref, KEY, "", is_drill=False)
    again = sound(coordinator, path.ref, KEY, "", is_drill=False)
    assert first == again
    assert Call.objects.for_system("test").count() == 1
    assert len(sent_to()) == 2


def test_the_deputy_is_sought_while_the_holder_is_away(world: World) -> None:
    coordinator = world.actor("safety_coordinator")
    path, [first, _second] = path_of_two(world, coordinator)
    deputy = UserFactory(email="deputy@example.test")
    Holding.objects.create(
        function_id=first.function_id, user=deputy, role="deputy", valid_from=LONG_AGO
    )
    Absence.objects.create(
        user_id=first.user_id,
        party=world.storfors,
        first_on=NOW.date(),
        after_on=NOW.date() + timedelta(days=14),
    )
    call = sound(coordinator, path.ref, KEY, "", is_drill=False)
    assert ("email", "deputy@example.test") in sent_to()
    assert all(each.is_deputy for each in Attempt.objects.for_system("test").filter(call=call))


def test_a_call_by_hand_is_written_down_and_can_answer_it(world: World) -> None:
    coordinator = world.actor("safety_coordinator")
    path, [first, _second] = path_of_two(world, coordinator)
    call = sound(coordinator, path.ref, KEY, "", is_drill=False)
    log_attempt(coordinator, call.ref, 2, has_answered=False)
    call.refresh_from_db()
    assert call.state == CallState.OPEN
    log_attempt(coordinator, call.ref, 1, has_answered=True)
    call.refresh_from_db()
    assert call.acknowledged_by_id == first.function_id
    with pytest.raises(ValidationError):
        log_attempt(coordinator, call.ref, 9, has_answered=True)


def test_only_who_is_asked_answers_and_only_who_is_concerned_closes(world: World) -> None:
    coordinator = world.actor("safety_coordinator")
    path, _asked = path_of_two(world, coordinator)
    reporter = world.actor("reporter", world.school)
    call = sound(reporter, path.ref, KEY, "", is_drill=False)
    with pytest.raises(PermissionDenied):
        acknowledge(reporter, call.ref)
    neighbour = world.actor("safety_coordinator", world.kristinehamn)
    for service in (acknowledge, close):
        with pytest.raises(Call.DoesNotExist):
            service(neighbour, call.ref)
    assert close(coordinator, call.ref).state == CallState.CLOSED
    assert escalate_due(NOW + TEN) == 0


@pytest.mark.parametrize(
    "message", ["Ring 19121212-1212", "Kalle Svensson slåss", "x" * 301, "070-174 06 99"]
)
def test_a_message_that_points_out_a_person_is_refused(world: World, message: str) -> None:
    coordinator = world.actor("safety_coordinator")
    path, _asked = path_of_two(world, coordinator)
    with pytest.raises(ValidationError):
        sound(coordinator, path.ref, KEY, message, is_drill=False)
    assert not Call.objects.for_system("test").exists()
    assert sent_to() == []
