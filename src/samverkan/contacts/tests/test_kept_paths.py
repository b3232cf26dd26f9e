"""The index marks each path's page to be kept on the device with it."""

from __future__ import annotations

import re

import pytest

from conftest import ClientIn
from tests.world import OrganisationFactory, World

from .paths import path_of_two

pytestmark = pytest.mark.django_db
KEPT = re.compile(r'<a href="([^"]+)" data-offline-keep>')


def test_every_path_in_sight_is_kept_and_nothing_else(world: World, client_in: ClientIn) -> None:
    path, _asked = path_of_two(world, world.actor("safety_coordinator"))
    text = client_in("reporter", world.school).get("/kontakter/").text
    assert KEPT.findall(text) == [f"/kontakter/{path.ref}/"]
    assert 'name="offline-keep"' in text


def test_an_outsider_is_told_to_keep_no_path(world: World, client_in: ClientIn) -> None:
    path_of_two(world, world.actor("safety_coordinator"))
    outsider = client_in("safety_coordinator", OrganisationFactory(name="Annan kommun"))
    assert KEPT.findall(outsider.get("/kontakter/").text) == []
