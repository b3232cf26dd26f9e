"""The menu shows only the doors that the actor's function may open."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from samverkan.platform.access.actor import Actor, anonymous
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.design.navigation import (
    NavigationItem,
    items_for,
    menu_for,
    registered,
)
from tests.world import NOW


def doors_on(response):
    side = response.text.split('class="side"')[1].split("</nav>")[0]
    return set(re.findall(r'<a href="([^"]+)"', side))


@pytest.mark.parametrize("item", registered(), ids=lambda item: item.key)
def test_every_door_leads_somewhere(item):
    assert reverse(item.url_name)


@pytest.mark.parametrize(
    "kind",
    ["safety_coordinator", "reporter", "council_politician", "auditor", "administrator"],
)
def test_every_door_in_the_menu_opens(client_in, kind):
    client = client_in(kind)
    for url in doors_on(client.get("/")):
        assert client.get(url).status_code == 200, url


def test_a_reporter_has_fewer_doors_than_the_coordinator(world, client_in):
    coordinator = doors_on(client_in("safety_coordinator").get("/"))
    reporter = doors_on(client_in("reporter", world.school).get("/"))
    assert reporter < coordinator
    assert reverse("agreements:agreements") not in reporter


def test_an_outsider_has_no_doors(db):
    assert items_for(anonymous(NOW)) == []
    assert items_for(Actor(at=NOW, user_id=1)) == []


def test_a_door_without_capabilities_is_open_to_every_function():
    item = NavigationItem("x", "X", "overview", "home")
    assert item.is_open_to(Actor(at=NOW, user_id=1, function_id=1))


def test_any_of_the_capabilities_opens_a_door():
    item = NavigationItem(
        "x", "X", "overview", "home", (Capability.AUDIT_READ, Capability.GROUPS_READ)
    )
    reader = Actor(at=NOW, function_id=1, capabilities=frozenset({Capability.GROUPS_READ}))
    other = Actor(at=NOW, function_id=1, capabilities=frozenset({Capability.STATISTICS_READ}))
    assert item.is_open_to(reader)
    assert not item.is_open_to(other)


def test_the_room_that_one_is_in_is_marked_once(world):
    actor = world.actor("safety_coordinator")
    marked = [
        entry.key
        for entry in menu_for(actor, f"{reverse('agreements:agreements')}abc/")
        if entry.is_current
    ]
    assert marked == ["agreements"]


def test_the_overview_is_marked_on_its_own_page_only(world):
    actor = world.actor("safety_coordinator")
    assert [entry.key for entry in menu_for(actor, "/") if entry.is_current] == ["overview"]
    assert not [entry for entry in menu_for(actor, "/installningar/") if entry.is_current]
