"""Fixtures that every test may use."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.world import World, make_world

from samverkan.organisations.models import Organisation

ClientIn = Callable[..., Client]


@pytest.fixture
def world(db: None) -> World:
    """Two municipalities, the police, a school and an agreement in force without clauses."""
    return make_world()


@pytest.fixture
def client_in(world: World) -> ClientIn:
    """`client_in(kind, organisation)`: a browser signed in as a holder of such a function."""

    def sign_in(kind: str, organisation: Organisation | None = None) -> Client:
        user, _function = world.holder(kind, organisation)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
