"""Contact paths for tests."""

from __future__ import annotations

from datetime import timedelta

from samverkan.contacts.models import ContactPath
from samverkan.contacts.rules import Hours, Way
from samverkan.contacts.services.paths import Step, lay_out_path
from samverkan.organisations.models import Function
from samverkan.platform.access.actor import Actor
from tests.world import World

BOTH = (Way.PHONE, Way.SMS, Way.EMAIL)
TEN = timedelta(minutes=10)


def function_with_ways(world: World, kind: str, number: int) -> tuple[Actor, Function]:
    """An actor holding a function that has a phone and a mailbox."""
    actor = world.actor(kind)
    function = Function.objects.for_system("test").get(pk=actor.function_id)
    function.phone = f"070-174 06 {number:02d}"
    function.email = f"function{number}@example.test"
    function.save()
    return actor, function


def path_of_two(world: World, coordinator: Actor) -> tuple[ContactPath, list[Actor]]:
    """`unrest`: first an official, after ten minutes a politician."""
    first, one = function_with_ways(world, "council_official", 5)
    second, two = function_with_ways(world, "council_politician", 6)
    path = lay_out_path(
        coordinator,
        "1760",
        "unrest",
        [Step(one.ref, BOTH, 10), Step(two.ref, (Way.SMS,), 10, Hours.ALWAYS)],
    )
    assert isinstance(path, ContactPath)
    return path, [first, second]
