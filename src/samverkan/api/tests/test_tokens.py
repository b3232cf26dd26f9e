from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from conftest import ClientIn
from samverkan.api.models import ApiToken
from samverkan.api.services import actor_of_token, create_token, revoke_token
from samverkan.organisations.models import Holding
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.audit.models import AuditEntry
from tests.world import NOW, World

END = NOW.date() + timedelta(days=30)
READING = [Capability.STATISTICS_READ]


@pytest.fixture
def coordinator(world: World) -> Actor:
    return world.actor("safety_coordinator")


def test_a_token_acts_as_its_function_within_its_scope(coordinator: Actor) -> None:
    secret = create_token(coordinator, "Kalkyl", READING, END).secret
    actor = actor_of_token(secret, NOW)
    assert actor is not None
    assert actor.function_ref == coordinator.function_ref
    assert actor.capabilities == frozenset(READING)


def test_the_secret_is_not_kept(coordinator: Actor) -> None:
    made = create_token(coordinator, "Kalkyl", READING, END)
    kept = ApiToken.objects.for_system("test").get()
    assert made.secret not in str(vars(kept))
    entry = AuditEntry.objects.for_system("test").get(action="token.created")
    assert made.secret not in str(vars(entry))


def test_a_token_dies_at_its_end_when_revoked_and_with_the_holding(coordinator: Actor) -> None:
    made = create_token(coordinator, "Kalkyl", READING, END)
    assert actor_of_token(made.secret, NOW + timedelta(days=29)) is not None
    assert actor_of_token(made.secret, NOW + timedelta(days=30)) is None
    Holding.objects.for_system("test").filter(user_id=coordinator.user_id).update(
        valid_to=NOW.date() + timedelta(days=5)
    )
    assert actor_of_token(made.secret, NOW + timedelta(days=4)) is not None
    assert actor_of_token(made.secret, NOW + timedelta(days=5)) is None
    revoke_token(coordinator, made.token)
    assert actor_of_token(made.secret, NOW) is None


@pytest.mark.parametrize("secret", ["", "smv_", "smv_unknown", "Bearer", "x" * 10_000])
@pytest.mark.django_db
def test_an_unknown_token_is_nobody(secret: str) -> None:
    assert actor_of_token(secret, NOW) is None


@pytest.mark.parametrize(
    ("name", "scope", "end"),
    [
        ("", READING, END),
        ("x", [], END),
        ("x", READING, NOW.date()),
        ("x", READING, date(2029, 1, 1)),
    ],
)
def test_a_token_needs_a_name_a_scope_and_an_end_within_a_year(
    coordinator: Actor, name: str, scope: list[Capability], end: date
) -> None:
    with pytest.raises(ValidationError):
        create_token(coordinator, name, scope, end)


def test_a_token_gives_no_more_than_the_function_has(world: World) -> None:
    administrator = world.actor("administrator")
    with pytest.raises(PermissionDenied):
        create_token(administrator, "x", [Capability.INCIDENTS_READ], END)


def test_the_page_shows_the_secret_once(client_in: ClientIn) -> None:
    client = client_in("safety_coordinator")
    page = client.post(
        "/api/nycklar/",
        {"name": "Kalkyl", "scope": ["statistics.read"], "expires_on": "2026-12-24"},
    ).content.decode()
    assert page.count("smv_") == 1
    again = client.get("/api/nycklar/").content.decode()
    assert "smv_" not in again
    assert "Kalkyl" in again


def test_an_end_too_far_away_is_said_and_nothing_typed_is_lost(client_in: ClientIn) -> None:
    page = client_in("safety_coordinator").post(
        "/api/nycklar/",
        {"name": "Kalkyl", "scope": ["statistics.read"], "expires_on": "2036-12-24"},
    )
    text = page.content.decode()
    assert "field--error" in text
    assert "2036-12-24" in text
    assert "Kalkyl" in text


def test_an_outsider_neither_sees_nor_revokes(
    world: World, coordinator: Actor, client_in: ClientIn
) -> None:
    token = create_token(coordinator, "Kalkyl", READING, END).token
    neighbour = client_in("safety_coordinator", world.kristinehamn)
    assert "Kalkyl" not in neighbour.get("/api/nycklar/").content.decode()
    assert neighbour.post(f"/api/nycklar/{token.ref}/aterkalla/").status_code == 404
    assert client_in("auditor").get("/api/nycklar/").status_code == 403
    assert Client().get("/api/nycklar/").status_code == 302
